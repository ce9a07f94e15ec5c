import ActionProtocol
import Addressing
import Testing

@Suite("Minimum plan")
struct MinimumPlanTests {
  static func facts(_ ids: [Int64] = [42]) throws -> PlanFacts {
    var residuals: [Int64: Money] = [:]
    for id in ids { residuals[id] = try Examples.euros(500_000) }
    return PlanFacts(
      residuals: residuals,
      stages: [RecordReference(model: "crm.lead", id: 3): 2],
      quietHours: try Examples.quietHours())
  }

  static func completed(_ proposal: Proposal, _ facts: PlanFacts) -> Proposal {
    var proposal = proposal
    proposal.revalidationPlan = MinimumPlan.complete(proposal, facts: facts)
    return proposal
  }

  @Test func `a reminder's plan is the protocol's`() throws {
    let plan = MinimumPlan.complete(try Examples.reminder(), facts: try Self.facts())
    let invoice = RecordReference(model: "account.move", id: 42)
    let partner = RecordReference(model: "res.partner", id: 7)
    #expect(
      plan.map(\.predicate) == [
        .recordExists(invoice), .fieldEquals(invoice, field: "state", expected: "posted"),
        .fieldIn(invoice, field: "payment_state", ["not_paid", "partial"]),
        .fieldEquals(invoice, field: "amount_residual", expected: "5000.00"),
        .fieldEquals(invoice, field: "aiom_disputed", expected: false),
        .fieldEquals(partner, field: "email", expected: "billing@acme.example"),
        .fieldEquals(partner, field: "active", expected: true),
        .fieldEquals(partner, field: "is_blacklisted", expected: false),
        .noDuplicateInWindow(scopeKey: "partner_7:invoice", windowMinutes: 240),
        .quietHours(try Examples.quietHours()),
      ])
    #expect(Set(plan.map(\.checkID)).count == plan.count)
    #expect(Self.completed(try Examples.reminder(), try Self.facts()).issues().isEmpty)
  }

  @Test func `each missing check is one issue`() throws {
    let proposal = Self.completed(try Examples.reminder(), try Self.facts())
    #expect(MinimumPlan.issues(for: proposal).isEmpty)
    for index in proposal.revalidationPlan.indices {
      var poorer = proposal
      poorer.revalidationPlan.remove(at: index)
      #expect(MinimumPlan.issues(for: poorer).map(\.code) == ["plan_incomplete"])
    }
    #expect(MinimumPlan.missing(in: try Examples.reminder()).count == 10)
  }

  @Test func `a weaker check does not stand in for the one demanded`() throws {
    var proposal = Self.completed(try Examples.reminder(), try Self.facts())
    let invoice = RecordReference(model: "account.move", id: 42)
    let place = try #require(
      proposal.revalidationPlan.firstIndex { $0.predicate.field == "payment_state" })
    proposal.revalidationPlan[place].predicate = .fieldIn(
      invoice, field: "payment_state", ["not_paid", "paid"])
    #expect(MinimumPlan.issues(for: proposal).count == 1)
    proposal.revalidationPlan[place].predicate = .fieldIn(
      invoice, field: "payment_state", ["not_paid"])
    #expect(MinimumPlan.issues(for: proposal).isEmpty)
  }

  struct Weakening: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let predicate: @Sendable () throws -> Predicate
  }

  static let weakenings: [Weakening] = [
    Weakening(testDescription: "a shorter window") {
      .noDuplicateInWindow(scopeKey: "partner_7:invoice", windowMinutes: 239)
    },
    Weakening(testDescription: "another matter") {
      .noDuplicateInWindow(scopeKey: "partner_7:deal", windowMinutes: 10_000)
    },
    Weakening(testDescription: "a partner of a longer number") {
      .noDuplicateInWindow(scopeKey: "partner_77:invoice", windowMinutes: 10_000)
    },
    Weakening(testDescription: "hours around the clock") {
      .quietHours(try hours("00:00", "24:00"))
    },
    Weakening(testDescription: "a minute earlier") { .quietHours(try hours("08:59", "17:00")) },
    Weakening(testDescription: "a minute later") { .quietHours(try hours("09:00", "17:01")) },
    Weakening(testDescription: "a day more") {
      .quietHours(try hours("09:00", "17:00", days: [1, 2, 3, 4, 5, 6]))
    },
    Weakening(testDescription: "over midnight") { .quietHours(try hours("16:00", "09:30")) },
    Weakening(testDescription: "another zone") {
      .quietHours(try hours("10:00", "11:00", zone: "America/New_York"))
    },
  ]

  static let strengthenings: [Weakening] = [
    Weakening(testDescription: "a longer window") {
      .noDuplicateInWindow(scopeKey: "partner_7:invoice", windowMinutes: 241)
    },
    Weakening(testDescription: "fewer hours") { .quietHours(try hours("09:01", "16:59")) },
    Weakening(testDescription: "fewer days") {
      .quietHours(try hours("09:00", "17:00", days: [2]))
    },
  ]

  private static func hours(
    _ start: String, _ end: String, days: [Int] = QuietHours.businessDays,
    zone: String = "Europe/Berlin"
  ) throws -> QuietHours {
    try #require(QuietHours(timezone: zone, start: start, end: end, days: days))
  }

  /// A complete plan in which one check stands for the house's own of its kind.
  private static func replaced(by predicate: Predicate) throws -> Proposal {
    var proposal = completed(try Examples.reminder(), try facts())
    let place = try #require(
      proposal.revalidationPlan.firstIndex { $0.predicate.type == predicate.type })
    proposal.revalidationPlan[place].predicate = predicate
    return proposal
  }

  @Test(arguments: weakenings)
  func `a window weaker than the org's is an issue, and completing adds the org's`(
    _ example: Weakening
  ) throws {
    let weaker = try Self.replaced(by: try example.predicate())
    #expect(
      MinimumPlan.issues(for: weaker, facts: try Self.facts()).map(\.code) == ["plan_incomplete"])
    let completed = Self.completed(weaker, try Self.facts())
    #expect(completed.revalidationPlan.count == weaker.revalidationPlan.count + 1)
    #expect(MinimumPlan.issues(for: completed, facts: try Self.facts()).isEmpty)
    #expect(completed.revalidationPlan.starts(with: weaker.revalidationPlan))
  }

  @Test(arguments: strengthenings)
  func `a stricter window stands for the org's`(_ example: Weakening) throws {
    let stricter = try Self.replaced(by: try example.predicate())
    #expect(MinimumPlan.issues(for: stricter, facts: try Self.facts()).isEmpty)
  }

  @Test func `a check that must block may not merely ask again`() throws {
    var proposal = Self.completed(try Examples.reminder(), try Self.facts())
    let place = try #require(
      proposal.revalidationPlan.firstIndex { $0.predicate.field == "is_blacklisted" })
    proposal.revalidationPlan[place].severity = .requireReapproval
    #expect(MinimumPlan.issues(for: proposal, facts: try Self.facts()).count == 1)
    let residual = try #require(
      proposal.revalidationPlan.firstIndex { $0.predicate.field == "amount_residual" })
    proposal.revalidationPlan[place].severity = .block
    proposal.revalidationPlan[residual].severity = .block
    #expect(MinimumPlan.issues(for: proposal, facts: try Self.facts()).isEmpty)
  }

  @Test func `the proposer's own checks stay, and names do not clash`() throws {
    var proposal = try Examples.reminder()
    let own = RevalidationCheck(
      checkID: "quiet_hours", description: "An own check", severity: .block,
      predicate: .recordExists(RecordReference(model: "account.move", id: 99)))
    proposal.revalidationPlan = [own]
    let plan = MinimumPlan.complete(proposal, facts: try Self.facts())
    #expect(plan.first == own)
    #expect(plan.last?.checkID == "quiet_hours_2")
    #expect(plan.count == 11)
    let again = Self.completed(Self.completed(proposal, try Self.facts()), try Self.facts())
    #expect(again.revalidationPlan == plan)
  }

  @Test func `a check whose fact is not known stays out and is reported`() throws {
    let proposal = Self.completed(try Examples.reminder(), PlanFacts())
    #expect(proposal.revalidationPlan.count == 8)
    #expect(MinimumPlan.issues(for: proposal).count == 2)
  }

  @Test func `one of several invoices settled goes back to approval, the only one blocks`() throws {
    func severity(_ ids: [Int64]) throws -> FailSeverity? {
      MinimumPlan.complete(try Examples.reminder(ids), facts: try Self.facts(ids))
        .first { $0.predicate.field == "payment_state" }?.severity
    }
    #expect(try severity([42]) == .block)
    #expect(try severity([42, 43]) == .requireReapproval)
  }

  @Test func `a deal is pinned to its stage`() throws {
    var proposal = try Examples.proposal(of: .updateOdooStage)
    proposal.affectedRecords = AffectedRecords(model: "crm.lead", ids: [3])
    let plan = MinimumPlan.complete(proposal, facts: try Self.facts())
    let deal = RecordReference(model: "crm.lead", id: 3)
    #expect(
      plan.map(\.predicate) == [
        .recordExists(deal), .fieldEquals(deal, field: "active", expected: true),
        .fieldEquals(deal, field: "stage_id", expected: 2),
      ])
  }

  @Test(arguments: [
    OperationType.createOdooTask, .logOdooActivity, .createInternalNote, .scheduleFollowUp,
  ])
  func `what only writes to the books checks that its target exists`(
    operation: OperationType
  ) throws {
    let proposal = Self.completed(try Examples.proposal(of: operation), PlanFacts())
    #expect(MinimumPlan.issues(for: proposal).isEmpty)
    #expect(
      proposal.revalidationPlan.allSatisfy {
        if case .recordExists = $0.predicate { return true }
        return false
      })
    #expect(!proposal.revalidationPlan.isEmpty)
  }

  @Test func `a message about the customer alone checks the customer alone`() throws {
    var proposal = try Examples.reminder()
    proposal.operation = try Examples.email(.xSendCustomMessage)
    proposal.affectedRecords = AffectedRecords(partnerID: try Examples.partner())
    let plan = MinimumPlan.complete(proposal, facts: try Self.facts())
    #expect(plan.allSatisfy { ($0.predicate.record?.model ?? "res.partner") == "res.partner" })
    #expect(plan.count == 6)
  }

  @Test func `an SMS looks back six hours and at the phone`() throws {
    let proposal = try Examples.proposal(of: .sendSMS)
    let plan = MinimumPlan.complete(proposal, facts: try Self.facts())
    let partner = RecordReference(model: "res.partner", id: 7)
    #expect(
      plan.contains {
        $0.predicate == .fieldEquals(partner, field: "phone", expected: "+4915112345678")
      })
    #expect(
      plan.contains {
        $0.predicate
          == .noDuplicateInWindow(scopeKey: "partner_7:customer", windowMinutes: 360)
      })
  }

  @Test func `a reminder without an invoice or a customer cannot be completed`() throws {
    var proposal = try Examples.reminder()
    proposal.affectedRecords = AffectedRecords(model: "crm.lead", ids: [3])
    let places = MinimumPlan.issues(for: Self.completed(proposal, try Self.facts()))
      .map(\.pointer.rawValue)
    #expect(places == ["/affected_records/odoo_ids", "/affected_records/partner_id"])
  }
}
