import ActionProtocol
import Engine

extension LedgerTable {
  static let bills = LedgerTable(
    "bills", model: "aiom.bill", integers: ["issued_on", "due_on", "total_minor", "open_minor"],
    texts: ["number", "supplier", "currency", "state"])

  static let balances = LedgerTable(
    "balances", model: "aiom.balance", integers: ["on_day", "amount_minor"],
    texts: ["account", "currency"])
}

extension SQLTransaction {
  func upsertBill(_ row: BillRow, _ org: OrgID, _ asOf: Instant) throws -> LedgerUpsert {
    let open = row.open ?? row.total
    if row.total.minorUnits < 0 {
      throw RowRefusal(
        column: "total", problem: "is negative",
        remedy: "Leave a supplier's credit notes out, or take them off the bill they are for.")
    }
    if open.currency != row.total.currency {
      throw RowRefusal(
        column: "open", problem: "has another currency than the total",
        remedy: "Give both amounts in the bill's currency.")
    }
    if open.minorUnits > row.total.minorUnits {
      throw RowRefusal(
        column: "open", problem: "is more than the total", remedy: "Correct the amounts.")
    }
    let record = SourceRecord(
      externalID: row.externalID,
      values: [
        .optional(row.issuedOn), .optional(row.dueOn), .integer(row.total.minorUnits),
        .integer(open.minorUnits), .text(row.number), .text(row.supplier),
        .text(row.total.currency.code), .text(row.state.rawValue),
      ])
    let held = try held(record, in: .bills, org)
    let (change, _) = try store(record, over: held, in: .bills, org, asOf: asOf)
    return LedgerUpsert(change, LedgerTouch())
  }

  func upsertBalance(_ row: BalanceRow, _ org: OrgID, _ asOf: Instant) throws -> LedgerUpsert {
    try refuseFuture(row.on, column: "date", asOf: asOf)
    let record = SourceRecord(
      externalID: row.externalID,
      values: [
        .day(row.on), .integer(row.amount.minorUnits), .text(row.account),
        .text(row.amount.currency.code),
      ])
    let held = try held(record, in: .balances, org)
    let (change, _) = try store(record, over: held, in: .balances, org, asOf: asOf)
    return LedgerUpsert(change, LedgerTouch())
  }
}
