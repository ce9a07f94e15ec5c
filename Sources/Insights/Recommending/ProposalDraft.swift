import ActionProtocol

/// What a reminder and a collection task have in common: who, what, why and the words for it.
struct ProposalDraft {
  /// Odoo's model of invoices.
  static let invoiceModel = "account.move"

  let due: ReminderCase
  let company: CompanyProfile
  let asOf: LocalDate
  let now: Instant
  let analysisID: String?

  /// An amount as the company's own people write it.
  func amount(_ money: Money) -> String {
    MessageFormats(localeIdentifier: company.locale).amount(money)
  }

  /// The customer's name at a length that leaves room for the rest of a sentence.
  var name: String { Wording.short(due.partner.name, 120) }

  /// The invoices that the proposal names as records: all of them, or the oldest where there are more
  /// than one plan can check.
  var named: ArraySlice<OverdueInvoice> { due.invoices.prefix(ReminderProposal.mostInvoices) }

  var records: AffectedRecords {
    AffectedRecords(
      model: Self.invoiceModel, ids: named.map(\.invoice.id).sorted(), partnerID: due.partner.id,
      partnerName: Wording.short(due.partner.name, 200),
      recordName: Wording.short(Wording.list(numbers(due.invoices), atMost: 5), 200))
  }

  /// `invoice INV-1`, `3 invoices (INV-1, INV-2, INV-3)`.
  var invoicesInWords: String {
    due.invoices.count == 1
      ? "invoice \(Wording.list(numbers(due.invoices)))"
      : "\(due.invoices.count) invoices (\(Wording.list(numbers(due.invoices), atMost: 3)))"
  }

  /// Formula and source of the decision: which invoices, how old, which step, what was left out.
  var reasoning: String {
    let oldest = due.oldest
    var sentences = [
      "\(name) owes \(amount(due.open)) on \(invoicesInWords), overdue on \(asOf.iso).",
      "The oldest, \(Wording.short(oldest.invoice.number, 60)), was due on \(oldest.dueOn.iso), "
        + "\(Wording.days(oldest.daysOverdue)) ago\(other): level \(due.level.number) of "
        + "\(due.level.of) of the ladder \(steps) days.",
    ]
    if due.isBelowAge {
      sentences.append("The customer was not reminded of it before, so it begins at level 1.")
    }
    if !due.contacts.isEmpty {
      sentences.append(
        "Reminded before on \(due.contacts.map(\.iso).joined(separator: ", ")).")
    }
    if due.failures > 0 {
      sentences.append("A reminder of this level came back, so it is asked for once more.")
    }
    for hold in due.brokenPromises.prefix(3) {
      guard let promise = hold.promise else { continue }
      sentences.append(
        "A promise of \(amount(promise.amount)) by \(promise.due.iso) was not kept: "
          + "\(amount(promise.paid)) came.")
    }
    if !due.disputed.isEmpty {
      sentences.append("Left out as disputed: \(Wording.list(numbers(due.disputed))).")
    }
    if !due.neverRemind.isEmpty {
      sentences.append("Left out as “never remind”: \(Wording.list(numbers(due.neverRemind))).")
    }
    if !due.held.isEmpty {
      let names = due.held.map { "\($0.overdue.invoice.number) (\($0.hold.inShort))" }
      sentences.append("Left out as on hold: \(Wording.list(names)).")
    }
    if due.credit.minorUnits > 0 {
      sentences.append(
        "An unallocated credit of \(amount(due.credit)) is shown and not deducted.")
    }
    if let next = due.nextDay {
      sentences.append("Unpaid, the next level is reached on \(next.iso).")
    }
    return sentences.joined(separator: " ")
  }

  /// Names the invoice that is due at the level where it is not the oldest.
  private var other: String {
    guard due.trigger.invoice.id != due.oldest.invoice.id else { return "" }
    return "; \(Wording.short(due.trigger.invoice.number, 60)), "
      + "\(Wording.days(due.trigger.daysOverdue)) overdue, is due for a reminder"
  }

  var expiresAt: Instant { now.advanced(by: ReminderRecommender.decisionTime) }

  func finding(_ type: ActionType, step: String? = nil) -> ReminderFinding {
    ReminderFinding(actionType: type, due: due, step: step)
  }

  private var steps: String { due.ladder.steps.map(String.init).joined(separator: "/") }

  private func numbers(_ invoices: [OverdueInvoice]) -> [String] { invoices.map(\.invoice.number) }
}
