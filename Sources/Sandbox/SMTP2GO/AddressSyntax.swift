/// What the vendor calls "a valid RFC-822 formatted email field": `Name <a@b>` or a bare address.
///
/// Stricter than the RFC where a real mail service is: ASCII addresses only, a domain with a dot, no
/// comments inside the address, no specials in an unquoted display name.
enum AddressSyntax {
  /// Whether `text` is one mailbox.
  static func isMailbox(_ text: String) -> Bool {
    guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return false }
    guard let parts = split(text) else { return false }
    return isDisplayName(parts.name) && isAddress(parts.address)
  }

  /// The bare address of a mailbox; the text itself when it is none.
  static func address(of mailbox: String) -> String {
    guard let parts = split(mailbox) else { return mailbox }
    return String(parts.address)
  }

  /// The name of a mailbox without its quotes; empty when it has none.
  static func displayName(of mailbox: String) -> String {
    guard let parts = split(mailbox) else { return "" }
    var name = parts.name
    if name.utf8.count >= 2, name.utf8.first == UInt8(ascii: "\""),
      name.utf8.last == UInt8(ascii: "\"")
    {
      name = name.dropFirst().dropLast()
    }
    return String(name)
  }

  private static func split(_ text: String) -> (name: Substring, address: Substring)? {
    let trimmed = trim(text[...])
    guard trimmed.utf8.last == UInt8(ascii: ">") else {
      return trimmed.utf8.contains(UInt8(ascii: "<")) ? nil : ("", trimmed)
    }
    guard let open = trimmed.utf8.lastIndex(of: UInt8(ascii: "<")) else { return nil }
    let address = trimmed[trimmed.utf8.index(after: open)...].dropLast()
    return (trim(trimmed[..<open]), address)
  }

  private static func trim(_ text: Substring) -> Substring {
    var text = text
    while text.utf8.first == UInt8(ascii: " ") { text.removeFirst() }
    while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
    return text
  }

  private static func isDisplayName(_ name: Substring) -> Bool {
    guard name.utf8.first == UInt8(ascii: "\"") else {
      return !name.utf8.contains { "<>[]:;@\\,\"".utf8.contains($0) }
    }
    guard name.utf8.count >= 2, name.utf8.last == UInt8(ascii: "\"") else { return false }
    var escaped = false
    for byte in name.utf8.dropFirst().dropLast() {
      if !escaped && byte == UInt8(ascii: "\"") { return false }
      escaped = !escaped && byte == UInt8(ascii: "\\")
    }
    return !escaped
  }

  private static func isAddress(_ address: Substring) -> Bool {
    guard address.utf8.count <= 254, let at = address.utf8.lastIndex(of: UInt8(ascii: "@")) else {
      return false
    }
    return isLocalPart(address[..<at]) && isDomain(address[address.utf8.index(after: at)...])
  }

  private static func isLocalPart(_ local: Substring) -> Bool {
    guard (1...64).contains(local.utf8.count) else { return false }
    if local.utf8.first == UInt8(ascii: "\"") {
      return local.utf8.count > 2 && local.utf8.allSatisfy { $0 < 0x7F } && isDisplayName(local)
    }
    return local.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy { atom in
        !atom.isEmpty
          && atom.allSatisfy { $0.isAlphanumeric || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
      }
  }

  static func isDomain(_ domain: Substring) -> Bool {
    let labels = domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return domain.utf8.count <= 253 && labels.count >= 2
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
          && label.last != UInt8(ascii: "-")
          && label.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
      }
  }
}
