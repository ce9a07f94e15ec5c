import ActionProtocol
import Addressing
import Engine
import Foundation
import Odoo
import Testing

@testable import Connectors

@Suite("Rules of taking over Odoo's records")
struct OdooMappingRuleTests {
  private static let currency = LinkedRecord(id: 1, name: "EUR")

  private func mapping(
    currencies: [Int: String] = [1: "EUR", 2: "JPY"], dispute: Set<Int> = [],
    never: Set<Int> = []
  ) throws -> OdooMapping {
    OdooMapping(
      facts: OdooBooksFacts(
        currencies: currencies, countries: [5: "DE"], disputeTags: dispute,
        neverRemindTags: never, zone: try #require(TimeZone(identifier: "America/New_York"))))
  }

  private func move(_ change: (inout [FieldName: FieldValue]) -> Void = { _ in }) -> OdooRecord {
    var values: [FieldName: FieldValue] = [
      "name": .text("INV/1"), "move_type": .choice("out_invoice"), "state": .choice("posted"),
      "payment_state": .choice("not_paid"),
      "amount_total": .money(Monetary(amount: 100, currency: Self.currency)),
      "amount_residual": .money(Monetary(amount: 0.1 + 0.2, currency: Self.currency)),
      "currency_id": .link(Self.currency), "partner_id": .link(LinkedRecord(id: 8, name: "A, Ann")),
      "commercial_partner_id": .link(LinkedRecord(id: 7, name: "A")),
    ]
    change(&values)
    return OdooRecord(model: "account.move", id: 3, values: values)
  }

  private func invoice(_ record: OdooRecord) throws -> SyncedInvoice {
    guard case .invoice(let row) = try mapping().move(record) else { throw Wrong() }
    return row
  }

  private func credit(_ record: OdooRecord) throws -> SyncedCredit {
    guard case .credit(let row) = try mapping().move(record) else { throw Wrong() }
    return row
  }

  private struct Wrong: Error {}

  @Test func `an invoice belongs to the company, not to the contact`() throws {
    let row = try invoice(move())
    #expect(row.partner == 7)
    #expect(row.open.minorUnits == 30)
  }

  @Test(arguments: ["paid", "in_payment", "reversed"])
  func `money on its way is not asked for`(_ state: String) throws {
    #expect(try invoice(move { $0["payment_state"] = .choice(state) }).open.minorUnits == 0)
  }

  @Test func `a payment that somebody blocked is a dispute`() throws {
    let row = try invoice(move { $0["payment_state"] = .choice("blocked") })
    #expect(row.isDisputed)
    #expect(row.open.minorUnits == 30)
  }

  @Test func `a draft has no number of its own`() throws {
    #expect(try invoice(move { $0["name"] = .nothing }).number == "Draft 3")
    #expect(try invoice(move { $0["name"] = .text("/") }).number == "Draft 3")
  }

  @Test func `a currency decides about the digits`() throws {
    let yen = LinkedRecord(id: 2, name: "JPY")
    let row = try invoice(
      move { values in
        values["currency_id"] = .link(yen)
        for field: FieldName in ["amount_total", "amount_residual"] {
          values[field] = .money(Monetary(amount: 1500, currency: yen))
        }
      })
    #expect(row.total.minorUnits == 1500)
  }

  @Test func `what cannot be understood is left out with its reason`() {
    let strange = LinkedRecord(id: 9, name: "XXX")
    #expect(throws: OdooLeftOut.currencyUnknown) {
      try mapping().move(
        move { $0["amount_total"] = .money(Monetary(amount: 1, currency: strange)) })
    }
    #expect(throws: OdooLeftOut.amountNegative) {
      try mapping().move(
        move { $0["amount_total"] = .money(Monetary(amount: -1, currency: Self.currency)) })
    }
    #expect(throws: OdooLeftOut.stateUnknown) {
      try mapping().move(move { $0["state"] = .choice("new_state") })
    }
    #expect(throws: OdooLeftOut.customerMissing) {
      try mapping().move(
        move {
          $0["partner_id"] = .nothing
          $0["commercial_partner_id"] = .nothing
        })
    }
  }

  @Test func `of a credit note counts what is left`() throws {
    func note(_ state: String, _ left: Double) -> OdooRecord {
      move {
        $0["move_type"] = .choice("out_refund")
        $0["state"] = .choice(state)
        $0["invoice_date"] = OdooDate("2026-05-01").map { .date($0) }
        $0["amount_residual"] = .money(Monetary(amount: left, currency: Self.currency))
      }
    }
    #expect(try credit(note("posted", 12.5)).amount.minorUnits == 12_50)
    #expect(try credit(note("posted", 0)).amount.minorUnits == 0)
    #expect(try credit(note("draft", 12.5)).amount.minorUnits == 0)
    #expect(try credit(note("cancel", 12.5)).amount.minorUnits == 0)
  }

  @Test func `money on account is in the customer's favour until an invoice claims it`() throws {
    func line(_ left: Double, reconciled: Bool = false, state: String = "posted") -> OdooRecord {
      OdooRecord(
        model: "account.move.line", id: 4,
        values: [
          "partner_id": .link(LinkedRecord(id: 7, name: "A")),
          "date": OdooDate("2026-05-01").map { .date($0) } ?? .nothing,
          "amount_residual_currency": .money(Monetary(amount: left, currency: Self.currency)),
          "currency_id": .link(Self.currency), "reconciled": .flag(reconciled),
          "parent_state": .choice(state),
        ])
    }
    #expect(try mapping().payment(line(-40)).amount.minorUnits == 40_00)
    #expect(try mapping().payment(line(0, reconciled: true)).amount.minorUnits == 0)
    #expect(try mapping().payment(line(-40, state: "cancel")).amount.minorUnits == 0)
    #expect(try mapping().payment(line(40)).amount.minorUnits == 0)
  }

  @Test func `tags, zone, language and the address for invoices`() throws {
    let record = OdooRecord(
      model: "res.partner", id: 8,
      values: [
        "name": .text("  Ann "), "commercial_partner_id": .link(LinkedRecord(id: 7, name: "A")),
        "type": .choice("invoice"), "category_id": .links([2, 4]), "tz": .choice("Europe/Berlin"),
        "lang": .choice("pt_BR"), "country_id": .link(LinkedRecord(id: 5, name: "Germany")),
        "email": .text("Ann <ann@a.example>, b@a.example"),
        "email_normalized": .text("ann@a.example"), "phone": .text("030 901820"),
        "active": .flag(false), "is_blacklisted": .flag(true),
      ])
    let row = try mapping(dispute: [4], never: [2]).partner(record)
    #expect(row.name == "Ann")
    #expect(row.parent == 7)
    #expect(row.role == "billing")
    #expect(row.isDisputed && row.neverRemind && row.isBlacklisted && !row.isActive)
    #expect(row.zone == "Europe/Berlin")
    #expect(row.language == "pt-BR")
    #expect(row.country == "DE")
    #expect(row.email?.rawValue == "ann@a.example")
    #expect(row.phone?.e164 == "+4930901820")
    #expect(try !mapping(dispute: [5], never: [6]).partner(record).isDisputed)
  }

  @Test func `a deadline with a time is a day on the org's clocks`() throws {
    let record = OdooRecord(
      model: "project.task", id: 1,
      values: [
        "name": .text("T"), "project_id": .link(LinkedRecord(id: 1, name: "P")),
        "stage_id": .link(LinkedRecord(id: 1, name: "S")),
        "date_deadline": OdooTime("2026-12-02 03:00:00").map { .time($0) } ?? .nothing,
        "priority": .choice("3"), "is_closed": .flag(false),
      ])
    let task = try mapping().task(record)
    #expect(task.dueOn == LocalDate(iso: "2026-12-01"))
    #expect(task.priority == "3")
  }

  @Test(arguments: [
    ("Automatic reply: Invoice", "a@b.example", "email", true),
    ("Re: Automatic reply handling is broken", "a@b.example", "email", false),
    ("AW: Rechnung 12", "Ann <ann@b.example>", "email", false),
    ("Abwesenheitsnotiz: AW: Rechnung", "ann@b.example", "email", true),
    ("Undelivered Mail Returned to Sender", "x@b.example", "email", true),
    ("Question", "MAILER-DAEMON@b.example", "email", true),
    ("Question", "\"No Reply\" <no-reply@b.example>", "email", true),
    ("I am out of office tomorrow, paying today", "ann@b.example", "email", false),
    ("", "ann@b.example", "out_of_office", true),
    ("", "ann@b.example", "comment", false),
  ])
  func `machines that answer are told from people`(
    _ subject: String, _ from: String, _ type: String, _ isAutomatic: Bool
  ) {
    #expect(AutomaticAnswer.isLikely(subject: subject, from: from, type: type) == isAutomatic)
  }
}
