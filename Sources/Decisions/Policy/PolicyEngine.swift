import ActionProtocol

/// A policy made ready for deciding: its rules by action type. Deciding is total: every facts get a
/// decision, and an error denies.
public struct PolicyEngine: Sendable {
  /// The policy.
  public let policy: Policy
  private let active: [ActionType: [Int]]
  private let withShadow: [ActionType: [Int]]
  private let claimed: [PolicyField?]

  /// Makes a policy ready; whatever is wrong with its rules shows as a denial.
  public init(_ policy: Policy) {
    self.policy = policy
    claimed = policy.rules.map { $0.then?.loosens == true ? $0.claimedFields.first : nil }
    var active: [ActionType: [Int]] = [:]
    var withShadow: [ActionType: [Int]] = [:]
    for (index, rule) in policy.rules.enumerated() where rule.status != .off {
      for type in rule.types {
        withShadow[type, default: []].append(index)
        if rule.status == .active { active[type, default: []].append(index) }
      }
    }
    self.active = active
    self.withShadow = withShadow
  }

  /// The decision on facts.
  public func decide(_ facts: PolicyFacts) -> PolicyDecision {
    decide(facts, among: active[facts.type] ?? [])
  }

  /// What would be decided if the rules in shadow were active; nil where none is about the type.
  public func shadowDecision(_ facts: PolicyFacts) -> PolicyDecision? {
    let all = withShadow[facts.type] ?? []
    return all.count == (active[facts.type] ?? []).count ? nil : decide(facts, among: all)
  }

  /// The caps that have to be counted before actions of a type are decided on, in shadow too.
  public func caps(on type: ActionType) -> [(rule: PolicyRule, cap: PolicyCap)] {
    (withShadow[type] ?? []).compactMap { index in
      guard case .cap(let cap) = policy.rules[index].then else { return nil }
      return (policy.rules[index], cap)
    }
  }

  /// The active caps that count an action of these facts once it is let go.
  public func counting(_ facts: PolicyFacts) -> [(rule: PolicyRule, cap: PolicyCap)] {
    caps(on: facts.type).filter { $0.rule.status == .active && $0.rule.when.truth(facts) != .no }
  }

  private func decide(_ facts: PolicyFacts, among indices: [Int]) -> PolicyDecision {
    var merge = PolicyMerge()
    merge.considered.reserveCapacity(indices.count)
    for index in indices {
      let rule = policy.rules[index]
      var truth = rule.when.truth(facts)
      var fault: PolicyFault?
      if let field = claimed[index] {
        fault = .claimed(field)
      } else if truth == .missing {
        fault = .missing(missing(rule.when, facts))
      } else if truth == .incomparable, rule.then?.loosens == true {
        truth = .no
      }
      merge.add(rule, at: index, truth: truth, fault: fault, facts: facts)
    }
    return merge.decision(risk: facts[.risk])
  }

  /// The first field, in the order written, that was not given.
  private func missing(_ condition: PolicyCondition, _ facts: PolicyFacts) -> PolicyField {
    let clauses = condition.clauses
    return (clauses.first { $0.truth(facts) == .missing } ?? clauses.first)?.field ?? .risk
  }
}
