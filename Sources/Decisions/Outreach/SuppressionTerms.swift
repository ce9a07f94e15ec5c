import ActionProtocol

/// What a suppression forbids.
public enum SuppressionScope: Hashable, Sendable {
  /// Every message.
  case all
  /// Everything but what is owed or demanded by law.
  case marketing
  /// Messages of one purpose: the name of an action type or of a ``MessageClass``.
  case purpose(String)

  public init(rawValue: String) {
    switch rawValue {
    case "all": self = .all
    case "marketing": self = .marketing
    default: self = .purpose(rawValue)
    }
  }

  /// The scope of a name that somebody wrote; nil where it is none.
  public init?(named name: String) {
    let isKnown =
      ["all", "marketing"].contains(name) || MessageClass(rawValue: name) != nil
      || ActionType(rawValue: name) != nil
    guard isKnown else { return nil }
    self.init(rawValue: name)
  }

  public var rawValue: String {
    switch self {
    case .all: "all"
    case .marketing: "marketing"
    case .purpose(let purpose): purpose
    }
  }
}

/// Why an address is suppressed.
public enum SuppressionReason: String, CaseIterable, Hashable, Sendable {
  case hardBounce = "hard_bounce"
  /// Soft bounces again and again; for a time.
  case softBounce = "soft_bounce"
  /// Ends marketing at once; every other message to the address wants a person's eye.
  case complaint
  case unsubscribe
  case stop
  case manual
  case legal
  case invalid
  case spamTrap = "spam_trap"
  /// The provider suppresses it, whyever.
  case vendor
}
