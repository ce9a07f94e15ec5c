import ActionProtocol
import Engine

extension LedgerRowReader {
  /// A bill without an id is known by supplier and number: two suppliers may use the same.
  static func bill(_ reader: inout RowReader) -> BillRow? {
    let number = reader.text(.number) ?? reader.text(.externalID)
    if number == nil, reader.cell(.number) == nil, reader.cell(.externalID) == nil {
      reader.reject(.number, ValueProblem("is empty", remedy: "Fill it in."))
    }
    let supplier = reader.requiredText(.partner)
    let (issued, due) = (reader.date(.issued), reader.date(.due))
    let currency = reader.currency()
    let total = reader.requiredMoney(.total, currency)
    let status = reader.value(.state, InvoiceStatus.init)
    let open = reader.money(.open, currency) ?? status?.impliedOpen(currency)
    guard let number, let supplier, let total else { return nil }
    return BillRow(
      externalID: reader.text(.externalID) ?? "\(supplier)/\(number)", number: number,
      supplier: supplier, issuedOn: issued, dueOn: due, total: total, open: open,
      state: status?.state ?? .posted)
  }

  /// A balance without an id is known by account, currency and day.
  static func balance(_ reader: inout RowReader) -> BalanceRow? {
    let account = reader.requiredText(.account)
    let day = reader.requiredDate(.date)
    let currency = reader.currency()
    let amount = reader.requiredMoney(.amount, currency)
    let id = reader.text(.externalID)
    guard let account, let day, let amount else { return nil }
    return BalanceRow(
      externalID: id ?? "\(account)/\(amount.currency.code)/\(day.iso)", account: account, on: day,
      amount: amount)
  }
}
