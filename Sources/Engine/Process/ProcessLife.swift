import ActionProtocol
import Decisions
import Foundation
import Logging
import Synchronization

/// This process in the eyes of the others: its boot, its liveness lock and its lease.
///
/// A call may begin only while the lease, as far as this process knows without asking anybody, still
/// holds. Thread-safe.
public final class ProcessLife: Sendable {
  private struct State {
    var boot: BootID?
    /// Monotonic milliseconds at the start of the last successful heartbeat.
    var lastHeartbeat: Int64 = 0
    /// The epoch of the database, where it is remembered outside of it, and that memory.
    var epoch: (name: String, memory: any EpochPort)?
    /// How often the lock had been lost at the start of the last successful heartbeat.
    var losses = 0
    /// The number of the last stop or resumption when it began.
    var knownStops: Int64 = 0
  }

  private let context: EngineContext
  private let window: LeaseWindow
  private let state = Mutex(State())
  /// Through which every call goes right before its first byte.
  let gate = CallGate()
  /// Which actions are claimed here and have no intent yet.
  let claims = ClaimsUnderWay()

  public init(_ context: EngineContext) {
    self.context = context
    window = LeaseWindow(seconds: context.configuration.leaseSeconds)
  }

  /// Registers the process. Afterwards others can tell whether it lives.
  /// - Returns: the boot's id; the same one when it had begun already.
  @discardableResult
  public func begin() async throws -> BootID {
    if let boot { return boot }
    let liveness = context.liveness
    let entropy = context.entropy
    let length = window.length.wholeMilliseconds
    let id = BootID(entropy.bytes(16).map { String($0, radix: 16) }.joined())
    try await liveness.hold(id)
    let start = liveness.monotonicNow()
    let host = ProcessInfo.processInfo.hostName
    let process = Int(ProcessInfo.processInfo.processIdentifier)
    let memory = context.epoch
    let (board, epoch, losses) = try await context.store.write { store in
      let losses = liveness.losses
      let life = BootLife(
        kernelBoot: liveness.kernelBoot,
        leaseEndsAt: Self.leaseEnd(liveness, from: start, store.now, length: length))
      try store.insert(
        BootRecord(id: id, host: host, processID: process, life: life, startedAt: store.now))
      let epoch = try memory.map { try Self.check($0, store, entropy) }
      return (try Self.findStops(id, store), epoch, losses)
    }
    if gate.observe(board), !board.scopes.isEmpty { try await StopWatch.tell(context) }
    state.withLock {
      $0 = State(
        boot: id, lastHeartbeat: start, epoch: epoch.map { ($0.epoch, $0.memory) },
        losses: losses, knownStops: board.number)
    }
    tell(epoch?.finding)
    return id
  }

  /// What came of comparing the database with what is remembered of it.
  private struct CheckedEpoch: Sendable {
    let epoch: String
    let memory: any EpochPort
    let finding: EpochCheck.Finding?
    /// How far the audit log is.
    let auditTotal: Int64
  }

  private static func check(
    _ memory: any EpochPort, _ store: any StoreTransaction, _ entropy: Entropy
  ) throws -> CheckedEpoch {
    let check = try EpochCheck(store, memory, entropy)
    let (epoch, finding) = try check.run()
    return CheckedEpoch(
      epoch: epoch, memory: check.memory, finding: finding, auditTotal: try store.auditTotal())
  }

  private func tell(_ finding: EpochCheck.Finding?) {
    guard let finding else { return }
    context.logger.critical(
      "stopped: the database is an earlier one or a copy; `aiom resume` reconciles and goes on",
      metadata: ["code": "\(finding.rawValue)"])
  }

  /// What a new process has to know of stops, and its word where there are any: nothing of it is
  /// under way yet.
  private static func findStops(
    _ boot: BootID, _ store: any StoreTransaction
  ) throws -> StopBoard {
    let board = try store.stopBoard()
    if !board.scopes.isEmpty {
      try store.acknowledge(
        StopAcknowledgement(boot: boot, number: board.number, inFlight: [], at: store.now))
    }
    return board
  }

  /// The boot, once begun.
  public var boot: BootID? { state.withLock { $0.boot } }

  /// Whether a call may begin now: the lease of the last heartbeat still holds, less its margin.
  public var mayCall: Bool {
    let (boot, last, losses) = state.withLock { ($0.boot, $0.lastHeartbeat, $0.losses) }
    // Without its lock this process looks dead to the others, whatever its lease says. Had it once lost
    // it, another server may be there now: a heartbeat looks first.
    guard let boot, context.liveness.isHeld(boot), context.liveness.losses == losses else {
      return false
    }
    return window.allowsCall(lastHeartbeat: last, now: context.liveness.monotonicNow())
  }

  /// The end of a lease that begins now. The transaction begins after `start` was read, so that the
  /// end in the database's time is never earlier than this process believes.
  private static func leaseEnd(
    _ liveness: any LivenessPort, from start: Int64, _ now: Instant, length: Int64
  ) -> Int64 {
    switch liveness.leaseClock {
    case .kernel: start + length
    case .database: now.milliseconds + length
    }
  }

  /// Makes sure that the lease holds: renews it where this process slept through its heartbeats.
  ///
  /// - Returns: false when another process has declared this one dead meanwhile; then no call may
  ///   begin here any more.
  func ensureLease() async -> Bool {
    if mayCall { return true }
    context.metrics.leasesLost.add()
    do {
      try await heartbeat()
    } catch {
      return false
    }
    return mayCall
  }

