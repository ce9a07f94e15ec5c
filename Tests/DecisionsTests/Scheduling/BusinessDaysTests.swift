import ActionProtocol
import Decisions
import OracleSupport
import Testing

@Suite struct BusinessDaysTests {
  private func days(_ country: String? = nil) throws -> BusinessDays {
    let calendars = try country.map { [try #require(HolidayCalendar($0))] } ?? []
    return try #require(BusinessDays(calendars: calendars))
  }

  struct Step: Sendable, CustomTestStringConvertible {
    let country: String?
    let from: String
    let count: Int
    let to: String

    var testDescription: String { "\(country ?? "") \(from) \(count)" }
  }

  @Test(arguments: [
    Step(country: nil, from: "2026-03-06", count: 1, to: "2026-03-09"),
    Step(country: nil, from: "2026-03-07", count: 0, to: "2026-03-09"),
    Step(country: nil, from: "2026-03-09", count: 0, to: "2026-03-09"),
    Step(country: nil, from: "2026-03-09", count: -1, to: "2026-03-06"),
    Step(country: "DE", from: "2026-04-02", count: 1, to: "2026-04-07"),
    Step(country: "DE", from: "2026-04-07", count: -1, to: "2026-04-02"),
    Step(country: "GB", from: "2027-12-24", count: 1, to: "2027-12-29"),
    Step(country: "US", from: "2026-07-02", count: 1, to: "2026-07-06"),
  ])
  func `business days later`(_ step: Step) throws {
    let found = try days(step.country).adding(step.count, to: try day(step.from))
    #expect(found?.iso == step.to)
  }

  @Test func `days are counted from the first and before the last`() throws {
    let friday = try day("2026-03-06")
    #expect(try days().count(from: friday, to: friday) == 0)
    #expect(try days().count(from: friday, to: friday.adding(days: 3)) == 1)
    #expect(try days().count(from: friday.adding(days: 7), to: friday) == -5)
  }

  @Test func `weeks of holidays alone have no next business day`() throws {
    let first = try day("2026-01-01")
    let closed = (0..<800).map {
      HolidayChange(
        day: first.adding(days: $0), country: "US", region: nil, name: "Closed", isAdded: true)
    }
    let calendar = try #require(HolidayCalendar("US", changes: closed))
    let days = try #require(BusinessDays(calendars: [calendar]))
    #expect(days.adding(1, to: first) == nil)
    #expect(BusinessDays(days: []) == nil && BusinessDays(days: [0]) == nil)
  }
}

/// PyPI's python-dateutil and holidays.
@Suite(.enabled(if: Oracle.shouldRun, Oracle.comment)) struct BusinessDaysOracleTests {
  struct Question: Encodable, Sendable {
    let country: String
    let day: String
    let count: Int

    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(country)
      try list.encode(day)
      try list.encode(count)
    }
  }

  @Test(arguments: Seeds.all)
  func `business days across holidays agree`(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let first = try day("2026-02-15").epochDay
    let last = try day("2028-10-15").epochDay
    let questions = (0..<300).map { number in
      let count = Int.random(in: 1...25, using: &generator)
      return Question(
        country: HolidayCalendar.countries[number % HolidayCalendar.countries.count],
        day: LocalDate(epochDay: Int.random(in: first...last, using: &generator)).iso,
        count: Bool.random(using: &generator) ? count : -count)
    }
    let answers: [String] = try await Oracle.answers("time_days.py", questions)
    for (question, theirs) in zip(questions, answers) {
      let calendar = try #require(HolidayCalendar(question.country))
      let days = try #require(BusinessDays(calendars: [calendar]))
      let ours = days.adding(question.count, to: try day(question.day))
      #expect(ours?.iso == theirs, "\(question)")
    }
  }
}
