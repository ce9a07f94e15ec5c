import ActionProtocol

/// One customer and currency that something is due for, with everything a proposal states.
struct ReminderCase {
  let partner: PartnerFacts
  let currency: Currency
  /// What is reminded of, the oldest first; never empty.
  let invoices: [OverdueInvoice]
  /// The oldest of ``invoices``.
  let oldest: OverdueInvoice
  /// Left out because the customer disputes them.
  let disputed: [OverdueInvoice]
  /// Left out because they are marked "never remind".
  let neverRemind: [OverdueInvoice]
  /// Left out because somebody said so.
  let held: [HeldInvoice]
  /// Sum of the open amounts of ``invoices``.
  let open: Money
  /// What the customer has to his credit without an invoice claiming it.
  let credit: Money
  /// The highest level that is due, which sets the tone.
  let level: DunningLevel
  let ladder: DunningLadder
  /// The oldest invoice that is due at ``level``: it sets the cycle.
  let trigger: OverdueInvoice
  /// By id: the step that each invoice is reminded at; what is only listed is not in it.
  let steps: [Int64: Int]
  /// How often a reminder of ``trigger`` at ``level`` came back.
  let failures: Int
  /// The last three days on which the customer was reminded, the latest first.
  let contacts: [LocalDate]
  /// The first day on which an invoice reaches a further level.
  let nextDay: LocalDate?
  /// The customer's promises that were not kept.
  let brokenPromises: [CollectionHold]

  /// Ascending, as the protocol wants them.
  var invoiceIDs: [Int64] { invoices.map(\.invoice.id).sorted() }

  /// Whether the level is below the one that the age has reached.
  var isBelowAge: Bool {
    guard !steps.isEmpty, let reached = ladder.level(daysOverdue: trigger.daysOverdue) else {
      return false
    }
    return level.fromDays < reached.fromDays
  }
}

/// An overdue invoice that is not asked for, and why.
struct HeldInvoice {
  let overdue: OverdueInvoice
  let hold: CollectionHold
}
