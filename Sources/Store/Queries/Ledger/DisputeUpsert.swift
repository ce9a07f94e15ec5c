import ActionProtocol
import Engine

extension LedgerTable {
  static let disputes = LedgerTable(
    "disputes", model: "aiom.dispute", integers: ["invoice_id", "opened_on", "closed_on"],
    texts: ["reason"])
}

extension SQLTransaction {
  func upsertDispute(_ row: DisputeRow, _ org: OrgID, _ asOf: Instant) throws -> LedgerUpsert {
    try refuseFuture(row.openedOn, column: "opened", asOf: asOf)
    try refuseFuture(row.closedOn, column: "closed", asOf: asOf)
    if let closed = row.closedOn, closed < row.openedOn {
      throw RowRefusal(
        column: "closed", problem: "lies before the day the dispute was opened",
        remedy: "Correct one of the two dates.")
    }
    let invoice = try invoice(named: row.invoice, org)
    let record = SourceRecord(
      externalID: row.externalID,
      values: [
        .integer(invoice.id), .day(row.openedOn), .optional(row.closedOn), .optional(row.reason),
      ])
    let held = try held(record, in: .disputes, org)
    let (change, _) = try store(record, over: held, in: .disputes, org, asOf: asOf)
    if change == .inserted || change == .updated {
      try recomputeDispute(ofInvoice: invoice.id, org)
      if case .integer(let old)? = held?.values.first, old != invoice.id {
        try recomputeDispute(ofInvoice: old, org)
      }
    }
    return LedgerUpsert(
      change,
      LedgerTouch(partnerID: PartnerID(rawValue: invoice.partnerID), invoiceID: invoice.id))
  }
}
