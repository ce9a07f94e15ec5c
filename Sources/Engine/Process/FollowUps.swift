import ActionProtocol
import Addressing
import Decisions
import Insights
import Logging

/// Turns a stored follow-up into a proposal when its day has come: through the same door as every
/// other, so that it is approved before anything happens.
struct FollowUps {
  let context: EngineContext

  init(_ context: EngineContext) { self.context = context }

  func propose(_ timer: DurableTimer) async throws {
    guard let id = ActionID(rawValue: timer.subject),
      let (followUp, plan, partner) = try await load(timer.org, id), followUp.became == nil
    else {
      return try await context.store.write { try $0.remove(timer) }
    }
    guard try await belongsHere(timer.org, id) else { return try await postpone(timer) }
    let organisation = try await context.store.read { try $0.organisation(timer.org) }
    let proposal = try proposal(timer.org, id, plan, partner, organisation)
    let outcome = try await Intake(context).submit(proposal, by: .followUps, via: "follow_up")
    if case .existing(_, .liveOnRecord) = outcome {
      // Another message to this customer waits for a decision: ask again once it is decided.
      return try await postpone(timer)
    }
    try await context.store.write { store in
      if let state = outcome.state {
        try store.markFollowUp(timer.org, scheduledBy: id, became: state.id)
      } else if let scheduler = try store.action(timer.org, id) {
        try Desk(store: store).append(
          scheduler, "follow_up.refused", details: ["issues": .string(outcome.codes)])
      }
      try store.remove(timer)
    }
    if outcome.state == nil {
      context.logger.error(
        "a follow-up could not be proposed",
        metadata: ["action": "\(id.rawValue)", "issues": "\(outcome.codes)"])
    }
  }

  /// What was planned in a rehearsal is followed up there, not in live, and the other way round.
  private func belongsHere(_ org: OrgID, _ id: ActionID) async throws -> Bool {
    let delivery = context.configuration.delivery
    return try await context.store.read { try $0.action(org, id)?.delivery == delivery }
  }

  /// Looks again in an hour.
  private func postpone(_ timer: DurableTimer) async throws {
    try await context.store.write { store in
      try store.remove(timer)
      var later = timer
      later.due = store.now.advanced(by: .seconds(3600))
      try store.put(later)
    }
  }

  /// The partner that a follow-up goes to, as the books know it now.
  struct Partner: Sendable {
    let id: PartnerID
    let name: String
    let language: String?
    let email: EmailAddress?
    let phone: PhoneNumber?
  }

  private func load(
    _ org: OrgID, _ id: ActionID
  ) async throws -> (FollowUpRecord, ScheduleFollowUp, Partner?)? {
    try await context.store.read { store in
      guard let followUp = try store.followUp(org, scheduledBy: id),
        let state = try store.action(org, id),
        let record = try store.revision(org, id, followUp.revision),
        case .success(let proposal) = ProposalReader.read(record.document),
        case .scheduleFollowUp(_, let plan) = proposal.operation
      else { return nil }
      return (followUp, plan, try state.partner.flatMap { try Self.partner($0, org, store) })
    }
  }

  private static func partner(
    _ id: PartnerID, _ org: OrgID, _ store: any StoreReading
  ) throws -> Partner? {
    let record = RecordReference(model: AffectedRecords.partnerModel, id: id.rawValue)
    guard let fields = try store.record(org, record)?.fields else { return nil }
    return Partner(
      id: id, name: fields.text("name") ?? "", language: fields.text("lang"),
      email: try? EmailAddress(fields.text("email") ?? ""),
      phone: try? PhoneNumber(e164: fields.text("phone") ?? ""))
  }

