import ActionProtocol
import Addressing
import Decisions

/// The one door for proposals, whoever makes them: rules, people, agents, follow-ups.
///
/// A proposal is validated, completed with the checks its type must have, compared with what is
/// there, and stored with its first revision, the policy's decision on it and its audit entry in one
/// transaction. The org's policy lets it wait for persons, go by itself, or refuses it.
public struct Intake: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Takes a proposal in. Idempotent by its key.
  /// - Parameters:
  ///   - author: from the caller's credentials, never from the proposal.
  ///   - via: how it came: `cli`, `analysis`, `follow_up`, `demo`.
  ///   - isFinding: an analysis made it of the records, whoever started the analysis.
  /// - Throws: a store error only; whatever is wrong with the proposal is in the outcome.
  public func submit(
    _ proposal: Proposal, by author: Author, via: String, isFinding: Bool = false
  ) async throws -> IntakeOutcome {
    let context = context
    let outcome = try await context.store.write { store in
      try Self.take(proposal, (author, via, isFinding), into: store, context)
    }
    if case .created(let state) = outcome, state.status == .approved, state.hold == nil {
      await context.wake.ring()
    }
    return outcome
  }

  /// What would become of each proposal if they were submitted in this order; nothing is stored.
  public func rehearse(
    _ proposals: [Proposal], by author: Author, via: String, isFinding: Bool = false
  ) async throws -> [IntakeOutcome] {
    let context = context
    do {
      return try await context.store.write { store in
        throw Rehearsed(
          outcomes: try proposals.map {
            try Self.take($0, (author, via, isFinding), into: store, context)
          })
      }
    } catch let rehearsed as Rehearsed {
      return rehearsed.outcomes
    }
  }

  /// Carries the outcomes out of a transaction that leaves no trace, because it throws.
  private struct Rehearsed: Error {
    let outcomes: [IntakeOutcome]
  }

  private static func take(
    _ proposal: Proposal, _ origin: (author: Author, via: String, isFinding: Bool),
    into store: any StoreTransaction, _ context: EngineContext
  ) throws -> IntakeOutcome {
    guard let organisation = try store.organisation(proposal.orgID) else {
      return .invalid([IntakeIssues.unknownOrg(proposal.orgID)])
    }
    let admission = Admission(
      store: store, organisation: organisation, entropy: context.entropy, author: origin.author,
      via: origin.via, delivery: context.configuration.delivery,
      isFinding: origin.isFinding || origin.author.kind == .system)
    let issues = try IntakeIssues.missingBlobs(proposal, context.blobs)
    guard issues.isEmpty else { return .invalid(issues) }
    return try admission.admit(proposal)
  }
}

/// What only the house can say is wrong with a proposal.
enum IntakeIssues {
  static func unknownOrg(_ org: OrgID) -> ProtocolIssue {
    ProtocolIssue(
      pointer: JSONPointer.root.appending("org_id"), code: "org.unknown",
      message: "There is no org \(org.rawValue).",
      remedy: "Create it with aiom init, or use one of: aiom org list.")
  }

  static let idTaken = ProtocolIssue(
    pointer: JSONPointer.root.appending("action_id"), code: "action_id.taken",
    message:
      "This id is taken in this installation: an id is given once over all orgs and delivery "
      + "modes.",
    remedy: "Leave action_id out, and AIOM makes one; or choose another.")

  static let notOfAPerson = ProtocolIssue(
    pointer: JSONPointer.root.appending("safe_operation").appending("inputs").appending("to"),
    code: "recipient.no_person",
    message:
      "The proposal is about a person of the organisation, and the address or number is of none "
      + "who is active.",
    remedy: "Give the person this address or number (aiom person contact), or name the customer in "
      + "affected_records.partner_id instead of \(AffectedRecords.personModel).")

  static func partnerMismatch(
    _ record: RecordReference, owner: PartnerID, given: PartnerID
  ) -> ProtocolIssue {
    ProtocolIssue(
      pointer: JSONPointer.root.appending("affected_records").appending("partner_id"),
      code: "partner_mismatch",
      message: "\(record.rawValue) belongs to partner \(owner.rawValue), not to partner "
        + "\(given.rawValue).",
      remedy: "Give partner_id \(owner.rawValue), or leave it out.",
      suggestion: .integer(owner.rawValue))
  }

  static func missingBlobs(_ proposal: Proposal, _ blobs: any BlobPort) throws -> [ProtocolIssue] {
    try proposal.operation.attachments.enumerated().compactMap { index, file in
      let stored = try blobs.file(file.blobSHA256)
      guard stored?.size != file.bytes else { return nil }
      return ProtocolIssue(
        pointer: JSONPointer.root.appending("operation").appending("inputs")
          .appending("attachments").appending(String(index)),
        code: "attachment.missing", message: "The attachment's content is not in the blob store.",
        remedy: "Store the file first; its SHA-256 and size must be those of the proposal.")
    }
  }
}
