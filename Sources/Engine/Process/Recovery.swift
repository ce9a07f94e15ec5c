import ActionProtocol
import Decisions
import Logging

/// Takes over what dead processes left: every intent without an outcome becomes *unknown* and is
/// looked for at the provider. Nothing is ever sent again here.
public struct Recovery: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Looks for boots that are proven dead and settles what they had begun.
  ///
  /// Idempotent; any process may call it at any time.
  /// - Returns: the actions that now wait for evidence.
  @discardableResult
  public func recover() async throws -> [ActionID] {
    let (boots, now) = try await context.store.read { (try $0.liveBoots(), $0.now) }
    var touched: [ActionID] = []
    for boot in boots where await isProvenDead(boot, databaseNow: now) {
      touched += try await takeOver(boot)
    }
    return touched
  }

  func isProvenDead(_ boot: BootRecord, databaseNow: Instant) async -> Bool {
    let liveness = context.liveness
    let lockIsFree = await liveness.isFree(boot.id)
    switch liveness.leaseClock {
    case .kernel:
      return boot.life.isProvenDead(
        lockIsFree: lockIsFree, kernelBoot: liveness.kernelBoot,
        monotonicNow: liveness.monotonicNow())
    case .database:
      return boot.life.isProvenDead(
        lockIsFree: lockIsFree, databaseNow: databaseNow.milliseconds)
    }
  }

  private func takeOver(_ boot: BootRecord) async throws -> [ActionID] {
    let schedule = context.configuration.reconciliation
    let left = try await context.store.write { store -> [ActionID] in
      let left = try Self.leaveUnknown(of: boot.id, store, schedule, code: "process_died")
      try ClaimWithoutIntent.releaseAll(of: boot.id, store, code: "process_died")
      try store.end(boot.id, cause: "proven_dead")
      return left
    }
    context.metrics.takenOver.add()
    context.logger.warning(
      "took over from a dead process",
      metadata: ["boot": "\(boot.id.rawValue)", "unknown": "\(left.count)"])
    return left
  }

  /// Makes every intent of a boot that has no outcome *unknown*.
  /// - Parameter isUnderWay: calls that are not over yet and stay as they are.
  @discardableResult
  static func leaveUnknown(
    of boot: BootID, _ store: any StoreTransaction, _ schedule: ReconciliationSchedule,
    code: String, unless isUnderWay: (AttemptIntent) -> Bool = { _ in false }
  ) throws -> [ActionID] {
    let attempts = try store.openAttempts(of: boot).filter { !isUnderWay($0.intent) }
    for attempt in attempts { try leaveUnknown(attempt, store, schedule, code: code) }
    return attempts.map(\.intent.operation.action)
  }

  private static func leaveUnknown(
    _ attempt: AttemptRecord, _ store: any StoreTransaction, _ schedule: ReconciliationSchedule,
    code: String
  ) throws {
    let intent = attempt.intent
    // What nobody outside sees is part of the recording transaction, unless it is a change outside.
    let isCall =
      try intent.channel != nil || store.booksWrite(intent.org, intent.operation) != nil
    guard isCall else { return try giveBack(intent, store, code: code) }
    let settled = try store.settle(
      intent.org, intent.operation, outcome: "unknown", detail: code, providerID: nil,
      at: store.now)
    guard settled else { return }
    try store.insert(
      Evidence(
        source: "recovery", outcome: "unknown", providerID: nil, at: store.now, detail: code),
      org: intent.org, operation: intent.operation)
    try UnknownOutcome.hold(intent, store, code: code, schedule)
  }
}

extension Recovery {
  /// An effect on the embedded ledger is part of the transaction that records it: an attempt without
  /// an outcome proves that it did not happen, so the action goes on.
  static func giveBack(
    _ intent: AttemptIntent, _ store: any StoreTransaction, code: String
  ) throws {
    let settled = try store.settle(
      intent.org, intent.operation, outcome: "not_sent", detail: code, providerID: nil,
      at: store.now)
    guard settled, var state = try store.action(intent.org, intent.operation.action),
      state.status == .executing, state.claim?.token == intent.token
    else { return }
    let old = state.version
    state.status = .approved
    state.claim = nil
    state.hold = nil
    try store.change(state, from: old)
    try Desk(store: store).append(
      state, "execution.not_sent",
      details: ["operation": .string(intent.operation.rawValue), "code": .string(code)])
  }
}

/// The state of an action whose call may or may not have had its effect.
enum UnknownOutcome {
  /// Holds the action and sets the timer of the first look.
  static func hold(
    _ intent: AttemptIntent, _ store: any StoreTransaction, code: String,
    _ schedule: ReconciliationSchedule
  ) throws {
    guard var state = try store.action(intent.org, intent.operation.action),
      state.status == .executing, state.claim?.token == intent.token
    else { return }
    let old = state.version
    state.hold = Hold(reason: .outcomeUnknown, until: nil)
    state.errorCode = code
    state.attempts += 1
    try store.change(state, from: old)
    try store.append(
      [
        AuditEvent(
          kind: "execution.outcome_unknown", actor: "system:engine", via: "engine",
          subject: "action:\(state.id.rawValue)", actionID: state.id, revision: state.revision,
          digest: state.digest,
          details: [
            "operation": .string(intent.operation.rawValue), "code": .string(code),
          ])
      ], org: intent.org)
    guard let channel = intent.channel else {
      try BooksReconciler.arm(intent.org, store)
      return
    }
    try store.put(
      DurableTimer(
        org: intent.org, kind: .reconcile, subject: channel.rawValue,
        due: schedule.due(afterLooks: 0, end: store.now)))
  }
}
