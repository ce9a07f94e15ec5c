import ActionProtocol
import Decisions
import Engine

/// Finished actions, written straight into the tables: what a company has after years.
///
/// Each has what an executed action leaves: revision, attempt, evidence, six stages, outreach and
/// audit entries. They ended more than a month ago, so that no cool-down reaches until now.
struct BenchHistory {
  private let store: any StorePort
  private let sample: ActionState

  /// - Parameter sample: an action whose document and partner they share.
  init(_ store: any StorePort, like sample: ActionState) {
    self.store = store
    self.sample = sample
  }

  private static let batch = 2000

  func fill(_ count: Int, _ note: (String) -> Void) async throws {
    let sample = sample
    let document = try await store.read { store in
      try store.revision(sample.org, sample.id, sample.revision)
    }
    guard let document else { return }
    for start in stride(from: 1, through: count, by: Self.batch) {
      let numbers = start...min(start + Self.batch - 1, count)
      try await store.write { store in
        for number in numbers {
          try Self.insert(number, like: sample, document, store)
        }
      }
      if numbers.upperBound % 100_000 == 0 { note("filled in \(numbers.upperBound) finished ones") }
    }
  }

  private static func insert(
    _ number: Int, like sample: ActionState, _ document: RevisionRecord,
    _ store: any StoreTransaction
  ) throws {
    // Ten a minute, back from a month ago.
    let at = store.now.advanced(by: .seconds(-31 * 86_400 - 6 * number))
    let boot = BootID("bench-history")
    guard let state = finished(number, like: sample, at), let claim = state.approval else { return }
    var revision = document
    (revision.number, revision.createdAt) = (1, at)
    try store.insert(state, revision, records: [])
    let operation = OperationID(action: state.id, revision: 1, call: 1)
    let intent = AttemptIntent(
      org: state.org, operation: operation, boot: boot, token: 1, at: claim.at,
      channel: state.channel, delivery: state.delivery, requestDigest: state.digest)
    try store.insert(intent)
    _ = try store.settle(
      state.org, operation, outcome: "accepted", detail: nil, providerID: state.providerID, at: at)
    try store.insert(
      Evidence(
        source: "worker", outcome: "accepted", providerID: state.providerID, at: at, detail: nil),
      org: state.org, operation: operation)
    try store.reserve(
      OutreachReservation(
        org: state.org, operation: operation, channel: .email,
        partners: [state.partner].compactMap { $0 },
        addresses: [Digest.sha256(Array("history\(number % 50_000)".utf8))], scopes: [],
        delivery: state.delivery, at: at))
    try store.settleOutreach(state.org, operation, .sent)
    try store.insert(
      Stage.allCases.map {
        StageRecord(stage: $0, startedAt: at, microseconds: 200, result: "ok")
      }, org: state.org, operation: operation)
    try store.append(
      ["action.proposed", "action.approved", "execution.intended", "execution.accepted"].map {
        AuditEvent(
          kind: $0, actor: "system:engine", via: "bench",
          subject: "action:\(state.id.rawValue)", actionID: state.id, revision: 1,
          digest: state.digest)
      }, org: state.org)
  }

  private static func finished(
    _ number: Int, like sample: ActionState, _ at: Instant
  ) -> ActionState? {
    guard let id = ActionID(rawValue: "\(sample.org.rawValue)-history-\(number)"),
      let key = IdempotencyKey(rawValue: id.rawValue)
    else { return nil }
    var state = ActionState(
      org: sample.org, id: id, type: sample.type, operation: sample.operation, risk: sample.risk,
      status: .completed, revision: 1, digest: sample.digest,
      proposalDigest: sample.proposalDigest, key: key,
      partner: PartnerID(rawValue: Int64(1_000_000 + number % 50_000)), title: sample.title,
      createdBy: sample.createdBy, createdAt: at, expiresAt: at.advanced(by: .seconds(86_400)),
      facts: sample.facts, delivery: sample.delivery)
    state.approval = ApprovalRecord(by: sample.createdBy, at: at, delivery: sample.delivery)
    state.executeBy = state.expiresAt
    (state.calls, state.attempts, state.lastToken) = (1, 1, 1)
    (state.providerID, state.executedAt, state.durationMilliseconds) = (id.rawValue, at, 3)
    return state
  }
}
