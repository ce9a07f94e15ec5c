/// An internet mail address that can be written on an envelope.
///
/// Parsed once, trusted afterwards. What is accepted (RFC 5321 section 4.5.3.1, RFC 5322
/// section 3.4.1, narrowed to what mail services take):
/// - a local part that is a dot-atom in ASCII, at most 64 octets; quoted local parts
///   (`"a b"@example.org`) and non-ASCII ones (RFC 6531) are refused with a reason;
/// - a domain name of at least two labels, each at most 63 octets, the last not all digits;
///   international names are mapped, checked and stored as A-labels (`xn--…`); address literals
///   (`[192.0.2.1]`) are refused;
/// - at most 254 octets in all.
///
/// Names reserved for documentation and tests (`example.org`, `.test`) are syntactically sound
/// and therefore accepted; who must not write to them has to say so.
public struct EmailAddress: Hashable, Sendable {
  /// The part before the at sign, in the letter case in which it was written.
  public let localPart: String
  /// The domain in ASCII, lower case, international labels as A-labels.
  public let domain: String

  /// Parses a bare address, without display name, angle brackets or surrounding spaces.
  ///
  /// - Throws: `email.*` with the first rule that the text breaks.
  public init(_ text: String) throws(AddressingIssue) {
    if text.isEmpty { throw .emailEmpty }
    if text.unicodeScalars.contains(where: HeaderText.isForbidden) { throw .emailControl }
    guard let at = text.lastIndex(of: "@") else { throw .emailNoAt }
    let local = String(text[..<at])
    try LocalPart.check(local)
    let domain = try DomainName.ascii(String(text[text.index(after: at)...]))
    if local.utf8.count + 1 + domain.utf8.count > 254 { throw .emailTooLong }
    self.localPart = local
    self.domain = domain
  }

  /// The address as it goes on the wire: `local@domain`. Parsing it gives an equal value.
  public var rawValue: String { "\(localPart)@\(domain)" }

  /// A key that is the same for every spelling of one mailbox.
  ///
  /// Lower case; a `+tag` is cut off unless nothing would remain; for Gmail, dots are dropped and
  /// `googlemail.com` becomes `gmail.com`. For counting and suppressing only: mail goes to
  /// `rawValue`. Two mailboxes of one server that differs by case or treats `+` as an ordinary
  /// letter fall together, which errs on the side of writing too little.
  public var identity: String {
    var local = localPart.lowercased()
    if let plus = local.firstIndex(of: "+"), plus != local.startIndex {
      local = String(local[..<plus])
    }
    guard domain == "gmail.com" || domain == "googlemail.com" else { return "\(local)@\(domain)" }
    local.removeAll { $0 == "." }
    return "\(local)@gmail.com"
  }
}

extension EmailAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Redacted, so that an address cannot reach a log by interpolation.
  public var description: String { "EmailAddress(redacted)" }
  /// Redacted like `description`.
  public var debugDescription: String { description }
  /// Without children, so that `dump` shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
