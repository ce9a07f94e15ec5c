/// Turns a domain as a person writes it into the ASCII form that name servers know.
///
/// International names are mapped by `DomainMapping`; each label is then checked by
/// `InternationalLabel`.
enum DomainName {
  /// Octets of a whole name as written, without the root's dot (RFC 1035 section 2.3.4).
  static let maximumLength = 253
  static let maximumLabelLength = 63

  static func ascii(_ text: String) throws(AddressingIssue) -> String {
    if text.isEmpty { throw .emailDomainEmpty }
    if text.utf8.first == UInt8(ascii: "[") { throw .emailDomainLiteral }
    guard let mapped = DomainMapping.map(text) else { throw .emailDomainIDN }
    var labels: [String] = []
    // By octets: a mark after a dot would hide the dot from a split by characters.
    for label in mapped.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      labels.append(try asciiLabel(String(Substring(label))))
    }
    let domain = labels.joined(separator: ".")
    if labels.count < 2 { throw .emailDomainNoDot }
    if domain.utf8.count > maximumLength { throw .emailDomainTooLong }
    if let last = domain.utf8.last, !ASCIIByte.isLetter(last) { throw .emailDomainNumeric }
    return domain
  }

  /// The name with its A-labels in their own script. The name is one that `ascii` gave.
  static func unicode(_ domain: String) -> String {
    guard domain.contains("xn--") else { return domain }
    return domain.split(separator: ".").map { label in
      guard label.hasPrefix("xn--") else { return String(label) }
      return Punycode.decode(String(label.dropFirst(4))) ?? String(label)
    }
    .joined(separator: ".")
  }

  private static func asciiLabel(_ label: String) throws(AddressingIssue) -> String {
    guard !label.isEmpty, label.utf8.count <= 252 else { throw .emailDomainLabel }
    guard label.utf8.allSatisfy({ $0 < 0x80 }) else {
      guard InternationalLabel.isValid(label), let code = Punycode.encode(label) else {
        throw .emailDomainIDN
      }
      if code.utf8.count + 4 > maximumLabelLength { throw .emailDomainLabel }
      return "xn--\(code)"
    }
    try checkASCII(label)
    return label
  }

  private static func checkASCII(_ label: String) throws(AddressingIssue) {
    let bytes = Array(label.utf8)
    let hyphen = UInt8(ascii: "-")
    if bytes.count > maximumLabelLength || bytes.first == hyphen || bytes.last == hyphen {
      throw .emailDomainLabel
    }
    guard bytes.allSatisfy(ASCIIByte.isHostText) else { throw .emailDomainCharacter }
    guard bytes.count >= 4, bytes[2] == hyphen, bytes[3] == hyphen else { return }
    guard label.hasPrefix("xn--"), isSound(code: String(label.dropFirst(4))) else {
      throw .emailDomainIDN
    }
  }

  /// True where the code is what the encoder makes of a valid label in its mapped form.
  private static func isSound(code: String) -> Bool {
    guard let unicode = Punycode.decode(code), unicode.utf8.contains(where: { $0 >= 0x80 }),
      let mapped = DomainMapping.map(unicode),
      mapped.unicodeScalars.elementsEqual(unicode.unicodeScalars)
    else { return false }
    return InternationalLabel.isValid(unicode) && Punycode.encode(unicode) == code
  }
}
