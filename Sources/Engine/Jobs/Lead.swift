import ActionProtocol
import Decisions
import Logging
import Synchronization

/// This process's part in the question who starts the jobs. Thread-safe.
///
/// Among any number of processes one leads. Its lease stands in the database and ends by the
/// database's time, so that its death is noticed within ``Leadership/length``; a boot that is
/// proven dead loses it at once.
final class Lead: Sendable {
  private struct State {
    var lease: LeaderLease?
    /// On the monotonic clock of the liveness port, in milliseconds.
    var renewsAt: Int64 = 0
  }

  private let context: EngineContext
  private let process: ProcessLife
  private let state = Mutex(State())

  init(_ context: EngineContext, _ process: ProcessLife) {
    self.context = context
    self.process = process
  }

  /// The lease, as far as this process knows without asking.
  var lease: LeaderLease? { state.withLock { $0.lease } }

  /// Renews the lease in time, or takes it where nobody has it.
  /// - Returns: nil while another process leads, or this one must not begin anything.
  func keep() async throws -> LeaderLease? {
    guard let boot = process.boot, process.mayCall else {
      lose()
      return nil
    }
    let known = state.withLock { ($0.lease, $0.renewsAt) }
    guard let lease = known.0 else { return try await take(boot) }
    if context.liveness.monotonicNow() < known.1 { return lease }
    let renewed = try await context.store.write { store in
      try store.renewLead(lease, until: store.now.advanced(by: Leadership.length))
    }
    guard renewed else {
      lose()
      return try await take(boot)
    }
    hold(lease)
    return lease
  }

  /// Lets another process take the lead at once.
  func release() async throws {
    guard let lease else { return }
    hold(nil)
    try await context.store.write { store in _ = try store.renewLead(lease, until: store.now) }
  }

  private func take(_ boot: BootID) async throws -> LeaderLease? {
    // Most looks find a living leader, and need no writer.
    guard try await context.store.read({ try Self.isFree($0, for: boot) }) else { return nil }
    let taken = try await context.store.write { store -> LeaderLease? in
      guard try Self.isFree(store, for: boot), try store.isLive(boot) else { return nil }
      return try store.takeLead(
        boot, from: try store.leader(), until: store.now.advanced(by: Leadership.length))
    }
    guard let taken else { return nil }
    hold(taken)
    context.logger.info("leads the jobs", metadata: ["token": "\(taken.token)"])
    return taken
  }

  /// A lease of this boot that it gave up in doubt is its to take again.
  private static func isFree(_ store: any StoreReading, for boot: BootID) throws -> Bool {
    guard let leader = try store.leader(), leader.boot != boot else { return true }
    return Leadership.mayBeTaken(
      expiresAt: leader.expiresAt, now: store.now, holderLives: try store.isLive(leader.boot))
  }

  private func hold(_ lease: LeaderLease?) {
    let renewsAt = context.liveness.monotonicNow() + Leadership.renewal.wholeMilliseconds
    state.withLock { $0 = State(lease: lease, renewsAt: renewsAt) }
    context.metrics.leads.set(lease == nil ? 0 : 1)
  }

  private func lose() {
    guard lease != nil else { return }
    hold(nil)
    context.logger.warning("no longer leads the jobs")
  }
}
