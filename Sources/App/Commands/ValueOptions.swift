import ActionProtocol
import Decisions
import Foundation

/// `yes` or `no` on the command line.
enum YesNoOption {
  static func value(_ text: String?, _ flag: String) throws -> Bool? {
    switch text?.lowercased() {
    case nil: nil
    case "yes", "true": true
    case "no", "false": false
    default:
      throw Failure(.usage, "option.yes_no", "\(flag) must be yes or no.", remedy: "")
    }
  }
}

/// An instant, or a day, which means its beginning in the organisation's zone.
enum InstantOption {
  static func value(_ text: String?, _ flag: String, zone: TimeZone) throws -> Instant? {
    guard let text else { return nil }
    if let instant = Instant(rfc3339: text) { return instant }
    if let day = LocalDate(iso: text) { return WallClock.instant(day, minutes: 0, in: zone) }
    throw Failure(
      .usage, "option.instant", "\(flag) must be a day or an instant.",
      remedy: "Write 2026-01-31 or 2026-01-31T09:00:00Z.")
  }
}

/// A day.
enum DayOption {
  static func value(_ text: String?, _ flag: String) throws -> LocalDate? {
    guard let text else { return nil }
    if let day = LocalDate(iso: text) { return day }
    throw Failure(
      .usage, "option.day", "\(flag) must be a day.", remedy: "Write it as 2026-01-31.")
  }
}
