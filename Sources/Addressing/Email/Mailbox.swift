/// An address with the name that mail programs show beside it.
public struct Mailbox: Hashable, Sendable {
  /// The longest display name, in code points: beyond this no mail program shows it.
  public static let maximumNameLength = 256

  /// The display name, without quotation marks; nil where there is none.
  public let name: String?
  /// The address.
  public let address: EmailAddress

  /// Parses `a@b`, `<a@b>`, `Name <a@b>` or `"Name, quoted" <a@b>`.
  ///
  /// - Throws: `mailbox.*`, `header.*` for the name, `email.*` for the address.
  public init(_ text: String) throws(AddressingIssue) {
    let parts = try MailboxReader.split(text)
    try self.init(name: parts.name, address: try EmailAddress(parts.address))
  }

  /// Builds a mailbox from its parts. Surrounding spaces of the name are dropped, an empty name
  /// is no name.
  ///
  /// - Throws: `header.*` for control characters, `mailbox.name_direction` for characters that
  ///   turn the direction of text, `mailbox.name_too_long` above `maximumNameLength`.
  public init(name: String?, address: EmailAddress) throws(AddressingIssue) {
    self.address = address
    guard let name else {
      self.name = nil
      return
    }
    try HeaderText.check(name)
    let trimmed = MailboxReader.trimmed(name[...])
    if trimmed.unicodeScalars.count > Self.maximumNameLength { throw .mailboxNameTooLong }
    if trimmed.unicodeScalars.contains(where: Self.turnsDirection) {
      throw .mailboxNameDirection
    }
    self.name = trimmed.isEmpty ? nil : trimmed
  }

  /// A mailbox without a name.
  public init(address: EmailAddress) {
    self.name = nil
    self.address = address
  }

  /// `Name <a@b>`, the name quoted where RFC 5322 asks for it and otherwise as it is, in UTF-8.
  /// Parsing it gives an equal value.
  public var rawValue: String {
    guard let name else { return address.rawValue }
    return "\(MailboxReader.phrase(name)) <\(address.rawValue)>"
  }

  /// The same in ASCII for a mail header: a name outside ASCII becomes RFC 2047 encoded words,
  /// separated by single spaces and not folded.
  public var headerValue: String {
    guard let name, EncodedWord.isNeeded(name) else { return rawValue }
    return "\(EncodedWord.encode(name)) <\(address.rawValue)>"
  }

  /// Bidirectional embeddings, overrides and isolates: they make `gro.elpmaxe` read as another
  /// name.
  private static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension Mailbox: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Redacted, so that neither name nor address can reach a log by interpolation.
  public var description: String { "Mailbox(redacted)" }
  /// Redacted like `description`.
  public var debugDescription: String { description }
  /// Without children, so that `dump` shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AddressingIssue {
  static let mailboxNameTooLong = AddressingIssue(
    code: "mailbox.name_too_long", message: "The display name has more than 256 characters.",
    remedy: "Shorten the name.")
  static let mailboxNameDirection = AddressingIssue(
    code: "mailbox.name_direction",
    message: "The display name contains characters that turn the direction of the text.",
    remedy: "Remove the invisible direction marks from the name.")
  static let mailboxShape = AddressingIssue(
    code: "mailbox.shape", message: "The text is not one mailbox.",
    remedy: "Write Name <name@company.example>, and the name in quotation marks where it has "
      + "a comma or another special character.")
  static let mailboxQuote = AddressingIssue(
    code: "mailbox.quote", message: "The quotation mark around the name is not closed.",
    remedy: "Write \"Name\" <name@company.example>.")
}
