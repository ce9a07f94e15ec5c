import ActionProtocol
import Decisions
import Testing

@Suite struct PolicyMergeTests {
  private let finance = PolicyRule.of("finance", .require(PolicyRequirement(role: "finance", n: 2)))
  private let sales = PolicyRule.of("sales", .require(PolicyRequirement(role: "sales")))

  @Test func `where no rule says anything the owner is asked`() {
    let decision = decide([])
    #expect(decision.verdict == .require(.standard))
    #expect(decision.isDefault)
  }

  @Test
  func `deny beats a cap without room, which beats a requirement, which beats going by itself`() {
    let deny = PolicyRule.of("deny", .deny)
    let cap = PolicyRule.of(
      "cap", .cap(PolicyCap(.count(1), per: .day, key: .org, over: .deny)))
    let full = ["cap": CapUse(count: 1)]
    #expect(decide([goes]).verdict == .auto(undo: nil))
    #expect(decide([goes, sales]).asked == ["sales": 1])
    #expect(decide([goes, sales, cap], caps: ["cap": CapUse()]).asked == ["sales": 1])
    #expect(decide([goes, sales, cap], caps: full).verdict == .deny)
    let answer = decide([deny, goes, sales])
    #expect(answer.verdict == .deny && answer.winning == [0])
  }

  @Test func `requirements join to the strictest of all`() throws {
    let one = PolicyRequirement(
      role: "finance", n: 1, channels: [.inApp, .email], expires: PolicySpan("2d"),
      escalate: [Escalation(after: .day, role: "owner")])
    let other = PolicyRequirement(
      role: "finance", n: 2, notProposer: true, stepUp: .passkey, channels: [.inApp, .sms],
      expires: PolicySpan("1d"))
    let decision = decide([
      .of("a", .require(one)), .of("b", .require(other)), sales,
    ])
    guard case .require(let joined) = decision.verdict else {
      Issue.record("not required")
      return
    }
    #expect(joined.roles == ["finance": 2, "sales": 1])
    #expect(joined.notProposer && joined.stepUp == .passkey)
    #expect(joined.openChannels == [.inApp] && joined.expires == PolicySpan("1d"))
    #expect(joined.escalate.count == 1)
  }

  @Test func `channels that exclude each other leave the app`() {
    let email = PolicyRequirement(role: "owner", channels: [.email])
    let sms = PolicyRequirement(role: "owner", channels: [.sms])
    #expect(email.joined(sms).openChannels == [.inApp])
    #expect(email.joined(sms).joined(email) == email.joined(email).joined(sms))
  }

  @Test func `delays add to whatever is not denied`() throws {
    let delay = PolicyRule.of("delay", .delay(.span(.day)))
    #expect(decide([delay]).waits == [.delay(.span(.day))])
    #expect(decide([delay, goes]).verdict == .auto(undo: nil))
    #expect(decide([delay, goes]).waits.count == 1)
    #expect(decide([delay, .of("deny", .deny)]).waits.isEmpty)
  }

  @Test func `hours over midnight belong to the day they begin on`() throws {
    let from = try #require(TimeOfDay("22:00"))
    let to = try #require(TimeOfDay("06:30"))
    let hours = try #require(PolicyHours(from: from, to: to, days: [5]))
    let engine = PolicyEngine(Policy(name: "n", rules: [goes, .of("h", .delay(.hours(hours)))]))
    func waits(_ day: String, _ hour: Int64, holiday: Bool = false) -> Bool {
      let facts = PolicyFacts.typical(.sendInvoiceReminder).with([
        .weekday: .text(day), .hour: .integer(hour), .holiday: .flag(holiday),
      ])
      return engine.explain(facts).waitsNow
    }
    #expect(waits("fri", 21) && !waits("fri", 22) && waits("fri", 22, holiday: true))
    #expect(!waits("sat", 5) && waits("sat", 6) && waits("sat", 22) && waits("fri", 5))
  }

  @Test func `the longest time to undo holds`() {
    let rules = ["10m", "1h", "2m"].map { PolicyRule.of("r\($0)", .auto(undo: PolicySpan($0))) }
    #expect(decide(rules).verdict == .auto(undo: PolicySpan("1h")))
  }

  @Test(arguments: [RiskLevel.high, .critical])
  func `high risk is never let go by a rule`(_ risk: RiskLevel) {
    let decision = decide([goes], [.risk: .text(risk.rawValue)])
    #expect(decision.verdict == .require(.standard) && decision.isBoundByRisk)
  }

  @Test func `a risk that nobody told counts as critical`() {
    var facts = PolicyFacts.typical(.sendInvoiceReminder)
    facts[.risk] = nil
    let engine = PolicyEngine(Policy(name: "test", rules: [goes]))
    #expect(engine.decide(facts).verdict == .require(.standard))
  }

  @Test func `a fact that was not given is an error, and errors deny`() {
    var facts = PolicyFacts.typical(.sendInvoiceReminder)
    facts[.overdueDays] = nil
    for outcome in [PolicyOutcome.auto(undo: nil), .delay(.span(.day)), .deny] {
      let rule = PolicyRule.of(
        "r", outcome, when: .all(.field(.overdueDays, .gt, .integer(100_000))))
      let decision = PolicyEngine(Policy(name: "test", rules: [goes, rule])).decide(facts)
      #expect(decision.verdict == .deny && decision.isAlert)
      #expect(decision.considered.last?.fault == .missing(.overdueDays))
    }
  }

