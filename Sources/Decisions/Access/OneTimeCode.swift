import ActionProtocol

/// Time-based one-time codes (RFC 6238) of six digits, each good for 30 seconds, HMAC-SHA-1 as every
/// app for them has it.
public enum OneTimeCode {
  public static let digits = 6
  public static let stepSeconds: Int64 = 30
  /// How many steps a phone's clock may be wrong, either way.
  public static let drift: Int64 = 1

  /// The number of the 30 seconds.
  public static func step(_ now: Instant) -> Int64 {
    now.milliseconds / 1000 / stepSeconds
  }

  /// The message of a step: eight bytes, the highest first.
  public static func message(_ step: Int64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
  }

  /// The digits of a MAC of at least 20 bytes (RFC 4226, 5.3).
  public static func digits(of mac: [UInt8], count: Int = digits) -> String {
    guard let last = mac.last, mac.count >= 20 else { return "" }
    let offset = Int(last & 15)
    let value = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let modulus = (0..<count).reduce(UInt64(1)) { power, _ in power * 10 }
    let text = String(UInt64(value) % modulus)
    return String(repeating: "0", count: count - text.count) + text
  }

  /// The step whose code was typed; nil where it is none that counts.
  ///
  /// INVARIANT: no code counts twice, nor one before it: `lastStep` is kept by the caller.
  /// - Parameters:
  ///   - typed: spaces are ignored.
  ///   - mac: HMAC-SHA-1 with the person's key.
  public static func accepted(
    _ typed: String, now: Instant, lastStep: Int64?, mac: ([UInt8]) -> [UInt8]
  ) -> Int64? {
    let code = Array(typed.utf8.filter { $0 != 0x20 })
    guard code.count == digits, code.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let current = step(now)
    var found: Int64?
    // Every step is computed, so that the time taken says nothing.
    for candidate in (current - drift)...(current + drift) where candidate >= 0 {
      let wanted = Array(digits(of: mac(message(candidate))).utf8)
      let isSame = zip(wanted, code).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
      if isSame, wanted.count == code.count, lastStep.map({ candidate > $0 }) ?? true {
        found = found ?? candidate
      }
    }
    return found
  }

  /// A key as apps take it typed (RFC 4648 base32, no padding).
  public static func base32(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var (text, buffer, bits) = ("", UInt32(0), 0)
    for byte in bytes {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(letters[Int(buffer >> UInt32(bits) & 31)])
      }
    }
    if bits > 0 { text.append(letters[Int(buffer << UInt32(5 - bits) & 31)]) }
    return text
  }

  /// What a phone's app reads from a picture or a link.
  public static func address(_ key: [UInt8], person: PersonID, issuer: String) -> String {
    let name = issuer.utf8.filter {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
    }
    let plain = String(decoding: name.isEmpty ? Array("AIOM".utf8) : Array(name), as: UTF8.self)
    return "otpauth://totp/\(plain):\(person.rawValue)?secret=\(base32(key))&issuer=\(plain)"
      + "&algorithm=SHA1&digits=\(digits)&period=\(stepSeconds)"
  }
}
