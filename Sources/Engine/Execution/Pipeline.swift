import ActionProtocol
import Decisions
import Logging

/// The Action Executor: carries out approved actions, each through six stages and once.
public struct Pipeline: Sendable {
  /// Told of each action as soon as it is known what became of it.
  public typealias Progress = @Sendable (ExecutionReport) -> Void

  let context: EngineContext
  let process: ProcessLife
  let book: ClaimBook
  private let recorder: Recorder

  /// - Parameter process: begun; its lease guards every call.
  public init(_ context: EngineContext, process: ProcessLife) {
    self.context = context
    self.process = process
    recorder = Recorder(context)
    book = ClaimBook(context)
  }

  /// Carries out what is due now, until nothing more is due.
  ///
  /// Safe to run in any number of processes on one database at the same time.
  /// - Parameters:
  ///   - org: only this org's actions, or all.
  ///   - ids: only these actions of `org`.
  /// - Throws: a store error; calls already made are recorded by then or become unknown.
  @discardableResult
  public func run(
    org: OrgID?, ids: [ActionID]? = nil, progress: Progress? = nil
  ) async throws -> [ExecutionReport] {
    var run = Run(remaining: ids, keepsReports: true)
    try await work(org, &run, progress)
    return run.reports
  }

  /// The same for a server: reports go to `progress` and are not kept, so that memory does not grow
  /// with the work.
  ///
  /// - Parameters:
  ///   - due: raised when an action may be due: while calls are under way, what is due elsewhere is
  ///     claimed then, or after `poll`.
  /// - Returns: how long until something that waits for a rate or a pause may go on; nil: nothing does.
  @discardableResult
  public func drain(
    org: OrgID?, due: ArrivalSignal? = nil, poll: Duration = .seconds(1),
    progress: Progress? = nil
  ) async throws -> Duration? {
    var run = Run(remaining: nil, keepsReports: false, due: due, poll: poll)
    try await work(org, &run, progress)
    return run.nextRoom
  }

  private func work(_ org: OrgID?, _ run: inout Run, _ progress: Progress?) async throws {
    let records = RecordedResults()
    await withTaskGroup(of: Event.self) { events in
      while true {
        let claimed = await claimNext(org, &run)
        for report in claimed.reports { run.add(report, progress) }
        for pending in claimed.calls {
          run.calls += 1
          run.records += 1
          book.begin(pending.prepared.slots)
          events.addTask { await answered(pending, records) }
        }
        for check in claimed.checks {
          run.calls += 1
          book.begin(check.prepared.slots)
          events.addTask { .ended(check.prepared.slots, await shielded(check)) }
        }
        for redraft in claimed.redrafts { await self.redraft(redraft, &run, progress) }
        if run.isIdle {
          if claimed.foundNothing { break }
        } else if claimed.calls.isEmpty, claimed.checks.isEmpty {
          await waitForEvent(&events, records, &run, progress)
        }
      }
      // Nothing but the wait for a signal is left.
      events.cancelAll()
    }
    run.ahead?.cancel()
    // A signal that came during the last look may have been taken by the wait that ended just now. The
    // caller's own wait gets it; at worst it looks once for nothing.
    if run.isListening { run.due?.raise() }
    try await settleLeftovers()
    try await settleClaims()
    if let failure = run.failure { throw failure }
  }

  /// What the pipeline waits for while calls are under way.
  private enum Event: Sendable {
    case ended(SlotLane, Result<ExecutionReport, any Error>)
    /// A call is over, and its record under way; with the lane where its place is free already.
    case answered(SlotLane?)
    /// Records are durable, or could not be written; with the lanes whose calls end by it.
    case recorded([RecordedResults.Entry])
    /// Something may be due: a call that hangs must keep no other lane waiting.
    case heard
  }

  private func waitForEvent(
    _ events: inout TaskGroup<Event>, _ records: RecordedResults, _ run: inout Run,
    _ progress: Progress?
  ) async {
    if run.records > 0, !run.awaitsRecords {
      run.awaitsRecords = true
      events.addTask { .recorded(await records.next()) }
    }
    if let due = run.due, !run.isListening, run.failure == nil, !Task.isCancelled {
      run.isListening = true
      let limit = min(run.poll, run.nextRoom ?? run.poll)
      events.addTask {
        await due.wait(atMost: limit)
        return .heard
      }
    }
    switch await events.next() {
    case .ended(let lane, let result):
      book.end(lane)
      run.calls -= 1
      run.add(result, progress)
    case .answered(let lane):
      if let lane { book.end(lane) }
      run.calls -= 1
    case .recorded(let entries):
      run.awaitsRecords = false
      run.records -= entries.count
      for entry in entries {
        if let lane = entry.lane { book.end(lane) }
        run.add(entry.result, progress)
      }
    case .heard:
      run.isListening = false
      run.mustLook = true
    case nil:
      return
    }
  }

