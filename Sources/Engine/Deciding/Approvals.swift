import ActionProtocol
import Addressing
import Decisions

/// How long a rejected finding stays quiet.
public enum QuietChoice: Hashable, Sendable {
  /// Until its facts or its level change.
  case untilFactsChange
  case until(Instant)
  /// Until the next reminder level, whatever the facts.
  case nextLevel
  /// This customer is never reminded again.
  case never
}

/// A person's answer to an outcome that nobody knows.
public enum UnknownAnswer: String, CaseIterable, Hashable, Sendable {
  /// The effect happened.
  case arrived
  /// A new revision asks for approval again; the old reservation no longer counts.
  case sendAgain = "send-again"
  /// It stays as it is and counts.
  case leave
}

/// Approvals: the only door by which a person lets an action happen or stops it.
///
/// Every decision names the digest of what was shown; a decision about anything else is refused.
/// Agents and the system cannot decide.
public struct Approvals: Sendable {
  let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Rejects a pending action, or withdraws an approved one that has no intent yet.
  /// - Parameters:
  ///   - reason: 1 to 1000 characters; kept with the action and in the audit trail.
  ///   - undoing: only while the approval of this digest can be undone; nil: whenever.
  public func reject(
    _ org: OrgID, _ id: ActionID, reason: String, quiet: QuietChoice = .untilFactsChange,
    undoing: Digest? = nil, manner: DecisionManner = .alone, by: Author, via: String
  ) async throws -> ActionState {
    try Self.mustBePerson(by)
    let reason = try Self.checked(reason)
    let roles = context.roles
    return try await change(org, id) { state, store in
      if let undoing { try Self.mustBeUndoable(state, undoing) }
      guard state.status == .pendingApproval || state.status == .approved else {
        throw DecisionError.wrongStatus(state, wanted: "rejected")
      }
      let wasApproved = state.status == .approved
      if let request = try store.request(org, id, revision: state.revision), !wasApproved {
        let isOver = try ApprovalDesk(store: store, roles: roles).reject(
          request,
          ApprovalDesk.Voice(
            person: by, digest: state.digest, channel: .inApp, via: via, manner: manner))
        guard isOver else {
          return AuditNote(
            kind: "action.refusal_given", by: by, via: via,
            details: ["request": .string(request.id)], personal: ["reason": Array(reason.utf8)])
        }
      }
      if wasApproved { try store.removeCapCounts(org, id) }
      state.status = .rejected
      state.hold = nil
      state.rejection = RejectionRecord(
        by: by, at: store.now, reason: reason, quietUntil: quiet.end)
      if quiet == .never, let partner = state.partner {
        try store.stopReminders(org, partner)
      }
      return AuditNote(
        kind: wasApproved ? "action.withdrawn" : "action.rejected", by: by, via: via,
        details: ["quiet": .string(quiet.word)], personal: ["reason": Array(reason.utf8)])
    }
  }

  /// Lets an action pass although the books are too old to tell: once, for this revision.
  public func confirmFacts(
    _ org: OrgID, _ id: ActionID, reason: String, by: Author, via: String
  ) async throws -> ActionState {
    try Self.mustBePerson(by)
    let reason = try Self.checked(reason)
    return try await change(org, id) { state, _ in
      guard state.status == .approved, state.hold?.reason == .staleFacts else {
        throw DecisionError.wrongStatus(state, wanted: "vouched for")
      }
      state.factsConfirmed = true
      state.hold = nil
      return AuditNote(
        kind: "action.facts_confirmed", by: by, via: via,
        personal: ["reason": Array(reason.utf8)])
    }
  }

  // MARK: - Shared

  /// What a decision leaves in the audit trail.
  struct AuditNote {
    var kind: String
    var by: Author
    var via: String
    var details: JSONObject = [:]
    var personal: [String: [UInt8]] = [:]
  }

  /// Reads the state, lets `body` change it, and saves state and audit entry in one transaction.
  func change(
    _ org: OrgID, _ id: ActionID,
    _ body: @escaping @Sendable (inout ActionState, any StoreTransaction) throws -> AuditNote
  ) async throws -> ActionState {
    let changed = try await context.store.write { store in
      guard var state = try store.action(org, id) else {
        throw DecisionError.unknown(id.rawValue)
      }
      let old = state.version
      let note = try body(&state, store)
      try store.change(state, from: old)
      try Desk(store: store).append(
        state, note.kind, by: note.by, via: note.via, details: note.details,
        personal: note.personal)
      return state
    }
    if changed.status == .approved, changed.hold == nil { await context.wake.ring() }
    return changed
  }

  static func mustBePerson(_ author: Author) throws {
    guard author.kind == .person else {
      throw DecisionError(
        .forbidden, "decision.not_a_person", "Only a person may decide about an action.",
        remedy: "Ask a person to decide with: aiom action approve or reject.")
    }
  }

  static func checked(_ reason: String) throws -> String {
    let isText = reason.unicodeScalars.allSatisfy { $0.value >= 32 || $0 == "\n" || $0 == "\t" }
    guard (1...1000).contains(reason.unicodeScalars.count), isText else {
      throw DecisionError(
        .invalid, "reason.length", "The reason must have 1 to 1000 characters.",
        remedy: "Say in a sentence why.")
    }
    return reason
  }

  static func noOrg(_ org: OrgID) -> DecisionError {
    DecisionError(
      .unknown, "org.unknown", "There is no org \(org.rawValue).",
      remedy: "List them with: aiom org list.")
  }

  static func mustMatch(_ state: ActionState, _ digest: Digest) throws {
    guard state.digest == digest else {
      throw DecisionError(
        .conflict, "action.digest_changed",
        "The action changed after it was shown; what you saw is not what would be sent.",
        remedy: "Look at revision \(state.revision) with: aiom action show \(state.id.rawValue).")
    }
  }

  static func tooLate(_ state: ActionState) -> DecisionError {
    DecisionError(
      .conflict, "action.expired", "The time to decide was over at \(state.expiresAt.rfc3339).",
      remedy: "Propose it again: aiom analyze, or aiom action propose.")
  }

  static func otherDelivery(
    _ state: ActionState, _ delivery: DeliveryMode
  ) -> DecisionError {
    DecisionError(
      .conflict, "action.other_delivery",
      "The action was proposed under \(state.delivery.rawValue) delivery, and this installation "
        + "delivers \(delivery.rawValue).",
      remedy: "Propose it anew here (aiom analyze, or aiom action propose), or reject it.")
  }

  /// The window that the execution deadline counts business days in.
  static func window(
    _ proposal: Proposal, _ organisation: Organisation
  ) -> BusinessWindow? {
    for check in proposal.revalidationPlan {
      if case .quietHours(let hours) = check.predicate { return BusinessWindow(hours) }
    }
    return organisation.window
  }
}

extension QuietChoice {
  /// Until when the same finding is not proposed again; nil: until its facts change.
  fileprivate var end: Instant? {
    switch self {
    case .untilFactsChange: nil
    case .until(let instant): instant
    case .nextLevel, .never: Instant(milliseconds: 253_402_300_799_000)
    }
  }

  fileprivate var word: String {
    switch self {
    case .untilFactsChange: "until_facts_change"
    case .until(let instant): instant.rfc3339
    case .nextLevel: "next_level"
    case .never: "never"
    }
  }
}