  // MARK: - Calls under way

  /// Says that calls may begin. Called inside the transaction that writes their intents, so that
  /// nobody who reads an open intent finds its call missing here.
  ///
  /// INVARIANT: an open intent of this boot whose call is not under way is over.
  func callsBegin(_ intents: [AttemptIntent]) {
    gate.begin(intents.map(CallGate.Call.init))
  }

  /// Says that calls are over, recorded or not, or that their intents were not committed.
  func callsEnd(_ intents: [AttemptIntent]) {
    gate.end(intents.map(CallGate.Call.init))
  }

  func isUnderWay(_ intent: AttemptIntent) -> Bool {
    gate.isUnderWay(CallGate.Call(intent))
  }

  /// Remembers outside the database how far it was when messages went out, so that an earlier copy of
  /// it is known as such. Called after the commit of intents and before their calls.
  func remember(auditTotal: Int64) {
    guard let epoch = state.withLock({ $0.epoch }) else { return }
    do {
      try epoch.memory.raise(epoch.name, to: auditTotal)
    } catch {
      // The intents are durable: nothing is lost or repeated unless the database goes back as well.
      context.logger.error(
        "the epoch could not be remembered outside the database", metadata: ["error": "\(error)"])
    }
  }

  // MARK: - A life

  /// Runs `body` as a registered process whose lease is renewed meanwhile, and ends it in order, also
  /// where `body` throws: nothing of it is under way then, and what it could not record becomes
  /// *unknown*.
  public func whileAlive<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await begin()
    let value: Value
    do {
      value = try await beating(body)
    } catch {
      do {
        try await end()
      } catch let second {
        // The first fault is the news; this boot is taken over like a dead one.
        context.logger.warning("a process could not end", metadata: ["error": "\(second)"])
      }
      throw error
    }
    try await end()
    return value
  }

  func beating<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { tasks in
      tasks.addTask {
        try await self.keepAlive()
        return nil
      }
      tasks.addTask { try await body() }
      defer { tasks.cancelAll() }
      // The heartbeat ends first only by throwing.
      while let ended = try await tasks.next() {
        if let value = ended { return value }
      }
      throw ProcessLifeError.notBegun
    }
  }

  /// Renews the lease three times per lease length and watches for stops, until cancelled.
  /// - Throws: ``ProcessLifeError/declaredDead`` when somebody else declared this boot dead.
  public func keepAlive() async throws {
    let (boot, knownStops) = state.withLock { ($0.boot, $0.knownStops) }
    guard let boot else { throw ProcessLifeError.notBegun }
    let watch = StopWatch(context: context, boot: boot, gate: gate)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { await watch.run(since: knownStops) }
      defer { tasks.cancelAll() }
      try await beat()
    }
  }

  private func beat() async throws {
    let pause = window.length / 3
    while !Task.isCancelled {
      do { try await Task.sleep(for: pause) } catch { return }
      do {
        try await heartbeat()
      } catch let fault as ProcessLifeError {
        throw fault
      } catch {
        // A busy store: the next beat may come through, and without one no call begins.
        context.logger.warning("a heartbeat failed", metadata: ["error": "\(error)"])
      }
    }
  }

  /// Renews the lease once.
  public func heartbeat() async throws {
    guard let boot else { return }
    let liveness = context.liveness
    let start = liveness.monotonicNow()
    let length = window.length.wholeMilliseconds
    // A file cannot be exchanged under a process that has it open; a server can.
    let memory = liveness.leaseClock == .database ? context.epoch : nil
    let entropy = context.entropy
    let (renewed, board, epoch, losses) = try await context.store.write { store in
      // Read on the connection whose server is being looked at.
      let losses = liveness.losses
      let end = Self.leaseEnd(liveness, from: start, store.now, length: length)
      let renewed = try store.renew(boot, leaseEndsAt: end)
      let epoch = try renewed ? memory.map { try Self.check($0, store, entropy) } : nil
      return (renewed, try store.stopBoard(), epoch, losses)
    }
    guard renewed else {
      context.metrics.leasesLost.add()
      throw ProcessLifeError.declaredDead
    }
    // Whoever slept through the lease learns of a stop before it may call again.
    gate.observe(board)
    state.withLock { state in
      state.lastHeartbeat = start
      state.losses = losses
      if let epoch { state.epoch = (epoch.epoch, epoch.memory) }
    }
    // What others did is remembered here as well, so that any node notices when it is gone.
    if let epoch { remember(auditTotal: epoch.auditTotal) }
    tell(epoch?.finding)
  }

  /// Says that the process ends in order. Nothing of it may be under way any more.
  ///
  /// An intent whose result could not be written becomes *unknown* here: its call is over, and
  /// nobody else would look for it once this boot has ended.
  public func end() async throws {
    guard let boot else { return }
    let schedule = context.configuration.reconciliation
    try await context.store.write { store in
      try Recovery.leaveUnknown(of: boot, store, schedule, code: "result_not_recorded")
      try ClaimWithoutIntent.releaseAll(of: boot, store, code: "process_ended")
      try store.end(boot, cause: "ended")
    }
    await context.liveness.release(boot)
    state.withLock { $0 = State() }
  }
}

/// Why a process may not go on.
public enum ProcessLifeError: Error, Sendable {
  /// Another process took over what this one had; it has to stop and start again.
  case declaredDead
  /// Work was asked for before ``ProcessLife/begin()``.
  case notBegun
}
