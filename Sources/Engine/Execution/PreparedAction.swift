import ActionProtocol
import Decisions

/// Stage 1, validation: the stored revision is decoded, checked against the schema and its
/// invariants, and its digest is computed anew from what would be sent now.
struct PreparedAction: Sendable {
  /// Everything but the clock. It is handed from stage to stage as one reference: copied by value, an
  /// action's many texts would each be counted at every step.
  private final class Content: Sendable {
    let candidate: Candidate
    let organisation: Organisation
    let revision: Revision
    let digests: Revision.Digests
    let senderProblem: SenderProblem?
    let reading: OutreachReadingPlan
    let slots: SlotLane
    let limit: Int?

    init(
      _ candidate: Candidate, _ organisation: Organisation, _ revision: Revision,
      _ digests: Revision.Digests, _ senderProblem: SenderProblem?
    ) {
      self.candidate = candidate
      self.organisation = organisation
      self.revision = revision
      self.digests = digests
      self.senderProblem = senderProblem
      reading = OutreachReadingPlan(revision.proposal, candidate.state.partner)
      slots = candidate.state.slots
      limit = candidate.state.channel.flatMap { organisation.limits[$0].calls }
    }
  }

  private var content: Content
  var clock: StageClock

  var state: ActionState { content.candidate.state }
  var organisation: Organisation { content.organisation }
  var proposal: Proposal { content.revision.proposal }
  var revision: Revision { content.revision }
  /// The digest of what would be sent now; another one than the stored voids the approval.
  var digest: Digest { content.digests.revision }
  var requestDigest: Digest { content.digests.request }
  /// Why nothing may go out under the revision's sender any more.
  var senderProblem: SenderProblem? { content.senderProblem }
  /// What the guard asks about it, digests of its recipients included.
  var reading: OutreachReadingPlan { content.reading }
  /// Where its calls share slots, a pause and a rate.
  var slots: SlotLane { content.slots }
  /// The limit of calls that the org set for its channel.
  var limit: Int? { content.limit }

  /// Whether checks or effect are on books outside of this database.
  var looksOutside: Bool {
    organisation.books.kind == .odoo
      && (writesRecords || proposal.revalidationPlan.contains { $0.predicate.record != nil })
  }

  /// Whether it changes records outside of this database.
  var writesOutside: Bool { organisation.books.kind == .odoo && writesRecords }

  private var writesRecords: Bool {
    switch proposal.operation {
    case .createTask, .updateStage, .logActivity, .createNote: true
    case .email, .sms, .scheduleFollowUp: false
    }
  }

  /// The same, with the state as it was saved meanwhile.
  func saved(as state: ActionState) -> PreparedAction {
    var copy = self
    copy.content = Content(
      Candidate(state: state, revision: content.candidate.revision), content.organisation,
      content.revision, content.digests, content.senderProblem)
    return copy
  }

  /// - Throws: ``ValidationFailure`` naming why the stored revision is not valid any more.
  init(_ candidate: Candidate, _ organisation: Organisation) throws(ValidationFailure) {
    var clock = StageClock()
    let stored = candidate.revision
    let document: StoredProposal
    switch StoredProposal.read(stored.document) {
    case .success(let read): document = read
    case .failure(let issues): throw ValidationFailure(issues)
    }
    let proposal = document.proposal
    let (sender, problem) = Senders.bound(
      stored, proposal, by: candidate.state.createdBy, organisation)
    let revision = Revision(
      proposal: proposal, actionID: candidate.state.id, number: stored.number, under: sender,
      expiresAt: stored.expiresAt)
    content = Content(candidate, organisation, revision, revision.digests(of: document), problem)
    clock.finish(.validation, at: candidate.state.approval?.at ?? candidate.state.createdAt)
    self.clock = clock
  }
}

/// A stored revision that is not a valid proposal any more.
struct ValidationFailure: Error {
  let code: String

  init(_ issues: ProtocolIssues) { code = issues.issues.first?.code ?? "invalid" }
}
