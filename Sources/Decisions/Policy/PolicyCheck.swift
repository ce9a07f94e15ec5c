import ActionProtocol

/// Looks for what is wrong with a policy as a whole: rules that contradict themselves, that never decide,
/// that always let go, that mix currencies.
public struct PolicyCheck {
  private let policy: Policy
  private let lines: [String: Int]
  private var issues: [PolicyIssue] = []
  /// Pairs of rules may be millions; nobody reads more than so many issues.
  private static let enough = 100

  /// The codes of everything it looks for.
  public static let codes = [
    "rule.contradiction", "auto.always", "cap.amount", "field.type", "field.tighten_only",
    "money.currency", "rule.same", "rule.unreachable", "case.rule",
  ]

  /// Everything found, errors first.
  ///
  /// - Parameter lines: of each rule by its id, where it was read from a file.
  public static func issues(_ policy: Policy, lines: [String: Int] = [:]) -> [PolicyIssue] {
    var check = PolicyCheck(policy: policy, lines: lines)
    for rule in policy.rules { check.look(at: rule) }
    check.compareRules()
    check.lookAtCases()
    return check.issues.enumerated().sorted { left, right in
      (left.element.severity == .error ? 0 : 1, left.offset)
        < (right.element.severity == .error ? 0 : 1, right.offset)
    }.map(\.element)
  }

  private init(policy: Policy, lines: [String: Int]) {
    self.policy = policy
    self.lines = lines
  }

  private mutating func look(at rule: PolicyRule) {
    lookAtFields(rule)
    lookAtCurrencies(rule)
    for (field, bounds) in rule.when.bounds.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where bounds.isEmpty {
      report(
        .error, rule, "rule.contradiction",
        "What the rule \(rule.id) asks of \(field.name) can never be so.",
        "Correct the clauses about \(field.name), or put them under any.")
    }
    if case .auto = rule.then, rule.isAlwaysTrue {
      let sends = rule.types.contains { $0.operationType.effectType != nil }
      report(
        sends ? .error : .warning, rule, "auto.always",
        "The rule \(rule.id) lets everything of its types go by itself.",
        sends
          ? "Messages need a condition: say under when which of them may go."
          : "Say under when which of them may go, or leave it if that is meant.")
    }
    if case .cap(let cap) = rule.then, case .amount = cap.limit,
      let type = rule.types.first(where: { !PolicyField.amount.exists(on: $0) })
    {
      report(
        .error, rule, "cap.amount", "Actions of type \(type.rawValue) have no amount to add up.",
        "Take \(type.rawValue) out of on, or let max be a number of actions.")
    }
  }

  private mutating func lookAtFields(_ rule: PolicyRule) {
    for field in Set(rule.when.clauses.map(\.field)).sorted(by: { $0.rawValue < $1.rawValue }) {
      if let type = rule.types.first(where: { !field.exists(on: $0) }) {
        report(
          .error, rule, "field.type",
          "Actions of type \(type.rawValue) have no \(field.name).",
          "Take \(type.rawValue) out of on, or use another field.")
      }
      if rule.then?.loosens == true, field.row.source.tightensOnly {
        report(
          .error, rule, "field.tighten_only",
          "\(field.name) is what a proposer or a text says; a rule with auto may not rest on it.",
          "Use it in a rule with require or deny, or take it out.")
      }
    }
  }

  /// Amounts that have to hold together are in one currency, and in that of `action.currency`.
  private mutating func lookAtCurrencies(_ rule: PolicyRule) {
    for clause in rule.when.clauses where clause.currencies.count > 1 {
      report(
        .error, rule, "money.currency",
        "The rule \(rule.id) compares \(clause.field.name) with "
          + "\(clause.currencies.sorted().joined(separator: " and ")) at once.",
        "Write both amounts in one currency.")
    }
    let bounds = rule.when.bounds
    for (field, found) in bounds.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let allowed = bounds[.currency]?.texts ?? []
      let foreign = found.currencies.filter { !allowed.contains($0.lowercased()) }
      guard found.currencies.count > 1 || field == .amount && !allowed.isEmpty && !foreign.isEmpty
      else { continue }
      report(
        .error, rule, "money.currency",
        "The clauses of rule \(rule.id) about \(field.name) speak of different currencies.",
        "Write them in one currency, and a rule for each other one.")
    }
  }

  private mutating func compareRules() {
    let active = policy.rules.filter { $0.status == .active && $0.then != nil }
    for rule in active {
      guard issues.count < Self.enough else { return }
      for other in active where other.id != rule.id && issues.count < Self.enough {
        if rule.id > other.id, rule.on == other.on, rule.when == other.when,
          rule.then == other.then
        {
          report(
            .warning, rule, "rule.same", "The rule \(rule.id) says the same as \(other.id).",
            "Keep one of them.")
        }
        if isBeaten(rule, by: other) {
          report(
            .warning, rule, "rule.unreachable",
            "The rule \(rule.id) never decides: wherever it applies, \(other.id) is stricter.",
            "Narrow \(other.id), or take \(rule.id) out.")
        }
      }
    }
  }

  /// Whether one rule never has a say because another applies wherever it does and is stricter.
  private func isBeaten(_ rule: PolicyRule, by other: PolicyRule) -> Bool {
    let rank = { (outcome: PolicyOutcome?) -> Int? in
      switch outcome {
      case .auto: 0
      case .require: 1
      case .deny: 2
      default: nil
      }
    }
    guard let weak = rank(rule.then), let strong = rank(other.then), weak < strong,
      strong == 2 || weak == 0, Set(rule.types).isSubset(of: Set(other.types))
    else { return false }
    return rule.when.implies(other.when)
  }

  private mutating func lookAtCases() {
    let ids = Set(policy.rules.map(\.id))
    for one in policy.cases {
      for id in one.rules + one.caps.keys.sorted() where !ids.contains(id) {
        issues.append(
          PolicyIssue(
            line: 0, path: "cases[\(one.name)]", code: "case.rule",
            message: "The case “\(one.name)” names the rule \(id), which does not exist.",
            remedy: "Correct the id, or take it out."))
      }
    }
  }

  private mutating func report(
    _ severity: PolicyIssue.Severity, _ rule: PolicyRule, _ code: String, _ message: String,
    _ remedy: String
  ) {
    issues.append(
      PolicyIssue(
        severity, line: lines[rule.id] ?? 0, path: "rules[\(rule.id)]", code: code,
        message: message, remedy: remedy))
  }
}

extension PolicyRule {
  /// Whether its condition holds for every action, as far as that can be told.
  var isAlwaysTrue: Bool {
    when.any.isEmpty && when.none.isEmpty
      && when.all.allSatisfy { item in
        guard case .clause(let clause) = item, case .integer = clause.field.type else {
          return false
        }
        return clause.op == .gte && clause.values == [.integer(0)]
      }
  }
}
