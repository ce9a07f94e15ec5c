import ActionProtocol
import Addressing
import Decisions
import Insights

/// What becomes of a HELP by SMS: a proposal to answer it, through the same door as every other.
struct HelpReply {
  let store: any StoreTransaction
  let context: EngineContext
  let organisation: Organisation

  /// So far back it is looked up for whom the number was written to.
  private static let memory: Duration = .seconds(90 * 86_400)

  private var org: OrgID { organisation.id }

  /// Puts on record that somebody asked, and proposes what to answer: once a number and day, not to a
  /// number that SMS are forbidden to, and not where nobody knows whose it is.
  /// - Returns: what became of the proposal; nil where there is none.
  func take(_ answer: ReplyAnswer) throws -> IntakeOutcome? {
    try note(answer)
    guard try store.suppressions(org, .sms, of: [.of(answer.from)], at: store.now).isEmpty,
      let partner = try partner(answer.from)
    else { return nil }
    let admission = Admission(
      store: store, organisation: organisation, entropy: context.entropy, author: .replies,
      via: ReplyReader.source, delivery: context.configuration.delivery, isFinding: false)
    return try admission.admit(proposal(answer, to: partner))
  }

  private func note(_ answer: ReplyAnswer) throws {
    var details: JSONObject = ["channel": "sms"]
    if let at = answer.at { details["at"] = .string(at.rfc3339) }
    if let id = answer.providerID { details["evidence"] = .string(id) }
    try store.append(
      [
        AuditEvent(
          kind: "sms_reply.help_asked", actor: Author.recipient.rawValue, via: ReplyReader.source,
          subject: "org:\(org.rawValue)", details: details,
          personal: ["address": Array(answer.from.e164.utf8)])
      ], org: org)
  }

  private func proposal(_ answer: ReplyAnswer, to partner: PartnerID) -> Proposal {
    let day = organisation.day(answer.at ?? store.now)
    let mark = AddressDigest.of(answer.from).hex.prefix(16)
    return Proposal(
      orgID: org,
      operation: .sms(
        .xSendSMSAlert, SendSMS(to: answer.from, body: HelpAnswer.text(organisation))),
      idempotencyKey: IdempotencyKey(
        rawValue: "\(org.rawValue):sms_help:\(mark):\(day.iso)"),
      expectedEffect: "The customer learns who writes, where to ask and how to stop the messages.",
      reasoning: "HELP came by SMS from this number. Networks expect an answer to it.",
      affectedRecords: AffectedRecords(partnerID: partner))
  }

  /// For whom the number was last written to.
  private func partner(_ number: PhoneNumber) throws -> PartnerID? {
    let since = Instant(milliseconds: store.now.milliseconds - Self.memory.wholeMilliseconds)
    let own = organisation.mode.ownDelivery
    let last = try store.attempts(org, to: .of(number), .sms, own, since: since).last
    return try last.flatMap { try store.action(org, $0.intent.operation.action)?.partner }
  }
}

/// What to answer whoever asks what a message is: who writes, where to ask, how to stop.
enum HelpAnswer {
  static func text(_ organisation: Organisation) -> String {
    let profile = organisation.profile
    let contact = (organisation.replyTo ?? organisation.sender)?.address.rawValue
    if profile.locale.lowercased().hasPrefix("de") {
      let question = contact.map { " Fragen: \($0)." } ?? ""
      return "\(profile.name): Nachrichten zu Ihrem Kundenkonto.\(question) Mit STOPP abmelden."
    }
    let question = contact.map { " Questions: \($0)." } ?? ""
    return "\(profile.name): messages about your account.\(question) Reply STOP to end."
  }
}

extension Author {
  /// Who answers what customers ask by SMS.
  static let replies = known("sms-replies")
}
