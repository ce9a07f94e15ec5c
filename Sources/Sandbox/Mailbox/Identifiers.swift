import Foundation

/// Ids in the vendor's shapes.
enum Identifiers {
  /// A lower-case UUID, as in `request_id`, `schedule_id` and `message_id`.
  static func uuid() -> String {
    // Two draws of the system's generator instead of sixteen: each is a system call.
    let high = UInt64.random(in: .min ... .max) & ~0xF000 | 0x4000
    let low = UInt64.random(in: .min ... .max) & ~(0b11 << 62) | 0b10 << 62
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for nibble in 0..<32 {
      if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
        text.append(UInt8(ascii: "-"))
      }
      let word = nibble < 16 ? high : low
      text.append(
        HexDigits.lowercase(UInt8(truncatingIfNeeded: word >> (60 - nibble % 16 * 4)) & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// An `email_id` such as `1u0SwL-B9zBpi9ffUq-JAB2`: the second in base 62, then 15 random digits
  /// in groups of eleven and four.
  static func email(at date: Date) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(23)
    var seconds = UInt64(max(0, date.timeIntervalSince1970))
    for _ in 0..<6 {
      text.append(digit(Int(seconds % 62)))
      seconds /= 62
    }
    text.reverse()
    // Ten digits of a 64-bit draw are as good as random; the eleventh would be biased.
    for length in [6, 5, 4] {
      if length != 5 { text.append(UInt8(ascii: "-")) }
      var draw = UInt64.random(in: .min ... .max)
      for _ in 0..<length {
        text.append(digit(Int(draw % 62)))
        draw /= 62
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func digit(_ value: Int) -> UInt8 {
    switch value {
    case ..<10: 0x30 + UInt8(value)
    case ..<36: 0x41 + UInt8(value - 10)
    default: 0x61 + UInt8(value - 36)
    }
  }
}
