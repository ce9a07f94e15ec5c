import ActionProtocol
import Decisions

/// Random policies and facts: sensible ones, and ones that no reader would let through.
struct PolicyGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private static let texts = ["EUR", "USD", "vip", "DE", "reminder-1", "agent:x", "won"]
  private static let domains = ["acme.example", "mail.acme.example", "other.example"]
  private static let currencies = ["EUR", "USD"].compactMap { Currency(code: $0) }
  private static let roles = ["owner", "finance", "sales"]
  private static let spans = ["1m", "2h", "1d", "7d"].compactMap { PolicySpan($0) }

  mutating func policy(rules: ClosedRange<Int> = 0...8) -> Policy {
    let count = Int.random(in: rules, using: &random)
    return Policy(name: "random", rules: (0..<count).map { rule("r\($0)") })
  }

  mutating func rule(_ id: String) -> PolicyRule {
    let on = (0..<Int.random(in: 1...2, using: &random)).map { _ in scope() }
    let then: PolicyOutcome? = chance(20) ? nil : outcome()
    return PolicyRule(
      id: id, title: id, status: pick([.active, .active, .active, .shadow, .off]), on: on,
      when: chance(4) ? PolicyCondition() : condition(depth: 1), then: then,
      notice: then == nil
        ? PolicyNotice(roles: [pick(Self.roles)], moments: [.after], channels: [.inApp]) : nil,
      reason: "Because.")
  }

  private mutating func scope() -> PolicyScope {
    chance(2) ? .group(pick(PolicyScope.Group.allCases)) : .type(pick(ActionType.allCases))
  }

  mutating func condition(depth: Int) -> PolicyCondition {
    func items(_ generator: inout PolicyGenerator, _ most: Int) -> [PolicyCondition.Item] {
      (0..<Int.random(in: 0...most, using: &generator.random)).map { _ in
        depth < 3 && generator.chance(6)
          ? .group(generator.condition(depth: depth + 1)) : .clause(generator.clause())
      }
    }
    return PolicyCondition(
      all: items(&self, 3), any: items(&self, 2), none: items(&self, 1))
  }

  /// One in ten does not fit its field.
  mutating func clause() -> PolicyClause {
    let field = pick(PolicyField.allCases)
    guard !chance(10) else {
      let other = pick(PolicyField.allCases)
      return PolicyClause(field, pick(PolicyOperator.allCases), [value(other)])
    }
    let op = pick(field.type.operators)
    if op == .exists { return PolicyClause(field, op, .flag(chance(2))) }
    let count = op == .between ? 2 : op == .in || op == .anyOf ? 3 : 1
    return PolicyClause(field, op, (0..<count).map { _ in value(field) })
  }

  mutating func value(_ field: PolicyField) -> PolicyValue {
    switch field.type {
    case .flag: .flag(chance(2))
    case .integer: .integer(Int64.random(in: 0...30, using: &random))
    case .money: .money(money())
    case .word(let words, _): .text(pick(words))
    case .text, .texts: .text(pick(Self.texts))
    case .domains: .text(pick(Self.domains))
    }
  }

  private mutating func money() -> Money {
    Money(
      minorUnits: Int64.random(in: 0...100_000, using: &random), currency: pick(Self.currencies))
  }

  private mutating func outcome() -> PolicyOutcome {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: .deny
    case 1: .require(requirement())
    case 2, 3: .auto(undo: chance(2) ? nil : pick(Self.spans))
    case 4: .delay(.span(pick(Self.spans)))
    default: .cap(cap())
    }
  }

  private mutating func requirement() -> PolicyRequirement {
    PolicyRequirement(
      role: pick(Self.roles), n: Int.random(in: 1...3, using: &random), notProposer: chance(2),
      stepUp: pick(StepUp.allCases), channels: chance(2) ? nil : [pick(ApprovalChannel.allCases)],
      expires: chance(2) ? nil : pick(Self.spans))
  }

  private mutating func cap() -> PolicyCap {
    let over: PolicyCap.Over = chance(2) ? .wait : chance(2) ? .deny : .require(requirement())
    return PolicyCap(
      chance(3) ? .amount(money()) : .count(Int64.random(in: 1...5, using: &random)),
      per: pick(Self.spans), key: pick(PolicyCap.Key.allCases), over: over)
  }

  /// Facts of which some are not given, and some are of another field.
  mutating func facts(_ policy: Policy) -> PolicyFacts {
    let type = pick(ActionType.allCases)
    var facts = PolicyFacts.typical(type)
    for field in PolicyField.allCases where chance(2) {
      let draw = Int.random(in: 0..<24, using: &random)
      facts[field] =
        draw == 0
        ? nil : draw == 1 ? .absent : draw == 2 ? value(pick(PolicyField.allCases)) : fact(field)
    }
    for rule in policy.rules where !chance(12) {
      facts.caps[rule.id] = CapUse(
        count: Int64.random(in: 0...6, using: &random),
        minorUnits: Int64.random(in: 0...100_000, using: &random))
    }
    return facts
  }

  private mutating func fact(_ field: PolicyField) -> PolicyValue {
    switch (field.type, value(field)) {
    case (.texts, .text(let text)), (.domains, .text(let text)): .texts([text])
    case (_, let value): value
    }
  }

  mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &random) == 0 }

  mutating func shuffled<Element>(_ items: [Element]) -> [Element] {
    items.shuffled(using: &random)
  }

  private mutating func pick<Element>(_ items: [Element]) -> Element {
    items[Int.random(in: 0..<items.count, using: &random)]
  }
}
