import ActionProtocol
import Engine

extension SQLTransaction: LedgerWriting {
  func upsert(_ org: OrgID, _ row: LedgerRow, asOf: Instant) throws -> LedgerUpsert {
    do {
      switch row {
      case .partner(let row): return try upsertPartner(row, org, asOf)
      case .contact(let row): return try upsertContact(row, org, asOf)
      case .invoice(let row): return try upsertInvoice(row, org, asOf)
      case .payment(let row): return try upsertSettlement(row, "payment", org, asOf)
      case .credit(let row): return try upsertSettlement(row, "credit", org, asOf)
      case .dispute(let row): return try upsertDispute(row, org, asOf)
      case .deal(let row): return try upsertDeal(row, org, asOf)
      case .task(let row): return try upsertTask(row, org, asOf)
      case .bill(let row): return try upsertBill(row, org, asOf)
      case .balance(let row): return try upsertBalance(row, org, asOf)
      }
    } catch let refusal as RowRefusal {
      return .rejected(
        column: refusal.column, problem: refusal.problem, remedy: refusal.remedy)
    }
  }
}
