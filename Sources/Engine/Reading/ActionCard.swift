import ActionProtocol
import Addressing
import Decisions

/// What a person needs to decide, made by the server from the typed action.
public struct ActionCard: Sendable {
  public var state: ActionState
  public var proposal: Proposal
  public var revision: RevisionRecord
  public var organisation: Organisation
  /// The installation's mode; the action's own is in its state.
  public var delivery: DeliveryMode
  /// When the card was made; ages count to it.
  public var now: Instant
  /// The emergency stop that keeps it from being carried out.
  public var stop: Stop?
  /// Why nothing would go out under the revision's sender now.
  public var senderProblem: SenderProblem?
  /// What anti-spam would say now; nil where no customer sees the operation.
  public var guardVerdict: GuardVerdict?
  /// The intent of the last message to this customer on this channel.
  public var lastOutreach: Instant?
  public var attempts: [AttemptRecord] = []
  public var stages: [OperationStage] = []
  public var evidence: [Evidence] = []
  public var revisions: [RevisionRecord] = []
  /// What the provider told of the messages, in order of time.
  public var events: [ActionEvent] = []
  /// The affected records as the books hold them, with the source's as-of time.
  public var records: [LedgerRecord] = []
  /// What the org's policy said of the revision, and why; nil where it was made before policies were
  /// stored.
  public var policy: PolicyExplanation?
  /// Who is asked, and who said what; nil where nobody is.
  public var approval: ApprovalPicture?
  /// What people and agents said about it, oldest first.
  public var remarks: [ActionRemark] = []
  /// How it stands in people's inboxes; nil where nobody did anything to it.
  public var mark: InboxMark?

  init(
    state: ActionState, proposal: Proposal, revision: RevisionRecord,
    organisation: Organisation, delivery: DeliveryMode, now: Instant
  ) {
    self.state = state
    self.proposal = proposal
    self.revision = revision
    self.organisation = organisation
    self.delivery = delivery
    self.now = now
  }

  /// When the next message of this channel to this customer is allowed; nil: now.
  public var nextAllowed: Instant? {
    guard let channel = state.channel, let lastOutreach else { return nil }
    let end = OutreachGuard.nextAllowed(
      after: lastOutreach, channel: channel, coolDowns: organisation.coolDowns)
    return end > now ? end : nil
  }

  /// One sentence of what will happen.
  public var sentence: String { proposal.sentence }
}

extension Proposal {
  /// One sentence of what will happen.
  var sentence: String {
    switch operation {
    case .email(_, let email):
      "Will email \(Self.list(email.recipients.map(\.rawValue)))"
    case .sms(_, let sms):
      "Will text \(sms.to.e164)"
    case .createTask(_, let task):
      "Will create the task “\(task.name)”"
    case .updateStage(_, let stage):
      "Will move \(stage.model.rawValue) \(stage.recordID) to stage \(stage.stageID)"
    case .logActivity(_, let activity):
      "Will plan the activity “\(activity.summary)”"
    case .createNote(_, let note):
      "Will write an internal note on \(note.model) \(note.recordID)"
    case .scheduleFollowUp(_, let plan):
      "Will plan a follow-up (\(plan.actionType.rawValue)) for \(plan.scheduledFor.rfc3339)"
    }
  }

  private static func list(_ texts: [String]) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " and " + last
  }
}
