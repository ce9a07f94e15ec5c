import ActionProtocol

/// The condition of a rule: lists of which all, any or none have to hold. Several lists together have
/// to hold all; no list at all always holds.
public struct PolicyCondition: Hashable, Sendable {
  /// A clause, or lists inside the list.
  public indirect enum Item: Hashable, Sendable {
    case clause(PolicyClause)
    case group(PolicyCondition)
  }

  /// All of these hold.
  public var all: [Item]
  /// At least one of these holds; ignored where empty.
  public var any: [Item]
  /// None of these holds.
  public var none: [Item]

  /// A condition of the given lists.
  public init(all: [Item] = [], any: [Item] = [], none: [Item] = []) {
    self.all = all
    self.any = any
    self.none = none
  }

  /// The deepest nesting of lists.
  public static let maximumDepth = 3

  /// Whether it always holds.
  public var isEmpty: Bool { all.isEmpty && any.isEmpty && none.isEmpty }

  /// How deep lists stand in lists, 0 where there is none.
  public var depth: Int {
    isEmpty ? 0 : 1 + (items.map(\.depth).max() ?? 0)
  }

  /// Every item of the three lists.
  public var items: [Item] { all + any + none }

  /// Every clause, at any depth.
  public var clauses: [PolicyClause] {
    items.flatMap { item in
      switch item {
      case .clause(let clause): [clause]
      case .group(let group): group.clauses
      }
    }
  }

  /// What the condition says of the facts; the order of its items never matters.
  public func truth(_ facts: PolicyFacts) -> PolicyTruth {
    var answer = PolicyTruth.yes
    for item in all {
      answer = answer.and(item.truth(facts))
      if answer == .no { return .no }
    }
    for item in none {
      answer = answer.and(item.truth(facts).negated)
      if answer == .no { return .no }
    }
    guard !any.isEmpty else { return answer }
    var none = PolicyTruth.yes
    for item in any {
      none = none.and(item.truth(facts).negated)
      if none == .no { return answer }
    }
    return answer.and(none.negated)
  }

  /// The first clause, in the order written, because of which the condition does not hold; nil where
  /// it holds.
  public func decisive(_ facts: PolicyFacts) -> PolicyFinding? {
    guard truth(facts) != .yes else { return nil }
    for item in all where item.truth(facts) != .yes { return item.finding(facts, wanted: true) }
    for item in any where item.truth(facts) != .yes && anyFails(facts) {
      return item.finding(facts, wanted: true)
    }
    for item in none where item.truth(facts) != .no { return item.finding(facts, wanted: false) }
    return nil
  }

  private func anyFails(_ facts: PolicyFacts) -> Bool { !any.contains { $0.truth(facts) == .yes } }

  /// The clause that makes it hold although it should not.
  fileprivate func holding(_ facts: PolicyFacts) -> PolicyFinding? {
    for item in all { if let found = item.finding(facts, wanted: false) { return found } }
    for item in any where item.truth(facts) != .no { return item.finding(facts, wanted: false) }
    for item in none { if let found = item.finding(facts, wanted: true) { return found } }
    return nil
  }
}

extension PolicyCondition.Item {
  /// A clause of one value.
  public static func field(
    _ field: PolicyField, _ op: PolicyOperator, _ value: PolicyValue
  ) -> PolicyCondition.Item {
    .clause(PolicyClause(field, op, value))
  }

  var depth: Int {
    if case .group(let group) = self { return group.depth }
    return 0
  }

  func truth(_ facts: PolicyFacts) -> PolicyTruth {
    switch self {
    case .clause(let clause): clause.truth(facts)
    case .group(let group): group.truth(facts)
    }
  }

  fileprivate func finding(_ facts: PolicyFacts, wanted: Bool) -> PolicyFinding? {
    switch self {
    case .clause(let clause):
      PolicyFinding(
        clause: clause, isWanted: wanted, actual: facts[clause.field], truth: clause.truth(facts))
    case .group(let group): wanted ? group.decisive(facts) : group.holding(facts)
    }
  }
}

/// What was found where a rule did not apply: the clause, what it expected and what is so.
public struct PolicyFinding: Hashable, Sendable {
  /// The clause.
  public let clause: PolicyClause
  /// Whether it had to hold; false for one in a list of `none`.
  public let isWanted: Bool
  /// The fact; nil where it was not given.
  public let actual: PolicyValue?
  /// What the clause said.
  public let truth: PolicyTruth
}
