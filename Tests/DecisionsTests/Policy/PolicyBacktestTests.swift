import ActionProtocol
import Decisions
import Testing

@Suite struct PolicyBacktestTests {
  private let ask = PolicyEngine(Policy(name: "old", rules: []))

  private func past(
    _ id: String, minute: Int64, _ outcome: PastDecision.Outcome, days: Int64 = 10,
    partner: String = "p"
  ) -> PastDecision {
    PastDecision(
      id: id, at: Instant(milliseconds: minute * 60_000),
      facts: PolicyFacts.typical(.sendInvoiceReminder).with([.overdueDays: .integer(days)]),
      keys: [.partner: partner], outcome: outcome)
  }

  private func run(_ new: [PolicyRule], _ past: [PastDecision]) -> PolicyBacktest {
    var test = PolicyBacktest(old: ask, new: PolicyEngine(Policy(name: "new", rules: new)))
    for one in past {
      let isInOrder = test.add(one)
      #expect(isInOrder)
    }
    return test
  }

  @Test func `the lists that matter name the actions`() {
    let young = PolicyRule.of(
      "young", .auto(undo: nil), when: .all(.field(.overdueDays, .lte, .integer(10))))
    let old = PolicyRule.of("old", .deny, when: .all(.field(.overdueDays, .gt, .integer(90))))
    let test = run(
      [young, old],
      [
        past("a", minute: 0, .approved), past("b", minute: 1, .rejected),
        past("c", minute: 2, .approved, days: 91), past("d", minute: 3, .approved, days: 50),
      ])
    #expect(test.refusedWouldGo.ids == ["b"])
    #expect(test.approvedWouldBeRefused.ids == ["c"])
    #expect(test.wouldGoByItself.ids == ["a", "b"])
    #expect(test.matrix[.require] == [.auto: 2, .deny: 1, .require: 1])
    #expect(test.promptsSavedPerWeek == 3)
    #expect(test.neverHit.isEmpty && test.hits.map(\.count) == [2, 1])
  }

  @Test func `prompts are counted per week of the past`() {
    let test = run(
      [.of("all", .auto(undo: nil))],
      [past("a", minute: 0, .approved), past("b", minute: 2 * 7 * 1440, .approved)])
    #expect(test.promptsSavedPerWeek == 1)
  }

  @Test func `caps are counted in order of time, for each customer`() {
    let cap = PolicyCap(.count(1), per: .day, key: .partner, over: .require(.standard))
    let test = run(
      [.of("go", .auto(undo: nil)), .of("cap", .cap(cap))],
      [
        past("a", minute: 0, .approved), past("b", minute: 10, .approved),
        past("c", minute: 20, .approved, partner: "q"),
        // What was asked and approved at b counts as well; a day after it there is room again.
        past("d", minute: 1440, .approved), past("e", minute: 1440 + 10, .rejected),
        past("f", minute: 3 * 1440, .approved),
      ])
    #expect(test.wouldGoByItself.ids == ["a", "c", "f"])
  }

  @Test func `what persons refused does not fill a cap`() {
    let cap = PolicyCap(.count(1), per: .day, key: .partner, over: .deny)
    let test = run(
      [.of("cap", .cap(cap))],
      [
        past("a", minute: 0, .rejected), past("b", minute: 1, .approved),
        past("c", minute: 2, .approved),
      ])
    #expect(test.approvedWouldBeRefused.ids == ["c"])
  }

  @Test func `a past out of order is refused`() {
    var test = PolicyBacktest(old: ask, new: ask)
    let later = past("a", minute: 5, .approved)
    let earlier = past("b", minute: 4, .approved)
    let answers = [test.add(later), test.add(earlier)]
    #expect(answers == [true, false] && test.count == 1)
  }

  @Test func `a decision is written and read back`() throws {
    let one = past("a", minute: 7, .rejected)
    let (read, issues) = PastDecision.read(one.json)
    #expect(issues.isEmpty)
    #expect(read == one)
  }

  @Test func `facts that were not kept make rules fail, not pass`() throws {
    let json: JSONValue = [
      "id": "a", "at": "2026-01-01T00:00:00Z", "action_type": "send_invoice_reminder",
      "facts": [:], "outcome": "approved",
    ]
    let one = try #require(PastDecision.read(json).past)
    let rule = PolicyRule.of(
      "r", .auto(undo: nil), when: .all(.field(.overdueDays, .lt, .integer(9))))
    #expect(run([rule], [one]).alerts.ids == ["a"])
  }
}
