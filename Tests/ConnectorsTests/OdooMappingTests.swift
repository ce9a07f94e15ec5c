import ActionProtocol
import Addressing
import Engine
import Foundation
import Odoo
import Testing

@testable import Connectors

@Suite("What Odoo's records are in the ledger", .enabled(if: OdooTranscripts.areThere))
struct OdooMappingTests {
  private static let dollar = #"{"currency_id":{"type":"many2one","relation":"res.currency"}}"#

  /// USD has another id on each server.
  private func mapping(_ version: Int) throws -> OdooMapping {
    let zone = try #require(TimeZone(identifier: "Europe/Brussels"))
    return OdooMapping(
      facts: OdooBooksFacts(currencies: [version == 14 ? 2 : 1: "USD"], zone: zone))
  }

  @Test(arguments: [14, 19])
  func `invoices of every state`(_ version: Int) throws {
    let set = try OdooTranscripts.fields(version, "account.move", Self.dollar)
    let records = try OdooTranscripts.records(
      version, "invoice_read_all_states", "account.move", set)
    let invoices = try records.map { record -> SyncedInvoice in
      guard case .invoice(let row) = try mapping(version).row(.invoices, record) else {
        throw OdooTranscripts.Unreadable()
      }
      return row
    }
    #expect(invoices.count == 7)
    let states = invoices.map { "\($0.state) \($0.paymentState ?? "-") \($0.open.minorUnits)" }
    #expect(Set(invoices.map(\.state)) == [.draft, .posted, .cancelled])
    #expect(states[0] == "posted not_paid 100000")
    #expect(states[1] == "posted not_paid 250050")
    let part = try #require(invoices.first { $0.paymentState == "partial" })
    #expect((part.total.minorUnits, part.open.minorUnits) == (800_00, 500_00))
    let paid = try #require(invoices.first { $0.paymentState == "paid" })
    #expect(paid.open.minorUnits == 0)
    #expect(invoices.allSatisfy { $0.partner == 1 && $0.total.currency.code == "USD" })
    #expect(invoices[0].dueOn == LocalDate(iso: "2026-11-02"))
    #expect(!invoices.contains { $0.number.isEmpty || $0.number == "/" })
    let draft = try #require(invoices.first { $0.state == .draft })
    #expect(draft.number == "Draft \(draft.id)" || draft.number.hasPrefix("INV"))
  }

  @Test(arguments: [14, 19])
  func `customers`(_ version: Int) throws {
    let set = try OdooTranscripts.fields(version, "res.partner")
    let records = try OdooTranscripts.records(version, "partner_search", "res.partner", set)
    let partners = try records.map { try mapping(version).partner($0) }
    #expect(partners.map(\.name).contains("Wood Corner"))
    #expect(partners.allSatisfy { $0.parent == nil && $0.language == "en-US" && $0.isActive })
    #expect(partners.first?.email?.rawValue == "info@yourcompany.com")
    #expect(partners.first?.phone?.e164.hasPrefix("+1") == true)
  }

  @Test(arguments: [14, 19])
  func `deals that are open, won and lost`(_ version: Int) throws {
    let more = """
      {"company_currency":{"type":"many2one"},"automated_probability":{"type":"float"},
      "active":{"type":"boolean"},"won_status":{"type":"char"},"activity_ids":{"type":"one2many"}}
      """
    let known = try OdooTranscripts.fields(version, "crm.lead", version == 14 ? "{}" : more)
    func deal(_ name: String) throws -> SyncedDeal {
      let records = try OdooTranscripts.records(version, name, "crm.lead", known)
      var values = try #require(records.first).values
      values["expected_revenue"] = nil
      return try mapping(version).deal(
        OdooRecord(model: "crm.lead", id: records[0].id, values: values))
    }
    let open = try deal("lead_read")
    #expect(open.state == .open)
    #expect(open.stageSince != nil)
    #expect(open.partner == 1)
    #expect(try deal("lead_read_won").state == .won)
    #expect(try deal("lead_read_lost").state == .lost)
  }

  @Test(arguments: [14, 19])
  func `tasks`(_ version: Int) throws {
    let set = try OdooTranscripts.fields(version, "project.task")
    let record = try #require(
      OdooTranscripts.records(version, "task_read", "project.task", set).first)
    let task = try mapping(version).task(record)
    #expect(task.name.hasPrefix("T-TASK"))
    #expect(task.project > 0 && task.stage > 0)
    #expect(task.dueOn != nil)
    #expect(task.user != nil)
    #expect(!task.isDone)
  }

  @Test func `a task that 19 calls done is done`() throws {
    let set = try OdooTranscripts.fields(19, "project.task")
    let record = try #require(
      OdooTranscripts.records(19, "task_read_done", "project.task", set).first)
    var values = record.values
    values["project_id"] = .link(LinkedRecord(id: 1, name: "P"))
    values["stage_id"] = values["stage_id"] ?? .link(LinkedRecord(id: 1, name: "S"))
    #expect(
      try mapping(19).task(OdooRecord(model: "project.task", id: 1, values: values)).isDone)
  }

  @Test(arguments: [14, 19])
  func `stages`(_ version: Int) throws {
    let set = try OdooTranscripts.fields(
      version, "crm.stage",
      #"{"sequence":{"type":"integer"},"fold":{"type":"boolean"},"name":{"type":"char"}}"#)
    let rows = try OdooTranscripts.records(version, "crm_stages", "crm.stage", set)
      .map { try mapping(version).row(.dealStages, $0) }
    let won = rows.compactMap { row -> String? in
      if case .name(.dealStages, let name) = row, name.isWon { return name.name }
      return nil
    }
    #expect(won == ["Won"])
  }
}
