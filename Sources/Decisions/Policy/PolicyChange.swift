import ActionProtocol

/// A change of one fact that was tried and leads to a milder decision.
public struct PolicyChange: Hashable, Sendable {
  /// The fact.
  public let field: PolicyField
  /// What it is.
  public let actual: PolicyValue
  /// What it would have to be.
  public let wanted: PolicyValue
  /// What would be decided then.
  public let verdict: PolicyVerdict.Kind

  /// `{field, actual, wanted, decision, text}`.
  public var json: JSONValue {
    [
      "field": .string(field.name), "actual": actual.json, "wanted": wanted.json,
      "decision": .string(verdict.rawValue), "text": .string(words),
    ]
  }

  /// In words.
  public var words: String {
    let result =
      switch verdict {
      case .deny: "it would be refused"
      case .require: "persons would be asked"
      case .auto: "it would go by itself"
      }
    return "If \(field.name) were \(wanted.words(field.type)) instead of "
      + "\(actual.words(field.type)), \(result)."
  }
}

extension PolicyEngine {
  /// How many changes are tried, and how many told.
  private static let tried = 200
  private static let told = 5

  /// Single changes that lead from a decision to a milder one, each found by deciding again.
  func changes(_ facts: PolicyFacts, from decision: PolicyDecision) -> [PolicyChange] {
    guard decision.verdict.kind != .auto else { return [] }
    var changes: [PolicyChange] = []
    var seen: Set<PolicyValue> = []
    var count = 0
    for entry in decision.considered {
      for clause in policy.rules[entry.index].when.clauses where clause.field.isChangeable {
        for value in clause.boundaries where changes.count < Self.told && count < Self.tried {
          guard let actual = facts[clause.field], actual != value else { continue }
          guard seen.insert(.texts([clause.field.name, "\(value)"])).inserted else { continue }
          count += 1
          let kind = decide(facts.with([clause.field: value])).verdict.kind
          guard kind.mildness > decision.verdict.kind.mildness else { continue }
          changes.append(
            PolicyChange(field: clause.field, actual: actual, wanted: value, verdict: kind))
        }
      }
    }
    return changes
  }
}

extension PolicyVerdict.Kind {
  /// Higher is milder.
  public var mildness: Int {
    switch self {
    case .deny: 0
    case .require: 1
    case .auto: 2
    }
  }
}

extension PolicyField {
  /// Whether telling somebody to change it makes sense: who proposes and what it is about stay.
  fileprivate var isChangeable: Bool { self != .proposer && self != .currency && self != .country }
}

extension PolicyClause {
  /// Values on either side of the clause's edge.
  var boundaries: [PolicyValue] {
    if op == .exists { return [.absent] }
    return values.flatMap { value -> [PolicyValue] in
      switch value {
      case .flag(let flag): [.flag(flag), .flag(!flag)]
      case .integer(let number):
        [.integer(number), .integer(number + 1)] + (number > 0 ? [.integer(number - 1)] : [])
      case .money(let money):
        [-1, 0, 1].map { step in
          .money(Money(minorUnits: money.minorUnits &+ step, currency: money.currency))
        }
      case .text(let text): wordBoundaries(text)
      case .texts, .absent: []
      }
    }
  }

  private func wordBoundaries(_ text: String) -> [PolicyValue] {
    switch field.type {
    case .word(let words, _): words.map { .text($0) }
    case .texts, .domains: [.texts([text]), .absent]
    default: [.text(text), .absent]
    }
  }
}
