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
  }

  private struct Call: Hashable {
    let org: OrgID
    let operation: OperationID

    init(_ intent: AttemptIntent) { (org, operation) = (intent.org, intent.operation) }
  }

  private let context: EngineContext
  private let window: LeaseWindow
  private let state = Mutex(State())
  private let callsUnderWay = Mutex<Set<Call>>([])

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
    try liveness.hold(id)
    let start = liveness.monotonicNow()
    let life = BootLife(kernelBoot: liveness.kernelBoot, leaseEndsAt: start + length)
    let host = ProcessInfo.processInfo.hostName
    let process = Int(ProcessInfo.processInfo.processIdentifier)
    try await context.store.write { store in
      try store.insert(
        BootRecord(id: id, host: host, processID: process, life: life, startedAt: store.now))
    }
    state.withLock { $0 = State(boot: id, lastHeartbeat: start) }
    return id
  }

  /// The boot, once begun.
  public var boot: BootID? { state.withLock { $0.boot } }

  /// Whether a call may begin now: the lease of the last heartbeat still holds, less its margin.
  public var mayCall: Bool {
    let last = state.withLock { $0.lastHeartbeat }
    return window.allowsCall(lastHeartbeat: last, now: context.liveness.monotonicNow())
  }

  /// Makes sure that the lease holds: renews it where this process slept through its heartbeats.
  ///
  /// - Returns: false when another process has declared this one dead meanwhile; then no call may
  ///   begin here any more.
  func ensureLease() async -> Bool {
    if mayCall { return true }
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
    callsUnderWay.withLock { $0.formUnion(intents.map(Call.init)) }
  }

  /// Says that calls are over, recorded or not, or that their intents were not committed.
  func callsEnd(_ intents: [AttemptIntent]) {
    callsUnderWay.withLock { $0.subtract(intents.map(Call.init)) }
  }

  func isUnderWay(_ intent: AttemptIntent) -> Bool {
    callsUnderWay.withLock { $0.contains(Call(intent)) }
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

  private func beating<Value: Sendable>(
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

  /// Renews the lease three times per lease length until cancelled.
  /// - Throws: ``ProcessLifeError/declaredDead`` when somebody else declared this boot dead.
  public func keepAlive() async throws {
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
    let start = context.liveness.monotonicNow()
    let end = start + window.length.wholeMilliseconds
    let renewed = try await context.store.write { try $0.renew(boot, leaseEndsAt: end) }
    guard renewed else { throw ProcessLifeError.declaredDead }
    state.withLock { $0.lastHeartbeat = start }
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
      try store.end(boot, cause: "ended")
    }
    context.liveness.release(boot)
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
