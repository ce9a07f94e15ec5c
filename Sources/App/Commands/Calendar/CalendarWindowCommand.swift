import ActionProtocol
import ArgumentParser
import Decisions
import Foundation

struct CalendarWindowCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "window",
    abstract: "When opening hours begin, in one or more zones or on all clocks of a country.",
    discussion: Examples.after(
      """
      A line names the moment (now) and zones (zone, zones) or a country, all of whose clocks have to
      be open. Where it does not say otherwise: start 09:00, end 17:00 (exclusive; not after the start:
      the next day's), days [1, 2, 3, 4, 5] (1 is Monday), no holidays. Its holidays are days; its
      holiday_country brings those of a country. With business_days it also tells when that business
      day after now ends.
      """,
      #"echo '{"now": "2026-07-03T22:00:00Z", "zone": "Asia/Tokyo"}' | aiom calendar window"#,
      "aiom calendar window questions.jsonl --holidays our-days.csv"))

  @Argument(help: "A file, or - for standard input.", completion: .file(extensions: ["jsonl"]))
  var file = "-"

  @Option(
    name: .long, help: "A CSV file of days to add or take away: date,country,name,change.",
    completion: .file(extensions: ["csv"]))
  var holidays: String?

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let changes = try HolidayFileOption.changes(holidays)
    try JSONLines.answer(file) { line throws(LineIssue) in
      try Self.members(line, changes)
    }
  }

  static func members(
    _ line: JSONLine, _ changes: [HolidayChange]
  ) throws(LineIssue) -> JSONLines.Members {
    let now = try line.instant("now")
    let times = try times(line, changes)
    let opens = times.nextOpening(from: now)
    var members: JSONLines.Members = [
      ("open", .bool(opens == now)), ("opens", opens.map { .string($0.rfc3339) } ?? .null),
      ("zones", .array(times.windows.map { .string($0.zone.identifier) })),
      ("holiday", times.holiday(at: now).map { .string($0.name) } ?? .null),
    ]
    if let count = try line.number("business_days") {
      guard (1...250).contains(count) else {
        throw line.wrong("business_days", "not from 1 to 250", "Write it as 3.")
      }
      let end = times.end(ofBusinessDay: count, after: now)
      members.append(("business_day_ends", end.map { .string($0.rfc3339) } ?? .null))
    }
    return members
  }

  private static func times(
    _ line: JSONLine, _ changes: [HolidayChange]
  ) throws(LineIssue) -> OpenTimes {
    var windows: [BusinessWindow] = []
    for zone in try zones(line) {
      guard let window = try window(zone, line, changes) else {
        throw line.wrong(
          "start", "start, end and days make no window",
          "Write times as 09:00, days as [1, 2, 3, 4, 5].")
      }
      windows.append(window)
    }
    return OpenTimes(windows)
  }

  private static func zones(_ line: JSONLine) throws(LineIssue) -> [String] {
    let named = try line.texts("zone") + line.texts("zones")
    let country = try line.text("country").map { CountryZones.clocks(of: $0).map(\.identifier) }
    let zones = named.isEmpty ? country ?? [] : named
    guard !zones.isEmpty, zones.allSatisfy({ TimeZone(identifier: $0) != nil }) else {
      throw line.wrong(
        "zone", "no time zone or country",
        #"Write {"zone": "Europe/Berlin"} or {"country": "DE"}."#)
    }
    return zones
  }

  private static func window(
    _ zone: String, _ line: JSONLine, _ changes: [HolidayChange]
  ) throws(LineIssue) -> BusinessWindow? {
    let closed = try line.texts("holidays")
    let days = closed.compactMap { LocalDate(iso: $0) }
    guard days.count == closed.count else {
      throw line.wrong("holidays", "no list of days", #"Write ["2026-01-31"]."#)
    }
    var calendar: HolidayCalendar?
    if let code = try line.text("holiday_country") {
      calendar = try CalendarHolidaysCommand.calendar(code, changes)
    }
    return BusinessWindow(
      zone: zone, start: try line.text("start") ?? "09:00", end: try line.text("end") ?? "17:00",
      days: try line.days("days") ?? [1, 2, 3, 4, 5], holidays: days, calendar: calendar)
  }
}
