import ActionProtocol
import Decisions

/// A day of an org, on its own clock.
public struct DayReport: Hashable, Sendable {
  public var day: LocalDate
  public var start: Instant
  /// The first instant after it.
  public var end: Instant
  public var now: Instant
  public var figures: DayFigures

  /// Whether it goes on.
  public var isToday: Bool { now < end }
}

/// How people look at a day; changes nothing.
public struct DayReader: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Parameter day: nil: today.
  /// - Throws: ``DecisionError`` where there is no such org; store errors.
  public func report(_ org: OrgID, on day: LocalDate?) async throws -> DayReport {
    try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let day = day ?? organisation.day(store.now)
      let start = WallClock.instant(day, minutes: 0, in: organisation.zone)
      let end = WallClock.instant(
        day.adding(days: 1), minutes: 0, in: organisation.zone)
      let numbers = try store.auditNumbers(org, from: start, to: end)
      return DayReport(
        day: day, start: start, end: end, now: store.now,
        figures: try store.dayFigures(org, from: start, to: end, numbers: numbers))
    }
  }
}
