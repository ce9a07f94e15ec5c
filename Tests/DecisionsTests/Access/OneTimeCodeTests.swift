import ActionProtocol
import Decisions
import Testing

@Suite struct OneTimeCodeTests {
  /// A stand-in for HMAC: what counts here is which step it is asked for.
  static func mac(_ message: [UInt8]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 20)
    bytes.replaceSubrange(0..<8, with: message)
    bytes[0] = message[7] &* 37 | 1
    bytes[1] = message[6] ^ 0x55
    bytes[3] = message[7]
    return bytes
  }

  static func code(_ step: Int64) -> String {
    OneTimeCode.digits(of: mac(OneTimeCode.message(step)))
  }

  static func instant(_ step: Int64) -> Instant { Instant(milliseconds: step * 30_000) }

  @Test func `the truncation is that of RFC 4226`() {
    // RFC 4226, 5.4.
    let mac: [UInt8] = [
      0x1f, 0x86, 0x98, 0x69, 0x0e, 0x02, 0xca, 0x16, 0x61, 0x85, 0x50, 0xef, 0x7f, 0x19, 0xda,
      0x8e, 0x94, 0x5b, 0x55, 0x5a,
    ]
    #expect(OneTimeCode.digits(of: mac) == "872921")
    #expect(OneTimeCode.digits(of: [1, 2, 3]) == "")
    #expect(OneTimeCode.message(0x0102_0304_0506_0708) == [1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test func `a code counts in its own 30 seconds and one step either way`() {
    let step: Int64 = 60_000_000
    for (offset, counts) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
      let found = OneTimeCode.accepted(
        Self.code(step + Int64(offset)), now: Self.instant(step), lastStep: nil, mac: Self.mac)
      #expect((found == step + Int64(offset)) == counts, "\(offset)")
    }
  }

  @Test func `no code counts twice, nor an earlier one after a later`() {
    let step: Int64 = 60_000_000
    let ask = { (typed: Int64, last: Int64?) in
      OneTimeCode.accepted(
        Self.code(typed), now: Self.instant(step), lastStep: last, mac: Self.mac)
    }
    #expect(ask(step, nil) == step)
    #expect(ask(step, step) == nil)
    #expect(ask(step - 1, step) == nil)
    #expect(ask(step + 1, step) == step + 1)
  }

  @Test(arguments: ["", "12345", "1234567", "12345a", "１２３４５６", "-12345"])
  func `what is not six digits is no code`(_ typed: String) {
    #expect(
      OneTimeCode.accepted(typed, now: Self.instant(9), lastStep: nil, mac: Self.mac) == nil)
  }

  @Test func `keys are written as apps read them`() throws {
    // RFC 4648, 10, without padding.
    for (text, coded) in [
      ("f", "MY"), ("fo", "MZXQ"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI"),
    ] {
      #expect(OneTimeCode.base32(Array(text.utf8)) == coded)
    }
    let ann = try #require(PersonID(rawValue: "ann"))
    let address = OneTimeCode.address(Array("foobar".utf8), person: ann, issuer: "Acme & Söhne")
    #expect(
      address == "otpauth://totp/AcmeShne:ann?secret=MZXW6YTBOI&issuer=AcmeShne"
        + "&algorithm=SHA1&digits=6&period=30")
  }
}
