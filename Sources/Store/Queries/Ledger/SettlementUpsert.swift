import ActionProtocol
import Engine

extension LedgerTable {
  static let settlements = LedgerTable(
    "settlements", model: "account.payment", discriminator: "kind",
    integers: ["invoice_id", "partner_id", "amount_minor", "settled_on"], texts: ["currency"],
    initial: ["known_since"])
}

extension SQLTransaction {
  func upsertSettlement(
    _ row: SettlementRow, _ kind: String, _ org: OrgID, _ asOf: Instant
  ) throws -> LedgerUpsert {
    try refuseFuture(row.on, column: "date", asOf: asOf)
    let invoice = try row.invoice.map { try self.invoice(named: $0, org) }
    let partner = try settlingPartner(row, invoice, org)
    let record = SourceRecord(
      discriminator: kind, externalID: row.externalID,
      values: [
        .optional(invoice?.id), .integer(partner), .integer(row.amount.minorUnits),
        .day(row.on), .text(row.amount.currency.code),
      ], initial: [.instant(asOf)])
    let held = try held(record, in: .settlements, org)
    let (change, _) = try store(record, over: held, in: .settlements, org, asOf: asOf)
    if change == .inserted || change == .updated {
      try recomputeInvoices(now: invoice?.id, before: held?.values.first, org)
    }
    return LedgerUpsert(
      change, LedgerTouch(partnerID: PartnerID(rawValue: partner), invoiceID: invoice?.id))
  }

  /// The invoice's partner, which a partner named beside it must not contradict.
  private func settlingPartner(
    _ row: SettlementRow, _ invoice: NamedInvoice?, _ org: OrgID
  ) throws -> Int64 {
    let named = try row.partner.map { try partner(named: $0, org) }
    guard let invoice else {
      if let named { return named }
      throw RowRefusal(
        column: "invoice", problem: "is empty, and so is the partner",
        remedy: "Say whose money it is: name the invoice, or the partner.")
    }
    if let named, named != invoice.partnerID {
      throw RowRefusal(
        column: "partner", problem: "is not the customer of the invoice",
        remedy: "Correct the invoice or the partner.")
    }
    if invoice.currency != row.amount.currency.code {
      throw RowRefusal(
        column: "currency", problem: "is not the currency of the invoice",
        remedy: "Give the amount in the invoice's currency, or name the partner only.")
    }
    return invoice.partnerID
  }

  private func recomputeInvoices(now: Int64?, before: SQLValue?, _ org: OrgID) throws {
    if let now { try recomputeOpenAmount(ofInvoice: now, org) }
    if case .integer(let old)? = before, old != now {
      try recomputeOpenAmount(ofInvoice: old, org)
    }
  }
}
