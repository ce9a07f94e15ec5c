import ActionProtocol
import Addressing
import Foundation

/// What is asked again just before a reminder goes out or a task is created: the protocol's minimum
/// plan, in the words of the records, and the customer where the address is a contact's.
enum RevalidationPlans {
  /// A partner gets no second e-mail within this time.
  private static let windowMinutes = EffectType.email.duplicateWindowMinutes

  /// Per invoice: it exists, is posted, unpaid, not disputed, as much of it is open as the message
  /// says, and since then. For whoever receives it: still this address, active, not blacklisted. Then the time since
  /// the last message and the company's business hours.
  static func reminder(_ draft: ProposalDraft, to address: EmailAddress) -> [RevalidationCheck] {
    let partner = draft.due.partner
    return invoices(draft) + dueDays(draft)
      + message(.sendInvoiceReminder, partner, address, draft.company)
  }

  /// Of whoever receives a message, and when.
  private static func message(
    _ type: ActionType, _ partner: PartnerFacts, _ address: EmailAddress,
    _ company: CompanyProfile
  ) -> [RevalidationCheck] {
    recipient(partner, address) + customer(partner) + noDuplicate(partner, type)
      + quietHours(company, partner)
  }

  /// The deal is there, open, and where it was.
  static func followUp(
    _ deal: DealFacts, to address: EmailAddress, of partner: PartnerFacts,
    _ company: CompanyProfile
  ) -> [RevalidationCheck] {
    let record = RecordReference(model: DealFollowUp.model, id: deal.id)
    func check(
      _ suffix: String, _ words: String, _ predicate: ActionProtocol.Predicate
    ) -> RevalidationCheck {
      RevalidationCheck(
        checkID: "deal_\(deal.id)_\(suffix)", description: "The deal \(words)", severity: .block,
        predicate: predicate)
    }
    return [
      check("exists", "exists", .recordExists(record)),
      check("open", "is open", .fieldEquals(record, field: "won_status", expected: "pending")),
      check("active", "is not lost", .fieldEquals(record, field: "active", expected: true)),
      check(
        "stage", "is in the same stage",
        .fieldEquals(record, field: "stage_id", expected: .integer(deal.stage))),
    ] + message(.followUpOnStaleDeal, partner, address, company)
  }

  /// Each payment is still there with its amount and was not taken back; as much is open as is said.
  static func confirmation(
    _ receipt: Receipt, to address: EmailAddress, of partner: PartnerFacts,
    _ company: CompanyProfile
  ) -> [RevalidationCheck] {
    func check(
      _ id: String, _ words: String, _ predicate: ActionProtocol.Predicate
    ) -> RevalidationCheck {
      RevalidationCheck(checkID: id, description: words, severity: .block, predicate: predicate)
    }
    let payments = receipt.payments.flatMap { payment in
      let record = RecordReference(model: PaymentConfirmation.model, id: payment.id)
      let (id, amount) = ("payment_\(payment.id)", payment.amount.decimalText)
      return [
        check("\(id)_exists", "The payment exists", .recordExists(record)),
        check(
          "\(id)_amount", "The payment is still \(amount)",
          .fieldEquals(record, field: "amount", expected: .string(amount))),
        check(
          "\(id)_kept", "The payment was not taken back",
          .fieldEquals(record, field: "aiom_reversed", expected: false)),
      ]
    }
    let invoices = receipt.settled.map { one in
      check(
        "invoice_\(one.invoice.id)_amount",
        "Invoice \(Wording.short(one.invoice.number, 60)) is still open with "
          + one.invoice.open.decimalText,
        .fieldEquals(
          RecordReference(model: ProposalDraft.invoiceModel, id: one.invoice.id),
          field: "amount_residual", expected: .string(one.invoice.open.decimalText)))
    }
    return payments + invoices + message(.sendPaymentConfirmation, partner, address, company)
  }

  /// The invoices that the task is about are still as they were.
  static func collectionTask(_ draft: ProposalDraft) -> [RevalidationCheck] { invoices(draft) }

  // MARK: Invoices

  private static func invoices(_ draft: ProposalDraft) -> [RevalidationCheck] {
    let named = draft.named
    return named.flatMap { checks(of: $0.invoice, isOnly: named.count == 1) }
  }

  /// An invoice that got more time is not asked for before.
  private static func dueDays(_ draft: ProposalDraft) -> [RevalidationCheck] {
    draft.named.map { overdue in
      let invoice = overdue.invoice
      return RevalidationCheck(
        checkID: "invoice_\(invoice.id)_due",
        description:
          "Invoice \(Wording.short(invoice.number, 60)) is still due on \(overdue.dueOn.iso)",
        severity: .requireReapproval,
        predicate: .fieldEquals(
          RecordReference(model: ProposalDraft.invoiceModel, id: invoice.id),
          field: "invoice_date_due", expected: .string(overdue.dueOn.iso)))
    }
  }

