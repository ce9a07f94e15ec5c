import ActionProtocol
import Decisions
import Logging

/// Works off what arrived: puts each event on its action's timeline, takes it for proof where the
/// outcome was unknown, and suppresses addresses that bounced, complained or opted out.
///
/// Any number of processes may work off one database: an event is worked off in the transaction that
/// reads it.
public struct TrackingService: Sendable {
  /// So many share one transaction: few enough that a post waits for at most a few milliseconds.
  private static let batch = 16
  /// An event that failed by itself is tried again after this.
  private static let afterFault: Duration = .seconds(60)
  /// Recipients and unreadable bodies of events are erased after this.
  static let rawRetention: Duration = .seconds(90 * 86_400)

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Works off everything that is due now.
  /// - Returns: how many events were looked at.
  @discardableResult
  public func workOff() async throws -> Int {
    var looked = 0
    let clock = ContinuousClock()
    while !Task.isCancelled {
      let start = clock.now
      let round = try await workOffBatch()
      looked += round
      if round < Self.batch { break }
      // At most half of the writer's time: posts wait for an answer, and nobody waits for this.
      do { try await Task.sleep(for: clock.now - start) } catch { break }
    }
    return looked
  }

  /// Erases recipients of old events and bodies that could not be read. The timeline keeps what
  /// happened and when.
  @discardableResult
  public func eraseOld() async throws -> Int {
    try await context.store.write { store in
      let end = Instant(
        milliseconds: store.now.milliseconds - Self.rawRetention.wholeMilliseconds)
      return try store.eraseRawEvents(before: end, limit: 500)
    }
  }

  private func workOffBatch() async throws -> Int {
    // Most looks find nothing; a look that finds nothing needs no writer.
    let isIdle = try await context.store.read { try $0.dueEvents(at: $0.now, limit: 1).isEmpty }
    if isIdle { return 0 }
    let entropy = context.entropy
    let done: [WorkedEvent]
    do {
      done = try await context.store.write { store in
        let work = EventWork(store: store, entropy: entropy)
        return try store.dueEvents(at: store.now, limit: Self.batch).map { try work.run($0) }
      }
    } catch {
      context.logger.warning(
        "a batch of events failed; one by one now", metadata: ["error": "\(error)"])
      done = try await oneByOne()
    }
    for event in done { log(event) }
    return done.count
  }

  /// After a batch that failed: one event that always fails must not keep the others waiting.
  private func oneByOne() async throws -> [WorkedEvent] {
    let entropy = context.entropy
    let due = try await context.store.read { try $0.dueEvents(at: $0.now, limit: Self.batch) }
    var done: [WorkedEvent] = []
    for event in due {
      do {
        let worked = try await context.store.write { store -> WorkedEvent? in
          // Another process may have been faster.
          guard try store.isDue(event) else { return nil }
          return try EventWork(store: store, entropy: entropy).run(event)
        }
        if let worked { done.append(worked) }
      } catch {
        context.logger.error(
          "an event failed",
          metadata: ["event": "\(event.event.eventID)", "error": "\(error)"])
        try await context.store.write { store in
          try store.postpone(
            event.org, event: event.event.eventID,
            until: store.now.advanced(by: Self.afterFault))
        }
      }
    }
    return done
  }

  private func log(_ worked: WorkedEvent) {
    let event = worked.event
    if let alert = worked.alert {
      context.logger.warning(
        "accepted after all",
        metadata: [
          "code": "\(alert)", "org": "\(event.org.rawValue)",
          "operation": "\(worked.operation?.rawValue ?? "")",
          "provider_id": "\(event.event.providerID ?? "")",
        ])
    }
    if worked.attribution == .unknownOperation {
      context.logger.warning(
        "an event names a call that this database does not know",
        metadata: ["event": "\(event.event.eventID)", "org": "\(event.org.rawValue)"])
    }
    context.logger.debug(
      "event worked off",
      metadata: [
        "kind": "\(event.event.kind.rawValue)",
        "as": "\(worked.attribution?.rawValue ?? "waiting")",
      ])
  }
}

extension StoreTransaction {
  /// Whether an event that was read before still wants to be worked off.
  fileprivate func isDue(_ event: StoredEvent) throws -> Bool {
    try dueEvent(event.org, event.event.eventID) != nil
  }
}
