import ActionProtocol
import Decisions
import Testing

func euros(_ text: String) throws -> Money { try money(text, "EUR") }

func dollars(_ text: String) throws -> Money { try money(text, "USD") }

private func money(_ text: String, _ code: String) throws -> Money {
  let currency = try #require(Currency(code: code))
  return try #require(Money(decimalText: text, currency: currency))
}

extension PolicyRule {
  /// A rule about invoice reminders.
  static func of(
    _ id: String, _ then: PolicyOutcome?, when: PolicyCondition = PolicyCondition(),
    on: [PolicyScope] = [.type(.sendInvoiceReminder)], status: PolicyRule.Status = .active,
    notice: PolicyNotice? = nil
  ) -> PolicyRule {
    PolicyRule(
      id: id, title: "Rule \(id)", status: status, on: on, when: when, then: then, notice: notice,
      reason: "Because of \(id).")
  }
}

extension PolicyCondition {
  static func all(_ items: Item...) -> PolicyCondition { PolicyCondition(all: items) }
  static func none(_ items: Item...) -> PolicyCondition { PolicyCondition(none: items) }
  static func any(_ items: Item...) -> PolicyCondition { PolicyCondition(any: items) }
}

/// The decision of rules on the usual facts of a reminder, with some changed.
func decide(
  _ rules: [PolicyRule], _ values: [PolicyField: PolicyValue] = [:],
  caps: [String: CapUse] = [:], type: ActionType = .sendInvoiceReminder
) -> PolicyDecision {
  var facts = PolicyFacts.typical(type).with(values)
  facts.caps = caps
  return PolicyEngine(Policy(name: "test", rules: rules)).decide(facts)
}

extension PolicyDecision {
  /// How many of each role are asked; empty where nobody is.
  var asked: [String: Int] {
    if case .require(let requirement) = verdict { return requirement.roles }
    return [:]
  }
}

/// Any rule that goes by itself, as a line to compare with.
let goes = PolicyRule.of("goes", .auto(undo: nil))
