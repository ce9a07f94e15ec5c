import ActionProtocol
import Engine

extension LedgerRowReader {
  static func invoice(_ reader: inout RowReader) -> InvoiceRow? {
    reader.requireInvoiceType()
    let number = reader.text(.number) ?? reader.text(.externalID)
    if number == nil, reader.cell(.number) == nil, reader.cell(.externalID) == nil {
      reader.reject(.number, ValueProblem("is empty", remedy: "Fill it in."))
    }
    let partner = reader.requiredText(.partner)
    let (issued, due) = (reader.date(.issued), reader.date(.due))
    let currency = reader.currency()
    let total = reader.requiredMoney(.total, currency)
    let status = reader.value(.state, InvoiceStatus.init)
    let open = reader.money(.open, currency) ?? status?.impliedOpen(currency)
    let neverRemind = reader.flag(.neverRemind, default: false)
    if let total, total.minorUnits < 0 {
      reader.reject(
        .total,
        ValueProblem(
          "is negative", remedy: "Import credit notes as credits, with a positive amount."))
    }
    guard let number, let partner, let total else { return nil }
    return InvoiceRow(
      externalID: reader.text(.externalID) ?? number, number: number, partner: partner,
      issuedOn: issued, dueOn: due, total: total, open: open, state: status?.state ?? .posted,
      neverRemind: neverRemind)
  }
}

extension RowReader {
  /// Exports of all transactions also hold bills, credit notes, payments and journals.
  fileprivate mutating func requireInvoiceType() {
    guard let type = cell(.type), !InvoiceStatus.invoiceTypes.contains(HeaderName(type)) else {
      return
    }
    reject(
      .type,
      ValueProblem(
        "is no invoice to a customer",
        remedy: "Export invoices alone; credit notes and payments are imports of their own."))
  }
}

/// What programs call the states of an invoice.
struct InvoiceStatus: Sendable {
  let state: InvoiceRow.State
  private let isPaid: Bool

  init(_ cell: String) throws {
    let name = HeaderName(cell)
    isPaid = Self.paid.contains(name)
    if isPaid || Self.posted.contains(name) {
      state = .posted
    } else if Self.draft.contains(name) {
      state = .draft
    } else if Self.cancelled.contains(name) {
      state = .cancelled
    } else {
      throw ValueProblem(
        "is no known state of an invoice",
        remedy: "Use draft, posted, paid or cancelled.")
    }
  }

  /// A paid invoice has nothing open, also where the file has no column for it.
  func impliedOpen(_ currency: Currency?) -> Money? {
    isPaid ? currency.map { Money(minorUnits: 0, currency: $0) } : nil
  }

  static let invoiceTypes: Set<HeaderName> = [
    "invoice", "sales invoice", "customer invoice", "ACCREC", "out_invoice", "SI", "I", "Rechnung",
    "Ausgangsrechnung", "Tax invoice",
  ]

  private static let paid: Set<HeaderName> = ["paid", "closed", "settled", "bezahlt", "deposited"]

  private static let posted: Set<HeaderName> = [
    "posted", "open", "unpaid", "sent", "viewed", "approved", "authorised", "authorized",
    "awaiting payment", "due", "overdue", "partial", "partially paid", "part paid", "not paid",
    "offen", "teilbezahlt", "überfällig",
  ]

  private static let draft: Set<HeaderName> = [
    "draft", "awaiting approval", "submitted", "pending", "Entwurf",
  ]

  private static let cancelled: Set<HeaderName> = [
    "cancelled", "canceled", "cancel", "void", "voided", "deleted", "storniert", "Storno",
  ]
}
