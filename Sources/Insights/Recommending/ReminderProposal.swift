import ActionProtocol
import Addressing

/// The proposal of a payment reminder by e-mail.
enum ReminderProposal {
  /// The most invoices of one reminder: a plan has at most 500 checks, each invoice needs six.
  static let mostInvoices = 80

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
      templateID: TemplateCatalogue.invoiceReminder.name,
      attachments: files(due))
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
        metadata: metadata(finding, due)))
  }

  /// The oldest invoices first, as many as one message may carry.
  private static func files(_ due: ReminderCase) -> [Attachment] {
    var files: [Attachment] = []
    for file in due.invoices.compactMap(\.invoice.document?.file)
    where files.count < mostFiles && files.reduce(file.bytes, { $0 + $1.bytes }) <= mostBytes {
      files.append(file)
    }
    return files
  }

  /// Files of one message, and their bytes together.
  private static let mostFiles = 10
  private static let mostBytes: Int64 = 10 * 1024 * 1024

  private static func metadata(_ finding: ReminderFinding, _ due: ReminderCase) -> JSONObject {
    var metadata: JSONObject = ["finding": finding.json]
    let attached = Set(files(due).map(\.blobSHA256))
    let documents = due.invoices.compactMap { overdue in
      overdue.invoice.document?.json(of: overdue.invoice, attached: attached)
    }
    if !documents.isEmpty { metadata[ProposalDocuments.name] = .array(documents) }
    return metadata
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
