import ActionProtocol

/// Why a customer with overdue invoices gets no proposal.
public enum SkipReason: Hashable, Sendable {
  /// The oldest invoice is overdue, but younger than the ladder's first step.
  case notYetDueForReminder(daysOverdue: Int, firstStepDays: Int)
  /// The customer is marked "never remind".
  case partnerNeverRemind
  /// The customer's record is archived.
  case partnerInactive
  /// The customer's address is on the blacklist.
  case partnerBlacklisted
  /// Nothing may be sent to the customer's address for a while.
  case addressResting(reason: String, until: Instant)
  /// Every overdue invoice is disputed or marked "never remind".
  case everyInvoiceHeld(disputed: Int, neverRemind: Int)
  /// Somebody said not to ask this customer for anything.
  case customerHeld(CollectionHold)
  /// Every overdue invoice is held, at least one of them by somebody's word.
  case everyInvoiceOnHold([CollectionHold], disputed: Int, neverRemind: Int)
  /// A payment of every overdue invoice is under way.
  case paymentUnderWay(Int)
  /// Payments were last brought in so long ago that nobody knows what is still open.
  case paymentsTooOld(LocalDate, days: Int)
  /// Every overdue invoice was issued so lately that the customer may not have seen it.
  case justIssued
  /// So little is overdue that nobody asks for it.
  case belowMinimum(Money, minimum: Money)
  /// The customer heard of it so lately.
  case remindedLately(LocalDate, next: LocalDate)
  /// Every overdue invoice was reminded at its level.
  case remindedAtLevel(next: LocalDate?)
  /// A name or number in the records holds a line break or control character.
  case unsafeRecordText(RecordReference, field: String)
  /// The deal names no customer.
  case noCustomer
  /// The records have no e-mail address.
  case noAddress
  /// Nothing may be sent to the customer's address, for good.
  case addressClosed(reason: String)
  /// Another deal of the same customer comes first.
  case customerAskedAlready
  /// The template could not be filled.
  case messageNotDrafted(DraftingError)
  /// The report names a customer that the snapshot does not have.
  case partnerUnknown
  /// No valid proposal can be made of the records, such as a key that is too long.
  case proposalInvalid(detail: String)

  /// Stable, for programs.
  public var code: String {
    switch self {
    case .notYetDueForReminder: "not_yet_due_for_reminder"
    case .partnerNeverRemind: "never_remind"
    case .partnerInactive: "partner_inactive"
    case .partnerBlacklisted: "partner_blacklisted"
    case .addressResting: "address_resting"
    case .everyInvoiceHeld: "every_invoice_held"
    case .customerHeld: "customer_on_hold"
    case .everyInvoiceOnHold: "every_invoice_on_hold"
    case .paymentUnderWay: "payment_under_way"
    case .paymentsTooOld: "payments_too_old"
    case .justIssued: "just_issued"
    case .belowMinimum: "below_minimum"
    case .remindedLately: "reminded_lately"
    case .remindedAtLevel: "reminded_at_level"
    case .unsafeRecordText: "unsafe_record_text"
    case .noCustomer: "no_customer"
    case .noAddress: "no_address"
    case .addressClosed: "address_closed"
    case .customerAskedAlready: "customer_asked_already"
    case .messageNotDrafted: "message_not_drafted"
    case .partnerUnknown: "partner_unknown"
    case .proposalInvalid: "proposal_invalid"
    }
  }

  /// One sentence for a person: what is the case and, where there is something to do, what.
  public var explanation: String {
    switch self {
    case .notYetDueForReminder(let days, let first):
      "Not yet due for a reminder: the oldest invoice is \(Wording.days(days)) overdue, the first "
        + "reminder goes out at \(Wording.days(first))."
    case .partnerNeverRemind: "The customer is marked “never remind”."
    case .partnerInactive: "The customer's record is archived."
    case .partnerBlacklisted: "The customer's address is on the blacklist."
    case .addressResting(let reason, let until):
      "Nothing may be sent to the customer's e-mail address until \(until.rfc3339) (\(reason))."
    case .everyInvoiceHeld(let disputed, let neverRemind):
      "Every overdue invoice is held: \(disputed) disputed, \(neverRemind) marked “never remind”."
    case .customerHeld(let hold): hold.explanation
    case .everyInvoiceOnHold(let holds, let disputed, let neverRemind):
      Self.everyInvoice(holds, disputed: disputed, neverRemind: neverRemind)
    case .paymentUnderWay(let count):
      "A payment is under way for \(Wording.invoices(count)); the books have not booked it yet."
    case .paymentsTooOld(let day, let days):
      "Payments were last brought in on \(day.iso), more than \(Wording.days(days)) ago: what is "
        + "still open may be paid. Import or synchronise payments first."
    case .justIssued: "The overdue invoices were issued today; the customer may not have seen them."
    case .belowMinimum(let open, let minimum):
      "\(Wording.plain(open)) is less than the \(Wording.plain(minimum)) below which nobody is asked."
    case .remindedLately(let day, let next):
      "The customer was reminded on \(day.iso), and is left alone until \(next.iso)."
    case .remindedAtLevel(let next):
      "The customer was reminded of everything at its level"
        + (next.map { "; the next one begins on \($0.iso)." } ?? ".")
    case .unsafeRecordText(let record, let field):
      "The field \(field) of \(record.model) \(record.id) holds a line break or control character; "
        + "correct the record."
    case .noCustomer: "The deal names no customer; link it to one."
    case .noAddress: "The customer's record has no e-mail address; add one, or call."
    case .addressClosed(let reason):
      "Nothing may be sent to the customer's e-mail address (\(reason)); call instead."
    case .customerAskedAlready:
      "Another deal of the same customer comes first; nobody gets two such letters at once."
    case .messageNotDrafted(let error): "The message could not be drafted: \(error)."
    case .partnerUnknown: "The customer's record is not in the books."
    case .proposalInvalid(let detail): "The records do not make a valid proposal: \(detail)."
    }
  }

  private static func everyInvoice(
    _ holds: [CollectionHold], disputed: Int, neverRemind: Int
  ) -> String {
    var parts = holds.prefix(3).map(\.explanation)
    if holds.count > 3 { parts.append("And \(holds.count - 3) more on hold.") }
    if disputed > 0 { parts.append("Disputed in the books: \(disputed).") }
    if neverRemind > 0 { parts.append("Marked “never remind”: \(neverRemind).") }
    return parts.joined(separator: " ")
  }
}
