import Foundation

/// Turns a domain as a person writes it into the ASCII form that name servers know.
///
/// International names follow UTS #46 without transitional mapping, in the part that concerns
/// mail: ideographic dots are dots, invisible format characters vanish, the rest is lower-cased
/// and brought into NFKC; each label is then checked by `InternationalLabel`.
enum DomainName {
  static func ascii(_ text: String) throws(AddressingIssue) -> String {
    if text.isEmpty { throw .emailDomainEmpty }
    if text.hasPrefix("[") { throw .emailDomainLiteral }
    let mapped = text.utf8.allSatisfy { $0 < 0x80 } ? text.lowercased() : mapping(text)
    var labels: [String] = []
    for label in mapped.split(separator: ".", omittingEmptySubsequences: false) {
      labels.append(try asciiLabel(String(label)))
    }
    let domain = labels.joined(separator: ".")
    if labels.count < 2 { throw .emailDomainNoDot }
    if domain.utf8.count > 253 { throw .emailDomainTooLong }
    if let last = labels.last, last.utf8.allSatisfy(isDigit) { throw .emailDomainNumeric }
    return domain
  }

  private static func asciiLabel(_ label: String) throws(AddressingIssue) -> String {
    guard !label.isEmpty, label.utf8.count <= 252 else { throw .emailDomainLabel }
    guard label.utf8.allSatisfy({ $0 < 0x80 }) else {
      guard InternationalLabel.isValid(label), let code = Punycode.encode(label) else {
        throw .emailDomainIDN
      }
      if code.utf8.count + 4 > 63 { throw .emailDomainLabel }
      return "xn--\(code)"
    }
    try checkASCII(label)
    return label
  }

  private static func checkASCII(_ label: String) throws(AddressingIssue) {
    let bytes = Array(label.utf8)
    let hyphen = UInt8(ascii: "-")
    if bytes.count > 63 || bytes.first == hyphen || bytes.last == hyphen {
      throw .emailDomainLabel
    }
    guard bytes.allSatisfy({ $0 == hyphen || isDigit($0) || isLowerLetter($0) }) else {
      throw .emailDomainCharacter
    }
    guard bytes.count >= 4, bytes[2] == hyphen, bytes[3] == hyphen else { return }
    guard label.hasPrefix("xn--"), let unicode = Punycode.decode(String(label.dropFirst(4))),
      unicode.utf8.contains(where: { $0 >= 0x80 }), mapping(unicode).unicodeScalarsEqual(unicode),
      InternationalLabel.isValid(unicode), Punycode.encode(unicode) == String(label.dropFirst(4))
    else { throw .emailDomainIDN }
  }

  private static func mapping(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xAD, 0x34F, 0x180B...0x180D, 0x180F, 0x200B, 0x2060, 0x2064, 0xFE00...0xFE0F, 0xFEFF:
        continue
      case 0x3002, 0xFF0E, 0xFF61:
        scalars.append(".")
      default:
        scalars.append(scalar)
      }
    }
    let composed = String(scalars).precomposedStringWithCompatibilityMapping
    return lowercased(composed).precomposedStringWithCompatibilityMapping
  }

  /// Lower case without context, so that a capital sigma is the same in every place.
  private static func lowercased(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += $1.properties.lowercaseMapping }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isLowerLetter(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }
}

extension String {
  /// Equality by code points; `==` would call canonically equivalent texts equal.
  fileprivate func unicodeScalarsEqual(_ other: String) -> Bool {
    unicodeScalars.elementsEqual(other.unicodeScalars)
  }
}
