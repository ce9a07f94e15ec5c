import ActionProtocol
import ArgumentParser
import Decisions

struct CalendarHolidaysCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "holidays",
    abstract: "The national holidays of a country or region in a year.",
    discussion: Examples.after(
      """
      A line names the country (ISO 3166, with a region behind a hyphen where wanted) and the year.
      """,
      #"echo '{"country": "GB-SCT", "year": 2027}' | aiom calendar holidays"#,
      "aiom calendar holidays questions.jsonl --holidays our-days.csv"))

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
    let calendar = try calendar(try line.text("country") ?? "", changes)
    guard let year = try line.number("year"), (1...9998).contains(year) else {
      throw line.wrong("year", "no year", "Write it as 2026.")
    }
    let holidays = calendar.holidays(in: year).map { holiday -> JSONValue in
      ["date": .string(holiday.day.iso), "name": .string(holiday.name)]
    }
    return [
      ("code", .string(calendar.code)), ("year", .integer(Int64(year))),
      ("known", .bool(calendar.years?.contains(year) ?? false)), ("holidays", .array(holidays)),
    ]
  }

  static func calendar(
    _ code: String, _ changes: [HolidayChange]
  ) throws(LineIssue) -> HolidayCalendar {
    if let calendar = HolidayCalendar(code, changes: changes) { return calendar }
    throw LineIssue(
      "holidays.country", "The holidays of this country or region are not known.",
      "Known are \(HolidayCalendar.countries.joined(separator: ", ")), regions of DE and GB, and "
        + "what a file of holidays names.")
  }
}
