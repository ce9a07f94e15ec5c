import ActionProtocol
import Addressing

/// The proposal of a payment reminder by e-mail.
enum ReminderProposal {
  /// The most invoices of one reminder: a plan has at most 500 checks, each invoice needs five.
  static let mostInvoices = 90

  static func make(
    _ draft: ProposalDraft, to address: EmailAddress, _ message: DraftedMessage
  ) -> Result<Proposal, Skip> {
    let due = draft.due
    let finding = draft.finding(.sendInvoiceReminder)
    guard let key = finding.key(org: draft.company.orgID) else {
      return .failure(Skip(reason: .proposalInvalid(detail: "the idempotency key is too long")))
    }
    let email = SendEmail(
      to: [address], subject: message.subject, bodyText: message.text, bodyHTML: message.html,
      templateID: TemplateCatalogue.invoiceReminder.name)
    let operation = TypedOperation.email(.sendInvoiceReminder, email)
    return .success(
      Proposal(
        orgID: draft.company.orgID, operation: operation, riskLevel: risk(of: due.level),
        expiresAt: draft.expiresAt, idempotencyKey: key, analysisID: draft.analysisID,
        expectedEffect: "\(draft.name) receives an e-mail that asks for \(draft.amount(due.open)) "
          + "on \(draft.invoicesInWords).",
        reasoning: draft.reasoning, affectedRecords: draft.records,
        proposedChanges: changes(draft),
        revalidationPlan: RevalidationPlans.reminder(draft, to: address),
        externalEffects: effects(operation, due.partner),
        estimatedImpact: EstimatedImpact(revenueChange: due.open),
        metadata: ["finding": finding.json]))
  }

  /// Low for the first two levels, which a policy may let pass; medium between; high for the last
  /// level of a ladder with more than two, which always asks a person.
  static func risk(of level: DunningLevel) -> RiskLevel {
    if level.number <= 2 { return .low }
    return level.number == level.of ? .high : .medium
  }

  /// The one thing that changes in AIOM's own books: a new entry in the outreach ledger. Nothing is
  /// written to the invoices.
  private static func changes(_ draft: ProposalDraft) -> [ProposedChange] {
    let due = draft.due
    let ids = due.invoiceIDs.map { JSONValue.integer($0) }
    return [
      ProposedChange(
        path: "aiom.outreach.partner_\(due.partner.id.rawValue)", before: .null,
        after: [
          "channel": "email", "purpose": "invoice_reminder",
          "level": .integer(Int64(due.level.number)), "invoices": .array(ids),
        ],
        changeType: .add,
        humanLabel: "Recorded: reminder at level \(due.level.number) of \(due.level.of) for "
          + Wording.invoices(due.invoices.count))
    ]
  }

  /// One effect per recipient, with the record that holds the address.
  private static func effects(
    _ operation: TypedOperation, _ partner: PartnerFacts
  ) -> [ExternalEffect] {
    operation.externalEffects.map { effect in
      var effect = effect
      effect.recipientPartnerID = PartnerID(rawValue: partner.emailRecordID) ?? partner.id
      return effect
    }
  }
}
