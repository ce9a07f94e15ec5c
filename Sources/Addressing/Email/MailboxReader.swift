/// Splits the text of a mailbox into name and address, and writes the name back.
enum MailboxReader {
  struct Parts {
    let name: String?
    let address: String
  }

  static func split(_ text: String) throws(AddressingIssue) -> Parts {
    try HeaderText.check(text)
    let trimmed = trimmed(text[...])
    guard trimmed.utf8.last == UInt8(ascii: ">") else {
      if trimmed.utf8.first == UInt8(ascii: "\"") { throw .mailboxShape }
      return Parts(name: nil, address: trimmed)
    }
    guard let open = trimmed.utf8.lastIndex(of: UInt8(ascii: "<")) else { throw .mailboxShape }
    let address = String(Substring(trimmed.utf8[trimmed.utf8.index(after: open)...].dropLast()))
    let before = Self.trimmed(trimmed[..<open])
    if before.isEmpty { return Parts(name: nil, address: address) }
    if before.utf8.first == UInt8(ascii: "\"") {
      return Parts(name: try unquoted(before), address: address)
    }
    if before.utf8.contains(where: isSpecial) { throw .mailboxShape }
    return Parts(name: before, address: address)
  }

  /// The name as a phrase: bare where it may be, otherwise a quoted string.
  static func phrase(_ name: String) -> String {
    let mustQuote =
      name.contains("  ") || name.hasPrefix("=?")
      || name.utf8.contains { isSpecial($0) || $0 == UInt8(ascii: ".") }
    guard mustQuote else { return name }
    var quoted = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
      quoted.append(scalar)
    }
    return "\"\(String(quoted))\""
  }

  /// The text without surrounding ASCII spaces.
  static func trimmed(_ text: Substring) -> String {
    var bytes = text.utf8
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    return String(Substring(bytes))
  }

  private static func unquoted(_ text: String) throws(AddressingIssue) -> String {
    var name = String.UnicodeScalarView()
    var rest = text.unicodeScalars.dropFirst()
    while let scalar = rest.popFirst() {
      if scalar == "\"" {
        guard rest.isEmpty else { throw .mailboxShape }
        return String(name)
      }
      guard scalar == "\\" else {
        name.append(scalar)
        continue
      }
      guard let escaped = rest.popFirst() else { break }
      name.append(escaped)
    }
    throw .mailboxQuote
  }

  /// `specials` of RFC 5322 section 3.2.3 without the dot, which everybody writes in names.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3E, 0x40, 0x5B, 0x5C, 0x5D: true
    default: false
    }
  }
}
