import ArgumentParser

/// Holidays and opening hours as the outreach guard sees them, for people and for outside programs.
struct CalendarCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: "Holidays and opening hours as the guard counts them: JSON lines in and out.",
    discussion: Examples.after(
      """
      Each line of the input is one JSON object; each is answered with one line, in order and at
      once. What is wrong with a line is its answer: the exit code is 0 when all lines were answered.
      """,
      "aiom calendar holidays questions.jsonl",
      #"echo '{"country": "DE-BY", "year": 2026}' | aiom calendar holidays"#,
      #"echo '{"now": "2026-07-03T22:00:00Z", "country": "US"}' | aiom calendar window"#),
    subcommands: [CalendarHolidaysCommand.self, CalendarWindowCommand.self])
}
