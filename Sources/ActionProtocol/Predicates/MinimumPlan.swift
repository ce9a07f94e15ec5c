/// The checks that a revalidation plan must have, by action type (ACTION_PROTOCOL.md, "Minimum
/// plans"). Intake adds what is missing; a proposer may add more, remove none and weaken none: a
/// check that asks less strictly stays beside the one that Intake adds.
///
/// Field names are Odoo's, and the embedded ledger answers to them: `account.move` state,
/// payment_state, amount_residual; `crm.lead` active, stage_id; `sale.order` state; `res.partner`
/// active, is_blacklisted, email, phone. `aiom_disputed` is the ledger's own.
public enum MinimumPlan {
  /// Every question that the proposal's plan must ask, in the order of the checks.
  /// - Parameter facts: the org's window and its own window for duplicates bind where they are given.
  public static func requirements(
    for proposal: Proposal, facts: PlanFacts = PlanFacts()
  ) -> [PlanRequirement] {
    var found: [PlanRequirement] = []
    for requirement in subjectRequirements(proposal) + messageRequirements(proposal, facts)
    where !found.contains(requirement) { found.append(requirement) }
    return found
  }

  /// An issue `plan_incomplete` for every question that is not asked, or asked less strictly than the
  /// facts demand.
  public static func issues(
    for proposal: Proposal, facts: PlanFacts = PlanFacts()
  ) -> [ProtocolIssue] {
    let place = JSONPointer.root.appending("revalidation_plan").appending("checks")
    let unmet = requirements(for: proposal, facts: facts).filter { !isMet($0, in: proposal) }
    let missing = unmet.map { missing in
      ProtocolIssue(
        pointer: place, code: "plan_incomplete",
        message: "The plan does not check that \(missing.words).",
        remedy: "Leave the plan to AIOM, which adds the check, or add it yourself.",
        suggestion: check(for: missing, proposal, PlanFacts())?.json)
    }
    return subjectIssues(proposal) + missing
  }

  /// The issues of a proposal whose plan is incomplete; the same as `issues(for:)`.
  public static func missing(in proposal: Proposal) -> [ProtocolIssue] { issues(for: proposal) }

  /// The plan with every missing check that the facts allow to be made, the proposer's own first.
  ///
  /// A check that needs a fact which is not given (an open amount, a stage, the business hours)
  /// stays out and is found by `issues(for:)`.
  public static func complete(_ proposal: Proposal, facts: PlanFacts) -> [RevalidationCheck] {
    var plan = proposal.revalidationPlan
    var names = Set(plan.map(\.checkID))
    for requirement in requirements(for: proposal, facts: facts)
    where !isMet(requirement, in: proposal) {
      guard var check = check(for: requirement, proposal, facts) else { continue }
      let name = check.checkID
      var number = 2
      while !names.insert(check.checkID).inserted {
        check.checkID = "\(name)_\(number)"
        number += 1
      }
      plan.append(check)
    }
    return plan
  }

  /// A check that must block and only asks for a new approval would adopt what it was to refuse.
  private static func isMet(_ requirement: PlanRequirement, in proposal: Proposal) -> Bool {
    let mustBlock = requirement.readsRecord && severity(of: requirement, proposal) == .block
    return proposal.revalidationPlan.contains { check in
      requirement.isMet(by: check.predicate) && (!mustBlock || check.severity == .block)
    }
  }

  // MARK: What an action is about

  private static func subjectRequirements(_ proposal: Proposal) -> [PlanRequirement] {
    let records = proposal.affectedRecords.references
    switch proposal.actionType {
    case .sendInvoiceReminder, .escalateOverdueInvoice, .createCollectionTask:
      return records.flatMap { $0.model == "account.move" ? openInvoice($0) : [.exists($0)] }
    case .followUpOnStaleDeal, .sendDealCheckIn:
      return records.flatMap { $0.model == "crm.lead" ? openDeal($0) : [.exists($0)] }
    case .updateDealStage:
      return stageMove(proposal)
    default:
      let inBooks = proposal.affectedRecords.areOwn ? [] : records
      return inBooks.map { .exists($0) } + targets(proposal.operation).map { .exists($0) }
    }
  }

