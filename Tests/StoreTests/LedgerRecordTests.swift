import ActionProtocol
import Addressing
import Engine
import Testing

@Suite("Ledger records")
struct LedgerRecordTests {
  @Test func `an invoice answers to Odoo's names`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put(LedgerUpsertTests.everything)
    let record = try #require(try await ledger.record("account.move", 1))
    #expect(record.asOf == ledger.now)
    #expect(
      record.fields == [
        "id": 1, "name": "INV-1", "partner_id": [1, "Acme"], "move_type": "out_invoice",
        "state": "posted", "payment_state": "partial", "invoice_date": "2026-10-01",
        "invoice_date_due": "2026-11-01", "amount_total": "100.00", "amount_residual": "85.00",
        "currency_id": [3944, "EUR"], "aiom_disputed": true, "aiom_never_remind": false,
        "aiom_hold": false,
        "write_date": "2026-11-22 12:00:00",
      ])
  }

  @Test func `a cancelled invoice says cancel, as Odoo does`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme(), .bill(due: nil, state: .cancelled)])
    #expect(try await ledger.invoice("state") == "cancel")
    #expect(try await ledger.invoice("invoice_date_due") == false)
  }

  @Test func `a partner and its contact answer to Odoo's names`() async throws {
    let ledger = try await LedgerFixture()
    let email = try EmailAddress("Ann@acme.example")
    try await ledger.put([
      .acme {
        $0.country = "DE"
        $0.zone = "Europe/Berlin"
        $0.language = "de"
        $0.isBlacklisted = true
      },
      .contact(
        ContactRow(externalID: "K", partner: "C1", name: "Ann", email: email, role: "Sales")),
    ])
    let partner = try #require(try await ledger.record("res.partner", 1))
    #expect(
      partner.fields == [
        "id": 1, "name": "Acme", "email": false, "email_normalized": false, "phone": false,
        "active": true, "is_blacklisted": true, "country_id": [109, "DE"], "tz": "Europe/Berlin",
        "lang": "de", "parent_id": false, "function": false, "user_id": false,
        "aiom_never_remind": false,
        "write_date": "2026-11-22 12:00:00",
      ])
    let contact = try #require(try await ledger.record("res.partner", 2))
    #expect(contact.fields["email"] == "Ann@acme.example")
    #expect(contact.fields["email_normalized"] == "ann@acme.example")
    #expect(contact.fields["parent_id"] == [1, "Acme"])
    #expect(contact.fields["function"] == "sales")
  }

  @Test func `a deal answers to Odoo's names`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put(LedgerUpsertTests.everything)
    let record = try #require(try await ledger.record("crm.lead", 1))
    #expect(
      record.fields == [
        "id": 1, "name": "Big", "type": "opportunity", "partner_id": [1, "Acme"],
        "stage_id": [1, "New"], "user_id": false, "expected_revenue": "0.05",
        "company_currency": [3944, "EUR"],
        "active": true, "won_status": "pending", "date_deadline": "2026-12-01",
        "aiom_last_activity": "2026-11-01", "write_date": "2026-11-22 12:00:00",
      ])
  }

  @Test func `a task answers to Odoo's names`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put(LedgerUpsertTests.everything)
    let record = try #require(try await ledger.record("project.task", 1))
    #expect(
      record.fields == [
        "id": 1, "name": "Call", "project_id": [1, "P"], "stage_id": [1, "New"],
        "date_deadline": "2026-12-01", "priority": "1", "description": false, "user_ids": [],
        "partner_id": false, "active": true, "state": "01_in_progress", "is_closed": false,
        "write_date": "2026-11-22 12:00:00",
      ])
  }

  @Test(arguments: ["account.move", "res.partner", "crm.lead", "project.task", "sale.order", "x"])
  func `what is not held is nil`(model: String) async throws {
    let ledger = try await LedgerFixture()
    #expect(try await ledger.record(model, 1) == nil)
  }
}
