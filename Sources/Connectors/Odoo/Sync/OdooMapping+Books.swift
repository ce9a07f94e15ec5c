import ActionProtocol
import Engine
import Odoo

extension OdooMapping {
  /// An invoice, or of a credit note what is left of it.
  func move(_ record: OdooRecord) throws(OdooLeftOut) -> SyncedRow {
    switch record.text("move_type") {
    case "out_invoice": .invoice(try invoice(record))
    case "out_refund": .credit(try creditNote(record))
    default: throw .stateUnknown
    }
  }

  private func invoice(_ record: OdooRecord) throws(OdooLeftOut) -> SyncedInvoice {
    guard let partner = customer(record) else { throw .customerMissing }
    guard let total = try facts.money(record, "amount_total", currency: "currency_id"),
      let open = try facts.money(record, "amount_residual", currency: "currency_id")
    else { throw .amountUnreadable }
    guard total.minorUnits >= 0 else { throw .amountNegative }
    let payment = record.text("payment_state")
    return SyncedInvoice(
      id: record.id64, number: number(record), partner: partner,
      company: record.id("company_id"), issuedOn: record.day("invoice_date"),
      dueOn: record.day("invoice_date_due"), total: total,
      // Money that is on its way to the bank is paid, whatever an account says meanwhile.
      open: Self.settled.contains(payment ?? "")
        ? Money(minorUnits: 0, currency: open.currency) : open,
      state: try state(record), paymentState: payment, isDisputed: payment == "blocked")
  }

  private static let settled: Set<String> = ["paid", "in_payment", "reversed"]

  /// Drafts have no number: `false` on 19, `/` on 14.
  private func number(_ record: OdooRecord) -> String {
    guard let name = record.line("name"), name != "/" else { return "Draft \(record.id)" }
    return name
  }

  private func state(_ record: OdooRecord) throws(OdooLeftOut) -> InvoiceRow.State {
    switch record.text("state") {
    case "draft": .draft
    case "posted": .posted
    case "cancel": .cancelled
    default: throw .stateUnknown
    }
  }

  private func customer(_ record: OdooRecord) -> Int64? {
    record.id("commercial_partner_id") ?? record.id("partner_id")
  }

  private func creditNote(_ record: OdooRecord) throws(OdooLeftOut) -> SyncedCredit {
    guard let partner = customer(record) else { throw .customerMissing }
    guard let left = try facts.money(record, "amount_residual", currency: "currency_id") else {
      throw .amountUnreadable
    }
    let isOpen = record.text("state") == "posted" && left.minorUnits > 0
    guard let day = record.day("invoice_date") ?? record.day("write_date", in: facts.zone) else {
      throw .dateMissing
    }
    return SyncedCredit(
      source: .credit, id: record.id64, partner: partner,
      amount: isOpen ? left : Money(minorUnits: 0, currency: left.currency), on: day)
  }

  /// A line of a receivable account whose money no invoice claims; below zero in the customer's favour.
  func payment(_ record: OdooRecord) throws(OdooLeftOut) -> SyncedCredit {
    guard let partner = record.id("partner_id") else { throw .customerMissing }
    guard let day = record.day("date") else { throw .dateMissing }
    guard
      let left = try facts.money(
        record, "amount_residual_currency", currency: "currency_id")
    else { throw .amountUnreadable }
    let isOpen =
      record.flag("reconciled") == false && record.text("parent_state") == "posted"
      && left.minorUnits < 0
    return SyncedCredit(
      source: .payment, id: record.id64, partner: partner,
      amount: Money(minorUnits: isOpen ? -left.minorUnits : 0, currency: left.currency), on: day)
  }
}
