/// Splits the text of a mailbox into name and address, and writes the name back.
enum MailboxReader {
  struct Parts {
    let name: String?
    let address: String
  }

  static func split(_ text: String) throws(AddressingIssue) -> Parts {
    try HeaderText.check(text)
    let trimmed = trimmed(text[...]).unicodeScalars
    guard trimmed.last == ">" else {
      if trimmed.first == "\"" { throw .mailboxShape }
      return Parts(name: nil, address: String(trimmed))
    }
    guard let open = trimmed.lastIndex(of: "<") else { throw .mailboxShape }
    let address = String(trimmed[trimmed.index(after: open)...].dropLast())
    let before = Self.trimmed(Substring(trimmed[..<open]))
    if before.isEmpty { return Parts(name: nil, address: address) }
    if before.unicodeScalars.first == "\"" {
      return Parts(name: try unquoted(before), address: address)
    }
    if before.unicodeScalars.contains(where: specials.contains) { throw .mailboxShape }
    return Parts(name: before, address: address)
  }

  /// The name as a phrase: bare where it may be, otherwise a quoted string.
  static func phrase(_ name: String) -> String {
    let mustQuote =
      name.contains("  ") || name.hasPrefix("=?")
      || name.unicodeScalars.contains { specials.contains($0) || $0 == "." }
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
    var scalars = text.unicodeScalars
    while scalars.first == " " { scalars.removeFirst() }
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
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
  private static let specials = Set("()<>[]:;@\\,\"".unicodeScalars)
}
