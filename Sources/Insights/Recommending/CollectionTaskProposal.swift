import ActionProtocol

/// The proposal of a task for a person, where a customer is due for a reminder and no letter can do it.
enum CollectionTaskProposal {
  /// Why a person has to act.
  enum Cause {
    /// The records have no e-mail address.
    case noAddress
    /// Nothing may be sent to the address on record, for good; with the reason in words.
    case addressClosed(String)
    /// More invoices are overdue than one reminder can name and check.
    case tooManyInvoices
    /// Unallocated credits cover what is overdue.
    case allocateCredit
    /// A step of the ladder at which a person acts.
    case step(DunningTask)
    /// The customer was reminded at the last level, and still owes.
    case endOfSchedule

    /// In keys: what it is about; nil: the step of the ladder that the age has reached, so that who cannot be
    /// written to is asked about at each.
    var keyPart: String? {
      switch self {
      case .noAddress, .addressClosed, .tooManyInvoices: nil
      case .allocateCredit: "credit"
      case .step(let task): "\(task.fromDays)d"
      case .endOfSchedule: "end"
      }
    }

    var inTitle: String {
      switch self {
      case .allocateCredit: "allocate the credit"
      case .step(let task): task.kind == .call ? "call the customer" : "decide how to go on"
      case .endOfSchedule: "end of the reminders"
      case .noAddress: "no e-mail address"
      case .addressClosed(let reason): "e-mail address suppressed (\(reason))"
      case .tooManyInvoices: "too many invoices for one letter"
      }
    }

    var inReasoning: String {
      switch self {
      case .allocateCredit:
        "What is not allocated covers what is overdue, so nothing is asked for."
      case .step(let task):
        "At \(Wording.days(task.fromDays)) overdue the ladder asks a person, not the customer."
      case .endOfSchedule:
        "The customer was reminded at the last level; no further letter is sent by itself."
      case .noAddress: "The records have no e-mail address for this customer."
      case .addressClosed(let reason):
        "Nothing may be sent to this customer's e-mail address: it is suppressed (\(reason))."
      case .tooManyInvoices:
        "More than \(ReminderProposal.mostInvoices) invoices are too many for one reminder."
      }
    }

    var toDo: String {
      switch self {
      case .allocateCredit: "Allocate the credit to the invoices, or agree what it is for."
      case .step(let task):
        task.kind == .call
          ? "Call the customer, and put down what they promise: aiom hold add promise."
          : "Decide: a payment plan, a stop of deliveries, a collection agency, or writing it off."
      case .endOfSchedule:
        "Decide: a call, a payment plan, a stop of deliveries, a collection agency, or writing it off."
      case .noAddress:
        "Find out whom to write to and add the address to the customer's record."
      case .addressClosed:
        "Reach the customer by phone or letter, or find out another address and put it into the "
          + "customer's record."
      case .tooManyInvoices: "Send a statement of account and agree with the customer how to pay."
      }
    }
  }

  /// Days from the analysis to the task's deadline.
  private static let daysToAct = 7

  static func make(_ draft: ProposalDraft, because cause: Cause) -> Result<Proposal, Skip> {
    let due = draft.due
    let finding = draft.finding(.createCollectionTask, step: cause.keyPart ?? ageStep(due))
    guard let key = finding.key(org: draft.company.orgID) else {
      return .failure(Skip(reason: .proposalInvalid(detail: "the idempotency key is too long")))
    }
    let task = CreateTask(
      name: "Collect \(draft.amount(due.open)) from \(draft.name): \(cause.inTitle)",
      description: description(draft, cause), dateDeadline: draft.asOf.adding(days: daysToAct),
      partnerID: due.partner.id)
    return .success(
      Proposal(
        orgID: draft.company.orgID, operation: .createTask(.createCollectionTask, task),
        riskLevel: .medium, expiresAt: draft.expiresAt, idempotencyKey: key,
        analysisID: draft.analysisID,
        expectedEffect: "A task asks a colleague to contact \(draft.name) about "
          + "\(draft.amount(due.open)) on \(draft.invoicesInWords).",
        reasoning: "\(draft.reasoning) \(cause.inReasoning)",
        affectedRecords: draft.records, proposedChanges: [change(task)],
        revalidationPlan: RevalidationPlans.collectionTask(draft),
        estimatedImpact: EstimatedImpact(revenueChange: due.open),
        metadata: ["finding": finding.json]))
  }

  /// One line per invoice, the oldest first, cut to a length that a task can carry.
  private static func description(_ draft: ProposalDraft, _ cause: Cause) -> String {
    let shown = draft.due.invoices.prefix(50).map { overdue in
      "- \(Wording.short(overdue.invoice.number, 60)): \(draft.amount(overdue.invoice.open)), "
        + "due \(overdue.dueOn.iso), \(Wording.days(overdue.daysOverdue)) overdue"
    }
    let rest = draft.due.invoices.count - shown.count
    let more = rest > 0 ? ["- and \(rest) more"] : []
    let owed = draft.amount(draft.due.open)
    let opening = "\(draft.name) owes \(owed). \(reachable(draft.due.partner, cause))"
    return ([opening, ""] + shown + more + ["", cause.toDo]).joined(separator: "\n")
  }

  private static func ageStep(_ due: ReminderCase) -> String {
    let reached = due.ladder.level(daysOverdue: due.oldest.daysOverdue) ?? due.level
    return "\(reached.fromDays)d"
  }

  private static func reachable(_ partner: PartnerFacts, _ cause: Cause) -> String {
    if case .addressClosed(let reason) = cause {
      return "The e-mail address on record must not be written to (\(reason))"
        + (partner.phone == nil ? "; there is no phone number." : "; there is a phone number.")
    }
    return switch (partner.email, partner.phone) {
    case (nil, nil): "The records have neither an e-mail address nor a phone number."
    case (nil, _?): "The records have no e-mail address, but a phone number."
    case (_?, _): "An e-mail address is on record."
    }
  }

  private static func change(_ task: CreateTask) -> ProposedChange {
    ProposedChange(
      path: "project.task", before: .null, after: .object(task.json), changeType: .add,
      humanLabel: Wording.short("New task: \(task.name)", 200))
  }
}
