import Foundation

/// The mapping of UTS #46 without transitional processing, in the part that valid names need:
/// ideographic dots are dots, ignored characters vanish, the rest is case-folded and brought into
/// NFKC. What the mapping would forbid is left for `InternationalLabel` to refuse.
///
/// Characters younger than Unicode 14.0 (2021) are refused here, so that an answer does not depend
/// on the version that a Swift release brings along.
enum DomainMapping {
  private static let youngestUnicode = 14

  /// The mapped name; nil where it starts with a mark, has a character that is too young, or a
  /// compatibility character would bring a dot into it.
  static func map(_ text: String) -> String? {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    if text.unicodeScalars.first?.properties.generalCategory == .nonspacingMark { return nil }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard let age = scalar.properties.age, age.major <= youngestUnicode else { return nil }
      switch scalar.value {
      case 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180D, 0x180F, 0x3164, 0xFE00...0xFE0F,
        0xFFA0:
        continue
      case 0x3002, 0xFF0E, 0xFF61: scalars.append(".")
      case 0x3F2, 0x3F9, 0x1D6D3, 0x1D70D, 0x1D747, 0x1D781, 0x1D7BB: scalars.append("σ")
      default: scalars.append(scalar)
      }
    }
    let dots = scalars.count { $0 == "." }
    let composed = String(scalars).precomposedStringWithCompatibilityMapping
    let mapped = folded(composed).precomposedStringWithCompatibilityMapping
    return mapped.unicodeScalars.count { $0 == "." } == dots ? mapped : nil
  }

  /// Case folding: lower case without context (a capital sigma is the same in every place), but
  /// for the letters whose folded form is another.
  private static func folded(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x13A0...0x13F5: result.unicodeScalars.append(scalar)
      case 0x13F8...0x13FD: append(scalar.value - 8, to: &result)
      case 0xAB70...0xABBF: append(scalar.value - 0xAB70 + 0x13A0, to: &result)
      case 0x1C80...0x1C88: append(slavonic[Int(scalar.value - 0x1C80)], to: &result)
      case 0x345, 0x1F80...0x1FFC: result += spelledOut(scalar)
      default: result += scalar.properties.lowercaseMapping
      }
    }
    return result
  }

  private static func append(_ value: UInt32, to text: inout String) {
    if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
  }

  /// Greek letters with the iota written below become letter and iota.
  private static func spelledOut(_ scalar: Unicode.Scalar) -> String {
    var result = ""
    for part in String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars {
      result += part.value == 0x345 ? "ι" : part.properties.lowercaseMapping
    }
    return result
  }

  /// Old Slavonic shapes of letters, U+1C80 to U+1C88, and the letters that they are.
  private static let slavonic: [UInt32] = [
    0x432, 0x434, 0x43E, 0x441, 0x442, 0x442, 0x44A, 0x463, 0xA64B,
  ]
}
