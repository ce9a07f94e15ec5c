import ActionProtocol
import Decisions
import Foundation
import OracleSupport
import Testing

/// Python's zoneinfo and PyPI's python-dateutil, which know nothing of these sources.
@Suite(.enabled(if: Oracle.shouldRun, Oracle.comment)) struct OpenTimesOracleTests {
  struct Window: Encodable, Sendable {
    let zone: String
    let start: Int
    let end: Int
    let days: [Int]
    let holidays: [String]
  }

  struct Question: Encodable, Sendable {
    let from: Int64
    let windows: [Window]
  }

  private static let zones = [
    "America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Santiago",
    "America/Asuncion", "America/Havana", "America/Nuuk", "America/Sao_Paulo", "Atlantic/Azores",
    "Africa/Casablanca", "Africa/Cairo", "Africa/Johannesburg", "Europe/London", "Europe/Berlin",
    "Europe/Dublin", "Europe/Chisinau", "Europe/Moscow", "Asia/Beirut", "Asia/Gaza",
    "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tokyo", "Asia/Almaty",
    "Antarctica/Troll", "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Sydney",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Norfolk",
    "Pacific/Marquesas", "Pacific/Apia",
  ]

  /// The days on which clocks change here and there, and others.
  private static let days = [
    "2024-03-08", "2024-03-30", "2024-11-02", "2025-03-29", "2025-04-05", "2025-10-04",
    "2025-10-25", "2026-03-07", "2026-03-28", "2026-04-04", "2026-04-24", "2026-09-05",
    "2026-10-03", "2026-10-24", "2026-10-31", "2026-12-23", "2027-03-13", "2027-09-25",
    "2028-02-26", "2028-11-04",
  ]

  private static func window(_ generator: inout SeededGenerator) -> Window {
    let start = Int.random(in: 0..<96, using: &generator) * 15
    let length = Int.random(in: 1...96, using: &generator) * 15
    let count = Int.random(in: 1...7, using: &generator)
    let from = Int.random(in: 0..<20, using: &generator)
    let first = LocalDate(iso: days[from])?.epochDay ?? 0
    let holidays = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      LocalDate(epochDay: first + Int.random(in: -2...5, using: &generator)).iso
    }
    return Window(
      zone: zones[Int.random(in: 0..<zones.count, using: &generator)], start: start,
      end: (start + length) % 1440, days: Array((1...7).shuffled(using: &generator).prefix(count)),
      holidays: holidays)
  }

  private static func questions(_ seed: UInt64) throws -> [Question] {
    var generator = SeededGenerator(seed: seed)
    return try (0..<400).map { number in
      let midnight = try day(days[Int.random(in: 0..<days.count, using: &generator)]).epochDay
      let offset = Int64.random(in: -86_400_000...172_800_000, using: &generator)
      let windows = (0..<(number % 3 == 0 ? 2 : 1)).map { _ in window(&generator) }
      return Question(from: Int64(midnight) * 86_400_000 + offset, windows: windows)
    }
  }

  private static func times(_ windows: [Window]) throws -> OpenTimes {
    OpenTimes(
      try windows.map { window in
        try BusinessWindow.of(
          window.zone, text(window.start), text(window.end), days: window.days,
          holidays: window.holidays)
      })
  }

  @Test(arguments: Seeds.all)
  func `openings agree over random zones, hours, days and holidays`(_ seed: UInt64) async throws {
    let questions = try Self.questions(seed)
    let answers: [Int64?] = try await Oracle.answers("time_windows.py", questions)
    #expect(answers.count == questions.count)
    var openings = 0
    for (question, theirs) in zip(questions, answers) {
      let from = Instant(milliseconds: question.from)
      let ours = try Self.times(question.windows).nextOpening(from: from)
      // They look 100 days ahead, we a year.
      if theirs == nil, let ours {
        #expect(ours.milliseconds - question.from > 60 * 86_400_000, "\(question)")
      } else {
        #expect(ours?.milliseconds == theirs, "\(question)")
      }
      openings += theirs == nil ? 0 : 1
    }
    #expect(openings > 280)
  }

  private static func text(_ minutes: Int) -> String {
    let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
    return [hour, minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
