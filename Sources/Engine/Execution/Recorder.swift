import ActionProtocol
import Decisions
import Logging
import Synchronization

/// What a call came to, on its way into the store.
struct CallResult: Sendable {
  let pending: PendingCall
  let effect: SafeOperations.Effect
  let outcome: CallOutcome
  let clock: StageClock

  /// Whether all that is left is to write down that a message was taken at the first answer.
  var isPlain: Bool {
    guard case .accepted = outcome, outcome.providerID != nil, case .message = effect else {
      return false
    }
    return pending.intent.channel != nil
  }
}

/// The embedded ledger did not take a change. The transaction around it is undone, so the change is
/// known not to have happened.
struct LedgerChangeFailed: Error {}

/// Writes results into the store: those that came while others were being written go together.
///
/// Nobody waits for others to come. A result that does not fit with the rest takes nothing along:
/// then each of them is written by itself. Nothing of it is ever cancelled. Thread-safe.
final class Recorder: Sendable {
  /// Told once of each result: its report when the record is durable, or why there is none.
  typealias Answer = @Sendable (Result<ExecutionReport, any Error>) -> Void

  private struct Waiting: Sendable {
    let result: CallResult
    let answer: Answer
  }

  private struct Line {
    var waiting: [Waiting] = []
    var isDraining = false
  }

  private let context: EngineContext
  private let line = Mutex(Line())
  /// More would make the first ones wait for long.
  private static let largestBatch = 128

  init(_ context: EngineContext) { self.context = context }

  /// Records a call. When this returns, the record is durable.
  func record(_ result: CallResult) async throws -> ExecutionReport {
    try await withCheckedThrowingContinuation { caller in
      submit(result) { caller.resume(with: $0) }
    }
  }

  /// Puts a call's result into the line; returns at once.
  func submit(_ result: CallResult, answer: @escaping Answer) {
    let waiting = Waiting(result: result, answer: answer)
    guard result.isPlain else {
      Task { await recordAlone(waiting) }
      return
    }
    let mustDrain = line.withLock { line in
      line.waiting.append(waiting)
      defer { line.isDraining = true }
      return !line.isDraining
    }
    if mustDrain { Task { await drain() } }
  }

  // MARK: - Together

  private func drain() async {
    while let batch = take() {
      if let reports = await write(batch.map(\.result)) {
        for (waiting, report) in zip(batch, reports) { waiting.answer(.success(report)) }
      } else {
        // At once, so that they share their commits; the line goes on meanwhile.
        for waiting in batch { Task { await recordAlone(waiting) } }
      }
    }
  }

  private func take() -> [Waiting]? {
    line.withLock { line in
      line.isDraining = !line.waiting.isEmpty
      guard line.isDraining else { return nil }
      let batch = Array(line.waiting.prefix(Self.largestBatch))
      line.waiting.removeFirst(batch.count)
      return batch
    }
  }

  /// - Returns: nil where one of them did not fit, or the store did not take them.
  private func write(_ results: [CallResult]) async -> [ExecutionReport]? {
    let configuration = context.configuration
    do {
      return try await context.store.write { store in
        try RecordingBatch(store: store, configuration: configuration).record(results)
      }
    } catch {
      context.logger.info(
        "results are written one by one",
        metadata: ["count": "\(results.count)", "error": "\(error)"])
      return nil
    }
  }

  // MARK: - Alone

  private func recordAlone(_ waiting: Waiting) async {
    do {
      waiting.answer(.success(try await recordAlone(waiting.result)))
    } catch {
      waiting.answer(.failure(error))
    }
  }

  private func recordAlone(_ result: CallResult) async throws -> ExecutionReport {
    let jitter = context.entropy.unit()
    let configuration = context.configuration
    do {
      return try await persistently { store in
        try Recording(store: store, configuration: configuration, jitter: jitter)
          .record(result.pending, result.effect, result.outcome, clock: result.clock)
      }
    } catch is LedgerChangeFailed {
      return try await persistently { store in
        try Recording(store: store, configuration: configuration, jitter: jitter).record(
          result.pending, nil, .notSent(code: "ledger_refused"), clock: result.clock)
      }
    }
  }

  /// Writes a result, again where the store was only busy: an answer that is known must not become
  /// unknown because another process held the lock.
  private func persistently(
    _ body: @escaping @Sendable (any StoreTransaction) throws -> ExecutionReport
  ) async throws -> ExecutionReport {
    for pause in [Duration.milliseconds(100), .milliseconds(400), .seconds(2)] {
      do {
        return try await context.store.write(body)
      } catch let failure as LedgerChangeFailed {
        throw failure
      } catch {
        context.logger.warning("a result could not be written yet", metadata: ["error": "\(error)"])
        try await Task.sleep(for: pause)
      }
    }
    return try await context.store.write(body)
  }
}

/// Stages 5 and 6 of messages that were taken at the first answer, all in one transaction.
///
/// Nothing is read: each statement holds only while the attempt is open and the action is executing
/// under the attempt's token.
struct RecordingBatch {
  let store: any StoreTransaction
  let configuration: EngineConfiguration

  /// - Throws: where one of them was settled by somebody else meanwhile, or its provider's id is
  ///   another attempt's: ``Recording`` knows what to do then.
  func record(_ results: [CallResult]) throws -> [ExecutionReport] {
    let calls = try results.map(accepted)
    try store.complete(calls)
    for (result, call) in zip(results, calls) {
      try ReminderNotes.plan(call.completed, result.pending.prepared.organisation, store)
    }
    let desk = Desk(store: store)
    let byOrg = Dictionary(grouping: zip(results, calls), by: \.1.intent.org)
    for (org, group) in byOrg.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      try store.append(
        group.map { desk.called($1.completed, $0.outcome, $1.intent.operation) }, org: org)
    }
    return calls.map { call in
      ExecutionReport(
        org: call.intent.org, id: call.completed.id, revision: call.completed.revision,
        call: call.intent.operation.call, outcome: .completed, stages: call.stages)
    }
  }

  private func accepted(_ result: CallResult) throws -> AcceptedCall {
    var clock = result.clock
    clock.resume()
    let (pending, outcome) = (result.pending, result.outcome)
    var state = pending.state
    let settlement = Settlement.after(
      outcome, attempts: state.attempts, calls: max(0, state.calls - 1),
      limits: configuration.retry, now: store.now, executeBy: state.executeBy ?? store.now,
      jitter: 0)
    state.settle(settlement, outcome, intent: pending.intent, now: store.now)
    try StatusMachine.check(from: pending.state.status, to: state.status)
    clock.finish(.recording, at: store.now)
    clock.finish(.completed, at: store.now)
    return AcceptedCall(
      intent: pending.intent, executing: pending.state, completed: state,
      evidence: Evidence(
        source: "worker", outcome: outcome.name, providerID: outcome.providerID, at: store.now,
        detail: nil), stages: clock.records)
  }
}
