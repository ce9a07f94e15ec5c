import ActionProtocol
import Decisions
import Foundation
import Testing

/// The moment of an RFC 3339 text.
func at(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

/// The day of an ISO text.
func day(_ text: String) throws -> LocalDate { try #require(LocalDate(iso: text)) }

func zone(_ name: String) throws -> TimeZone { try #require(TimeZone(identifier: name)) }

extension Instant {
  func plus(milliseconds: Int64) -> Instant {
    Instant(milliseconds: self.milliseconds + milliseconds)
  }

  func plus(minutes: Int64) -> Instant { plus(milliseconds: minutes * 60_000) }
}

extension BusinessWindow {
  /// A window that must exist.
  static func of(
    _ zone: String, _ start: String, _ end: String, days: [Int] = [1, 2, 3, 4, 5],
    holidays: [String] = []
  ) throws -> BusinessWindow {
    try #require(
      BusinessWindow(
        zone: zone, start: start, end: end, days: days, holidays: holidays.map { try day($0) }))
  }
}
