import ActionProtocol
import Addressing
import Decisions

/// Stage 1, validation: the stored revision is decoded, checked against the schema and its
/// invariants, and its digest is computed anew from what would be sent now.
struct PreparedAction: Sendable {
  let candidate: Candidate
  let organisation: Organisation
  let proposal: Proposal
  let revision: Revision
  /// The digest of what would be sent now; another one than the stored voids the approval.
  let digest: Digest
  let requestDigest: Digest
  var clock: StageClock

  var state: ActionState { candidate.state }

  /// - Throws: ``ValidationFailure`` naming why the stored revision is not valid any more.
  init(_ candidate: Candidate, _ organisation: Organisation) throws(ValidationFailure) {
    var clock = StageClock()
    let stored = candidate.revision
    switch ProposalReader.read(stored.document) {
    case .success(let proposal): self.proposal = proposal
    case .failure(let issues): throw ValidationFailure(issues)
    }
    revision = Revision(
      proposal: proposal, actionID: candidate.state.id, number: stored.number,
      sender: Senders.sender(of: proposal, organisation),
      replyTo: Senders.replyTo(of: proposal, organisation), expiresAt: stored.expiresAt)
    let digests = revision.digests
    digest = digests.revision
    requestDigest = digests.request
    self.candidate = candidate
    self.organisation = organisation
    clock.finish(.validation, at: candidate.state.approval?.at ?? candidate.state.createdAt)
    self.clock = clock
  }
}

/// A stored revision that is not a valid proposal any more.
struct ValidationFailure: Error {
  let code: String

  init(_ issues: ProtocolIssues) { code = issues.issues.first?.code ?? "invalid" }
}

/// Who stands as sender over a message: the proposal's own, else the org's.
enum Senders {
  static func sender(of proposal: Proposal, _ organisation: Organisation) -> Mailbox? {
    guard case .email(_, let email) = proposal.operation else { return nil }
    return email.from ?? organisation.sender
  }

  static func replyTo(of proposal: Proposal, _ organisation: Organisation) -> Mailbox? {
    guard case .email(_, let email) = proposal.operation else { return nil }
    return email.replyTo ?? organisation.replyTo
  }
}