  /// A call whose result could not be written is over and left its intent open: it becomes *unknown*.
  /// Calls of another pipeline of this process are still under way and stay as they are.
  private func settleLeftovers() async throws {
    guard let boot = process.boot else { return }
    let (schedule, process) = (context.configuration.reconciliation, process)
    guard try await context.store.read({ try !$0.openAttempts(of: boot).isEmpty }) else { return }
    try await context.store.write { store in
      _ = try Recovery.leaveUnknown(
        of: boot, store, schedule, code: "result_not_recorded",
        unless: { process.isUnderWay($0) })
    }
  }

  /// One call of ``run(org:ids:progress:)`` or ``drain(org:progress:)``.
  struct Run {
    var remaining: [ActionID]?
    let keepsReports: Bool
    var due: ArrivalSignal?
    var poll: Duration = .seconds(1)
    var reports: [ExecutionReport] = []
    /// Calls and checks under way.
    var calls = 0
    /// Calls under way or over whose records are not durable yet.
    var records = 0
    var isListening = false
    var awaitsRecords = false
    /// Whether something may be due that nobody has looked for yet.
    var mustLook = true
    /// Lanes of which the last reading left something.
    var more: Set<SlotLane> = []
    var nextRoom: Duration?
    /// Read and checked, and without room so far.
    var leftover = PreparedBatch()
    /// The next batch, being read and checked while calls are under way.
    var ahead: Task<PreparedBatch, any Error>?
    /// The first fault; afterwards nothing new is claimed and what is under way ends in order.
    var failure: (any Error)?

    /// Whether nothing is under way.
    var isIdle: Bool { calls == 0 && records == 0 }

    /// Remembers what a reading says about the next one.
    mutating func note(_ batch: PreparedBatch) {
      more = batch.more
      nextRoom = batch.nextRoom
    }

    mutating func add(_ report: ExecutionReport, _ progress: Progress?) {
      progress?(report)
      if keepsReports { reports.append(report) }
    }

    mutating func add(_ ended: Result<ExecutionReport, any Error>, _ progress: Progress?) {
      switch ended {
      case .success(let report): add(report, progress)
      case .failure(let error): failure = failure ?? error
      }
    }
  }

  private func redraft(
    _ redraft: (prepared: PreparedAction, code: String), _ run: inout Run, _ progress: Progress?
  ) async {
    do {
      run.add(try await Redraft(context).redraft(redraft.prepared, code: redraft.code), progress)
    } catch {
      run.failure = run.failure ?? error
    }
  }

  /// Makes a call and hands its result over to be recorded. A call whose intent is durable ends and is
  /// recorded even while everything around it stops.
  ///
  /// The call's place is free at once where all that is left is to write down that it was taken. Of any
  /// other answer the record may say that its lane has to wait: then the place is free after it.
  private func answered(_ pending: PendingCall, _ records: RecordedResults) async -> Event {
    let result = await Task { await call(pending) }.value
    let lane = pending.prepared.slots
    let isPlain = result.isPlain
    recorder.submit(result) { recorded in
      process.callsEnd([pending.intent])
      if case .success = recorded { tell(result) }
      records.add(RecordedResults.Entry(lane: isPlain ? nil : lane, result: recorded))
    }
    return .answered(isPlain ? lane : nil)
  }

  /// The call and its record, one after the other.
  func shielded(_ pending: PendingCall) async -> Result<ExecutionReport, any Error> {
    let ended = await Task {
      let result = await call(pending)
      let report = try await recorder.record(result)
      tell(result)
      return report
    }.result
    process.callsEnd([pending.intent])
    return ended
  }

  private func call(_ pending: PendingCall) async -> CallResult {
    var clock = pending.prepared.clock
    clock.resume()
    let effect = SafeOperations(context: context).effect(
      of: pending.prepared.revision, pending.prepared.organisation)
    let began = ContinuousClock.now
    let outcome = await Caller(context: context, process: process).call(pending, effect)
    context.metrics.called(pending.intent.channel, outcome, took: began.duration(to: .now))
    clock.finish(.execution, at: pending.intent.at, result: outcome.name, detail: outcome.code)
    return CallResult(pending: pending, effect: effect, outcome: outcome, clock: clock)
  }

  private func tell(_ result: CallResult) {
    context.logger.info(
      "carried out",
      metadata: [
        "action": "\(result.pending.state.id.rawValue)", "outcome": "\(result.outcome.name)",
        "operation": "\(result.pending.intent.operation.rawValue)",
      ])
  }
}
