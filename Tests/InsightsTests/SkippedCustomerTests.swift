import ActionProtocol
import Connectors
import Insights
import Testing

@Suite struct `Skipped customers` {
  @Test(arguments: [
    (Flags(neverRemind: true), "never_remind"), (Flags(isActive: false), "partner_inactive"),
    (Flags(isBlacklisted: true), "partner_blacklisted"),
  ])
  func `a customer whom nobody may write to is skipped with the reason`(
    flags: Flags, code: String
  ) throws {
    let partner = try Books.partner(
      1, "A", isActive: flags.isActive, isBlacklisted: flags.isBlacklisted,
      neverRemind: flags.neverRemind)
    let skipped = try skipped(
      partner, [Books.invoice(1, "I-1", of: 1, due: "2025-12-01", open: 10)])
    #expect(skipped.reason.code == code)
    #expect(skipped.invoiceIDs == [1])
    #expect(skipped.partnerName == "A")
  }

  @Test func `every invoice disputed or never reminded leaves nothing to say`() throws {
    let skipped = try skipped(
      Books.partner(1, "A"),
      [
        Books.invoice(1, "I-1", of: 1, due: "2025-12-01", open: 10, isDisputed: true),
        Books.invoice(2, "I-2", of: 1, due: "2025-12-01", open: 10, neverRemind: true),
      ])
    #expect(skipped.reason == .everyInvoiceHeld(disputed: 1, neverRemind: 1))
  }

  @Test func `below the first step it is not yet due for a reminder`() throws {
    let skipped = try skipped(
      Books.partner(1, "A"), [Books.invoice(1, "I-1", of: 1, due: "2026-01-12", open: 10)])
    #expect(skipped.reason == .notYetDueForReminder(daysOverdue: 14, firstStepDays: 15))
    #expect(
      skipped.reason.explanation
        == "Not yet due for a reminder: the oldest invoice is 14 days overdue, the first reminder "
        + "goes out at 15 days.")
  }

  @Test func `credits that cover the debt are to be allocated first`() throws {
    let books = Books.snapshot(
      on: "2026-01-26", partners: [try Books.partner(1, "A")],
      invoices: [Books.invoice(1, "I-1", of: 1, due: "2025-12-01", open: 1000)],
      unallocated: [Books.credit(1, 1000)])
    let result = try Reminders.recommend(books)
    #expect(result.skipped.isEmpty)
    let proposal = try #require(result.proposals.first)
    guard case .createTask(.createCollectionTask, let task) = proposal.operation else {
      Issue.record("no task")
      return
    }
    #expect(task.name == "Collect $10.00 from A: allocate the credit")
    #expect(
      proposal.idempotencyKey?.rawValue == "demo:create_collection_task:1:USD:credit:1")
  }

  @Test(arguments: ["A\r\nBcc: all@evil.example", "A\nB", "A\u{2028}B", "A\u{0}B", "A\tB", " "])
  func `line breaks in a customer's name reach no subject and no header`(name: String) throws {
    let skipped = try skipped(
      Books.partner(1, name), [Books.invoice(1, "I-1", of: 1, due: "2025-12-01", open: 10)])
    #expect(
      skipped.reason
        == .unsafeRecordText(RecordReference(model: "res.partner", id: 1), field: "name"))
  }

  @Test func `line breaks in an invoice number reach no subject`() throws {
    let skipped = try skipped(
      Books.partner(1, "A"),
      [Books.invoice(9, "I-1\r\nBcc: x@evil.example", of: 1, due: "2025-12-01", open: 10)])
    #expect(
      skipped.reason
        == .unsafeRecordText(RecordReference(model: "account.move", id: 9), field: "name"))
  }

  @Test func `a template that fails names its place and no value`() throws {
    let books = try Books.seed()
    let result = ReminderRecommender(
      drafting: FailingDrafting(), now: Books.instant("2026-01-26T15:00:00Z")
    ).recommend(OverdueAnalysis.analyze(books), books)
    #expect(result.proposals.isEmpty)
    #expect(result.skipped.first?.reason.code == "message_not_drafted")
  }

  @Test func `a customer missing from the books is skipped`() throws {
    let books = try Books.seed()
    var empty = books
    empty.partners = []
    let result = ReminderRecommender(
      drafting: try MustacheDrafting(), now: Books.instant("2026-01-26T15:00:00Z")
    ).recommend(OverdueAnalysis.analyze(books), empty)
    #expect(result.skipped.map(\.reason) == [.partnerUnknown])
  }

  private func skipped(
    _ partner: PartnerFacts, _ invoices: [InvoiceFacts]
  ) throws -> SkippedCustomer {
    let result = try Reminders.recommend(
      Books.snapshot(on: "2026-01-26", partners: [partner], invoices: invoices))
    #expect(result.proposals.isEmpty)
    return try #require(result.skipped.first)
  }

  struct Flags: Sendable {
    var isActive = true
    var isBlacklisted = false
    var neverRemind = false
  }

  private struct FailingDrafting: MessageDrafting {
    func resolvedLanguage(_ template: String, wanted language: String) -> String { "en" }

    func draft(
      _ template: String, language: String, values: JSONObject
    ) throws(DraftingError) -> DraftedMessage {
      throw DraftingError(code: "template.syntax", template: template, detail: "broken")
    }
  }
}
