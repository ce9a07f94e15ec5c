import ActionProtocol
import Decisions
import Testing

@Suite struct PolicyConditionTests {
  private func truth(
    _ field: PolicyField, _ op: PolicyOperator, _ values: [PolicyValue], of fact: PolicyValue?
  ) -> PolicyTruth {
    var facts = PolicyFacts(.updateDealStage)
    facts[field] = fact
    return PolicyClause(field, op, values).truth(facts)
  }

  @Test(arguments: [
    (PolicyOperator.lt, [PolicyTruth.yes, .no, .no]), (.lte, [.yes, .yes, .no]),
    (.eq, [.no, .yes, .no]), (.ne, [.yes, .no, .yes]), (.gte, [.no, .yes, .yes]),
    (.gt, [.no, .no, .yes]),
  ])
  func `numbers and amounts are compared at their edges`(
    _ op: PolicyOperator, _ expected: [PolicyTruth]
  ) throws {
    let found = [29, 30, 31].map { truth(.idleDays, op, [.integer(30)], of: .integer($0)) }
    #expect(found == expected)
    let money = try ["29.99", "30", "30.01"].map {
      truth(.amount, op, [.money(try euros("30"))], of: .money(try euros($0)))
    }
    #expect(money == expected)
  }

  @Test func `between includes both ends`() {
    let found = [4, 5, 20, 21].map {
      truth(.idleDays, .between, [.integer(5), .integer(20)], of: .integer($0))
    }
    #expect(found == [.no, .yes, .yes, .no])
  }

  @Test func `letters' case does not count`() {
    #expect(truth(.toStage, .eq, [.text("Won")], of: .text("WON")) == .yes)
    #expect(truth(.tags, .anyOf, [.text("vip")], of: .texts(["VIP"])) == .yes)
    #expect(truth(.toStage, .contains, [.text("NEGO")], of: .text("Negotiation")) == .yes)
  }

  @Test func `risk is in order`() {
    #expect(truth(.risk, .gte, [.text("medium")], of: .text("high")) == .yes)
    #expect(truth(.risk, .lt, [.text("medium")], of: .text("high")) == .no)
    #expect(truth(.risk, .lt, [.text("medium")], of: .text("enormous")) == .missing)
  }

  @Test func `domains count with what is below them`() {
    let ours: [PolicyValue] = [.text("acme.example")]
    func all(_ domains: [String]) -> PolicyTruth {
      truth(.recipientDomains, .allInDomains, ours, of: .texts(domains))
    }
    #expect(all(["acme.example", "mail.acme.example"]) == .yes)
    #expect(all(["acme.example", "notacme.example"]) == .no)
    #expect(all([]) == .no)
    #expect(
      truth(.recipientDomains, .anyInDomains, ours, of: .texts(["x.example", "a.acme.example"]))
        == .yes)
  }

  @Test func `of a record that has none only a negation holds`() {
    for op in PolicyField.country.type.operators where op != .exists {
      let expected: PolicyTruth = op == .ne || op == .notIn ? .yes : .no
      #expect(truth(.country, op, [.text("DE")], of: .absent) == expected)
    }
    #expect(truth(.tags, .noneOf, [.text("vip")], of: .texts([])) == .yes)
    #expect(truth(.country, .exists, [.flag(false)], of: .absent) == .yes)
    #expect(truth(.country, .exists, [.flag(true)], of: .absent) == .no)
  }

  @Test func `what was not given is missing, whatever is asked`() {
    for field in PolicyField.allCases {
      for op in field.type.operators {
        #expect(truth(field, op, [.integer(1)], of: nil) == .missing)
      }
    }
  }

  @Test func `a value of another type is missing, not a crash`() {
    let values: [PolicyValue] = [
      .flag(true), .integer(1), .text("x"), .texts(["x"]), .absent,
    ]
    for field in PolicyField.allCases {
      for op in PolicyOperator.allCases {
        for fact in values {
          _ = truth(field, op, [], of: fact)
          for value in values { _ = truth(field, op, [value, value], of: fact) }
        }
      }
    }
  }

  @Test func `several lists together have to hold all`() {
    let facts = PolicyFacts.typical(.sendInvoiceReminder).with([.overdueDays: .integer(10)])
    let yes = PolicyCondition.Item.field(.overdueDays, .eq, .integer(10))
    let no = PolicyCondition.Item.field(.overdueDays, .eq, .integer(11))
    #expect(PolicyCondition(all: [yes], any: [no, yes], none: [no]).truth(facts) == .yes)
    #expect(PolicyCondition(all: [yes, no], any: [yes]).truth(facts) == .no)
    #expect(PolicyCondition(any: [no]).truth(facts) == .no)
    #expect(PolicyCondition(none: [no, yes]).truth(facts) == .no)
    #expect(PolicyCondition().truth(facts) == .yes)
  }

  @Test func `the first clause that is false is named with what was expected and found`() {
    let facts = PolicyFacts.typical(.sendInvoiceReminder).with([.overdueDays: .integer(34)])
    let inner = PolicyCondition(any: [.field(.hour, .lt, .integer(8))])
    let condition = PolicyCondition(all: [
      .field(.disputed, .eq, .flag(false)), .group(inner), .field(.overdueDays, .lt, .integer(9)),
    ])
    #expect(condition.decisive(facts)?.clause == PolicyClause(.hour, .lt, .integer(8)))
    let unwanted = PolicyCondition(none: [.field(.overdueDays, .gt, .integer(30))])
    let finding = unwanted.decisive(facts)
    #expect(finding?.actual == .integer(34) && finding?.isWanted == false)
    #expect(PolicyCondition().decisive(facts) == nil)
  }

  @Test func `the catalogue has a row for every field, in order, with its own name`() {
    #expect(PolicyFields.table.map(\.field) == PolicyField.allCases)
    #expect(Set(PolicyFields.table.map(\.name)).count == PolicyField.allCases.count)
    for field in PolicyField.allCases {
      #expect(PolicyField(name: field.name) == field)
      #expect(!field.row.scope.isEmpty && !field.row.phrase.isEmpty && !field.row.meaning.isEmpty)
    }
  }
}
