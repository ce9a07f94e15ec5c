import ActionProtocol
import Engine
import SQLiteDriver
import Store
import Testing

/// What must hold of the action under test after any fault, read afresh from the file.
struct Invariants {
  let state: ActionState?
  let revisions: [RevisionRecord]
  let attempts: [AttemptRecord]
  let evidence: [Evidence]
  let audit: [AuditRecord]
  /// The state of each call's reservation, by operation.
  let outreach: [String: String]
  let followed: Int
  /// The calls that have an unsubscribe link, one entry per link.
  let links: [String]
  /// The revisions that the policy decided on.
  let decided: [String]
  /// Who was asked about the last revision, and how that ended.
  let request: ApprovalRequest?
  let resolution: ApprovalResolution?

  /// Reads everything from a connection of its own.
  init(_ world: FaultWorld) async throws {
    let (org, id) = (FaultWorld.org, FaultWorld.id)
    let reader = try world.reopened()
    let store = SQLStore(database: reader, entropy: .system)
    (state, revisions, attempts, evidence, audit) = try await store.read { store in
      (
        try store.action(org, id), try store.revisions(org, id), try store.attempts(org, id),
        try store.evidence(org, id), try store.audit(org, action: nil, after: 0, limit: 1000)
      )
    }
    let rows = try await reader.read { sql in
      try sql.all("SELECT action_id || '.' || revision || '.' || call, state FROM outreach") {
        ($0.text(0), $0.text(1))
      }
    }
    outreach = Dictionary(uniqueKeysWithValues: rows)
    followed = Int(try await reader.integers("SELECT COUNT(*) FROM live_records").first ?? -1)
    links = try await reader.texts(
      "SELECT action_id || '.' || revision || '.' || call FROM unsubscribe_links ORDER BY 1")
    decided = try await reader.texts(
      "SELECT action_id || '.' || revision FROM policy_decisions ORDER BY revision")
    let last = revisions.count
    let asked = try await store.read { try $0.request(org, id, revision: last) }
    request = asked
    resolution =
      if let asked {
        try await store.read { try $0.resolution(org, of: asked.id) }
      } else { nil }
  }

  func check(_ world: FaultWorld, _ where: Comment) {
    log(`where`)
    guard let state else {
      #expect(revisions.isEmpty && attempts.isEmpty && evidence.isEmpty, `where`)
      #expect(audit.isEmpty && followed == 0 && world.sent.isEmpty, `where`)
      return
    }
    content(state, `where`)
    calls(state, world, `where`)
    #expect(links == attempts.map(\.intent.operation.rawValue).sorted(), `where`)
    status(state, `where`)
    approval(state, `where`)
  }

  /// Every revision was decided on and asked about, and what happens rests on an approval of it.
  private func approval(_ state: ActionState, _ where: Comment) {
    #expect(decided == revisions.map { "\(state.id.rawValue).\($0.number)" }, `where`)
    #expect(request?.digest == state.digest, `where`)
    switch state.status {
    case .pendingApproval: #expect(resolution == nil, `where`)
    case .rejected: #expect(resolution?.outcome == .rejected, `where`)
    case .approved, .executing, .completed, .failed:
      #expect(resolution?.outcome == .approved && resolution?.digest == state.digest, `where`)
    case .expired: break
    }
  }

  /// The log is gapless and its entries are whole.
  private func log(_ where: Comment) {
    #expect(audit.map(\.sequence) == (0..<audit.count).map { Int64($0) + 1 }, `where`)
    for entry in audit { #expect(Digest.sha256([0] + entry.leaf) == entry.hash, `where`) }
  }

  /// The state names the newest revision, and every revision has its entry.
  private func content(_ state: ActionState, _ where: Comment) {
    #expect(revisions.map(\.number) == Array(1...state.revision), `where`)
    #expect(revisions.last?.digest == state.digest, `where`)
    #expect(entries("action.proposed") == 1, `where`)
    #expect(entries("action.revised") == state.revision - 1, `where`)
    #expect(followed == (state.status.isLive ? 1 : 0), `where`)
  }

  /// G4: intent, reservation and entry are there before a call, all or none.
  private func calls(_ state: ActionState, _ world: FaultWorld, _ where: Comment) {
    let operations = attempts.map(\.intent.operation.rawValue)
    #expect(attempts.count == state.calls, `where`)
    #expect(entries("execution.intended") == state.calls, `where`)
    #expect(Set(outreach.keys) == Set(operations), `where`)
    #expect(Set(world.sent).isSubset(of: operations), `where`)
    #expect(Set(world.sent).count == world.sent.count, `where`)
    for attempt in attempts {
      let reservation = outreach[attempt.intent.operation.rawValue]
      switch attempt.outcome {
      case "left" where attempt.provenAt != nil: #expect(reservation == "sent", `where`)
      case nil, "unknown", "left": #expect(reservation == "reserved", `where`)
      case "accepted": #expect(reservation == "sent", `where`)
      // Given up for a second message; counted again once the provider shows the first.
      case "abandoned": #expect(reservation == "released" || reservation == "sent", `where`)
      default: #expect(reservation == "released", `where`)
      }
      #expect(attempt.outcome == nil || !evidence.isEmpty, `where`)
    }
  }

  private func status(_ state: ActionState, _ where: Comment) {
    let last = attempts.last { $0.intent.operation.revision == state.revision }
    switch state.status {
    case .executing:
      #expect(state.claim != nil && state.claim?.token == last?.intent.token, `where`)
      #expect(last?.outcome == nil || last?.outcome == "unknown", `where`)
      #expect((state.hold?.reason == .outcomeUnknown) == (last?.outcome == "unknown"), `where`)
    case .completed:
      // What a person gave up and the provider showed afterwards keeps the person's word.
      let isProven = last?.outcome == "left" && last?.provenAt != nil
      #expect(last?.outcome == "accepted" || isProven, `where`)
      #expect(entries("execution.accepted") == 1, `where`)
    case .failed:
      #expect(last?.outcome == "refused" || last?.outcome == "left", `where`)
    case .approved:
      #expect(state.approval != nil && state.claim == nil, `where`)
      #expect(entries("action.approved") >= 1, `where`)
    case .pendingApproval:
      #expect(state.approval == nil && state.claim == nil, `where`)
    case .rejected:
      #expect(state.rejection != nil && attempts.isEmpty, `where`)
      #expect(entries("action.rejected") == 1, `where`)
    case .expired:
      Issue.record(`where`)
    }
  }

  private func entries(_ kind: String) -> Int {
    audit.count { entry in
      String(decoding: entry.leaf, as: UTF8.self).contains(#""kind":"\#(kind)""#)
    }
  }
}
