import Addressing
import Foundation

/// A rule about a string that a schema cannot say.
enum TextMeaning: Sendable {
  case email, mailbox, phone, timezone, instant

  /// What is wrong with the text, as code, message and remedy; nil where nothing is.
  func problem(in text: String) -> RecordRule.Wording? {
    switch self {
    case .email: Self.wording { () throws(AddressingIssue) in _ = try EmailAddress(text) }
    case .mailbox: Self.wording { () throws(AddressingIssue) in _ = try Mailbox(text) }
    case .phone: Self.wording { () throws(AddressingIssue) in _ = try PhoneNumber(e164: text) }
    case .timezone: TimeZoneName.exists(text) ? nil : Self.unknownZone
    case .instant: Instant(rfc3339: text) == nil ? Self.outsideCalendar : nil
    }
  }

  private static func wording(
    _ parse: () throws(AddressingIssue) -> Void
  ) -> RecordRule.Wording? {
    do {
      try parse()
      return nil
    } catch {
      return RecordRule.Wording(code: error.code, message: error.message, remedy: error.remedy)
    }
  }

  private static let unknownZone = RecordRule.Wording(
    code: "timezone.unknown", message: "There is no such time zone.",
    remedy: "Use a name of the IANA database, such as Europe/Berlin.")

  private static let outsideCalendar = RecordRule.Wording(
    code: "time.range", message: "In UTC the moment is outside the years 0000-9999.",
    remedy: "Use a moment inside them.")
}

/// The names of time zones.
enum TimeZoneName {
  static func exists(_ name: String) -> Bool {
    known.contains(name) || TimeZone(identifier: name) != nil
  }

  private static let known = Set(TimeZone.knownTimeZoneIdentifiers)
}
