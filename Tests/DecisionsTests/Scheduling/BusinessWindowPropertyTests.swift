import ActionProtocol
import Decisions
import Foundation
import Testing

/// Compares the window with a calendar, minute by minute, over days on which clocks change.
@Suite struct BusinessWindowPropertyTests {
  struct Span: Sendable, CustomTestStringConvertible {
    let zone: String
    let from: String
    let days: Int

    var testDescription: String { "\(zone) from \(from)" }
  }

  struct Hours: Sendable {
    let start: Int
    let end: Int
    let days: Set<Int>
    let holiday: String?

    /// What a calendar's wall clock says: the day that a night belongs to is the day it began.
    func contains(_ wall: WallMinute) -> Bool {
      let isNight = start >= end
      if wall.minute >= start, isNight || wall.minute < end { return isBusiness(wall.day) }
      return isNight && wall.minute < end && isBusiness(wall.day.adding(days: -1))
    }

    private func isBusiness(_ day: LocalDate) -> Bool {
      days.contains(day.weekday) && day.iso != holiday
    }
  }

  /// What clocks on the wall show.
  struct WallMinute {
    let day: LocalDate
    let minute: Int
  }

  static let spans = [
    Span(zone: "America/New_York", from: "2026-03-05T12:00:00Z", days: 6),
    Span(zone: "America/New_York", from: "2026-10-29T12:00:00Z", days: 6),
    Span(zone: "Europe/Zurich", from: "2026-03-26T12:00:00Z", days: 6),
    Span(zone: "Europe/Zurich", from: "2026-10-22T12:00:00Z", days: 6),
    Span(zone: "Asia/Kolkata", from: "2026-03-26T12:00:00Z", days: 4),
    Span(zone: "Pacific/Apia", from: "2011-12-28T12:00:00Z", days: 6),
    Span(zone: "Pacific/Apia", from: "2021-04-01T12:00:00Z", days: 6),
    Span(zone: "Australia/Lord_Howe", from: "2026-10-01T12:00:00Z", days: 6),
    Span(zone: "America/Sao_Paulo", from: "2018-11-01T12:00:00Z", days: 6),
  ]

  static let hours = [
    Hours(start: 540, end: 1020, days: [1, 2, 3, 4, 5], holiday: nil),
    Hours(start: 0, end: 1440, days: [2, 5, 7], holiday: nil),
    Hours(start: 600, end: 600, days: [1, 6, 7], holiday: "2026-03-08"),
  ]

  @Test(arguments: spans, hours)
  func `the next opening is open and nothing earlier is`(_ span: Span, _ hours: Hours) throws {
    let window = try BusinessWindow.of(
      span.zone, text(hours.start), text(hours.end), days: hours.days.sorted(),
      holidays: hours.holiday.map { [$0] } ?? [])
    let first = try at(span.from)
    let walls = try wallMinutes(span, from: first)
    var next: Instant?
    for offset in walls.indices.reversed() {
      let now = first.plus(minutes: Int64(offset))
      let isOpen = hours.contains(walls[offset])
      if isOpen { next = now }
      #expect(window.isOpen(at: now) == isOpen, "\(now.rfc3339)")
      guard let next else { continue }
      #expect(window.nextOpening(from: now) == next, "\(now.rfc3339)")
    }
    #expect(next != nil)
  }

  /// The wall clock at every minute of a span, asked of Foundation's calendar.
  private func wallMinutes(_ span: Span, from first: Instant) throws -> [WallMinute] {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try zone(span.zone)
    return try (0..<span.days * 1440).map { offset in
      let seconds = Double(first.milliseconds / 1000 + Int64(offset) * 60)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: seconds))
      let (year, month, dayOfMonth) = (parts.year ?? -1, parts.month ?? -1, parts.day ?? -1)
      let day = try #require(LocalDate(year: year, month: month, day: dayOfMonth))
      return WallMinute(day: day, minute: (parts.hour ?? -1) * 60 + (parts.minute ?? -1))
    }
  }

  private func text(_ minutes: Int) -> String {
    let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
    return [hour, minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
