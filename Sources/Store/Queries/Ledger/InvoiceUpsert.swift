import ActionProtocol
import Engine
import Foundation

extension LedgerTable {
  static let invoices = LedgerTable(
    "invoices", model: "account.move",
    integers: [
      "partner_id", "issued_on", "due_on", "total_minor", "stated_open_minor", "never_remind",
      "closed_on",
    ],
    texts: ["number", "currency", "state"], carried: ["stated_on"],
    initial: ["open_minor", "charges_minor", "is_disputed"])
}

extension SQLTransaction {
  func upsertInvoice(_ row: InvoiceRow, _ org: OrgID, _ asOf: Instant) throws -> LedgerUpsert {
    try check(row)
    let partner = try partner(named: row.partner, org)
    let statedOn = try row.open.map { _ in LocalDate(asOf, in: try zone(of: org)) }
    let open = row.open ?? row.total
    let record = SourceRecord(
      externalID: row.externalID,
      values: [
        .integer(partner), .optional(row.issuedOn), .optional(row.dueOn),
        .integer(row.total.minorUnits), .optional(row.open?.minorUnits), .flag(row.neverRemind),
        .null, .text(row.number), .text(row.total.currency.code), .text(row.state.rawValue),
      ], carried: [.optional(statedOn)],
      initial: [.integer(open.minorUnits), .integer(0), .integer(0)])
    let held = try held(record, in: .invoices, org)
    if let held, held.asOf <= asOf { try checkCurrency(row, held, org) }
    let (change, id) = try store(record, over: held, in: .invoices, org, asOf: asOf)
    if change == .updated {
      try sql.execute(
        "UPDATE settlements SET partner_id = $1 WHERE org_id = $2 AND invoice_id = $3",
        [.integer(partner), .text(org.rawValue), .integer(id)])
    }
    if change == .updated || (change == .unchanged && statedOn != nil) {
      try recomputeOpenAmount(ofInvoice: id, org)
    }
    return LedgerUpsert(
      change, LedgerTouch(partnerID: PartnerID(rawValue: partner), invoiceID: id))
  }

  private func check(_ row: InvoiceRow) throws {
    if row.total.minorUnits < 0 {
      throw RowRefusal(
        column: "total", problem: "is negative",
        remedy: "Import credit notes as credits, with a positive amount.")
    }
    guard let open = row.open else { return }
    if open.currency != row.total.currency {
      throw RowRefusal(
        column: "open", problem: "has another currency than the total",
        remedy: "Give both amounts in the invoice's currency.")
    }
    if open.minorUnits > row.total.minorUnits {
      throw RowRefusal(
        column: "open", problem: "is more than the total",
        remedy: "Correct the amounts; charges on top are credits with a negative amount.")
    }
  }

  /// Amounts that were allocated in another currency could no longer be subtracted.
  private func checkCurrency(_ row: InvoiceRow, _ held: HeldRecord, _ org: OrgID) throws {
    guard !held.values.contains(.text(row.total.currency.code)) else { return }
    let settled = try sql.first(
      "SELECT 1 FROM settlements WHERE org_id = $1 AND invoice_id = $2 LIMIT 1",
      [.text(org.rawValue), .integer(held.id)]
    ) { _ in true }
    guard settled == true else { return }
    throw RowRefusal(
      column: "currency", problem: "differs from the payments and credits of the invoice",
      remedy: "Correct the currency, or move the payments and credits to another invoice first.")
  }

  func zone(of org: OrgID) throws -> TimeZone {
    let name = try sql.first(
      "SELECT zone FROM orgs WHERE org_id = $1", [.text(org.rawValue)]
    ) { $0.text(0) }
    guard let name else { throw StoreError(code: "not_found", detail: "org") }
    guard let zone = TimeZone(identifier: name) else {
      throw StoreError(code: "corrupt", detail: "an org's zone")
    }
    return zone
  }
}
