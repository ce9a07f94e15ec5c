import Foundation

/// An e-mail with a Message-ID of one's own, for a thread: sent as a whole MIME message
/// (`/email/mime`). Use `OutgoingEmail` where no thread needs it.
public struct ThreadedEmail: Sendable, Equatable {
  /// The most bytes of attachments before they are encoded twice, 27 MB.
  public static let largestContent = 27_000_000

  /// The message. No template, no blind copies (the provider does not say whether it takes a Bcc
  /// header off), no attachments by address; inline files need names that can be a content id.
  public var email: OutgoingEmail
  /// The message's own id.
  public var messageID: MessageID
  /// The message that it answers.
  public var inReplyTo: MessageID?
  /// The thread so far, oldest first; with `inReplyTo` at its end.
  public var references: [MessageID]
  /// What the Date header says.
  public var date: Date

  /// Builds a message. Where `references` is empty, `inReplyTo` alone is the thread so far.
  public init(
    _ email: OutgoingEmail, messageID: MessageID, inReplyTo: MessageID? = nil,
    references: [MessageID] = [], date: Date
  ) {
    self.email = email
    self.messageID = messageID
    self.inReplyTo = inReplyTo
    self.references = references.isEmpty ? inReplyTo.map { [$0] } ?? [] : references
    self.date = date
  }

  /// What can be said against the message without asking the provider.
  func refusal(now: Date) -> Refusal? {
    if let refusal = email.refusal(now: now) { return refusal }
    if email.template != nil {
      return .local("template_in_mime", "A MIME message cannot be made from a template.")
    }
    if !email.bcc.isEmpty {
      return .local("bcc_in_mime", "A MIME message cannot have blind copies.")
    }
    for attachment in email.attachments + email.inlines {
      if case .url = attachment.source {
        return .local("url_in_mime", "A MIME message cannot have attachments by address.")
      }
      if !MediaType.isValid(attachment.mimetype ?? MediaType.unknown) {
        return .local("mimetype", "An attachment's media type is none.")
      }
    }
    if !email.inlines.allSatisfy({ ContentID.isValid($0.filename) }) {
      return .local("inline_name", "An inline file's name cannot be a content id.")
    }
    return MIMEHeaders.refusal(email)
  }

  /// The body of `/email/mime`.
  func encoded() throws -> RequestBody {
    let attachments = try email.attachments.opened()
    let inlines = try email.inlines.opened()
    let size = (attachments + inlines).reduce(0) { $0 + $1.size }
    if size > Self.largestContent { throw BodyRefusal(.tooLarge(.emailMIME)) }
    let message = MIMEMessage.source(self, attachments: attachments, inlines: inlines)
    return MIMERequest.encoded(message, schedule: email.schedule, fastAccept: email.fastAccept)
  }
}

extension ThreadedEmail: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "ThreadedEmail(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they are addresses and texts.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The body of `/email/mime`.
enum MIMERequest {
  static func encoded(
    _ message: any ByteSource, schedule: Date?, fastAccept: Bool
  ) -> RequestBody {
    JSONWriter.object { writer in
      writer.key("mime_email")
      writer.base64(message)
      writer.field("schedule", schedule.map(VendorTime.schedule))
      if fastAccept { writer.field("fastaccept", true) }
    }
  }
}
