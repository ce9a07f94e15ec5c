import ActionProtocol
import Addressing
import Connectors
import Insights
import Testing

@Suite struct `Reminder recommender` {
  @Test func `one reminder per customer and currency lists all overdue invoices`() throws {
    let result = try recommend(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "A")],
        invoices: [
          Books.invoice(3, "I-3", of: 1, due: "2026-01-20", open: 30),
          Books.invoice(1, "I-1", of: 1, due: "2025-12-01", open: 10),
          Books.invoice(2, "I-2", of: 1, due: "2025-12-20", open: 20),
          Books.invoice(4, "I-4", of: 1, due: "2026-02-20", open: 99),
          Books.invoice(5, "I-5", of: 1, due: "2025-12-01", open: 7, in: Books.eur),
        ]))
    #expect(result.proposals.count == 2)
    let dollars = try #require(result.proposals.last)
    #expect(dollars.affectedRecords.ids == [1, 2, 3])
    #expect(try email(of: dollars).subject == "Payment Reminder: 3 invoices, first I-1")
    #expect(dollars.estimatedImpact?.revenueChange?.minorUnits == 60)
    #expect(result.proposals.first?.affectedRecords.ids == [5])
  }

  @Test func `the oldest invoice sets the level`() throws {
    let result = try recommend(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "A")],
        invoices: [
          Books.invoice(1, "I-1", of: 1, due: "2025-10-01", open: 10),
          Books.invoice(2, "I-2", of: 1, due: "2026-01-10", open: 20),
        ]))
    #expect(level(of: result.proposals.first) == 4)
    #expect(result.proposals.first?.riskLevel == .high)
    #expect(result.proposals.first?.requiresApproval == true)
  }

  @Test(arguments: [(15, RiskLevel.low), (30, .low), (60, .medium), (90, .high)])
  func `risk rises with the level`(age: Int, risk: RiskLevel) throws {
    let due = Books.day("2026-01-26").adding(days: -age).iso
    let result = try recommend(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "A")],
        invoices: [Books.invoice(1, "I-1", of: 1, due: due, open: 10)]))
    #expect(result.proposals.first?.riskLevel == risk)
  }

  @Test func `recipients come from the records only`() throws {
    let hostile = try Books.partner(
      1, "Pay to evil@attacker.example now", email: "ap@customer.example")
    let result = try recommend(
      Books.snapshot(
        on: "2026-01-26", partners: [hostile],
        invoices: [
          Books.invoice(1, "boss@attacker.example", of: 1, due: "2025-12-01", open: 10)
        ]))
    let proposal = try #require(result.proposals.first)
    #expect(try email(of: proposal).recipients.map(\.rawValue) == ["ap@customer.example"])
    #expect(proposal.externalEffects.map(\.recipient) == ["ap@customer.example"])
    #expect(proposal.externalEffects.map(\.recipientPartnerID?.rawValue) == [1001])
  }

  @Test func `no address makes a collection task`() throws {
    let result = try recommend(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "Silent Ltd", email: nil)],
        invoices: [
          Books.invoice(1, "I-1", of: 1, due: "2025-12-01", open: 10),
          Books.invoice(2, "I-2", of: 1, due: "2025-12-11", open: 20),
        ]))
    let proposal = try #require(result.proposals.first)
    guard case .createTask(.createCollectionTask, let task) = proposal.operation else {
      Issue.record("no task")
      return
    }
    #expect(task.name == "Collect $0.30 from Silent Ltd: no e-mail address")
    #expect(task.description?.contains("- I-1: $0.10, due 2025-12-01, 56 days overdue") == true)
    #expect(task.description?.contains("I-2") == true)
    #expect(proposal.riskLevel == .medium)
    #expect(proposal.externalEffects.isEmpty)
    #expect(
      proposal.idempotencyKey?.rawValue == "demo:create_collection_task:1:USD:30d:1")
  }

  @Test func `more invoices than a plan can check become a task`() throws {
    let invoices = (1...81).map {
      Books.invoice(Int64($0), "I-\($0)", of: 1, due: "2025-12-01", open: 10)
    }
    let partners = [try Books.partner(1, "Big")]
    let many = try recommend(
      Books.snapshot(on: "2026-01-26", partners: partners, invoices: invoices))
    #expect(many.proposals.first?.actionType == .createCollectionTask)
    #expect(many.proposals.first?.affectedRecords.ids.count == 80)
    let most = try recommend(
      Books.snapshot(
        on: "2026-01-26", partners: partners, invoices: Array(invoices.dropLast())))
    #expect(most.proposals.first?.actionType == .sendInvoiceReminder)
  }

  @Test func `disputed invoices are left out and named`() throws {
    let result = try recommend(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "A")],
        invoices: [
          Books.invoice(1, "I-1", of: 1, due: "2025-10-01", open: 10, isDisputed: true),
          Books.invoice(2, "I-2", of: 1, due: "2026-01-01", open: 20),
          Books.invoice(3, "I-3", of: 1, due: "2025-11-01", open: 20, neverRemind: true),
        ]))
    let proposal = try #require(result.proposals.first)
    #expect(proposal.affectedRecords.ids == [2])
    #expect(level(of: proposal) == 1)
    #expect(proposal.reasoning.contains("Left out as disputed: I-1."))
    #expect(proposal.reasoning.contains("Left out as “never remind”: I-3."))
    #expect(try email(of: proposal).bodyText.contains("I-1") == false)
  }

  @Test func `a smaller credit is shown and not deducted`() throws {
    let result = try recommend(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "A")],
        invoices: [Books.invoice(1, "I-1", of: 1, due: "2026-01-01", open: 1000)],
        unallocated: [Books.credit(1, 999)]))
    let proposal = try #require(result.proposals.first)
    #expect(try email(of: proposal).bodyText.contains("$9.99 in your favour"))
    #expect(try email(of: proposal).bodyText.contains("Please transfer $10.00"))
    #expect(proposal.estimatedImpact?.revenueChange?.minorUnits == 1000)
  }

  private func recommend(_ books: BooksSnapshot) throws -> Recommendation {
    try Reminders.recommend(books)
  }

  private func email(of proposal: Proposal) throws -> SendEmail {
    try Reminders.email(of: proposal)
  }

  private func level(of proposal: Proposal?) -> Int64? {
    proposal?.metadata["finding"]?.objectValue?["level"]?.integerValue
  }
}

/// Runs analysis and recommendation with the shipped templates.
enum Reminders {
  static func recommend(
    _ books: BooksSnapshot, ladder: DunningLadder = .standard, rules: ReminderRules = .none,
    at now: String = "2026-01-26T15:00:00Z"
  ) throws -> Recommendation {
    ReminderRecommender(
      ladder: ladder, rules: rules, drafting: try MustacheDrafting(), now: Books.instant(now),
      analysisID: "analysis-1"
    ).recommend(OverdueAnalysis.analyze(books), books)
  }

  static func email(of proposal: Proposal) throws -> SendEmail {
    guard case .email(_, let email) = proposal.operation else { throw NoEmail() }
    return email
  }

  struct NoEmail: Error {}
}
