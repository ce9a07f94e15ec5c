import ActionProtocol
import Decisions
import Testing

@Suite struct PolicyCheckTests {
  private func codes(_ rules: PolicyRule...) -> [String] {
    PolicyCheck.issues(Policy(name: "test", rules: rules)).map(\.code)
  }

  private let late = PolicyCondition.Item.field(.overdueDays, .gt, .integer(30))

  @Test func `a condition that can never hold is refused`() {
    let rule = PolicyRule.of(
      "never", .deny, when: .all(late, .field(.overdueDays, .lt, .integer(31))))
    #expect(codes(rule) == ["rule.contradiction"])
    let words = PolicyRule.of(
      "never", .deny,
      when: .all(.field(.country, .eq, .text("DE")), .field(.country, .eq, .text("FR"))))
    #expect(codes(words) == ["rule.contradiction"])
    let refused = PolicyRule.of(
      "never", .deny,
      when: .all(.field(.country, .eq, .text("DE")), .field(.country, .ne, .text("de"))))
    #expect(codes(refused) == ["rule.contradiction"])
    let between = PolicyRule.of(
      "b", .deny,
      when: .all(.clause(PolicyClause(.overdueDays, .between, [.integer(9), .integer(3)]))))
    #expect(codes(between) == ["rule.contradiction"])
  }

  @Test func `a condition that can just hold is not`() {
    let rule = PolicyRule.of(
      "edge", .deny, when: .all(late, .field(.overdueDays, .lt, .integer(32))))
    #expect(codes(rule).isEmpty)
  }

  @Test func `letting every message go is an error, every task a warning`() {
    #expect(codes(goes) == ["auto.always"])
    let trivial = PolicyRule.of(
      "trivial", .auto(undo: nil), when: .all(.field(.overdueDays, .gte, .integer(0))))
    #expect(codes(trivial) == ["auto.always"])
    let tasks = PolicyRule.of("tasks", .auto(undo: nil), on: [.type(.createFollowUpTask)])
    let issues = PolicyCheck.issues(Policy(name: "test", rules: [tasks]))
    #expect(issues.map(\.severity) == [.warning])
  }

  @Test func `amounts of two currencies are refused`() throws {
    let mixed = PolicyRule.of(
      "mixed", .deny,
      when: .all(
        .field(.amount, .gt, .money(try euros("5"))), .field(.amount, .lt, .money(try dollars("9")))
      ))
    #expect(codes(mixed).contains("money.currency"))
    let other = PolicyRule.of(
      "other", .deny,
      when: .all(
        .field(.amount, .gt, .money(try euros("5"))), .field(.currency, .eq, .text("USD"))))
    #expect(codes(other) == ["money.currency"])
    let same = PolicyRule.of(
      "same", .deny,
      when: .all(
        .field(.amount, .gt, .money(try euros("5"))), .field(.currency, .eq, .text("EUR"))))
    #expect(codes(same).isEmpty)
  }

  @Test func `a rule that a stricter one always beats is shown`() {
    let deny = PolicyRule.of("deny", .deny, when: .all(.field(.overdueDays, .gt, .integer(20))))
    let ask = PolicyRule.of("ask", .require(.standard), when: .all(late))
    #expect(codes(deny, ask) == ["rule.unreachable"])
    let earlier = PolicyRule.of(
      "ask", .require(.standard), when: .all(.field(.overdueDays, .gt, .integer(19))))
    #expect(codes(deny, earlier).isEmpty)
    let elsewhere = PolicyRule.of(
      "ask", .require(.standard), when: .all(late), on: [.type(.escalateOverdueInvoice)])
    #expect(codes(deny, elsewhere).isEmpty)
  }

  @Test func `rules that say the same are shown once`() {
    let one = PolicyRule.of("one", .deny, when: .all(late))
    let two = PolicyRule.of("two", .deny, when: .all(late))
    #expect(codes(one, two) == ["rule.same"])
  }

  @Test func `a rule that lets go on claims is refused`() {
    let rule = PolicyRule.of(
      "r", .auto(undo: nil), when: .none(.field(.links, .eq, .flag(true))))
    #expect(codes(rule).contains("field.tighten_only"))
  }

  @Test func `a field or an amount that a type does not have is refused`() throws {
    let rule = PolicyRule.of("r", .deny, when: .all(late), on: [.group(.all)])
    #expect(codes(rule) == ["field.type"])
    let cap = PolicyCap(.amount(try euros("5")), per: .day, key: .org, over: .wait)
    #expect(codes(.of("c", .cap(cap), on: [.group(.all)])) == ["cap.amount"])
  }
}
