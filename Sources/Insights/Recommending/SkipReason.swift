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
  /// Unallocated credits cover what is overdue: allocate them instead of reminding.
  case allocateCredit(credit: Money, overdue: Money)
  /// A name or number in the records holds a line break or control character.
  case unsafeRecordText(RecordReference, field: String)
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
    case .allocateCredit: "allocate_credit"
    case .unsafeRecordText: "unsafe_record_text"
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
    case .allocateCredit(let credit, let overdue):
      "Allocate credit: \(Wording.plain(credit)) in the customer's favour is not allocated and "
        + "covers the \(Wording.plain(overdue)) overdue."
    case .unsafeRecordText(let record, let field):
      "The field \(field) of \(record.model) \(record.id) holds a line break or control character; "
        + "correct the record."
    case .messageNotDrafted(let error): "The message could not be drafted: \(error)."
    case .partnerUnknown: "The customer's record is not in the books."
    case .proposalInvalid(let detail): "The records do not make a valid proposal: \(detail)."
    }
  }
}
