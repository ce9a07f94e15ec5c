import ActionProtocol
import Addressing
import Decisions

/// The safe operations: the only way to an effect.
///
/// A message goes out through the org's channel; an operation on records is part of the recording
/// transaction where the org uses the embedded ledger, and a call where its books are outside. A new operation is added in ``effect(of:_:)`` and nowhere else.
struct SafeOperations: Sendable {
  /// What an operation needs.
  enum Effect: Sendable {
    /// A call to the outside, between two transactions.
    case message(OutgoingMessage.Content)
    /// A change of the books outside, between two transactions.
    case books(BooksChange)
    /// A change of the embedded ledger, inside the recording transaction.
    case ledger(LedgerChange)
    /// A follow-up to be stored, inside the recording transaction.
    case followUp(ScheduleFollowUp)
    /// The installation lacks something; nothing may be called.
    case misconfigured(code: String, remedy: String)

    /// Whether the recording transaction itself makes the effect.
    var happensInRecording: Bool {
      switch self {
      case .ledger, .followUp: true
      case .message, .books, .misconfigured: false
      }
    }
  }

  let context: EngineContext

  /// Chooses the effect of an approved revision.
  func effect(of revision: Revision, _ organisation: Organisation) -> Effect {
    let effect = chosen(revision, organisation)
    guard context.configuration.delivery == .redirect, effect.happensInRecording else {
      return effect
    }
    return .misconfigured(
      code: "rehearsal_writes_nothing",
      remedy: "A rehearsal changes no records; this one waits for AIOM_DELIVERY=live.")
  }

  private func chosen(_ revision: Revision, _ organisation: Organisation) -> Effect {
    switch revision.proposal.operation {
    case .email(_, let email):
      guard let sender = revision.sender else {
        return .misconfigured(
          code: "sender_missing", remedy: "Set the org's sender: aiom org set --sender ADDRESS.")
      }
      return redirected(.email(email, sender: sender, replyTo: revision.replyTo))
    case .sms(_, let sms):
      return redirected(.sms(sms, sender: revision.smsSender))
    case .createTask(_, let task): return recorded(.createTask(task), revision, organisation)
    case .updateStage(_, let stage): return recorded(.updateStage(stage), revision, organisation)
    case .logActivity(_, let activity):
      return recorded(.logActivity(activity), revision, organisation)
    case .createNote(_, let note): return recorded(.createNote(note), revision, organisation)
    case .scheduleFollowUp(_, let plan): return .followUp(plan)
    }
  }

  /// A change of records goes where the org's books are.
  private func recorded(
    _ change: BooksChange.Operation, _ revision: Revision, _ organisation: Organisation
  ) -> Effect {
    switch organisation.books.kind {
    case .ledger:
      return .ledger(LedgerChange(operation: change))
    case .odoo:
      if let refusal = context.books.writeRefusal(for: organisation) {
        return .misconfigured(code: refusal.code, remedy: refusal.remedy)
      }
      return .books(
        BooksChange(org: organisation.id, action: revision.actionID, operation: change))
    }
  }

  /// In a rehearsal every message goes to the operator, with the intended recipients named in it.
  private func redirected(_ content: OutgoingMessage.Content) -> Effect {
    let configuration = context.configuration
    guard configuration.delivery == .redirect else { return .message(content) }
    switch content {
    case .email(let email, let sender, let replyTo):
      guard let address = configuration.redirectEmail else {
        return .misconfigured(
          code: "redirect_email_missing", remedy: "Set AIOM_REDIRECT_EMAIL to your own address.")
      }
      return .message(
        .email(Redirection.email(email, to: address), sender: sender, replyTo: replyTo))
    case .sms(let sms, let sender):
      guard let phone = configuration.redirectPhone else {
        return .misconfigured(
          code: "redirect_phone_missing", remedy: "Set AIOM_REDIRECT_PHONE to your own number.")
      }
      return .message(.sms(Redirection.sms(sms, to: phone), sender: sender))
    }
  }
}

/// A change of the embedded ledger under Odoo's names.
struct LedgerChange: Sendable {
  let operation: BooksChange.Operation

  /// Carries the change out inside the recording transaction.
  /// - Returns: the record it made or changed, as `model:id`, and the values from before.
  func apply(
    _ store: any StoreTransaction, _ org: OrgID
  ) throws -> (id: String, before: JSONObject) {
    switch operation {
    case .createTask(let task):
      return ("project.task:\(try store.createTask(org, task))", [:])
    case .logActivity(let activity):
      return ("mail.activity:\(try store.createActivity(org, activity))", [:])
    case .createNote(let note):
      return ("mail.message:\(try store.createNote(org, note))", [:])
    case .updateStage(let stage):
      let record = RecordReference(model: stage.model.rawValue, id: stage.recordID)
      let before = try store.setFields(org, record, ["stage_id": .integer(stage.stageID)])
      if let reason = stage.reason {
        _ = try store.createNote(
          org, CreateNote(model: record.model, recordID: record.id, body: reason))
      }
      return ("\(record.model):\(record.id)", before)
    }
  }
}

/// Rewrites a message for a rehearsal.
enum Redirection {
  static func email(_ email: SendEmail, to address: EmailAddress) -> SendEmail {
    var copy = email
    let intended = email.recipients.map(\.rawValue).joined(separator: ", ")
    copy.to = [address]
    copy.cc = []
    copy.bcc = []
    copy.subject = "[rehearsal] " + email.subject
    copy.bodyText = "Rehearsal: this message was meant for \(intended).\n\n" + email.bodyText
    copy.bodyHTML = email.bodyHTML.map { "<p>Rehearsal: meant for \(escaped(intended)).</p>" + $0 }
    return copy
  }

  static func sms(_ sms: SendSMS, to phone: PhoneNumber) -> SendSMS {
    var copy = sms
    copy.to = phone
    copy.body = shortened("[for \(sms.to.e164)] " + sms.body)
    return copy
  }

  /// The protocol's limit of an SMS, in Unicode scalars.
  private static let smsLimit = 320

  /// Cut between characters, never inside one; the dots are in every alphabet of an SMS.
  private static func shortened(_ text: String) -> String {
    guard text.unicodeScalars.count > smsLimit else { return text }
    let mark = "..."
    var kept = ""
    var room = smsLimit - mark.unicodeScalars.count
    for character in text {
      room -= character.unicodeScalars.count
      if room < 0 { break }
      kept.append(character)
    }
    return kept + mark
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
