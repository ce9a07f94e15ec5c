import Engine
import Store
import Synchronization

/// A database whose Nth write fails: before its commit, or after it, so that the commit is durable and
/// its acknowledgement lost.
struct FaultyWrites: SQLDatabase {
  enum Side: String, CaseIterable, Sendable {
    case beforeCommit
    case afterCommit
  }

  /// Which write fails, and what comes after it.
  final class Plan: Sendable {
    private let state: Mutex<(left: Int, hasFired: Bool)>
    let side: Side
    /// From then on nothing works, as for a process that is gone.
    let isDeath: Bool

    init(_ number: Int, _ side: Side, isDeath: Bool) {
      state = Mutex((number, false))
      self.side = side
      self.isDeath = isDeath
    }

    var hasFired: Bool { state.withLock { $0.hasFired } }

    /// Called once for each write.
    /// - Returns: whether this one fails.
    func next() -> Bool {
      state.withLock { state in
        if state.hasFired { return isDeath }
        state.left -= 1
        state.hasFired = state.left <= 0
        return state.hasFired
      }
    }
  }

  let base: any SQLDatabase
  let plan: Plan

  var dialect: SQLDialect { base.dialect }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    let wasOver = plan.hasFired
    guard plan.next() else { return try await base.write(body) }
    if plan.side == .afterCommit, !wasOver { _ = try await base.write(body) }
    throw StoreError(code: "io", detail: "the fault of a test")
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    if plan.isDeath, plan.hasFired { throw StoreError(code: "io", detail: "the fault of a test") }
    return try await base.read(body)
  }
}

/// Locks and a lease clock that a test moves.
final class MovedLiveness: LivenessPort {
  private struct State {
    var held: Set<BootID> = []
    var now: Int64 = 1_000_000
  }

  private let state = Mutex(State())
  let kernelBoot = "test-kernel"

  /// Every process ends as the kernel ends it, and its lease runs out.
  func everybodyDies() {
    state.withLock { state in
      state.held = []
      state.now += 60_000
    }
  }

  func monotonicNow() -> Int64 { state.withLock { $0.now } }
  func hold(_ boot: BootID) { state.withLock { _ = $0.held.insert(boot) } }
  func release(_ boot: BootID) { state.withLock { _ = $0.held.remove(boot) } }
  func isFree(_ boot: BootID) -> Bool { state.withLock { !$0.held.contains(boot) } }
}
