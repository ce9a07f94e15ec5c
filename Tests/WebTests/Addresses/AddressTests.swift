import Testing

@testable import Web

@Suite("Addresses") struct AddressTests {
  @Test(arguments: [
    ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
    ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
    ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.128/25", "192.0.2.128", true),
    ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false),
    ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
    ("192.0.2.7/32", "::ffff:192.0.2.7", true),
  ])
  func `a range contains exactly its addresses`(
    _ range: String, _ address: String, _ isInside: Bool
  ) throws {
    let parsed = try #require(AddressRange(range))
    #expect(parsed.contains(try #require(IPAddress(address))) == isInside)
  }

  @Test(arguments: [
    "", "10.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "10.0.0.0/8/8",
    "example.com", "::/129", "[::1]", "10.0.0.1:80", "10.0.0.1 ",
  ])
  func `what is no range is refused`(_ text: String) {
    #expect(AddressRange(text) == nil)
  }

  @Test(arguments: [
    ("127.0.0.1", true), ("127.8.8.8", true), ("::1", true), ("::ffff:127.0.0.1", true),
    ("0.0.0.0", false), ("::", false), ("10.0.0.1", false), ("::2", false), ("1::1", false),
  ])
  func `loopback is 127/8 and ::1`(_ text: String, _ isLoopback: Bool) throws {
    #expect(try #require(IPAddress(text)).isLoopback == isLoopback)
  }

  @Test(arguments: [
    ("127.0.0.1:8080", "127.0.0.1:8080", true), ("localhost:0", "127.0.0.1:0", true),
    ("[::1]:65535", "[::1]:65535", true), ("0.0.0.0:80", "0.0.0.0:80", false),
    ("[::]:443", "[::]:443", false),
  ])
  func `a listen address says whether only this machine reaches it`(
    _ text: String, _ shown: String, _ isLoopback: Bool
  ) throws {
    let address = try #require(ListenAddress(text))
    #expect(address.description == shown)
    #expect(address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
    "127.0.0.1:+1", "example.com:80", "::1:8080", "[127.0.0.1]:80", "[::1]", "127.0.0.1:8 0",
  ])
  func `what is no listen address is refused`(_ text: String) {
    #expect(ListenAddress(text) == nil)
  }
}

@Suite("Trusted proxies") struct TrustedProxyTests {
  /// Peer, the fields, and who began the request; 10.0.0.0/8 and 2001:db8::1 are trusted.
  @Test(arguments: [
    ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
    ("10.0.0.1", [], "10.0.0.1"),
    ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
    ("10.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
    ("10.0.0.1", ["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
    ("10.0.0.1", ["198.51.100.1, 10.0.0.2, 10.0.0.3"], "198.51.100.1"),
    ("10.0.0.1", ["127.0.0.1, 198.51.100.1,10.9.9.9"], "198.51.100.1"),
    ("10.0.0.1", ["nonsense, 10.0.0.2"], "10.0.0.2"),
    ("10.0.0.1", ["198.51.100.1, nonsense"], "10.0.0.1"),
    ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
    ("2001:db8::1", ["[2001:db8::9]:443"], "2001:db8::9"),
    ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
    ("10.0.0.1", ["10.0.0.2, 10.0.0.3"], "10.0.0.2"),
  ])
  func `the client is the first stranger from the right`(
    _ peer: String, _ fields: [String], _ client: String
  ) throws {
    let proxies = try #require(TrustedProxies("10.0.0.0/8, 2001:db8::1"))
    let found = proxies.client(of: try #require(IPAddress(peer)), forwardedFor: fields)
    #expect(found == IPAddress(client))
  }

  @Test func `without trusted proxies nobody's word counts`() throws {
    let peer = try #require(IPAddress("127.0.0.1"))
    #expect(TrustedProxies.none.client(of: peer, forwardedFor: ["198.51.100.1"]) == peer)
  }

  @Test(arguments: ["", " , ", "10.0.0.0/8,nonsense", "any"])
  func `a list with anything else in it is refused as a whole`(_ text: String) {
    #expect(TrustedProxies(text) == nil)
  }
}
