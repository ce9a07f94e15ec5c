import ActionProtocol

/// A rule that would spare persons a question which they always answered with yes: to look at and to try
/// on the past. It becomes active as every policy does, by approval, and never by itself.
public struct RuleSuggestion: Hashable, Sendable {
  public let streak: ApprovalStreak
  public let rule: PolicyRule
  /// The policy with the rule. Rules that asked about these actions ask about the others only.
  public let draft: Policy
  /// The rules that ask about fewer actions than before.
  public let narrowed: [String]
  /// Cases of the policy that say the opposite and are left out of the draft.
  public let dropped: [String]

  /// How long such an action can be taken back.
  static let undo = PolicySpan.minutes(10)

  /// - Returns: nil where the policy asks for another reason as well, or does not ask any more.
  public init?(_ streak: ApprovalStreak, for policy: Policy) {
    let engine = PolicyEngine(policy)
    guard engine.decide(streak.last).verdict.kind == .require else { return nil }
    let clauses = streak.bounds
    guard !clauses.isEmpty else { return nil }
    let condition = PolicyCondition(all: clauses.map { .clause($0) })
    guard condition.truth(streak.last) == .yes else { return nil }
    let rule = PolicyRule(
      id: streak.name, title: "What was always approved goes by itself",
      on: [.type(streak.kind.type)], when: condition, then: .auto(undo: Self.undo),
      reason: "\(streak.count) in a row were approved as they were, since "
        + "\(streak.since.rfc3339.prefix(10)).")
    var draft = policy
    guard !draft.rules.contains(where: { $0.id == rule.id }) else { return nil }
    var narrowed: [String] = []
    for asking in policy.rules where asking.asks(streak.last) {
      // What asks because of a proposer's or a text's own words goes on asking.
      guard asking.claimedFields.isEmpty else { return nil }
      draft.rules.removeAll { $0.id == asking.id }
      draft.rules += asking.sparing(streak.kind.type, condition)
      narrowed.append(asking.id)
    }
    draft.rules.append(rule)
    guard draft.rules.count <= Policy.maximumRules else { return nil }
    let failing = Set(PolicyEngine(draft).runCases().filter { !$0.holds }.map(\.name))
    draft.cases.removeAll { failing.contains($0.name) }
    guard PolicyEngine(draft).decide(streak.last).verdict.kind == .auto,
      !PolicyCheck.issues(draft).contains(where: { $0.severity == .error })
    else { return nil }
    self.streak = streak
    self.rule = rule
    self.draft = draft
    self.narrowed = narrowed.sorted()
    dropped = failing.sorted()
  }

  /// `{rule, sentence, approvals, since, narrowed, dropped_cases, policy}`.
  public var json: JSONValue {
    [
      "rule": .string(rule.id), "sentence": .string(PolicySentences.sentence(rule)),
      "approvals": .integer(Int64(streak.count)), "since": .string(streak.since.rfc3339),
      "narrowed": .array(narrowed.map { .string($0) }),
      "dropped_cases": .array(dropped.map { .string($0) }), "policy": draft.json,
    ]
  }
}

extension ApprovalStreak {
  /// What was approved, and nothing beyond it.
  fileprivate var bounds: [PolicyClause] {
    var clauses: [PolicyClause] = []
    if let template = kind.template {
      clauses.append(PolicyClause(.template, .eq, .text(template)))
      clauses.append(PolicyClause(.recipientKind, .eq, .text("customer")))
      clauses.append(PolicyClause(.recipientCount, .lte, .integer(1)))
    } else {
      clauses.append(PolicyClause(.proposerKind, .eq, .text("system")))
    }
    if case .flag(false)? = last[.disputed] {
      clauses.append(PolicyClause(.disputed, .eq, .flag(false)))
    }
    if let highest { clauses.append(PolicyClause(.amount, .lte, .money(highest))) }
    if let mostOverdue { clauses.append(PolicyClause(.overdueDays, .lte, .integer(mostOverdue))) }
    return clauses
  }
}

extension PolicyRule {
  /// Whether persons are asked because of it.
  fileprivate func asks(_ facts: PolicyFacts) -> Bool {
    guard status == .active, case .require = then, types.contains(facts.type) else { return false }
    return when.truth(facts) != .no
  }

  /// The same rule for its other types, and for this one outside a condition.
  fileprivate func sparing(_ type: ActionType, _ condition: PolicyCondition) -> [PolicyRule] {
    var narrow = self
    narrow.on = [.type(type)]
    narrow.when.none.append(.group(condition))
    let others = types.filter { $0 != type }
    guard !others.isEmpty else { return [narrow] }
    var rest = self
    rest.on = others.map { .type($0) }
    narrow.id = String("\(id)-\(type.rawValue.replacing("_", with: "-"))".prefix(60))
    return [rest, narrow]
  }
}
