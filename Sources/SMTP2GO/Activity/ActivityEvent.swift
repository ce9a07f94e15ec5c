/// One thing that happened to one message. Real events leave out what is empty, so that every
/// field may be missing.
public struct ActivityEvent: Sendable, Hashable {
  /// What happened. Unknown kinds are kept as they come.
  public struct Kind: RawRepresentable, Hashable, Sendable {
    /// The provider's word, lower case.
    public let rawValue: String

    /// Wraps the provider's word.
    public init(rawValue: String) {
      self.rawValue = rawValue.lowercased()
    }

    /// Taken by the provider.
    public static let processed = Kind(rawValue: "processed")
    /// Taken by the recipient's server.
    public static let delivered = Kind(rawValue: "delivered")
    /// Refused for the moment by the recipient's server.
    public static let softBounced = Kind(rawValue: "soft-bounced")
    /// Refused for good by the recipient's server.
    public static let hardBounced = Kind(rawValue: "hard-bounced")
    /// Not sent on by the provider, because of a suppression or a sandboxed key.
    public static let rejected = Kind(rawValue: "rejected")
    /// Reported as spam.
    public static let spam = Kind(rawValue: "spam")
    /// The recipient wants no more.
    public static let unsubscribed = Kind(rawValue: "unsubscribed")
    /// The recipient wants more again.
    public static let resubscribed = Kind(rawValue: "resubscribed")
    /// Opened.
    public static let opened = Kind(rawValue: "opened")
    /// A link was followed.
    public static let clicked = Kind(rawValue: "clicked")
  }

  /// What happened.
  public var kind: Kind?
  /// When, as the provider writes it.
  public var date: String?
  /// The message's id.
  public var emailID: String?
  /// The subject.
  public var subject: String?
  /// The envelope's sender.
  public var sender: String?
  /// The recipient, or the first of several.
  public var recipient: String?
  /// All recipients, where listed.
  public var recipients: [String]
  /// The key's or user's name.
  public var username: String?
  /// What the recipient's server said.
  public var smtpResponse: String?
  /// Why it was rejected or bounced.
  public var reason: String?
  /// The host that answered, or from which the message came.
  public var host: String?
  /// The message's headers, where the query asked for them whole.
  public var headers: String?
  /// The headers that the query asked for, by the name as the provider spells it.
  public var customHeaders: [String: String]

  /// When it happened, where that can be read.
  public var time: VendorTime? { date.map { VendorTime($0) } }

  /// A header that the query asked for, whatever the case of its name.
  public func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return customHeaders[name] ?? customHeaders.first { $0.key.lowercased() == wanted }?.value
  }
}

extension ActivityEvent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Kind and message id.
  public var description: String {
    "ActivityEvent(\(kind?.rawValue ?? "?"), \(emailID ?? "?"))"
  }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they name addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ActivityEvent {
  init(_ json: JSON) {
    let recipients = (json.first("recipients")?.array ?? []).compactMap(\.nonEmptyText)
    self.init(
      kind: json.first("event")?.nonEmptyText.map { Kind(rawValue: $0) },
      date: json.first("date", "time")?.nonEmptyText,
      emailID: json.first("email_id")?.nonEmptyText,
      subject: json.first("subject")?.text,
      sender: json.first("sender", "from")?.nonEmptyText,
      recipient: json.first("recipient", "to")?.nonEmptyText ?? recipients.first,
      recipients: recipients, username: json.first("username")?.nonEmptyText,
      smtpResponse: json.first("smtp_response")?.nonEmptyText,
      reason: json.first("reason", "error")?.nonEmptyText,
      host: json.first("host")?.nonEmptyText, headers: json.first("headers")?.nonEmptyText,
      customHeaders: Self.headers(json.first("custom_headers")))
  }

  private static func headers(_ json: JSON?) -> [String: String] {
    var result: [String: String] = [:]
    for member in json?.members ?? [] {
      result[member.key] = member.value.text ?? member.value.array?.first?.text
    }
    return result
  }
}