  private func proposal(
    _ org: OrgID, _ id: ActionID, _ plan: ScheduleFollowUp, _ partner: Partner?,
    _ organisation: Organisation?
  ) throws -> Proposal {
    let about = "\(plan.contextType.rawValue) \(plan.contextID)"
    return Proposal(
      orgID: org, operation: try operation(plan, partner, about, organisation),
      idempotencyKey: IdempotencyKey(rawValue: "\(org.rawValue):follow_up:\(id.rawValue)"),
      expectedEffect: "The follow-up planned for \(about) is carried out.",
      reasoning: "Action \(id.rawValue) scheduled this follow-up for "
        + "\(plan.scheduledFor.rfc3339); its time has come.",
      affectedRecords: AffectedRecords(
        model: partner.map { _ in AffectedRecords.partnerModel },
        ids: partner.map { [$0.id.rawValue] } ?? [], partnerID: partner?.id,
        partnerName: partner?.name, recordName: about),
      revalidationPlan: Self.stillOpen(plan))
  }

  /// A follow-up on an invoice asks for nothing once the invoice is settled or disputed.
  private static func stillOpen(_ plan: ScheduleFollowUp) -> [RevalidationCheck] {
    guard plan.contextType == .invoice, let id = Int64(plan.contextID), id > 0 else { return [] }
    let invoice = RecordReference(model: "account.move", id: id)
    return [
      RevalidationCheck(
        checkID: "invoice_still_open", description: "The invoice is not paid, or only in part",
        severity: .block,
        predicate: .fieldIn(invoice, field: "payment_state", ["not_paid", "partial"])),
      RevalidationCheck(
        checkID: "invoice_undisputed", description: "The invoice is not disputed",
        severity: .block,
        predicate: .fieldEquals(invoice, field: "aiom_disputed", expected: false)),
    ]
  }

  /// The words under the letterhead, where the plan names it; nil where it cannot be drafted any more,
  /// and the words go out as they are.
  private func letter(
    _ plan: ScheduleFollowUp, _ partner: Partner, _ subject: String, _ text: String,
    _ organisation: Organisation?
  ) -> DraftedMessage? {
    guard plan.templateID == TemplateCatalogue.customMessage.name, let organisation else {
      return nil
    }
    return try? CustomLetter(drafting: context.drafting, company: organisation.profile).draft(
      subject: subject, text: text, to: partner.name, language: partner.language)
  }

  /// A message where the plan asks for one and the books have the address; else a task for a person.
  private func operation(
    _ plan: ScheduleFollowUp, _ partner: Partner?, _ about: String,
    _ organisation: Organisation?
  ) throws -> TypedOperation {
    let subject = plan.parameters?.text("subject") ?? "Following up on \(about)"
    let text = plan.parameters?.text("body_text") ?? plan.parameters?.text("body")
    switch plan.actionType {
    case .email:
      guard let partner, let address = partner.email, let text else { break }
      var email = SendEmail(to: [address], subject: subject, bodyText: text)
      if let letter = letter(plan, partner, subject, text, organisation) {
        (email.subject, email.bodyText, email.bodyHTML) = (letter.subject, letter.text, letter.html)
        email.templateID = plan.templateID
      }
      return .email(.xSendCustomMessage, email)
    case .sms:
      guard let phone = partner?.phone, let text else { break }
      return .sms(.xSendSMSAlert, SendSMS(to: phone, body: text))
    case .call, .task:
      break
    }
    let verb = plan.actionType == .call ? "Call" : "Follow up with"
    let name = "\(verb) \(partner?.name ?? about)"
    return .createTask(
      .createFollowUpTask,
      CreateTask(
        name: String(name.prefix(200)), description: text ?? "Planned follow-up on \(about).",
        partnerID: partner?.id))
  }
}

extension Author {
  /// The keeper of planned follow-ups.
  static let followUps = Author.known("follow-ups")
}

extension IntakeOutcome {
  /// The codes of a refused proposal, for logs.
  var codes: String {
    if case .invalid(let issues) = self { issues.map(\.code).joined(separator: ",") } else { "" }
  }
}

extension JSONObject {
  /// A text member; nil where it is missing or something else.
  func text(_ key: String) -> String? {
    if case .string(let text)? = self[key] { text } else { nil }
  }
}
