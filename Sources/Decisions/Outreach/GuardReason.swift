import ActionProtocol

/// Why a message may not go now: the rule, what was found, what the rule allows, and when it ends.
public struct GuardReason: Hashable, Sendable {
  /// `cool_down.partner`, `cool_down.address`, an ``OutreachCap/rule``, `window.quiet_hours`,
  /// `window.recipient`, `window.holiday`, `window.sms_hours`, `window.never`, `duplicate.window`,
  /// `customer.answered`, ``OutreachBudget/rule(_:)``, those of ``ConsentCheck``, `suppressed.` and a ``SuppressionReason``.
  public let rule: String
  public let hold: HoldReason
  /// What the rule would have allowed.
  public let limit: GuardLimit
  /// The first instant at which this reason no longer holds; nil where nobody can say.
  public let until: Instant?
  /// When what is in the way happened: the last message, an answer, a suppression, the end of a
  /// consent. Nil where the time itself is in the way, or many messages together.
  public let since: Instant?
  /// The digest of the recipient it is about, or of the recipient's domain.
  public let address: Digest?
  /// What was found, in a few words without personal data: a clock, a country, a holiday's name.
  public let found: String?

  public init(
    rule: String, hold: HoldReason, limit: GuardLimit, until: Instant?, since: Instant? = nil,
    address: Digest? = nil, found: String? = nil
  ) {
    self.rule = rule
    self.hold = hold
    self.limit = limit
    self.until = until
    self.since = since
    self.address = address
    self.found = found
  }
}

/// What the guard says of a message.
public enum GuardVerdict: Hashable, Sendable {
  case send
  /// Not before the instant; the first reason is the binding one.
  case wait(until: Instant, reasons: [GuardReason])
  /// A person has to look; the first reason says whether time helps too.
  case needsPerson(reasons: [GuardReason])
  /// Never: what forbids it comes first among the reasons.
  case drop(reasons: [GuardReason])

  /// Why it may not go now; none where it may.
  public var reasons: [GuardReason] {
    switch self {
    case .send: []
    case .wait(_, let reasons), .needsPerson(let reasons), .drop(let reasons): reasons
    }
  }
}
