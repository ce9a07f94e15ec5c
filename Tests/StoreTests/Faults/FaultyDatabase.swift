import ActionProtocol
import Store
import Synchronization

/// Decides which statement, commit or acknowledgement fails: the Nth, counted over all connections.
final class FaultPlan: Sendable {
  enum Mode: String, CaseIterable, Sendable {
    /// One fault, then everything works again.
    case once
    /// From the Nth on nothing works any more, as when the disk is gone.
    case fromThenOn
  }

  /// What counts as a step.
  enum Grain: Sendable {
    /// Every statement, every commit and every acknowledgement.
    case statement
    /// Commits and acknowledgements alone.
    case write
  }

  let grain: Grain

  init(_ grain: Grain = .statement) { self.grain = grain }

  private struct State {
    var steps = 0
    var failing: Int?
    var mode = Mode.once
    var hits = 0
  }

  private let state = Mutex(State())

  /// Lets the Nth step from now fail.
  func arm(_ number: Int, _ mode: Mode) {
    state.withLock { $0 = State(failing: number, mode: mode) }
  }

  func disarm() { state.withLock { $0.failing = nil } }

  var hasFired: Bool { state.withLock { $0.hits > 0 } }

  /// A statement is about to run.
  func statement() throws {
    if grain == .statement { try step() }
  }

  /// A commit is about to begin, or its acknowledgement to arrive.
  func step() throws {
    let fails = state.withLock { state -> Bool in
      state.steps += 1
      guard let failing = state.failing else { return false }
      let fails = state.mode == .once ? state.steps == failing : state.steps >= failing
      if fails { state.hits += 1 }
      return fails
    }
    if fails { throw StoreError(code: "io", detail: "the fault of a test") }
  }
}

/// A database that fails where a ``FaultPlan`` says: at a statement, just before a commit, or just
/// after it, so that the commit is durable and its acknowledgement lost.
struct FaultyDatabase: SQLDatabase {
  let base: any SQLDatabase
  let plan: FaultPlan

  var dialect: SQLDialect { base.dialect }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    let plan = plan
    let value = try await base.write { sql in
      let value = try body(FaultyConnection(base: sql, plan: plan))
      try plan.step()
      return value
    }
    try plan.step()
    return value
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    let plan = plan
    return try await base.read { try body(FaultyConnection(base: $0, plan: plan)) }
  }
}

private struct FaultyConnection: SQLConnection {
  let base: any SQLConnection
  let plan: FaultPlan

  var now: Instant { base.now }
  var dialect: SQLDialect { base.dialect }

  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    try plan.statement()
    return try base.execute(sql, arguments)
  }

  func forEach(
    _ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Void
  ) throws {
    try plan.statement()
    try base.forEach(sql, arguments, body)
  }
}
