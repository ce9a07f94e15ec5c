import ActionProtocol
import Dispatch
import Engine
import GRDB
import Store
import Synchronization

/// Runs write bodies in the order they come, as many as wait in one commit.
///
/// Each body has a savepoint of its own: one that throws undoes only itself. Nobody hears of success
/// before the commit is durable; when the commit fails, everybody in it hears of the failure.
final class GroupCommit: Sendable {
  /// Somebody who waits for a body: the body, and how to answer.
  private struct Job: Sendable {
    /// Runs the body; the answer is kept until the commit's own result is known.
    let run: @Sendable (Database) -> Outcome
    /// Answers when the body never ran.
    let refuse: @Sendable (any Error) -> Void
  }

  /// A body's own result, waiting for the commit: answered with the commit's error, or nil.
  private struct Outcome {
    let hasThrown: Bool
    let answer: @Sendable ((any Error)?) -> Void
  }

  private struct Line {
    var jobs: [Job] = []
    var isDraining = false
  }

  private let pool: DatabasePool
  private let queue = DispatchQueue(label: "aiom.sqlite.writer", qos: .userInitiated)
  private let line = Mutex(Line())
  private let commits = Atomic<Int>(0)
  /// How many bodies each commit had.
  let sizes = EngineMetrics.commitSizes()
  /// More would make the first ones wait for long.
  private static let largestBatch = 256

  init(pool: DatabasePool) { self.pool = pool }

  /// How many commits were made durable; what the gate on statements and commits measures.
  var commitCount: Int { commits.load(ordering: .relaxed) }

  /// How many bodies wait for the next commit.
  var waitingCount: Int { line.withLock { $0.jobs.count } }

  /// Runs `body` in a durable transaction that it may share with others.
  func run<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let job = Job(
        run: { database in
          let result = Result { try Self.inSavepoint(database) { try body(database) } }
          let hasThrown = if case .failure = result { true } else { false }
          return Outcome(hasThrown: hasThrown) { failure in
            continuation.resume(with: Self.settled(result, failure))
          }
        },
        refuse: { continuation.resume(throwing: SQLiteFault.translate($0)) })
      add(job)
    }
  }

  private func add(_ job: Job) {
    let mustDrain = line.withLock { line in
      line.jobs.append(job)
      defer { line.isDraining = true }
      return !line.isDraining
    }
    if mustDrain { queue.async { self.drain() } }
  }

  private func drain() {
    while true {
      let batch = line.withLock { line -> [Job] in
        let batch = Array(line.jobs.prefix(Self.largestBatch))
        line.jobs.removeFirst(batch.count)
        if batch.isEmpty { line.isDraining = false }
        return batch
      }
      if batch.isEmpty { return }
      commit(batch)
    }
  }

  private func commit(_ batch: [Job]) {
    let outcomes = Mutex<[Outcome]>([])
    var failure: (any Error)?
    do {
      let isCommitted = try pool.writeWithoutTransaction { database in
        try Self.inTransaction(database) {
          for job in batch {
            let outcome = job.run(database)
            outcomes.withLock { $0.append(outcome) }
            // A full disk or a failed read makes SQLite undo the whole transaction by itself. What
            // ran on would be committed statement by statement.
            guard database.isInsideTransaction else { throw Self.undone }
          }
          return !outcomes.withLock { $0.allSatisfy(\.hasThrown) }
        }
      }
      if isCommitted {
        commits.add(1, ordering: .relaxed)
        sizes.observe(Double(batch.count))
      }
    } catch {
      failure = error
    }
    let given = outcomes.withLock { $0 }
    for outcome in given { outcome.answer(failure) }
    guard let failure else { return }
    for job in batch.dropFirst(given.count) { job.refuse(failure) }
  }

  private static let undone = StoreError(
    code: "rolled_back", detail: "the database undid the transaction that this write shared")

  /// - Parameter body: says whether there is anything to commit.
  /// - Returns: the same.
  private static func inTransaction(
    _ database: Database, _ body: () throws -> Bool
  ) throws -> Bool {
    try run(database, "BEGIN IMMEDIATE")
    do {
      let hasChanges = try body()
      try run(database, hasChanges ? "COMMIT" : "ROLLBACK")
      return hasChanges
    } catch {
      if database.isInsideTransaction { try run(database, "ROLLBACK") }
      throw error
    }
  }

  private static func inSavepoint<Value>(
    _ database: Database, _ body: () throws -> Value
  ) throws -> Value {
    try run(database, "SAVEPOINT body")
    do {
      let value = try body()
      try run(database, "RELEASE body")
      return value
    } catch {
      if database.isInsideTransaction {
        try run(database, "ROLLBACK TO body")
        try run(database, "RELEASE body")
      }
      throw error
    }
  }

  /// These are run for each body: they are prepared once.
  private static func run(_ database: Database, _ sql: String) throws {
    try database.cachedStatement(sql: sql).execute()
  }

  private static func settled<Value>(
    _ result: Result<Value, any Error>, _ failure: (any Error)?
  ) -> Result<Value, any Error> {
    let own = result.mapError { SQLiteFault.translate($0) }
    guard let failure, case .success = own else { return own }
    return .failure(SQLiteFault.translate(failure))
  }
}
