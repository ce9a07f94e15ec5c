import Addressing
import Foundation

/// One e-mail for `/email/send` or `/email/batch`. One message counts once however many recipients
/// it has, and all recipients of `to` and `cc` see each other.
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

  /// A template kept at the provider, with what to put into it.
  public struct Template: Sendable, Equatable {
    /// The template's id, case-sensitive.
    public var id: String
    /// The values of its placeholders.
    public var values: [String: TemplateValue]

    /// Names a template.
    public init(id: String, values: [String: TemplateValue] = [:]) {
      self.id = id
      self.values = values
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
  /// The subject, on one line; not sent beside a template, except in a batch.
  public var subject: String
  /// The plain text; this or the HTML is required, unless there is a template.
  public var textBody: String?
  /// The HTML; this or the plain text is required, unless there is a template.
  public var htmlBody: String?
  /// A template in place of subject and bodies.
  public var template: Template?
  /// Additional headers, in this order.
  public var customHeaders: [Header]
  /// Files attached.
  public var attachments: [Attachment]
  /// Files that the HTML shows as `cid:FILENAME`.
  public var inlines: [Attachment]
  /// When to send, at most three days ahead; nil for now. The receipt then has a `scheduleID`.
  public var schedule: Date?
  /// Asks the provider to answer before it has processed the message; the answer then has an id
  /// and no counts. Not for batches.
  public var fastAccept: Bool

  /// Builds an e-mail; what is not given is left out of the request.
  public init(
    sender: Mailbox, to: [EmailAddress], cc: [EmailAddress] = [], bcc: [EmailAddress] = [],
    subject: String, textBody: String? = nil, htmlBody: String? = nil,
    template: Template? = nil, customHeaders: [Header] = [], attachments: [Attachment] = [],
    inlines: [Attachment] = [], schedule: Date? = nil, fastAccept: Bool = false
  ) {
    self.sender = sender
    self.to = to
    self.cc = cc
    self.bcc = bcc
    self.subject = subject
    self.textBody = textBody
    self.htmlBody = htmlBody
    self.template = template
    self.customHeaders = customHeaders
    self.attachments = attachments
    self.inlines = inlines
    self.schedule = schedule
    self.fastAccept = fastAccept
  }

  /// Builds an e-mail from a template, whose subject and bodies it takes.
  public init(
    sender: Mailbox, to: [EmailAddress], cc: [EmailAddress] = [], bcc: [EmailAddress] = [],
    template: Template, customHeaders: [Header] = [], attachments: [Attachment] = [],
    inlines: [Attachment] = [], schedule: Date? = nil, fastAccept: Bool = false
  ) {
    self.init(
      sender: sender, to: to, cc: cc, bcc: bcc, subject: "", template: template,
      customHeaders: customHeaders, attachments: attachments, inlines: inlines,
      schedule: schedule, fastAccept: fastAccept)
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

extension OutgoingEmail.Attachment: CustomStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "Attachment(redacted)" }
  /// Without children: they are names and contents.
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
