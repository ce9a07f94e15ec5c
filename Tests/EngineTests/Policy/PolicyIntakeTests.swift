import ActionProtocol
import Decisions
import Engine
import Insights
import TestSupport
import Testing

@Suite struct PolicyIntakeTests {
  @Test func `the policy that an org begins with asks for messages and lets tasks go`() async throws
  {
    let house = try await PolicyHouse(.initial)
    let message = try await house.propose()
    #expect(message.status == .pendingApproval)
    let task = try await house.proposeTask()
    #expect(task.status == .approved)
    #expect(task.approval?.by.rawValue == "system:policy:1" && task.approval?.policy == 1)
    #expect(task.hold?.reason == .undoWindow)
    #expect(task.hold?.until == house.house.clock.now.advanced(by: .seconds(60)))
    #expect(try await house.proposeTask(2, by: .bot).status == .pendingApproval)
  }

  @Test func `what the policy lets go is carried out without anybody after its time to be undone`()
    async throws
  {
    let house = try await PolicyHouse(.initial)
    let task = try await house.proposeTask()
    #expect(try await house.run().isEmpty)
    house.house.clock.advance(by: .seconds(61))
    #expect(try await house.run().map(\.outcome) == [.completed])
    let kinds = try await house.house.kinds(task.id)
    #expect(kinds.prefix(2) == ["action.proposed", "action.approved"])
  }

  @Test func `within its time to be undone a person takes it back`() async throws {
    let house = try await PolicyHouse(.initial)
    let task = try await house.proposeTask()
    let state = try await house.approvals.reject(
      house.org, task.id, reason: "not this one", by: .tester, via: "test")
    #expect(state.status == .rejected)
    house.house.clock.advance(by: .seconds(61))
    #expect(try await house.run().isEmpty)
  }

  @Test func `what the policy refuses ends at once, and says why`() async throws {
    let house = try await PolicyHouse(.testing(.all("never", .deny)))
    let state = try await house.propose()
    #expect(state.status == .rejected && state.rejection?.by.rawValue == "system:policy:1")
    #expect(state.rejection?.reason.contains("Because of never. (never)") == true)
    #expect(try await house.propose().id == state.id)
    let card = try await house.card(state)
    #expect(card?.policy?.winning == ["never"] && card?.approval == nil)
    #expect(try await house.house.kinds(state.id) == ["action.proposed", "action.rejected"])
  }

  @Test func `what a policy refused may be proposed again under another one`() async throws {
    let house = try await PolicyHouse(.testing(.all("never", .deny)))
    let refused = try await house.propose()
    try await house.activate(.testing(.all("ask", .require(.standard))))
    let asked = try await house.propose()
    #expect(asked.id != refused.id && asked.status == .pendingApproval)
  }

  @Test func `a rule that cannot be evaluated refuses`() async throws {
    let amount = PolicyCondition(all: [
      .clause(PolicyClause(.currency, .eq, [.text("USD")]))
    ])
    let rule = PolicyRule(
      id: "money", title: "Money", on: [.type(.escalateOverdueInvoice)], when: amount,
      then: .auto(undo: nil), reason: "Small.")
    let house = try await PolicyHouse(.testing(rule))
    let euro = Money(minorUnits: 100, currency: try #require(Currency(code: "EUR")))
    try await house.house.books([
      .invoice(
        InvoiceRow(
          externalID: "INV-EUR", number: "INV-EUR", partner: "acme",
          issuedOn: LocalDate(iso: "2026-01-01"), dueOn: LocalDate(iso: "2026-01-03"), total: euro))
    ])
    // Amounts of two currencies are not added up: nobody knows the amount.
    let proposal = Proposal(
      orgID: house.org,
      operation: .createTask(
        .escalateOverdueInvoice, CreateTask(name: "Look", description: "At it")),
      expectedEffect: "Somebody looks at it.", reasoning: "Nobody has looked at it.",
      affectedRecords: AffectedRecords(
        model: "account.move", ids: [1, 2], partnerID: PartnerID(rawValue: 1)))
    let state = try await house.submit(proposal, by: .tester)
    #expect(state.status == .rejected)
    #expect(try await house.card(state)?.policy?.decision.isAlert == true)
  }

  @Test func `the decision is stored with its facts and explained from them`() async throws {
    let house = try await PolicyHouse(.initial)
    let state = try await house.propose()
    let first = try #require(
      try await PolicyHistory(house.context).explanation(house.org, state.id))
    #expect(first.version == 1 && first.hash == Policy.initial.hash)
    #expect(first.winning.contains("messages-ask"))
    // The books move on; what was decided then stays as it was.
    house.house.clock.advance(by: .seconds(3600 * 30))
    try await house.activate(.testing(.all("never", .deny)))
    let later = try await PolicyHistory(house.context).explanation(house.org, state.id)
    #expect(later == first)
  }

