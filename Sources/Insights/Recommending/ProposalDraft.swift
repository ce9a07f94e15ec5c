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
        + "\(Wording.days(oldest.daysOverdue)) ago: level \(due.level.number) of \(due.level.of) of "
        + "the ladder \(steps) days.",
    ]
    if !due.disputed.isEmpty {
      sentences.append("Left out as disputed: \(Wording.list(numbers(due.disputed))).")
    }
    if !due.neverRemind.isEmpty {
      sentences.append("Left out as “never remind”: \(Wording.list(numbers(due.neverRemind))).")
    }
    if due.credit.minorUnits > 0 {
      sentences.append(
        "An unallocated credit of \(amount(due.credit)) is shown and not deducted.")
    }
    return sentences.joined(separator: " ")
  }

  var expiresAt: Instant { now.advanced(by: ReminderRecommender.decisionTime) }

  func finding(_ type: ActionType) -> ReminderFinding {
    ReminderFinding(actionType: type, due: due)
  }

  private var steps: String { due.ladder.steps.map(String.init).joined(separator: "/") }

  private func numbers(_ invoices: [OverdueInvoice]) -> [String] { invoices.map(\.invoice.number) }
}
