import ActionProtocol
import Addressing
import Engine

/// Turns a record of a file into a row of the ledger.
struct LedgerRowReader: Sendable {
  let kind: LedgerKind
  let options: ImportOptions

  func read(line: Int, plan: ColumnPlan, cells: [String]) -> ParsedLedgerLine {
    var reader = RowReader(line: line, plan: plan, cells: cells, options: options)
    let row = row(&reader)
    guard let row, reader.problems.isEmpty else { return .rejected(reader.problems) }
    return .row(row, line: line)
  }

  private func row(_ reader: inout RowReader) -> LedgerRow? {
    switch kind {
    case .partners: Self.partner(&reader).map { .partner($0) }
    case .contacts: Self.contact(&reader).map { .contact($0) }
    case .invoices: Self.invoice(&reader).map { .invoice($0) }
    case .payments: Self.settlement(&reader).map { .payment($0) }
    case .credits: Self.settlement(&reader).map { .credit($0) }
    case .disputes: Self.dispute(&reader).map { .dispute($0) }
    case .deals: Self.deal(&reader).map { .deal($0) }
    case .tasks: Self.task(&reader).map { .task($0) }
    case .bills: Self.bill(&reader).map { .bill($0) }
    case .balances: Self.balance(&reader).map { .balance($0) }
    }
  }
}

extension LedgerRowReader {
  /// A partner without an id is known by its name.
  private static func partner(_ reader: inout RowReader) -> PartnerRow? {
    let name = reader.requiredText(.name)
    let id = reader.text(.externalID) ?? name
    let country = reader.value(.country, WordReader.country)
    let row = (
      email: reader.email(), phone: reader.phone(country: country),
      zone: reader.value(.zone, WordReader.zone),
      language: reader.value(.language, WordReader.language),
      active: reader.flag(.active, default: true),
      blacklisted: reader.flag(.blacklisted, default: false),
      neverRemind: reader.flag(.neverRemind, default: false),
      salesperson: reader.text(.salesperson)
    )
    guard let id, let name else { return nil }
    return PartnerRow(
      externalID: id, name: name, email: row.email, phone: row.phone, country: country,
      zone: row.zone, language: row.language, isActive: row.active,
      isBlacklisted: row.blacklisted, neverRemind: row.neverRemind,
      salesperson: row.salesperson)
  }

  /// A contact without an id is known by its address.
  private static func contact(_ reader: inout RowReader) -> ContactRow? {
    let partner = reader.requiredText(.partner)
    let name = reader.requiredText(.name)
    let email = reader.email()
    let country = reader.value(.country, WordReader.country)
    let phone = reader.phone(country: country)
    let role = reader.text(.role).map(Self.role)
    let id = reader.text(.externalID) ?? email?.identity
    if id == nil, reader.cell(.externalID) == nil, reader.cell(.email) == nil {
      reader.reject(
        .externalID,
        ValueProblem("is empty, and so is the address", remedy: "Give one of the two."))
    }
    guard let id, let partner, let name else { return nil }
    return ContactRow(
      externalID: id, partner: partner, name: name, email: email, phone: phone, role: role)
  }

  /// What companies call the people who pay; everything else stays as it is.
  private static func role(_ text: String) -> String {
    let billing: Set<HeaderName> = [
      "billing", "accounts payable", "ap", "accounting", "accounts", "finance", "invoices",
      "Buchhaltung", "Rechnungsempfänger", "Kreditorenbuchhaltung", "comptabilité",
    ]
    return billing.contains(HeaderName(text)) ? "billing" : text.lowercased()
  }

  private static func settlement(_ reader: inout RowReader) -> SettlementRow? {
    let id = reader.requiredText(.externalID)
    let (invoice, partner) = (reader.text(.invoice), reader.text(.partner))
    let currency = reader.currency()
    let amount = reader.requiredMoney(.amount, currency)
    let date = reader.requiredDate(.date)
    if reader.cell(.invoice) == nil, reader.cell(.partner) == nil {
      reader.reject(
        .invoice,
        ValueProblem(
          "is empty, and so is the partner", remedy: "Name the invoice, or whose money it is."))
    }
    guard let id, let amount, let date else { return nil }
    return SettlementRow(
      externalID: id, invoice: invoice, partner: partner, amount: amount, on: date)
  }

  private static func dispute(_ reader: inout RowReader) -> DisputeRow? {
    let id = reader.requiredText(.externalID)
    let invoice = reader.requiredText(.invoice)
    let opened = reader.requiredDate(.opened)
    let closed = reader.date(.closed)
    let reason = reader.text(.reason, limit: 1000)
    if let opened, let closed, closed < opened {
      reader.reject(
        .closed,
        ValueProblem(
          "lies before the day the dispute was opened", remedy: "Correct one of the two dates."))
    }
    guard let id, let invoice, let opened else { return nil }
    return DisputeRow(
      externalID: id, invoice: invoice, openedOn: opened, closedOn: closed, reason: reason)
  }
}
