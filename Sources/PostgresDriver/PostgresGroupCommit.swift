import ActionProtocol
import Engine
import Store
import Synchronization

/// Runs write bodies in the order they come, as many as wait in one commit.
///
/// Each body has a savepoint of its own: one that throws undoes only itself. Nobody hears of success
/// before the server acknowledged the commit; when it does not, everybody in it hears that.
final class PostgresGroupCommit: Sendable {
  /// Somebody who waits for a body: the body, and how to answer.
  private struct Job: Sendable {
    /// Runs the body; the answer is kept until the commit's own result is known.
    let run: @Sendable (PostgresConnection) -> Outcome
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
    var isClosed = false
  }

  private let pool: SessionPool
  private let clock: (@Sendable () -> Instant)?
  private let line = Mutex(Line())
  private let commits = Atomic<Int>(0)
  /// How many bodies each commit had.
  let sizes = EngineMetrics.commitSizes()
  /// PostgreSQL keeps up to 64 subtransactions of a session in memory.
  private static let largestBatch = 60

  /// - Parameters:
  ///   - pool: of one thread.
  ///   - clock: gives `now` in tests; nil: the database does.
  init(_ pool: SessionPool, clock: (@Sendable () -> Instant)?) {
    self.pool = pool
    self.clock = clock
  }

  /// How many commits were acknowledged.
  var commitCount: Int { commits.load(ordering: .relaxed) }

  /// How many bodies wait for the next commit.
  var waitingCount: Int { line.withLock { $0.jobs.count } }

  /// Runs `body` in a durable transaction that it may share with others.
  func run<Value: Sendable>(
    _ body: @escaping @Sendable (PostgresConnection) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      add(
        Job(
          run: { Self.outcome(of: body, on: $0, continuation) },
          refuse: { continuation.resume(throwing: $0) }))
    }
  }

  private static func outcome<Value: Sendable>(
    of body: @Sendable (PostgresConnection) throws -> Value, on connection: PostgresConnection,
    _ continuation: CheckedContinuation<Value, any Error>
  ) -> Outcome {
    let ran = Result {
      let value = try body(connection)
      try connection.session.flush()
      return value
    }
    // What a body left behind that threw belongs to nobody.
    connection.session.discard()
    // A body that went on after a failed statement has lost everything, whatever it says.
    let isLost = connection.session.isFailed || connection.session.isBroken
    let result: Result<Value, any Error> =
      if case .success = ran, isLost { .failure(PostgresSession.rolledBack) } else { ran }
    let hasThrown = if case .failure = result { true } else { false }
    return Outcome(hasThrown: hasThrown) { failure in
      if let failure, !hasThrown {
        continuation.resume(throwing: failure)
      } else {
        continuation.resume(with: result)
      }
    }
  }

  private func add(_ job: Job) {
    let (isTaken, mustDrain) = line.withLock { line in
      guard !line.isClosed else { return (false, false) }
      line.jobs.append(job)
      defer { line.isDraining = true }
      return (true, !line.isDraining)
    }
    guard isTaken else { return job.refuse(SessionPool.closed) }
    if mustDrain, !pool.submit({ self.drain($0) }) { refuseAll(SessionPool.closed) }
  }

  /// Takes no more bodies; those that wait are run.
  func close() {
    line.withLock { $0.isClosed = true }
    pool.close()
  }

  private func drain(_ keeper: SessionKeeper) {
    while mustGoOn() { commitNext(keeper) }
  }

  private func mustGoOn() -> Bool {
    line.withLock { line in
      line.isDraining = !line.jobs.isEmpty
      return line.isDraining
    }
  }

  private func take() -> [Job] {
    line.withLock { line in
      let batch = Array(line.jobs.prefix(Self.largestBatch))
      line.jobs.removeFirst(batch.count)
      return batch
    }
  }

  /// One transaction. Who is in it is decided when the lock of all writers is held: those that came
  /// while another process was writing share it.
  private func commitNext(_ keeper: SessionKeeper) {
    let session: PostgresSession
    let now: Instant
    do {
      let (begun, time) = try keeper.begin(PostgresTransaction.write)
      (session, now) = (begun, clock?() ?? Instant(milliseconds: time))
    } catch {
      for job in take() { job.refuse(error) }
      return
    }
    let batch = take()
    var outcomes: [Outcome] = []
    var failure: (any Error)?
    do {
      let connection = PostgresConnection(session: session, now: now)
      try Self.run(batch, on: connection, &outcomes)
      if !outcomes.allSatisfy(\.hasThrown) {
        try session.commit()
        commits.add(1, ordering: .relaxed)
        sizes.observe(Double(batch.count))
      }
    } catch {
      failure = error
    }
    keeper.release(session)
    for outcome in outcomes { outcome.answer(failure) }
    guard let failure else { return }
    for job in batch.dropFirst(outcomes.count) { job.refuse(failure) }
  }

  private static func run(
    _ batch: [Job], on connection: PostgresConnection, _ outcomes: inout [Outcome]
  ) throws {
    let session = connection.session
    if batch.count > 1 { try session.command("SAVEPOINT body") }
    for (index, job) in batch.enumerated() {
      let outcome = job.run(connection)
      outcomes.append(outcome)
      if session.isBroken { throw PostgresFault.lost }
      guard batch.count > 1 else { return }
      if outcome.hasThrown {
        try session.command("ROLLBACK TO SAVEPOINT body")
      } else if index < batch.count - 1 {
        try session.command("RELEASE SAVEPOINT body; SAVEPOINT body")
      }
    }
  }

  private func refuseAll(_ error: any Error) {
    let jobs = line.withLock { line in
      defer { line = Line(isClosed: line.isClosed) }
      return line.jobs
    }
    for job in jobs { job.refuse(error) }
  }
}
