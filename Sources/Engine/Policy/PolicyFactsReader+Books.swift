import ActionProtocol
import Decisions
import Insights

extension PolicyFactsReader {
  /// What the company's records say.
  func bookFacts(_ facts: inout FactsDraft, _ company: PartnerID?) throws {
    let org = organisation.id
    let records = try proposal.affectedRecords.references.map { try store.record(org, $0) }
    try moneyFacts(&facts, records)
    try dealFacts(&facts, records)
    let customer = try company.flatMap { try store.record(org, .partner($0)) }
    // The embedded ledger keeps no tags; those of other books were not brought.
    facts[.tags] = organisation.books.kind == .odoo && customer != nil ? nil : .absent
    facts[.country] = Self.code(customer?.fields["country_id"])
    guard let company, customer != nil else {
      let currency = organisation.profile.currency
      facts[.balance] = .money(Money(minorUnits: 0, currency: currency))
      facts[.overdueInvoices] = .integer(0)
      return
    }
    let debt = try store.debt(
      org, of: company, in: organisation.profile.currency, on: organisation.day(store.now))
    facts[.balance] = .money(
      Money(minorUnits: debt.balance, currency: organisation.profile.currency))
    facts[.overdueInvoices] = .integer(debt.overdueInvoices)
  }

  /// Amounts of several currencies are never added up: nobody can tell the amount then.
  private func moneyFacts(_ facts: inout FactsDraft, _ records: [LedgerRecord?]) throws {
    guard PolicyField.amount.exists(on: proposal.actionType) else { return }
    let model = proposal.actionType.subjectModel
    guard proposal.affectedRecords.model == model, !records.isEmpty else {
      (facts[.amount], facts[.currency], facts[.overdueDays]) = (.absent, .absent, .absent)
      (facts[.invoices], facts[.disputed]) = (.integer(0), .flag(false))
      return
    }
    // A record that the books do not hold cannot tell.
    let found = records.compactMap(\.self)
    guard found.count == records.count else { return }
    let amounts = found.map(Self.amount)
    if let first = amounts.first ?? nil,
      amounts.allSatisfy({ $0?.currency == first.currency })
    {
      let sum = amounts.reduce(Int64(0)) { $0 &+ ($1?.minorUnits ?? 0) }
      facts[.amount] = .money(Money(minorUnits: sum, currency: first.currency))
      facts[.currency] = .text(first.currency.code)
    } else if amounts.allSatisfy({ $0 == nil }) {
      (facts[.amount], facts[.currency]) = (.absent, .absent)
    }
    let today = organisation.day(store.now)
    let due = found.compactMap { $0.fields["invoice_date_due"]?.stringValue }
      .compactMap { LocalDate(iso: $0) }.map { Int64(today.epochDay - $0.epochDay) }
    facts[.overdueDays] = .integer(max(0, due.max() ?? 0))
    facts[.invoices] = .integer(
      Int64(amounts.count { $0.map { $0.minorUnits > 0 } ?? false }))
    facts[.disputed] = .flag(found.contains { $0.fields["aiom_disputed"] == true })
  }

  private func dealFacts(_ facts: inout FactsDraft, _ records: [LedgerRecord?]) throws {
    if case .updateStage(_, let move) = proposal.operation {
      let stage = try store.dealStage(organisation.id, move.stageID)
      facts[.toStage] = stage.map { .text($0.name) }
      facts[.direction] = .text(stage?.isWon == true ? "won" : "unknown")
    }
    guard PolicyField.fromStage.exists(on: proposal.actionType), let deal = records.first ?? nil
    else { return }
    facts[.fromStage] = Self.code(deal.fields["stage_id"])
    let active = deal.fields["aiom_last_activity"]?.stringValue.flatMap { LocalDate(iso: $0) }
    facts[.idleDays] =
      active.map { .integer(Int64(max(0, organisation.day(store.now).epochDay - $0.epochDay))) }
      ?? .absent
  }

  /// What is open on an invoice, or a deal's expected revenue; nil where the record has none.
  private static func amount(_ record: LedgerRecord) -> Money? {
    let names =
      record.reference.model == "crm.lead"
      ? ("expected_revenue", "company_currency") : ("amount_residual", "currency_id")
    guard let text = record.fields[names.0]?.stringValue,
      case .text(let code) = code(record.fields[names.1]), let currency = Currency(code: code)
    else { return nil }
    return Money(decimalText: text, currency: currency)
  }

  /// The name of a many-to-one field; absent where the record has none.
  private static func code(_ value: JSONValue?) -> PolicyValue {
    guard case .array(let pair)? = value, pair.count == 2, let code = pair[1].stringValue else {
      return .absent
    }
    return .text(code)
  }
}