  /// - Parameter isOnly: an action on one invoice ends when that invoice is settled; one on several goes
  ///   back to a person, who sees what is left.
  private static func checks(of invoice: InvoiceFacts, isOnly: Bool) -> [RevalidationCheck] {
    let record = RecordReference(model: ProposalDraft.invoiceModel, id: invoice.id)
    let name = "Invoice \(Wording.short(invoice.number, 60))"
    let severity: FailSeverity = isOnly ? .block : .requireReapproval
    func check(
      _ suffix: String, _ words: String, _ severity: FailSeverity,
      _ predicate: ActionProtocol.Predicate
    ) -> RevalidationCheck {
      RevalidationCheck(
        checkID: "invoice_\(invoice.id)_\(suffix)", description: "\(name) \(words)",
        severity: severity, predicate: predicate)
    }
    let residual = JSONValue.string(invoice.open.decimalText)
    return [
      check("exists", "exists", severity, .recordExists(record)),
      check(
        "posted", "is posted", severity,
        .fieldEquals(record, field: "state", expected: "posted")),
      check(
        "unpaid", "is not paid, or only in part", severity,
        .fieldIn(record, field: "payment_state", ["not_paid", "partial"])),
      check(
        "amount", "is still open with \(invoice.open.decimalText)", .requireReapproval,
        .fieldEquals(record, field: "amount_residual", expected: residual)),
      check(
        "undisputed", "is not disputed", severity,
        .fieldEquals(record, field: "aiom_disputed", expected: false)),
    ]
  }

  // MARK: Customer

  /// The record that holds the address: the customer's own or a billing contact's.
  private static func recipient(
    _ partner: PartnerFacts, _ address: EmailAddress
  ) -> [RevalidationCheck] {
    let holder = RecordReference(
      model: AffectedRecords.partnerModel, id: partner.emailRecordID)
    return [
      RevalidationCheck(
        checkID: "recipient_address", description: "The record still has this e-mail address",
        severity: .requireReapproval,
        predicate: .fieldEquals(holder, field: "email", expected: .string(address.rawValue)))
    ] + reachable(holder, "recipient", "The recipient")
  }

  private static func customer(_ partner: PartnerFacts) -> [RevalidationCheck] {
    guard partner.emailRecordID != partner.id.rawValue else { return [] }
    let record = RecordReference(model: AffectedRecords.partnerModel, id: partner.id.rawValue)
    return reachable(record, "customer", "The customer")
  }

  private static func reachable(
    _ record: RecordReference, _ id: String, _ name: String
  ) -> [RevalidationCheck] {
    [
      RevalidationCheck(
        checkID: "\(id)_active", description: "\(name)'s record is active", severity: .block,
        predicate: .fieldEquals(record, field: "active", expected: true)),
      RevalidationCheck(
        checkID: "\(id)_not_blacklisted", description: "\(name) is not on the blacklist",
        severity: .block,
        predicate: .fieldEquals(record, field: "is_blacklisted", expected: false)),
    ]
  }

  // MARK: Time

  private static func noDuplicate(
    _ partner: PartnerFacts, _ type: ActionType
  ) -> [RevalidationCheck] {
    let ids =
      partner.emailRecordID == partner.id.rawValue
      ? [partner.id.rawValue] : [partner.id.rawValue, partner.emailRecordID]
    return ids.map { id in
      RevalidationCheck(
        checkID: "no_duplicate_partner_\(id)",
        description: "No other message went to partner \(id) in the last \(windowMinutes) minutes",
        severity: .block,
        predicate: .noDuplicateInWindow(
          scopeKey: "partner_\(id):\(type.outreachContext)",
          windowMinutes: windowMinutes))
    }
  }

  /// The company's hours on the customer's clock, where that is known. Empty where the profile's times
  /// are not `HH:MM`; Intake then reports the plan as incomplete.
  private static func quietHours(
    _ company: CompanyProfile, _ partner: PartnerFacts
  ) -> [RevalidationCheck] {
    let zone = partner.zone.flatMap { TimeZone(identifier: $0) } ?? company.zone
    let hours = QuietHours(
      timezone: zone.identifier, start: company.windowStart, end: company.windowEnd,
      days: company.windowDays)
    return hours.map { hours in
      [
        RevalidationCheck(
          checkID: "business_hours",
          description: "The business hours are open on the customer's clock",
          severity: .block, predicate: .quietHours(hours))
      ]
    } ?? []
  }
}
