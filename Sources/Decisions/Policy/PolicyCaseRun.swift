import ActionProtocol

/// What became of a case when it was run.
public struct PolicyCaseResult: Hashable, Sendable {
  /// The case's name.
  public let name: String
  /// What differs from what it expects; empty where it holds.
  public let differences: [String]
  /// What was decided.
  public let explanation: PolicyExplanation

  /// Whether the case holds.
  public var holds: Bool { differences.isEmpty }

  /// `{name, holds, differences, decision}`.
  public var json: JSONValue {
    [
      "name": .string(name), "holds": .bool(holds),
      "differences": .array(differences.map { .string($0) }),
      "decision": .string(explanation.decision.verdict.kind.rawValue),
    ]
  }
}

extension PolicyEngine {
  /// Runs every case of the policy.
  public func runCases() -> [PolicyCaseResult] { policy.cases.map(run) }

  private func run(_ one: PolicyCase) -> PolicyCaseResult {
    var facts = PolicyFacts.typical(one.type).with(one.facts)
    for (rule, _) in caps(on: one.type) { facts.caps[rule.id] = CapUse() }
    facts.caps.merge(one.caps) { $1 }
    let explanation = explain(facts)
    return PolicyCaseResult(
      name: one.name, differences: differences(one, explanation), explanation: explanation)
  }

  private func differences(_ one: PolicyCase, _ found: PolicyExplanation) -> [String] {
    var differences: [String] = []
    let kind = found.decision.verdict.kind
    if kind != one.verdict {
      differences.append("expected \(one.verdict.rawValue), found \(kind.rawValue)")
    }
    if let roles = one.roles {
      var asked: Set<String> = []
      if case .require(let requirement) = found.decision.verdict {
        asked = Set(requirement.roles.keys)
      }
      if asked != roles {
        differences.append(
          "expected the roles \(roles.sorted().joined(separator: ", ")), "
            + "found \(asked.isEmpty ? "none" : asked.sorted().joined(separator: ", "))")
      }
    }
    let missing = one.rules.filter { !found.winning.contains($0) }
    if !missing.isEmpty {
      differences.append(
        "expected \(missing.joined(separator: ", ")) to decide, found "
          + (found.winning.isEmpty ? "no rule" : found.winning.joined(separator: ", ")))
    }
    if let waits = one.waits, waits != found.waitsNow {
      differences.append(waits ? "expected it to wait" : "expected it not to wait")
    }
    return differences
  }
}
