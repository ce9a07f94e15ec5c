import ActionProtocol
import Decisions
import Logging
import ServiceLifecycle

/// The server's work: recovery, deadlines, timers and due actions, until it is asked to stop.
///
/// Polling each second is the truth; nothing depends on being woken.
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
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await cancelWhenGracefulShutdown { try await process.keepAlive() } }
      tasks.addTask { try await cancelWhenGracefulShutdown { try await work() } }
      // Whichever ends first, by order or by fault, ends the other.
      defer { tasks.cancelAll() }
      try await tasks.next()
    }
    try await process.end()
  }

  private func work() async throws {
    let pipeline = Pipeline(context, process: process)
    while !Task.isCancelled {
      await step("recovery") { try await Recovery(context).recover() }
      await step("expiry") { try await Expiry(context).expire() }
      await step("timers") { try await TimerService(context).runDue() }
      await step("execution") { try await pipeline.drain(org: nil, progress: progress) }
      do { try await Task.sleep(for: poll) } catch { return }
    }
  }

  /// One part of a round. A store that is busy or full stops only this part: nothing was sent without
  /// its intent, so the next round goes on where this one stopped.
  private func step<Value>(_ name: String, _ body: () async throws -> Value) async {
    do {
      _ = try await body()
    } catch is CancellationError {
      return
    } catch {
      context.logger.error(
        "a part of the engine's round failed", metadata: ["part": "\(name)", "error": "\(error)"])
    }
  }

  /// Every org with unknown outcomes has a timer, whatever happened to the earlier one.
  private func armTimers() async throws {
    try await context.store.write { store in
      for organisation in try store.organisations() {
        let channels = Set(
          try store.unsettledAttempts(organisation.id).compactMap(\.intent.channel))
        for channel in channels {
          try store.put(
            DurableTimer(
              org: organisation.id, kind: .reconcile, subject: channel.rawValue, due: store.now))
        }
      }
    }
  }
}
