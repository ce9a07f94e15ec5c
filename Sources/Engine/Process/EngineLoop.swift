import ActionProtocol
import Decisions
import Logging
import ServiceLifecycle

/// The server's work: recovery, due actions, timers, jobs and what webhooks brought, until it is
/// asked to stop.
///
/// Polling each second is the truth; being woken only saves the wait.
public struct EngineLoop: Service {
  private let context: EngineContext
  private let process: ProcessLife
  private let poll: Duration
  private let progress: Pipeline.Progress?

  public init(
    _ context: EngineContext, poll: Duration = .seconds(1), progress: Pipeline.Progress? = nil
  ) {
    self.context = context
    self.poll = poll
    self.progress = progress
    process = ProcessLife(context)
  }

  /// Runs until cancelled or asked to shut down. Calls under way then end and are recorded first.
  public func run() async throws {
    try await process.begin()
    try await armTimers()
    let due = ArrivalSignal()
    let listening = context.wake.listen { due.raise() }
    defer { listening.stop() }
    // The lease is renewed, and stops are heeded, until the last call has ended.
    try await process.beating { try await workAll(due) }
    try await process.end()
  }

  /// - Parameter due: raised when an action may be due.
  private func workAll(_ due: ArrivalSignal) async throws {
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await cancelWhenGracefulShutdown { try await work(due) } }
      tasks.addTask { await cancelWhenGracefulShutdown { await takeOver() } }
      tasks.addTask { await cancelWhenGracefulShutdown { await look() } }
      tasks.addTask { await cancelWhenGracefulShutdown { await lookOutside() } }
      tasks.addTask { await cancelWhenGracefulShutdown { await track() } }
      tasks.addTask { await cancelWhenGracefulShutdown { await tend() } }
      tasks.addTask {
        await cancelWhenGracefulShutdown {
          await Scheduler(context, process: process).run(poll: poll)
        }
      }
      // Whichever ends first, by order or by fault, ends the other.
      defer { tasks.cancelAll() }
      try await tasks.next()
    }
  }

  /// Whether calls may begin here: the process has begun, and its lease holds.
  public var holdsLease: Bool { process.mayCall }

  private func work(_ due: ArrivalSignal) async throws {
    let pipeline = Pipeline(context, process: process)
    let progress: Pipeline.Progress = { [context, progress] report in
      context.note(report)
      progress?(report)
    }
    while !Task.isCancelled {
      let nextRoom = await step("execution") {
        try await pipeline.drain(org: nil, due: due, poll: poll, progress: progress)
      }
      await due.wait(atMost: min(poll, (nextRoom ?? nil) ?? poll))
    }
  }

  /// Takes over what dead processes left, in a task of its own: a call that hangs keeps the pipeline
  /// busy, and under steady work it never rests.
  private func takeOver() async {
    while !Task.isCancelled {
      await step("recovery") { try await Recovery(context).recover() }
      do { try await Task.sleep(for: poll) } catch { return }
    }
  }

  /// Does what timers ask for, in a task of its own: a search at a provider that answers slowly must
  /// not keep due actions waiting.
  private func look() async {
    while !Task.isCancelled {
      await step("timers") { try await TimerService(context).runDue() }
      do { try await Task.sleep(for: poll) } catch { return }
    }
  }

  /// Works off what webhooks brought, in a task of its own: a provider that answers slowly, or not at
  /// all, must not keep its own events waiting.
  private func track() async {
    let tracking = TrackingService(context)
    await withTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        while (try? await Task.sleep(for: poll)) != nil { context.arrivals.raise() }
      }
      while !Task.isCancelled {
        await step("tracking") { try await tracking.workOff() }
        await context.arrivals.wait()
      }
      tasks.cancelAll()
    }
  }

  /// What waits for books outside, in a task of its own: they may answer slowly.
  private func lookOutside() async {
    let timers = TimerService(context, process: process)
    while !Task.isCancelled {
      await step("books") { try await timers.runDue(TimerService.outside) }
      do { try await Task.sleep(for: poll) } catch { return }
    }
  }

  /// What may take minutes and nothing waits for, in a task of its own.
  private func tend() async {
    while !Task.isCancelled {
      await step("background") { try await TimerService(context).runDue(TimerService.background) }
      do { try await Task.sleep(for: poll) } catch { return }
    }
  }

  /// One part of a round. A store that is busy or full stops only this part: nothing was sent without
  /// its intent, so the next round goes on where this one stopped.
  @discardableResult
  private func step<Value>(_ name: String, _ body: () async throws -> Value) async -> Value? {
    do {
      return try await body()
    } catch is CancellationError {
      return nil
    } catch {
      context.logger.error(
        "a part of the engine's round failed", metadata: ["part": "\(name)", "error": "\(error)"])
      return nil
    }
  }

  /// Every org with unknown outcomes has a timer, whatever happened to the earlier one, and every org
  /// one for the provider's suppressions and one for answers by SMS.
  private func armTimers() async throws {
    let (delivery, configuration) = (context.configuration.delivery, context.configuration)
    try await context.store.write { store in
      for organisation in try store.organisations() {
        let looked = try store.suppressionSync(organisation.id)?.lookedAt
        try store.put(
          DurableTimer(
            org: organisation.id, kind: .syncSuppressions,
            subject: OutreachChannel.email.rawValue,
            due: looked?.advanced(by: SuppressionSync.interval) ?? store.now))
        let read = try ReplyState.of(organisation.id, delivery, store)?.lookedAt
        try store.put(
          DurableTimer(
            org: organisation.id, kind: .readReplies, subject: OutreachChannel.sms.rawValue,
            due: read?.advanced(by: ReplyReader.interval) ?? store.now))
        try Reconciler.arm(organisation.id, store, configuration)
        try BooksReconciler.arm(organisation.id, store)
      }
    }
  }
}