  @Test func `facts come from the books and from what was counted`() async throws {
    let house = try await PolicyHouse(.initial)
    let id = try await house.house.propose()
    let org = house.org
    let record = try #require(
      try await house.house.store.read { try $0.decision(org, id, revision: nil) })
    let facts = try #require(record.readFacts())
    #expect(facts[.amount] == .money(Money(minorUnits: 500_000, currency: Books.usd)))
    #expect(facts[.overdueDays] == .integer(60) && facts[.invoices] == .integer(1))
    #expect(facts[.disputed] == .flag(false) && facts[.country] == .text("US"))
    #expect(facts[.recipientKind] == .text("customer") && facts[.recipientCount] == .integer(1))
    #expect(facts[.recipientDomains] == .texts(["acmecorp.com"]))
    #expect(facts[.template] == .text("invoice_reminder"))
    #expect(facts[.hour] == .integer(10) && facts[.weekday] == .text("wed"))
    #expect(facts[.proposerKind] == .text("system") && facts[.optedOut] == .flag(false))
    #expect(facts[.overdueInvoices] == .integer(1) && facts[.toPartnerDay] == .integer(0))
    #expect(record.keys[.partner] == "1")
  }

  @Test func `a text that somebody wrote is no template's`() async throws {
    let house = try await PolicyHouse(.initial)
    let id = try await house.house.propose()
    let edited = try await house.approvals.edit(
      house.org, id, ActionEdit(bodyText: "Pay now."), by: .tester, via: "test")
    let org = house.org
    let record = try await house.house.store.read {
      try $0.decision(org, id, revision: edited.revision)
    }
    #expect(record?.revision == 2 && record?.readFacts()?[.template] == .absent)
  }

  @Test func `a shorter time to answer is the action's own`() async throws {
    let soon = PolicyRequirement(role: "owner", expires: PolicySpan("2h"))
    let house = try await PolicyHouse(.testing(.all("soon", .require(soon))))
    let state = try await house.propose()
    #expect(state.expiresAt == house.house.clock.now.advanced(by: .seconds(7200)))
    house.house.clock.advance(by: .seconds(7201))
    try await Expiry(house.context).expire()
    #expect(try await house.house.state(state.id).status == .expired)
    #expect(try await house.card(state)?.approval?.resolution?.outcome == .expired)
  }

  @Test func `a delay keeps back what was approved`() async throws {
    let span = try #require(PolicySpan("2h"))
    let house = try await PolicyHouse(.testing(.all("later", .delay(.span(span)))))
    let state = try await house.approve(try await house.propose(), by: .tester)
    #expect(state.hold?.reason == .scheduled)
    #expect(state.hold?.until == house.house.clock.now.advanced(by: .seconds(7200)))
  }

  @Test func `hours of the policy stand in a message's plan`() async throws {
    let (from, to) = (try #require(TimeOfDay("13:00")), try #require(TimeOfDay("14:00")))
    let hours = try #require(PolicyHours(from: from, to: to, days: [1, 2, 3, 4, 5]))
    let house = try await PolicyHouse(.testing(.all("noon", .delay(.hours(hours)))))
    try await house.approve(try await house.propose(), by: .tester)
    // At ten in New York, where the recipient is.
    guard case .held(let hold)? = try await house.run().first?.outcome else {
      Issue.record("it was not held")
      return
    }
    #expect(hold.until?.rfc3339.hasPrefix("2026-03-04T18:00:00") == true)
    #expect(house.house.channel.calls.isEmpty)
  }

  @Test func `a cap gives places one after the other`() async throws {
    let span = try #require(PolicySpan("1h"))
    let cap = PolicyCap(.count(2), per: span, key: .org, over: .wait)
    let house = try await PolicyHouse(
      .testing(.all("go", .auto(undo: nil)), .all("cap", .cap(cap))))
    let now = house.house.clock.now
    var ends: [Instant?] = []
    for number in 1...5 {
      ends.append(try await house.proposeTask(Int64(number)).hold?.until)
    }
    let hour = now.advanced(by: .seconds(3600))
    #expect(ends == [nil, nil, hour, hour, now.advanced(by: .seconds(7200))])
  }

  @Test func `a cap that refuses counts again when somebody approves`() async throws {
    let span = try #require(PolicySpan("1h"))
    let cap = PolicyCap(.count(1), per: span, key: .org, over: .deny)
    let house = try await PolicyHouse(.testing(.all("cap", .cap(cap))))
    let first = try await house.proposeTask(1)
    let second = try await house.proposeTask(2)
    try await house.approve(first, by: .tester)
    #expect(try await refusal { try await house.approve(second, by: .tester) } == "policy.cap")
    #expect(try await house.proposeTask(3).status == .rejected)
    house.house.clock.advance(by: .seconds(3601))
    try await house.approve(second, by: .tester)
  }
}
