import ActionProtocol

/// One customer and currency that is due for a reminder, with everything a proposal states.
struct ReminderCase {
  let partner: PartnerFacts
  let currency: Currency
  /// What is reminded of, the oldest first; never empty.
  let invoices: [OverdueInvoice]
  /// The oldest of ``invoices``: it sets level and cycle.
  let oldest: OverdueInvoice
  /// Left out because the customer disputes them.
  let disputed: [OverdueInvoice]
  /// Left out because they are marked "never remind".
  let neverRemind: [OverdueInvoice]
  /// Sum of the open amounts of ``invoices``.
  let open: Money
  /// What the customer has to his credit without an invoice claiming it; less than ``open``.
  let credit: Money
  let level: DunningLevel
  let ladder: DunningLadder

  /// Ascending, as the protocol wants them.
  var invoiceIDs: [Int64] { invoices.map(\.invoice.id).sorted() }
}

/// Decides whether a customer is due for a reminder.
enum ReminderSelection {
  case due(ReminderCase)
  case skip(SkipReason)

  /// Person before records: what forbids any message comes first, then what is left to remind of,
  /// then its age, then credits.
  static func select(
    _ customer: CustomerOverdue, partner: PartnerFacts?, ladder: DunningLadder
  ) -> ReminderSelection {
    guard let partner else { return .skip(.partnerUnknown) }
    if let reason = forbidding(partner) { return .skip(reason) }
    let never = customer.invoices.filter(\.invoice.neverRemind)
    let disputed = customer.invoices.filter { $0.invoice.isDisputed && !$0.invoice.neverRemind }
    let rest = customer.invoices.filter { !$0.invoice.isDisputed && !$0.invoice.neverRemind }
    guard let oldest = rest.first else {
      return .skip(.everyInvoiceHeld(disputed: disputed.count, neverRemind: never.count))
    }
    guard let level = ladder.level(daysOverdue: oldest.daysOverdue) else {
      return .skip(
        .notYetDueForReminder(
          daysOverdue: oldest.daysOverdue, firstStepDays: ladder.steps.first ?? 0))
    }
    let open = Money(
      minorUnits: rest.reduce(0) { $0 + $1.invoice.open.minorUnits }, currency: customer.currency)
    if customer.unallocatedCredit.minorUnits >= open.minorUnits {
      return .skip(.allocateCredit(credit: customer.unallocatedCredit, overdue: open))
    }
    return .due(
      ReminderCase(
        partner: partner, currency: customer.currency, invoices: rest, oldest: oldest,
        disputed: disputed, neverRemind: never, open: open, credit: customer.unallocatedCredit,
        level: level, ladder: ladder))
  }

  private static func forbidding(_ partner: PartnerFacts) -> SkipReason? {
    if partner.neverRemind { return .partnerNeverRemind }
    if !partner.isActive { return .partnerInactive }
    if partner.isBlacklisted { return .partnerBlacklisted }
    return nil
  }
}
