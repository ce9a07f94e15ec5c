import ActionProtocol
import Decisions
import Insights

/// A proposal of a person's own words: a message now, or a plan that becomes one.
struct WordedProposal {
  let wish: MessageWish
  let customer: CustomerRecord
  /// Nil: nobody outside is written to.
  let address: RecordedAddress?
  let organisation: Organisation
  let key: IdempotencyKey
  let drafting: any MessageDrafting
  let author: Author

  func proposal() throws -> Proposal {
    let operation = try wish.notBefore.map(plan) ?? message()
    return Proposal(
      orgID: organisation.id, operation: operation, idempotencyKey: key,
      expectedEffect: effect, reasoning: reasoning, affectedRecords: records,
      externalEffects: operation.externalEffects.map { effect in
        var effect = effect
        effect.recipientPartnerID = address?.holder.id
        return effect
      })
  }

  private func message() throws -> TypedOperation {
    switch address?.place {
    case .email(let email)?:
      guard wish.template == .letter else {
        return .email(
          .xSendCustomMessage,
          SendEmail(to: [email], subject: wish.subject, bodyText: wish.text))
      }
      let letter = try letter()
      return .email(
        .xSendCustomMessage,
        SendEmail(
          to: [email], subject: letter.subject, bodyText: letter.text, bodyHTML: letter.html,
          templateID: TemplateCatalogue.customMessage.name))
    case .phone(let number)?:
      return .sms(.xSendSMSAlert, SendSMS(to: number, body: wish.text))
    case nil: throw ComposeRefusal.recipient(hasAny: true)
    }
  }

  private func letter() throws -> DraftedMessage {
    do throws(DraftingError) {
      return try CustomLetter(drafting: drafting, company: organisation.profile).draft(
        subject: wish.subject, text: wish.text, to: receiver.name, language: receiver.language)
    } catch {
      throw ComposeRefusal.notDrafted(error.detail)
    }
  }

  /// What is drafted from a template is checked now, and drafted when its time comes.
  private func plan(_ moment: Instant) throws -> TypedOperation {
    if wish.template == .letter, address != nil { _ = try letter() }
    return .scheduleFollowUp(
      .scheduleCustomerCheckIn,
      ScheduleFollowUp(
        contextType: .customer, contextID: String(customer.id.rawValue), scheduledFor: moment,
        actionType: kind,
        templateID: wish.template == .letter && address != nil
          ? TemplateCatalogue.customMessage.name : nil,
        parameters: ["subject": .string(wish.subject), "body_text": .string(wish.text)]))
  }

  private var kind: FollowUpKind {
    switch wish.deed {
    case .call: .call
    case .task: .task
    case .message: address?.channel == .sms ? .sms : .email
    }
  }

  private var receiver: CustomerRecord { address?.holder ?? customer }

  /// A plan is about whoever receives what it becomes.
  private var records: AffectedRecords {
    let record = wish.notBefore == nil ? customer : receiver
    return AffectedRecords(
      model: AffectedRecords.partnerModel, ids: [record.id.rawValue], partnerID: record.id,
      partnerName: String(record.name.prefix(200)))
  }

  private var effect: String {
    let name = String(receiver.name.prefix(120))
    return switch (wish.notBefore, wish.deed) {
    case (nil, _): "\(name) reads this message."
    case (_, .message): "A message to \(name) is proposed at that moment."
    case (_, .call): "A call to \(name) is proposed at that moment."
    case (_, .task): "A task about \(name) is proposed at that moment."
    }
  }

  private var reasoning: String {
    let person = author.rawValue.split(separator: ":").last.map(String.init) ?? author.rawValue
    return "Written by hand by \(person)." + (wish.why.isEmpty ? "" : " \(wish.why)")
  }
}
