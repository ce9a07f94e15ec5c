/// An internet mail address that can be written on an envelope.
///
/// Parsed once, trusted afterwards. What is accepted (RFC 5321 section 4.5.3.1, RFC 5322
/// section 3.4.1, narrowed to what mail services take):
/// - a local part that is a dot-atom in ASCII, at most 64 octets; quoted local parts
///   (`"a b"@example.org`) and non-ASCII ones (RFC 6531) are refused with a reason;
/// - a domain name of at least two labels, each at most 63 octets, the last ending with a letter;
///   international names are mapped, checked and stored as A-labels (`xn--…`); address literals
///   (`[192.0.2.1]`) are refused;
/// - at most 254 octets in all.
///
/// Names reserved for documentation and tests (`example.org`, `.test`) are syntactically sound
/// and therefore accepted; who must not write to them has to say so.
public struct EmailAddress: Hashable, Sendable {
  /// The address as it goes on the wire, in ASCII: `local@domain`. Parsing it gives an equal value.
  public let rawValue: String
  /// Octets before the at sign.
  private let localLength: Int

  /// Parses a bare address, without display name, angle brackets or surrounding spaces.
  ///
  /// An ASCII address is judged byte by byte in one pass and not copied; capitals in the domain
  /// and international names cost one copy more.
  ///
  /// - Throws: `email.*` with the first rule that the text breaks.
  public init(_ text: String) throws(AddressingIssue) {
    let bytes = text.utf8
    if bytes.isEmpty { throw .emailEmpty }
    guard let at = try Self.separator(text) else { throw .emailNoAt }
    let (local, host) = (bytes[..<at], bytes[bytes.index(after: at)...])
    try LocalPart.check(local)
    let verdict = HostBytes.judge(host)
    localLength = local.count
    if verdict == .lower, text.utf8.count <= Self.maximumLength {
      rawValue = text
      return
    }
    let domain =
      verdict == .special
      ? try DomainName.ascii(String(Substring(host))) : Self.lowercased(host)
    rawValue = String(Substring(bytes[...at])) + domain
    if rawValue.utf8.count > Self.maximumLength { throw .emailTooLong }
  }

  /// The longest address that fits into an envelope, in octets (RFC 5321 section 4.5.3.1.3 without
  /// the angle brackets).
  public static let maximumLength = 254

  /// The part before the at sign, in the letter case in which it was written.
  public var localPart: String { String(Substring(rawValue.utf8.prefix(localLength))) }

  /// The domain in ASCII, lower case, international labels as A-labels.
  public var domain: String { String(Substring(rawValue.utf8.dropFirst(localLength + 1))) }

  /// The domain as people read it, international labels in their own script.
  public var unicodeDomain: String { DomainName.unicode(domain) }

  /// A key that is the same for every spelling of one mailbox.
  ///
  /// Lower case; a `+tag` is cut off unless nothing would remain; for Gmail, dots are dropped and
  /// `googlemail.com` becomes `gmail.com`. For counting and suppressing only: mail goes to
  /// `rawValue`. Two mailboxes of one server that differs by case or treats `+` as an ordinary
  /// letter fall together, which errs on the side of writing too little.
  public var identity: String {
    let domain = self.domain
    let isGmail = domain == "gmail.com" || domain == "googlemail.com"
    var key: [UInt8] = []
    key.reserveCapacity(rawValue.utf8.count)
    for byte in rawValue.utf8.prefix(localLength) {
      if byte == UInt8(ascii: "+"), !key.isEmpty { break }
      if isGmail, byte == UInt8(ascii: ".") { continue }
      key.append(ASCIIByte.isUpperLetter(byte) ? byte | 0x20 : byte)
    }
    return String(decoding: key, as: UTF8.self) + "@" + (isGmail ? "gmail.com" : domain)
  }

  /// The last at sign, after a look for what no header may carry.
  private static func separator(_ text: String) throws(AddressingIssue) -> String.Index? {
    var at: String.Index?
    var isASCII = true
    for index in text.utf8.indices {
      let byte = text.utf8[index]
      if ASCIIByte.isControl(byte) { throw .emailControl }
      if byte == UInt8(ascii: "@") { at = index }
      if byte >= 0x80 { isASCII = false }
    }
    if !isASCII, text.unicodeScalars.contains(where: HeaderText.isForbidden) {
      throw .emailControl
    }
    return at
  }

  private static func lowercased(_ bytes: Substring.UTF8View) -> String {
    String(unsafeUninitializedCapacity: bytes.count) { buffer in
      var count = 0
      for byte in bytes {
        buffer[count] = ASCIIByte.isUpperLetter(byte) ? byte | 0x20 : byte
        count += 1
      }
      return count
    }
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
