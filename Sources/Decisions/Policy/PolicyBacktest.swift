import ActionProtocol

/// A decision of the past: the facts it was taken on, and what came of it.
public struct PastDecision: Hashable, Sendable {
  /// What came of it.
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    /// Persons approved, perhaps after an edit.
    case approved
    /// Persons refused.
    case rejected
    /// It went by itself.
    case auto
    /// A policy refused.
    case denied
    /// Nobody answered.
    case expired
  }

  /// The action's id.
  public var id: String
  /// When it was decided.
  public var at: Instant
  /// The facts of then.
  public var facts: PolicyFacts
  /// Whom caps count it for: customer, address, proposer.
  public var keys: [PolicyCap.Key: String]
  /// What came of it.
  public var outcome: Outcome

  public init(
    id: String, at: Instant, facts: PolicyFacts, keys: [PolicyCap.Key: String] = [:],
    outcome: Outcome
  ) {
    self.id = id
    self.at = at
    self.facts = facts
    self.keys = keys
    self.outcome = outcome
  }
}

/// Two policies on the same past, decision by decision in order of time; caps are counted anew for each.
public struct PolicyBacktest: Sendable {
  /// A list of decisions: how many, and the first of them.
  public struct Listing: Hashable, Sendable {
    /// How many there are.
    public private(set) var count = 0
    /// The ids of the first 100.
    public private(set) var ids: [String] = []

    mutating func add(_ id: String) {
      count += 1
      if ids.count < 100 { ids.append(id) }
    }
  }

  private var old: PolicyReplay
  private var new: PolicyReplay
  /// How many decisions there were, by what the old and the new policy say.
  public private(set) var matrix: [PolicyVerdict.Kind: [PolicyVerdict.Kind: Int]] = [:]
  /// Persons refused it, and the new policy would let it go by itself.
  public private(set) var refusedWouldGo = Listing()
  /// Persons approved it, and the new policy would refuse it.
  public private(set) var approvedWouldBeRefused = Listing()
  /// The old policy asks or refuses, and the new one lets go by itself.
  public private(set) var wouldGoByItself = Listing()
  /// A rule of the new policy cannot be evaluated.
  public private(set) var alerts = Listing()
  /// How many decisions there were.
  public private(set) var count = 0
  private var first: Instant?
  private var last: Instant?

  /// A comparison of two policies, without a past yet.
  public init(old: PolicyEngine, new: PolicyEngine) {
    self.old = PolicyReplay(old)
    self.new = PolicyReplay(new)
  }

  /// Adds the next decision of the past.
  ///
  /// - Returns: false, and nothing is added, where it is earlier than the one before.
  public mutating func add(_ past: PastDecision) -> Bool {
    if let last, past.at < last { return false }
    first = first ?? past.at
    last = past.at
    count += 1
    let before = old.decide(past)
    let after = new.decide(past)
    matrix[before.verdict.kind, default: [:]][after.verdict.kind, default: 0] += 1
    if after.verdict.kind == .auto {
      if past.outcome == .rejected { refusedWouldGo.add(past.id) }
      if before.verdict.kind != .auto { wouldGoByItself.add(past.id) }
    }
    if after.verdict.kind == .deny, past.outcome == .approved {
      approvedWouldBeRefused.add(past.id)
    }
    if after.isAlert { alerts.add(past.id) }
    return true
  }

  /// How many fewer persons are asked in a week; negative where more are. A past shorter than a week
  /// counts as one.
  public var promptsSavedPerWeek: Double {
    guard let first, let last else { return 0 }
    let week = 7 * 86_400_000.0
    let weeks = max(1, Double(last.milliseconds - first.milliseconds) / week)
    return Double(askedBefore - askedAfter) / weeks
  }

  /// Active rules of the new policy that had no say in any decision.
  public var neverHit: [String] { new.neverHit }

  /// In how many decisions each active rule of the new policy had a say.
  public var hits: [(rule: String, count: Int)] { new.hitCounts }

  private var askedBefore: Int { (matrix[.require] ?? [:]).values.reduce(0, +) }

  private var askedAfter: Int { matrix.values.reduce(0) { $0 + ($1[.require] ?? 0) } }
}
