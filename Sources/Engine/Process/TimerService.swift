import ActionProtocol
import Decisions
import Logging

/// Does what durable timers ask for.
public struct TimerService: Sendable {
  /// The kinds that the pipeline's own work depends on.
  public static let usual: [DurableTimer.Kind] = [.reconcile, .followUp, .readReplies]
  /// Those that wait for books outside, which may answer slowly.
  public static let outside: [DurableTimer.Kind] = [.reconcileBooks, .noteReminder]
  /// Those that may take minutes and keep nothing waiting.
  public static let background: [DurableTimer.Kind] = [.syncSuppressions]

  private let context: EngineContext
  /// Whose lease and gate guard what timers write outside; nil: such timers are left to others.
  private let process: ProcessLife?

  public init(_ context: EngineContext, process: ProcessLife? = nil) {
    self.context = context
    self.process = process
  }

  /// Handles every timer of some kinds that is due. What a crash leaves half done is armed anew at the next start
  /// (``EngineLoop``) or found unchanged in its table.
  /// - Returns: how many were handled.
  @discardableResult
  public func runDue(_ kinds: [DurableTimer.Kind] = usual) async throws -> Int {
    let due = try await context.store.read {
      try $0.dueTimers(kinds, at: $0.now, limit: 100)
    }
    for timer in due {
      do {
        try await handle(timer)
      } catch {
        // One timer's fault must not stop the others; it is tried again in a minute.
        context.logger.error(
          "a timer failed",
          metadata: ["kind": "\(timer.kind.rawValue)", "error": "\(error)"])
        try await postpone(timer)
      }
    }
    return due.count
  }

  private func handle(_ timer: DurableTimer) async throws {
    switch timer.kind {
    case .reconcile:
      try await Reconciler(context).reconcile(timer)
    case .reconcileBooks:
      try await BooksReconciler(context).reconcile(timer)
    case .noteReminder:
      guard let process else { return }
      try await ReminderNotes(context: context, process: process).note(timer)
    case .followUp:
      try await FollowUps(context).propose(timer)
    case .syncSuppressions:
      try await syncSuppressions(timer)
    case .readReplies:
      try await readReplies(timer)
    }
  }

  /// The next look is set before this one begins, so that none is lost with the process.
  private func readReplies(_ timer: DurableTimer) async throws {
    let begun = try await context.store.write { store -> (at: Instant, next: DurableTimer)? in
      // Of several processes that read it, one goes on.
      guard try store.remove(timer) else { return nil }
      var next = timer
      next.due = store.now.advanced(by: ReplyReader.interval)
      try store.put(next)
      return (store.now, next)
    }
    guard let begun else { return }
    let report = try await ReplyReader(context).read(timer.org)
    guard report.next > ReplyReader.interval else { return }
    let delivery = context.configuration.delivery
    try await context.store.write { store in
      // What went out meanwhile may be answered soon.
      guard try !store.hasWrittenSMS(timer.org, delivery, since: begun.at) else { return }
      let next = begun.next
      try store.remove(next)
      var later = next
      later.due = store.now.advanced(by: report.next)
      try store.put(later)
    }
  }

  /// The next run is set before this one begins, so that none is lost with the process.
  private func syncSuppressions(_ timer: DurableTimer) async throws {
    let next = try await context.store.write { store -> DurableTimer? in
      guard try store.remove(timer) else { return nil }
      var next = timer
      next.due = store.now.advanced(by: SuppressionSync.interval)
      try store.put(next)
      return next
    }
    guard let next else { return }
    try await checkSenders(timer.org)
    let report = try await SuppressionSync(context).sync(timer.org)
    guard report.state.pullCode == SuppressionSyncState.notPermitted else { return }
    try await context.store.write { store in
      try store.remove(next)
      var later = next
      later.due = store.now.advanced(by: SuppressionSync.intervalWhenForbidden)
      try store.put(later)
    }
  }

  /// An org with one sender hears from the provider soon enough whether it is refused.
  private func checkSenders(_ org: OrgID) async throws {
    let found = try await context.store.read { try $0.organisation(org) }
    guard let found, !found.identities.isEmpty else { return }
    _ = try await SenderCheck(context).check(org, by: .engine, via: "vendor")
  }

  private func postpone(_ timer: DurableTimer) async throws {
    try await context.store.write { store in
      try store.remove(timer)
      var later = timer
      later.due = store.now.advanced(by: .seconds(60))
      try store.put(later)
    }
  }
}
