/// One event that the provider posted to a webhook.
///
/// Each post holds one event, as a JSON object or as a form. Posts are neither signed nor stamped,
/// come more than once and out of order. What was documented and what was seen live differ in
/// places; both are read: field names in any letter case, with hyphens or underscores, event names
/// in both tenses. Unknown names and fields are kept.
public struct WebhookEvent: Sendable, Equatable {
  /// What happened.
  public enum Kind: String, Sendable, CaseIterable {
    /// Taken by the provider: the proof of acceptance.
    case processed
    /// Taken by the recipient's server.
    case delivered
    /// Opened.
    case opened
    /// A link was followed.
    case clicked
    /// Refused for good by the recipient's server.
    case bouncedHard
    /// Refused for the moment by the recipient's server.
    case bouncedSoft
    /// Refused by the recipient's server, without a word on how.
    case bounced
    /// Not sent on by the provider.
    case rejected
    /// Reported as spam.
    case complained
    /// The recipient wants no more.
    case unsubscribed
    /// The recipient wants more again.
    case resubscribed
    /// An SMS on its way to the network.
    case smsSending
    /// An SMS handed to the network; often the last event there is.
    case smsSubmitted
    /// An SMS that arrived.
    case smsDelivered
    /// An SMS that was not delivered.
    case smsFailed
    /// An SMS that was refused.
    case smsRejected
    /// The owner of a number wants no more SMS.
    case smsOptOut
    /// Something else; see `name`.
    case unknown

    /// True for events about an SMS.
    public var isSMS: Bool {
      switch self {
      case .smsSending, .smsSubmitted, .smsDelivered, .smsFailed, .smsRejected, .smsOptOut: true
      default: false
      }
    }
  }

  /// The event's name as posted.
  public let name: String
  /// What happened.
  public let kind: Kind
  /// The event's own id, the same when it is posted again; nil where there is none. Not the id of
  /// the webhook.
  public let id: String?
  /// The e-mail's id, as `/email/send` returned it.
  public let emailID: String?
  /// The SMS's id, as `/sms/send` returned it.
  public let messageID: String?
  /// The e-mail's Message-ID.
  public let mailMessageID: String?
  /// Whom the event is about: an address, or for SMS a number. `processed` has none, but a list.
  public let recipient: String?
  /// All recipients, where listed; otherwise the one.
  public let recipients: [String]
  /// The envelope's sender, or for SMS the number it came from.
  public let sender: String?
  /// The name of the key or user that sent it, or a network address.
  public let keyUserName: String?
  /// When it happened. SMS events have no such field: then when it was submitted or received.
  public let time: VendorTime?
  /// When the e-mail was sent.
  public let sendTime: VendorTime?
  /// The subject.
  public let subject: String?
  /// What the other server said, such as `550 5.1.1 …`, or why it was rejected. May repeat
  /// addresses.
  public let reason: String?
  /// What the message was answered to, such as `RCPT TO:<…>`. May repeat addresses.
  public let context: String?
  /// The other server.
  public let host: String?
  /// The code: the three digits that an SMTP answer begins with, or the `status_code` of an SMS.
  public let code: String?
  /// The address of the link that was followed.
  public let clickedURL: String?
  /// The text of an SMS.
  public let content: String?

  private let fields: WebhookFields

  /// Reads a post.
  ///
  /// - Parameter contentType: Helps to tell a form from JSON; where it is missing or wrong the
  ///   body itself tells.
  /// - Throws: `WebhookEventFault` for a body that is no event.
  public static func parse(
    _ body: [UInt8], contentType: String?
  ) throws(WebhookEventFault) -> WebhookEvent {
    WebhookEvent(try WebhookFields.parse(body, contentType: contentType))
  }

  /// A mail header that the webhook was asked to return, by its name in any letter case; nil also
  /// for the provider's placeholder in test events.
  public func header(_ name: String) -> String? {
    guard let value = fields.text(name), value != Self.noHeaders else { return nil }
    return value
  }

  /// Any field as text, by its name in any letter case.
  public func text(_ field: String) -> String? {
    fields.text(field)
  }

  private static let noHeaders = "Headers Unavailable"

  init(_ fields: WebhookFields) {
    self.fields = fields
    name = fields.name
    kind = WebhookEventName.kind(fields)
    id = fields.text("id")
    emailID = fields.text("email_id")
    let isAboutSMS = kind.isSMS || fields.text("destination_number") != nil
    // In mails `Message-Id` is a header, in SMS `message_id` is the provider's id; as field names
    // the two are one.
    let messageName = fields.text("message_id")
    messageID = isAboutSMS ? messageName : nil
    mailMessageID = isAboutSMS ? nil : messageName
    let single = fields.text("rcpt", "recipient", "destination_number", "to")
    recipient = single
    let listed = fields.list("recipients")
    recipients = listed.isEmpty ? single.map { [$0] } ?? [] : listed
    sender = fields.text("sender", "source_number", "from_address", "from")
    keyUserName = fields.text("auth", "username")
    time = fields.time("time", "submitted_timestamp", "received_timestamp", "timestamp")
    sendTime = fields.time("sendtime", "submitted_timestamp")
    subject = fields.text("subject", "email_subject")
    let message = fields.text("message", "reason", "error", "status_message")
    reason = message
    context = fields.text("context")
    host = fields.text("host")
    code = fields.text("status_code") ?? message.flatMap(Self.smtpCode)
    clickedURL = fields.text("click_url", "link", "url")
    content = fields.text("message_content", "content")
  }

  private static func smtpCode(_ text: String) -> String? {
    let digits = text.utf8.prefix(3)
    let next = text.utf8.dropFirst(3).first
    guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      next == nil || next == 0x20 || next == 0x2D
    else { return nil }
    return String(decoding: digits, as: UTF8.self)
  }
}

/// Why a post is no event. The raw value is a stable code.
public enum WebhookEventFault: String, Error, Sendable, CaseIterable, CustomStringConvertible {
  /// The body is empty.
  case empty = "webhook.empty"
  /// The body is neither a JSON object nor a form.
  case unreadable = "webhook.unreadable"
  /// The body has no field `event`.
  case noEvent = "webhook.no_event"

  /// The stable code.
  public var description: String { rawValue }
}

extension WebhookEvent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The kind only.
  public var description: String { "WebhookEvent(\(kind.rawValue))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they name addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
