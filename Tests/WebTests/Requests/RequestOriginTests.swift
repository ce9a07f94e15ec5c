import HTTPTypes
import Testing

@testable import Web

@Suite("Request origins") struct RequestOriginTests {
  private func origin(
    _ peer: String, _ fields: HTTPFields, isTLS: Bool = false, proxies: String? = "10.0.0.0/8"
  ) throws -> RequestOrigin {
    let address = try #require(IPAddress(peer))
    return RequestOrigin(
      peer: address, isTLS: isTLS, fields: fields,
      proxies: proxies.flatMap(TrustedProxies.init) ?? .none)
  }

  @Test(arguments: [
    ("10.0.0.1", "https", true), ("10.0.0.1", "HTTPS", true), ("10.0.0.1", "http", false),
    ("10.0.0.1", "http, https", true), ("10.0.0.1", "https, http", false),
    ("10.0.0.1", "gopher", false), ("203.0.113.9", "https", false),
  ])
  func `only a trusted proxy says how the request came`(
    _ peer: String, _ proto: String, _ isSecure: Bool
  ) throws {
    #expect(try origin(peer, [.forwardedProto: proto]).isSecure == isSecure)
  }

  @Test func `a trusted proxy that says nothing leaves it open`() throws {
    let origin = try origin("10.0.0.1", [.forwardedFor: "198.51.100.1"])
    #expect(origin.isSecure == nil)
    #expect(!origin.isExposed)
  }

  @Test func `our own TLS counts without anybody's word`() throws {
    #expect(try origin("203.0.113.9", [:], isTLS: true, proxies: nil).isSecure == true)
  }

  @Test func `plain http from another machine is exposed, from this one it is not`() throws {
    let plain: HTTPFields = [.forwardedFor: "198.51.100.1", .forwardedProto: "http"]
    #expect(try origin("10.0.0.1", plain).isExposed)
    #expect(try !origin("127.0.0.1", [:], proxies: nil).isExposed)
    #expect(try !origin("127.0.0.1", plain, proxies: nil).isExposed)
  }
}