  private static func openInvoice(_ invoice: RecordReference) -> [PlanRequirement] {
    [
      .exists(invoice), .equals(invoice, field: "state", "posted"),
      .within(invoice, field: "payment_state", ["not_paid", "partial"]),
      .unchanged(invoice, field: "amount_residual"),
      .equals(invoice, field: "aiom_disputed", false),
    ]
  }

  /// Open and where it was: a deal won or lost since has moved or is no longer active.
  private static func openDeal(_ deal: RecordReference) -> [PlanRequirement] {
    [
      .exists(deal), .equals(deal, field: "active", true), .unchanged(deal, field: "stage_id"),
    ]
  }

  private static func stageMove(_ proposal: Proposal) -> [PlanRequirement] {
    targets(proposal.operation).flatMap { record -> [PlanRequirement] in
      switch record.model {
      case StageModel.lead.rawValue: openDeal(record)
      case StageModel.saleOrder.rawValue: [.exists(record), .unchanged(record, field: "state")]
      default: [.exists(record), .unchanged(record, field: "stage_id")]
      }
    }
  }

  /// The records that the operation itself writes to.
  private static func targets(_ operation: TypedOperation) -> [RecordReference] {
    switch operation {
    case .updateStage(_, let move):
      [RecordReference(model: move.model.rawValue, id: move.recordID)]
    case .logActivity(_, let activity):
      [RecordReference(model: activity.resModel, id: activity.resID)]
    case .createNote(_, let note): [RecordReference(model: note.model, id: note.recordID)]
    default: []
    }
  }

  // MARK: Messages

  private static func messageRequirements(
    _ proposal: Proposal, _ facts: PlanFacts
  ) -> [PlanRequirement] {
    guard let effect = proposal.safeOperation.effectType else { return [] }
    var found: [PlanRequirement] = []
    let context = proposal.actionType.outreachContext
    let minutes = max(effect.duplicateWindowMinutes, facts.windowMinutes ?? 0)
    for (partner, address) in partners(of: proposal) {
      let record = RecordReference(model: AffectedRecords.partnerModel, id: partner.rawValue)
      found += [
        .equals(record, field: effect == .sms ? "phone" : "email", .string(address)),
        .equals(record, field: "active", true),
        .equals(record, field: "is_blacklisted", false),
        .noDuplicate(partner, context: context, minutes: minutes),
      ]
    }
    return found + [.quietHours(within: facts.quietHours)]
  }

  /// Whose records hold the recipients' addresses: the partners that the effects name, and the
  /// affected partner for the first recipient where its effect names nobody.
  private static func partners(of proposal: Proposal) -> [(PartnerID, String)] {
    guard let first = proposal.operation.recipients.first else { return [] }
    return proposal.operation.recipients.compactMap { recipient in
      let effect = proposal.externalEffects.first { $0.recipient.hasSameBytes(as: recipient) }
      let own = recipient.hasSameBytes(as: first) ? proposal.affectedRecords.partnerID : nil
      return (effect?.recipientPartnerID ?? own).map { ($0, recipient) }
    }
  }

  /// What no check can mend: a reminder without an invoice, a customer's message without a
  /// customer. Alerts and task notifications go to people of the organisation.
  private static func subjectIssues(_ proposal: Proposal) -> [ProtocolIssue] {
    var issues: [ProtocolIssue] = []
    let records = JSONPointer.root.appending("affected_records")
    if [.sendInvoiceReminder, .escalateOverdueInvoice].contains(proposal.actionType),
      !proposal.affectedRecords.references.contains(where: { $0.model == "account.move" })
    {
      issues.append(
        ProtocolIssue(
          pointer: records.appending("odoo_ids"), code: "plan_incomplete",
          message: "No invoice is named, so nothing can be checked again.",
          remedy: "Name the invoices in odoo_model account.move and odoo_ids."))
    }
    let internalTypes: [ActionType] = [.xSendSMSAlert, .xSendTaskNotification]
    if proposal.safeOperation.effectType != nil, !internalTypes.contains(proposal.actionType),
      partners(of: proposal).isEmpty
    {
      issues.append(
        ProtocolIssue(
          pointer: records.appending("partner_id"), code: "plan_incomplete",
          message: "No customer is named, so the address cannot be checked again.",
          remedy: "Name the customer in partner_id."))
    }
    return issues
  }
}
