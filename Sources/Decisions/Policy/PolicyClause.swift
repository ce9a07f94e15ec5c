import ActionProtocol

/// The answer of a clause, a condition or a rule to facts.
///
/// Besides yes and no there are two ways of not knowing. `incomparable`: the fact is known and cannot be
/// held against the rule (another currency); the rule then counts where it tightens, and not where
/// it loosens. `missing`: the fact was not given; that is an error, which denies.
public enum PolicyTruth: Hashable, Sendable {
  case yes, no, incomparable, missing

  /// The conjunction, independent of order.
  func and(_ other: PolicyTruth) -> PolicyTruth {
    if self == .no || other == .no { return .no }
    if self == .missing || other == .missing { return .missing }
    return self == .incomparable || other == .incomparable ? .incomparable : .yes
  }

  var negated: PolicyTruth {
    switch self {
    case .yes: .no
    case .no: .yes
    case .incomparable, .missing: self
    }
  }
}

/// One comparison: a field, an operator, and what the rule says.
public struct PolicyClause: Hashable, Sendable {
  /// The field.
  public let field: PolicyField
  /// The operator; one of the field type's.
  public let op: PolicyOperator
  /// What the rule says, as it was written; one value, two for `between`, any number for lists.
  public let values: [PolicyValue]
  private let folded: [PolicyValue]

  /// A clause of the given parts. ``PolicyReader`` checks that they fit; a clause whose parts do not
  /// answers `missing`, which denies.
  public init(_ field: PolicyField, _ op: PolicyOperator, _ values: [PolicyValue]) {
    self.field = field
    self.op = op
    self.values = values
    folded = values.map(\.folded)
  }

  /// A clause of one value.
  public init(_ field: PolicyField, _ op: PolicyOperator, _ value: PolicyValue) {
    self.init(field, op, [value])
  }

  /// What the clause says of the facts.
  public func truth(_ facts: PolicyFacts) -> PolicyTruth {
    guard let fact = facts.folded(field), let first = folded.first else { return .missing }
    if op == .exists {
      guard case .flag(let wanted) = first else { return .missing }
      return (fact != .absent) == wanted ? .yes : .no
    }
    switch fact {
    case .absent: return op.holdsForNone ? .yes : .no
    case .flag(let flag):
      guard case .flag(let wanted) = first, op == .eq else { return .missing }
      return flag == wanted ? .yes : .no
    case .integer(let number): return compare(number) { Self.integer($0) }
    case .money(let money): return truth(money)
    case .text(let text): return truth(text)
    case .texts(let texts): return truth(texts)
    }
  }

  private static func integer(_ value: PolicyValue) -> Int64? {
    if case .integer(let number) = value { return number }
    return nil
  }

  private func compare(
    _ fact: Int64, _ number: (PolicyValue) -> Int64?
  ) -> PolicyTruth {
    guard let first = number(folded[0]) else { return .missing }
    let holds: Bool
    switch op {
    case .eq: holds = fact == first
    case .ne: holds = fact != first
    case .lt: holds = fact < first
    case .lte: holds = fact <= first
    case .gt: holds = fact > first
    case .gte: holds = fact >= first
    case .between:
      guard folded.count == 2, let last = number(folded[1]) else { return .missing }
      holds = fact >= first && fact <= last
    case .in: holds = folded.contains { number($0) == fact }
    case .notIn: holds = !folded.contains { number($0) == fact }
    default: return .missing
    }
    return holds ? .yes : .no
  }

  private func truth(_ fact: Money) -> PolicyTruth {
    var comparable = true
    let answer = compare(fact.minorUnits) { value in
      guard case .money(let money) = value else { return nil }
      comparable = comparable && money.currency == fact.currency
      return money.minorUnits
    }
    return comparable || answer == .missing ? answer : .incomparable
  }

  private func truth(_ fact: String) -> PolicyTruth {
    switch op {
    case .eq, .in: return holds(fact) ? .yes : .no
    case .ne, .notIn: return holds(fact) ? .no : .yes
    case .contains:
      guard case .text(let part) = folded[0] else { return .missing }
      return fact.contains(part) ? .yes : .no
    case .lt, .lte, .gt, .gte, .between:
      guard let words = field.type.words, let rank = words.firstIndex(of: fact) else {
        return .missing
      }
      return compare(Int64(rank)) { value in
        guard case .text(let word) = value else { return nil }
        return words.firstIndex(of: word).map { Int64($0) }
      }
    default: return .missing
    }
  }

  private func holds(_ fact: String) -> Bool { folded.contains { $0 == .text(fact) } }

  private func truth(_ facts: [String]) -> PolicyTruth {
    func text(_ value: PolicyValue) -> String? {
      if case .text(let text) = value { return text }
      return nil
    }
    let wanted = folded.compactMap(text)
    guard wanted.count == folded.count else { return .missing }
    let holds: Bool
    switch op {
    case .anyOf: holds = wanted.contains { facts.contains($0) }
    case .allOf: holds = wanted.allSatisfy { facts.contains($0) }
    case .noneOf: holds = !wanted.contains { facts.contains($0) }
    case .anyInDomains: holds = facts.contains { Self.domain($0, isIn: wanted) }
    case .allInDomains: holds = facts.allSatisfy { Self.domain($0, isIn: wanted) }
    default: return .missing
    }
    return holds ? .yes : .no
  }

  private static func domain(_ domain: String, isIn domains: [String]) -> Bool {
    domains.contains { domain == $0 || domain.hasSuffix("." + $0) }
  }
}
