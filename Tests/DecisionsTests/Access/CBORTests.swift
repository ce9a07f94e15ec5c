import Decisions
import Testing

@Suite struct CBORTests {
  @Test func `what RFC 8949 writes is read`() {
    // RFC 8949, appendix A.
    let cases: [([UInt8], CBORValue)] = [
      ([0x00], .integer(0)), ([0x17], .integer(23)), ([0x18, 0x18], .integer(24)),
      ([0x19, 0x03, 0xe8], .integer(1000)), ([0x1a, 0x00, 0x0f, 0x42, 0x40], .integer(1_000_000)),
      ([0x20], .integer(-1)), ([0x38, 0x63], .integer(-100)), ([0xf5], .bool(true)),
      ([0xf6], .null), ([0x44, 1, 2, 3, 4], .bytes([1, 2, 3, 4])), ([0x61, 0x61], .text("a")),
      ([0x83, 1, 2, 3], .array([.integer(1), .integer(2), .integer(3)])),
      ([0xa1, 0x01, 0x02], .map([.integer(1): .integer(2)])),
    ]
    for (bytes, value) in cases {
      #expect(CBORValue.read(bytes)?.value == value)
      #expect(CBORValue.read(bytes + [0xff])?.length == bytes.count)
      for end in 0..<bytes.count { #expect(CBORValue.read(Array(bytes[..<end])) == nil) }
    }
  }

  @Test(
    arguments: [
      [0xa2, 0x01, 0x02, 0x01, 0x03], [0x9f, 0x01, 0xff], [0xc0, 0x00],
      [0xfb, 0, 0, 0, 0, 0, 0, 0, 0],
      [0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0x5a, 0xff, 0xff, 0xff, 0xff], [0x61, 0xff],
      [0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x00],
    ] as [[UInt8]])
  func `duplicate keys, endless, huge, deep and foreign values are nothing`(_ bytes: [UInt8]) {
    #expect(CBORValue.read(bytes)?.value == nil)
  }

  @Test func `base64url is read as it is written`() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
      #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }
    for text in ["a", "AB", "A=", "+/", "AA AA", "é"] { #expect(Base64URL.decode(text) == nil) }
  }
}
