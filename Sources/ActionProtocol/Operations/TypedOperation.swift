import Addressing

/// An operation together with the action type it carries out.
///
/// INVARIANT: only the pairs of the protocol's table can be built; each case takes an action type
/// of its own operation only.
public enum TypedOperation: Hashable, Sendable {
  case email(EmailActionType, SendEmail)
  case sms(SMSActionType, SendSMS)
  case createTask(TaskActionType, CreateTask)
  case updateStage(StageActionType, UpdateStage)
  case logActivity(ActivityActionType, LogActivity)
  case createNote(NoteActionType, CreateNote)
  case scheduleFollowUp(FollowUpActionType, ScheduleFollowUp)

  /// What the action is for.
  public var actionType: ActionType {
    switch self {
    case .email(let type, _): type.actionType
    case .sms(let type, _): type.actionType
    case .createTask(let type, _): type.actionType
    case .updateStage(let type, _): type.actionType
    case .logActivity(let type, _): type.actionType
    case .createNote(let type, _): type.actionType
    case .scheduleFollowUp(let type, _): type.actionType
    }
  }

  /// The operation that carries it out.
  public var operationType: OperationType {
    switch self {
    case .email: .sendEmail
    case .sms: .sendSMS
    case .createTask: .createOdooTask
    case .updateStage: .updateOdooStage
    case .logActivity: .logOdooActivity
    case .createNote: .createInternalNote
    case .scheduleFollowUp: .scheduleFollowUp
    }
  }

  /// The inputs on the wire.
  public var inputs: JSONObject {
    switch self {
    case .email(_, let inputs): inputs.json
    case .sms(_, let inputs): inputs.json
    case .createTask(_, let inputs): inputs.json
    case .updateStage(_, let inputs): inputs.json
    case .logActivity(_, let inputs): inputs.json
    case .createNote(_, let inputs): inputs.json
    case .scheduleFollowUp(_, let inputs): inputs.json
    }
  }

  /// The operation on the wire: `{type, inputs}`.
  public var json: JSONValue {
    ["type": .string(operationType.rawValue), "inputs": .object(inputs)]
  }

  /// Whom the operation reaches, as written in `external_effects`; empty where nobody.
  public var recipients: [String] {
    switch self {
    case .email(_, let email): email.recipients.map(\.rawValue)
    case .sms(_, let sms): [sms.to.e164]
    default: []
    }
  }

  /// The files the operation sends.
  public var attachments: [Attachment] {
    if case .email(_, let email) = self { email.attachments } else { [] }
  }

  /// The effects a proposal must name when it names none: one per recipient.
  public var externalEffects: [ExternalEffect] {
    switch self {
    case .email(_, let email):
      email.recipients.map {
        ExternalEffect(
          effectType: .email, recipient: $0.rawValue, subject: email.subject,
          preview: ExternalEffect.preview(of: email.bodyText))
      }
    case .sms(_, let sms):
      [
        ExternalEffect(
          effectType: .sms, recipient: sms.to.e164, preview: ExternalEffect.preview(of: sms.body))
      ]
    default: []
    }
  }
}
