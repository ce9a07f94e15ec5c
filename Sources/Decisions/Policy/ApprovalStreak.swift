import ActionProtocol

/// Approvals of one kind in a row, all as they were proposed, with nothing refused in between.
public struct ApprovalStreak: Hashable, Sendable {
  /// What is alike: what would be let go together.
  public struct Kind: Hashable, Sendable {
    public let type: ActionType
    /// The template that AIOM filled; nil where the type sends no message.
    public let template: String?
    /// Of the amount; nil where it is about none.
    public let currency: Currency?
  }

  public let kind: Kind
  /// How many.
  public private(set) var count = 0
  public private(set) var since: Instant
  /// The highest amount that was approved.
  public private(set) var highest: Money?
  /// The most days overdue, where the type is about invoices.
  public private(set) var mostOverdue: Int64?
  /// The facts of the last one.
  public private(set) var last: PolicyFacts

  /// As many as make a suggestion.
  public static let enough = 20

  init(_ kind: Kind, _ decision: PastDecision) {
    self.kind = kind
    since = decision.at
    last = decision.facts
    add(decision)
  }

  mutating func add(_ decision: PastDecision) {
    count += 1
    last = decision.facts
    if case .money(let money)? = decision.facts[.amount] {
      highest = highest.map { $0.minorUnits < money.minorUnits ? money : $0 } ?? money
    }
    if case .integer(let days)? = decision.facts[.overdueDays] {
      mostOverdue = max(mostOverdue ?? 0, days)
    }
  }
}

/// Finds streaks in decisions of the past, given in order of time.
public struct ApprovalStreaks: Sendable {
  private var running: [ApprovalStreak.Kind: ApprovalStreak] = [:]

  public init() {}

  /// - Parameter isEdited: whether a person changed it before it was decided.
  public mutating func add(_ decision: PastDecision, isEdited: Bool) {
    guard decision.outcome != .auto, let kind = Self.kind(decision.facts) else { return }
    guard decision.outcome == .approved, !isEdited else {
      running[kind] = nil
      return
    }
    if running[kind]?.add(decision) == nil { running[kind] = ApprovalStreak(kind, decision) }
  }

  /// Those that are long enough and go on to the end, the longest first.
  public var found: [ApprovalStreak] {
    running.values.filter { $0.count >= ApprovalStreak.enough }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  /// Nil for what nobody is spared: a high risk, a text that is not AIOM's own, a recipient whom the
  /// books do not know.
  private static func kind(_ facts: PolicyFacts) -> ApprovalStreak.Kind? {
    guard case .text(let risk)? = facts[.risk], let level = RiskLevel(rawValue: risk),
      level < .high
    else { return nil }
    var template: String?
    if facts.type.operationType.effectType != nil {
      guard case .text(let own)? = facts[.template], case .text("customer")? = facts[.recipientKind]
      else { return nil }
      template = own
    }
    var currency: Currency?
    if case .money(let money)? = facts[.amount] { currency = money.currency }
    return ApprovalStreak.Kind(type: facts.type, template: template, currency: currency)
  }
}

extension ApprovalStreak {
  /// A word for its rule: `suggested-send-invoice-reminder-payment-reminder`.
  var name: String {
    let parts = [kind.type.rawValue, kind.template, kind.currency?.code].compactMap(\.self)
    let slug = parts.joined(separator: "-").lowercased().map { letter in
      letter.isASCII && (letter.isLetter || letter.isNumber) ? letter : "-"
    }
    return String(("suggested-" + String(slug)).prefix(60))
  }
}
