import Addressing

/// One e-mail for `/email/send`. One message counts once however many recipients it has, and all
/// recipients of `to` and `cc` see each other.
public struct OutgoingEmail: Sendable, Equatable {
  /// A header that the provider adds to the message, such as `Reply-To`.
  public struct Header: Sendable, Hashable {
    /// The header's name.
    public let header: String
    /// The header's value.
    public let value: String

    /// Takes a header that may be set.
    ///
    /// - Throws: `header.line_break` and `header.control` as `HeaderText.check`, `header.name`
    ///   for a name that is none, `header.reserved` for the three that the provider sets itself.
    public init(_ header: String, _ value: String) throws(AddressingIssue) {
      try HeaderText.check(header)
      try HeaderText.check(value)
      let isName = header.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
      if header.isEmpty || !isName { throw .headerName }
      if Self.reserved.contains(header.lowercased()) { throw .headerReserved }
      self.header = header
      self.value = value
    }

    private static let reserved: Set<String> = [
      "content-type", "content-transfer-encoding", "mime-version",
    ]
  }

  /// A file, attached or shown inside the HTML body.
  public struct Attachment: Sendable, Equatable {
    /// The file's name; for inline files also the content id by which the HTML refers to it.
    public var filename: String
    /// The media type, such as `application/pdf`.
    public var mimetype: String
    /// The bytes.
    public var content: [UInt8]

    /// Builds an attachment.
    public init(filename: String, mimetype: String, content: [UInt8]) {
      self.filename = filename
      self.mimetype = mimetype
      self.content = content
    }
  }

  /// Who it comes from; the address or its domain must be verified at the provider.
  public var sender: Mailbox
  /// 1 to 100 recipients.
  public var to: [EmailAddress]
  /// Up to 100 recipients of a copy.
  public var cc: [EmailAddress]
  /// Up to 100 recipients whom the others do not see.
  public var bcc: [EmailAddress]
  /// The subject, on one line.
  public var subject: String
  /// The plain text; this or the HTML is required.
  public var textBody: String?
  /// The HTML; this or the plain text is required.
  public var htmlBody: String?
  /// Additional headers, in this order.
  public var customHeaders: [Header]
  /// Files attached.
  public var attachments: [Attachment]
  /// Files that the HTML shows as `cid:FILENAME`.
  public var inlines: [Attachment]
  /// Asks the provider to answer before it has processed the message; the answer then has an id
  /// and no counts.
  public var fastAccept: Bool

  /// Builds an e-mail; what is not given is left out of the request.
  public init(
    sender: Mailbox, to: [EmailAddress], cc: [EmailAddress] = [], bcc: [EmailAddress] = [],
    subject: String, textBody: String? = nil, htmlBody: String? = nil,
    customHeaders: [Header] = [], attachments: [Attachment] = [], inlines: [Attachment] = [],
    fastAccept: Bool = false
  ) {
    self.sender = sender
    self.to = to
    self.cc = cc
    self.bcc = bcc
    self.subject = subject
    self.textBody = textBody
    self.htmlBody = htmlBody
    self.customHeaders = customHeaders
    self.attachments = attachments
    self.inlines = inlines
    self.fastAccept = fastAccept
  }
}

extension OutgoingEmail: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "OutgoingEmail(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they are addresses and texts.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AddressingIssue {
  fileprivate static let headerName = AddressingIssue(
    code: "header.name", message: "The header's name is empty or has characters that none has.",
    remedy: "Use letters, digits and hyphens, such as X-Order.")
  fileprivate static let headerReserved = AddressingIssue(
    code: "header.reserved", message: "The provider sets this header itself.",
    remedy: "Leave out Content-Type, Content-Transfer-Encoding and MIME-Version.")
}
