import ActionProtocol
import Decisions

/// A stop in force as every page tells of it: one look at the store, no waiting.
public struct StopSummary: Sendable {
  public let stop: Stop
  /// Processes that live and have not acknowledged it: something may still leave from there.
  public let silent: [BootRecord]
  /// Calls that were on their way out when processes acknowledged it.
  public let inFlight: Int
}

extension StopReading where Self: ProcessReading {
  /// The stop that covers an org; nil: nothing does. Two questions more where one does.
  public func stopSummary(_ org: OrgID) throws -> StopSummary? {
    guard let stop = try stops().first(where: { $0.scope.covers(org) }) else { return nil }
    let words = try stopAcknowledgements().filter { $0.number >= stop.number }
    let heard = Set(words.map(\.boot))
    return StopSummary(
      stop: stop, silent: try liveBoots().filter { !heard.contains($0.id) },
      inFlight: words.reduce(0) { $0 + $1.inFlight.count })
  }
}

extension EmergencyStop {
  /// How it stands with the stops that cover an org, everything first. Calls are those of the org.
  public func standing(_ org: OrgID) async throws -> [StopReport] {
    let (stops, boots) = try await context.store.read { store in
      (try store.stops().filter { $0.scope.covers(org) }, try store.liveBoots())
    }
    var reports: [StopReport] = []
    for stop in stops {
      do {
        reports.append(try await report(StopOrder(stop: stop, isNew: false, boots: boots)))
      } catch let error as DecisionError where error.kind == .conflict {
        // Somebody resumed between the two looks: then there is nothing to tell of it.
        continue
      }
    }
    return try await own(reports, org)
  }

  /// Without the calls of other orgs.
  private func own(_ reports: [StopReport], _ org: OrgID) async throws -> [StopReport] {
    let calls = reports.flatMap { $0.inFlight + $0.ended + $0.unreachable.flatMap(\.open) }
    guard !calls.isEmpty else { return reports }
    let ids = Set(
      try await context.store.read { store in
        try store.actions(org, ids: Set(calls.map(\.action)).sorted { $0.rawValue < $1.rawValue })
      }.map(\.id))
    return reports.map { report in
      var report = report
      report.inFlight.removeAll { !ids.contains($0.action) }
      report.ended.removeAll { !ids.contains($0.action) }
      report.unreachable = report.unreachable.map { one in
        UnreachableBoot(boot: one.boot, open: one.open.filter { ids.contains($0.action) })
      }
      return report
    }
  }
}
