import ActionProtocol
import Decisions
import OracleSupport
import Testing

/// PyPI's holidays, a library of its own with its own rules.
@Suite(.enabled(if: Oracle.shouldRun, Oracle.comment)) struct HolidayOracleTests {
  struct Question: Encodable, Sendable {
    let code: String
    let years: ClosedRange<Int>

    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(code)
      try list.encode(years.lowerBound)
      try list.encode(years.upperBound)
    }
  }

  private static func questions() throws -> [Question] {
    let codes = HolidayCalendar.countries.flatMap { country in
      [country] + HolidayCalendar.regions(of: country).map { "\(country)-\($0)" }
    }
    return try codes.map { code in
      Question(code: code, years: try #require(HolidayCalendar(code)?.years))
    }
  }

  @Test func `twelve countries and twenty regions agree in every year that is known`() async throws
  {
    let questions = try Self.questions()
    let answers: [[String]] = try await Oracle.answers("time_holidays.py", questions)
    #expect(answers.count == 32)
    for (question, theirs) in zip(questions, answers) {
      let calendar = try #require(HolidayCalendar(question.code))
      let ours = question.years.flatMap { calendar.holidays(in: $0).map(\.day.iso) }
      #expect(Set(ours).symmetricDifference(theirs).sorted() == [], "\(question.code)")
      #expect(ours.count == theirs.count)
    }
  }
}