  @Test func `a fact that cannot matter may be missing`() {
    var facts = PolicyFacts.typical(.sendInvoiceReminder)
    facts[.overdueDays] = nil
    let rule = PolicyRule.of(
      "r", .deny,
      when: .all(
        .field(.overdueDays, .gt, .integer(1)), .field(.disputed, .eq, .flag(true))))
    let decision = PolicyEngine(Policy(name: "test", rules: [goes, rule])).decide(facts)
    #expect(decision.verdict == .auto(undo: nil))
  }

  @Test func `a rule that lets go on what a proposer says denies`() {
    let rule = PolicyRule.of(
      "claims", .auto(undo: nil), when: .all(.field(.confidence, .gte, .integer(90))))
    let decision = decide([rule], [.confidence: .integer(99)])
    #expect(decision.verdict == .deny && decision.isAlert)
    #expect(decision.considered.first?.fault == .claimed(.confidence))
  }

  @Test func `what a proposer says never replaces the owner by somebody else`() {
    let rule = PolicyRule.of(
      "links", .require(PolicyRequirement(role: "sales")),
      when: .all(.field(.links, .eq, .flag(true))))
    #expect(decide([rule], [.links: .flag(true)]).asked == ["owner": 1, "sales": 1])
    #expect(decide([rule, goes], [.links: .flag(true)]).asked == ["sales": 1])
    #expect(decide([rule, finance], [.links: .flag(true)]).asked == ["sales": 1, "finance": 2])
    #expect(decide([rule], [.links: .flag(false)]).asked == ["owner": 1])
  }

  @Test func `another currency counts where a rule tightens, and not where it loosens`() throws {
    let below = PolicyCondition.Item.field(.amount, .lt, .money(try euros("500")))
    let above = PolicyCondition.Item.field(.amount, .gt, .money(try euros("500")))
    let facts: [PolicyField: PolicyValue] = [.amount: .money(try dollars("10"))]
    let auto = PolicyRule.of("auto", .auto(undo: nil), when: .all(below))
    #expect(decide([auto], facts).isDefault)
    #expect(decide([auto], [.amount: .money(try euros("499.99"))]).verdict == .auto(undo: nil))
    let ask = PolicyRule.of("ask", .require(PolicyRequirement(role: "sales")), when: .all(above))
    #expect(decide([ask, goes], facts).asked == ["sales": 1])
    #expect(decide([ask], facts).asked == ["sales": 1, "owner": 1])
    let scoped = PolicyRule.of(
      "scoped", .deny, when: .all(above, .field(.currency, .eq, .text("EUR"))))
    let inDollars = facts.merging([.currency: .text("USD")]) { $1 }
    #expect(decide([scoped, goes], inDollars).verdict == .auto(undo: nil))
  }

  @Test func `a cap that was not counted denies`() {
    let cap = PolicyRule.of(
      "cap", .cap(PolicyCap(.count(5), per: .day, key: .org, over: .wait)))
    #expect(decide([goes, cap]).verdict == .deny)
    #expect(decide([goes, cap], caps: ["cap": CapUse(count: 4)]).waits.isEmpty)
    let until = Instant(milliseconds: 9)
    let full = decide([goes, cap], caps: ["cap": CapUse(count: 5, roomAt: until)])
    #expect(full.verdict == .auto(undo: nil))
    #expect(full.waits == [.room(rule: "cap", until: until, per: .day)])
  }

  @Test func `a cap of amounts adds this one, and another currency is too much`() throws {
    let cap = PolicyRule.of(
      "cap",
      .cap(
        PolicyCap(
          .amount(try euros("100")), per: .day, key: .org,
          over: .require(PolicyRequirement(role: "finance")))))
    func asked(_ money: Money, _ before: Int64) -> [String: Int] {
      decide([goes, cap], [.amount: .money(money)], caps: ["cap": CapUse(minorUnits: before)]).asked
    }
    #expect(asked(try euros("40"), 6000) == [:])
    #expect(asked(try euros("40.01"), 6000) == ["finance": 1])
    #expect(asked(try euros("1"), .max) == ["finance": 1])
    #expect(asked(try dollars("1"), 0) == ["finance": 1])
  }

  @Test func `rules in shadow decide nothing and are shown`() {
    let shadow = PolicyRule.of("shadow", .deny, status: .shadow)
    let engine = PolicyEngine(Policy(name: "test", rules: [goes, shadow]))
    let facts = PolicyFacts.typical(.sendInvoiceReminder)
    #expect(engine.decide(facts).verdict == .auto(undo: nil))
    #expect(engine.shadowDecision(facts)?.verdict == .deny)
    #expect(engine.explain(facts).shadowRules == ["shadow"])
    let off = PolicyEngine(
      Policy(name: "test", rules: [goes, .of("off", .deny, status: .off)]))
    #expect(off.shadowDecision(facts) == nil && off.decide(facts).verdict == .auto(undo: nil))
  }

  @Test func `who is told adds up`() {
    let notice = PolicyNotice(roles: ["owner"], moments: [.after], channels: [.email])
    let decision = decide([goes, .of("tell", nil, notice: notice)])
    #expect(decision.verdict == .auto(undo: nil) && decision.notices == [notice])
    #expect(decide([.of("tell", nil, notice: notice)]).isDefault)
  }
}

extension PolicySpan {
  static var day: PolicySpan {
    guard let span = PolicySpan(seconds: 86_400) else { preconditionFailure() }
    return span
  }
}
