import ActionProtocol
import Decisions
import Logging

/// Stops everything, or one org, on every process of the database, and lifts it again.
///
/// When ``StopReport/isStopped`` holds, no request that has an effect and whose first byte had not
/// left by then will leave, from any process (guarantee G7).
public struct EmergencyStop: Sendable {
  /// How often is looked whether everybody has acknowledged.
  private static let pause: Duration = .milliseconds(20)

  let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// The stops in force.
  public func current() async throws -> [Stop] {
    try await context.store.read { try $0.stops() }
  }

  // MARK: - Stopping

  /// Puts a stop in force. From the commit on no process writes an intent in its scope; whether what
  /// was under way has ended is told by ``report(_:)``.
  ///
  /// Where it is stopped already, the stop in force stays as it is, and who stops again is recorded.
  /// - Throws: ``DecisionError`` without a reason, or where the org does not exist.
  public func stop(
    _ scope: StopScope, reason: String, by: Author, via: String
  ) async throws -> StopOrder {
    let reason = try Approvals.checked(reason)
    return try await context.store.write { store in
      let orgs = try Self.orgs(scope, store)
      let standing = try store.stops().first { $0.scope == scope }
      let stop =
        try standing
        ?? store.put(Stop(scope: scope, at: store.now, by: by, via: via, reason: reason))
      for org in orgs {
        try store.append(
          [
            AuditEvent(
              kind: standing == nil ? "engine.stopped" : "engine.stopped_again",
              actor: by.rawValue, via: via, subject: "org:\(org.rawValue)",
              details: ["scope": .string(scope.rawValue), "number": .integer(stop.number)],
              personal: ["reason": Array(reason.utf8)])
          ], org: org)
      }
      return StopOrder(stop: stop, isNew: standing == nil, boots: try store.liveBoots())
    }
  }

  /// How it stands with a stop now.
  /// - Throws: ``DecisionError`` of kind `conflict` where somebody has lifted it meanwhile.
  public func report(_ order: StopOrder) async throws -> StopReport {
    let looked = try await context.store.read { store in
      StopLook(
        stops: try store.stops(), acknowledgements: try store.stopAcknowledgements(),
        live: Set(try store.liveBoots().map(\.id)), now: store.now,
        open: try order.boots.flatMap { try store.openAttempts(of: $0.id).map(\.intent) })
    }
    guard looked.stops.contains(order.stop) else { throw Self.lifted }
    var report = StopReport(order)
    for boot in order.boots {
      let open = Set(
        looked.open.filter { $0.boot == boot.id && order.stop.scope.covers($0.org) }
          .map(\.operation))
      if let word = looked.word(of: boot.id, since: order.stop.number) {
        report.acknowledged.append(boot)
        report.inFlight += word.inFlight.filter(open.contains)
        report.ended += word.inFlight.filter { !open.contains($0) }
      } else if try await isOver(boot, looked) {
        report.dead.append(boot)
        report.inFlight += open
      } else {
        report.unreachable.append(UnreachableBoot(boot: boot, open: Array(open)))
      }
    }
    return report
  }

  /// Looks until everybody has acknowledged or is proven dead, and then a little longer until the
  /// answers of the calls in flight are in; at most for so long.
  public func wait(
    _ order: StopOrder, for limit: Duration, settling: Duration = .seconds(2),
    progress: @Sendable (StopReport) -> Void = { _ in }
  ) async throws -> StopReport {
    let clock = ContinuousClock()
    var end = clock.now.advanced(by: limit)
    var isSettling = false
    while true {
      let report = try await report(order)
      if report.isStopped, !isSettling {
        isSettling = true
        end = clock.now.advanced(by: settling)
      }
      if report.isStopped && report.inFlight.isEmpty || clock.now >= end { return report }
      progress(report)
      try await Task.sleep(for: Self.pause)
    }
  }

  private func isOver(_ boot: BootRecord, _ looked: StopLook) async throws -> Bool {
    if !looked.live.contains(boot.id) { return true }
    // Read anew: a lease that was renewed meanwhile is no proof of anything.
    let current = try await context.store.read { store in
      try store.liveBoots().first { $0.id == boot.id }
    }
    guard let current else { return true }
    return await Recovery(context).isProvenDead(current, databaseNow: looked.now)
  }

  // MARK: - Resuming

  /// Lifts the stop of a scope.
  ///
  /// That of a restored database is lifted only once it has been reconciled
  /// (``Restoration/reconcile()``) and nothing approved before is left: see ``Restoration``.
  /// - Throws: ``DecisionError`` where it is not stopped, or not reconciled yet.
  public func resume(
    _ scope: StopScope, reason: String?, by: Author, via: String
  ) async throws -> Stop {
    let reason = try reason.map { try Approvals.checked($0) }
    return try await context.store.write { store in
      let orgs = try Self.orgs(scope, store)
      guard let stop = try store.stops().first(where: { $0.scope == scope }) else {
        throw Self.notStopped(scope)
      }
      if stop.cause == .restored { try Restoration.mustBeDone(stop, store) }
      _ = try store.lift(scope)
      for org in orgs {
        try store.append(
          [
            AuditEvent(
              kind: "engine.resumed", actor: by.rawValue, via: via,
              subject: "org:\(org.rawValue)",
              details: [
                "scope": .string(scope.rawValue), "number": .integer(stop.number),
                "since": .string(stop.at.rfc3339),
              ], personal: reason.map { ["reason": Array($0.utf8)] } ?? [:])
          ], org: org)
      }
      return stop
    }
  }

  /// The orgs whose log tells of it, in one order for all transactions.
  static func orgs(_ scope: StopScope, _ store: any StoreReading) throws -> [OrgID] {
    let all = try store.organisations().map(\.id).filter { scope.covers($0) }
    if case .org(let org) = scope, all.isEmpty { throw Approvals.noOrg(org) }
    return all.sorted { $0.rawValue < $1.rawValue }
  }

  private static var lifted: DecisionError {
    DecisionError(
      .conflict, "stop.lifted", "Somebody has resumed, or stopped anew, meanwhile.",
      remedy: "Look with `aiom doctor`, and stop again if it has to be.")
  }

  private static func notStopped(_ scope: StopScope) -> DecisionError {
    let what = if case .org(let org) = scope { "The organisation \(org.rawValue)" } else { "AIOM" }
    return DecisionError(
      .conflict, "stop.not_stopped", "\(what) is not stopped.",
      remedy: "`aiom doctor` shows what is stopped.")
  }
}

/// What one look at the store tells.
private struct StopLook: Sendable {
  let stops: [Stop]
  let acknowledgements: [StopAcknowledgement]
  let live: Set<BootID>
  let now: Instant
  let open: [AttemptIntent]

  func word(of boot: BootID, since number: Int64) -> StopAcknowledgement? {
    acknowledgements.first { $0.boot == boot && $0.number >= number }
  }
}
