/// A webhook as the provider keeps it.
public struct Webhook: Sendable, Hashable {
  /// Its id, for `editWebhook` and `removeWebhook`; not the id of an event.
  public var id: Int
  /// Where the events go.
  public var url: String?
  /// Which e-mail events it gets.
  public var events: [EmailEvent]
  /// Which SMS events it gets.
  public var smsEvents: [SMSEvent]
  /// Which mail headers come back with each event.
  public var headers: [String]
  /// Only events of these keys and users; empty means all.
  public var usernames: [String]
  /// How events are written.
  public var outputFormat: OutputFormat?
  /// `bearer`, `basic`, or nil. The value is not kept here: it is a secret.
  public var authHeaderType: String?

  /// An e-mail event to subscribe to; `resubscribe` is documented as an event, but not here.
  public struct EmailEvent: RawRepresentable, Hashable, Sendable {
    /// The provider's word, lower case.
    public let rawValue: String

    /// Wraps the provider's word.
    public init(rawValue: String) {
      self.rawValue = rawValue.lowercased()
    }

    /// Taken by the provider; the proof of acceptance.
    public static let processed = EmailEvent(rawValue: "processed")
    /// Taken by the recipient's server.
    public static let delivered = EmailEvent(rawValue: "delivered")
    /// Opened.
    public static let open = EmailEvent(rawValue: "open")
    /// A link was followed.
    public static let click = EmailEvent(rawValue: "click")
    /// Refused by the recipient's server.
    public static let bounce = EmailEvent(rawValue: "bounce")
    /// Reported.
    public static let spam = EmailEvent(rawValue: "spam")
    /// The recipient wants no more.
    public static let unsubscribe = EmailEvent(rawValue: "unsubscribe")
    /// Not sent on by the provider.
    public static let reject = EmailEvent(rawValue: "reject")

    /// All that the contract lists.
    public static let all: [EmailEvent] = [
      .processed, .delivered, .open, .click, .bounce, .spam, .unsubscribe, .reject,
    ]
  }

  /// An SMS event to subscribe to. In the events themselves the names begin with `sms_`.
  public struct SMSEvent: RawRepresentable, Hashable, Sendable {
    /// The provider's word, lower case.
    public let rawValue: String

    /// Wraps the provider's word.
    public init(rawValue: String) {
      self.rawValue = rawValue.lowercased()
    }

    /// On its way to the network.
    public static let sending = SMSEvent(rawValue: "sending")
    /// Handed to the network; often the last event there is.
    public static let submitted = SMSEvent(rawValue: "submitted")
    /// Arrived.
    public static let delivered = SMSEvent(rawValue: "delivered")
    /// Not delivered.
    public static let failed = SMSEvent(rawValue: "failed")
    /// Refused.
    public static let rejected = SMSEvent(rawValue: "rejected")

    /// All that the contract lists.
    public static let all: [SMSEvent] = [.sending, .submitted, .delivered, .failed, .rejected]
  }

  /// How events are written.
  public enum OutputFormat: String, Sendable, CaseIterable {
    /// As a form, the provider's default.
    case form
    /// As a JSON object.
    case json
  }

  /// What the provider sends in the Authorization header of its posts.
  public enum Authorization: Sendable, Equatable {
    /// Nothing.
    case none
    /// `Bearer` and this token.
    case bearer(token: String)
    /// `Basic` with this user and password.
    case basic(user: String, password: String)
  }
}

/// What a webhook is to be: for `addWebhook` all of it, for `editWebhook` what is given.
public struct WebhookDraft: Sendable, Equatable {
  /// Where the events go: an `http` or `https` address. Required to add one.
  public var url: String?
  /// Which e-mail events.
  public var events: [Webhook.EmailEvent]
  /// Which SMS events.
  public var smsEvents: [Webhook.SMSEvent]
  /// Which mail headers come back with each event, such as `X-AIOM-Operation`; subject and
  /// Message-ID come without asking.
  public var headers: [String]
  /// Only events of these keys and users; empty means all.
  public var usernames: [String]
  /// How events are written; nil leaves the provider's `form`.
  public var outputFormat: Webhook.OutputFormat?
  /// What comes in the Authorization header; nil leaves it as it is.
  public var authorization: Webhook.Authorization?

  /// Builds a draft.
  public init(
    url: String? = nil, events: [Webhook.EmailEvent] = [], smsEvents: [Webhook.SMSEvent] = [],
    headers: [String] = [], usernames: [String] = [],
    outputFormat: Webhook.OutputFormat? = nil, authorization: Webhook.Authorization? = nil
  ) {
    self.url = url
    self.events = events
    self.smsEvents = smsEvents
    self.headers = headers
    self.usernames = usernames
    self.outputFormat = outputFormat
    self.authorization = authorization
  }
}

extension Webhook {
  /// Nil where there is no id.
  init?(_ json: JSON) {
    guard let id = json.first("id", "webhook_id")?.integer else { return nil }
    self.init(
      id: id, url: json.first("url")?.nonEmptyText,
      events: (json.first("events")?.texts ?? []).map { EmailEvent(rawValue: $0) },
      smsEvents: (json.first("sms_events")?.texts ?? []).map { SMSEvent(rawValue: $0) },
      headers: json.first("headers")?.texts ?? [], usernames: json.first("usernames")?.texts ?? [],
      outputFormat: json.first("output_format")?.text.flatMap {
        OutputFormat(rawValue: $0.lowercased())
      },
      authHeaderType: json.first("auth_header_type")?.nonEmptyText?.lowercased())
  }
}

extension Webhook: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The id only: the address may hold a secret part.
  public var description: String { "Webhook(\(id))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Webhook.Authorization: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The kind only.
  public var description: String {
    switch self {
    case .none: "none"
    case .bearer: "bearer(redacted)"
    case .basic: "basic(redacted)"
    }
  }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they are secrets.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension WebhookDraft: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "WebhookDraft(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: one is a secret.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
