import ActionProtocol
import Decisions
import Testing

@testable import App

@Suite struct CalendarCommandTests {
  private func answer(
    _ line: String, changes: [HolidayChange] = [],
    _ read: (JSONLine, [HolidayChange]) throws(LineIssue) -> JSONLines.Members
  ) -> String {
    CanonicalJSON.text(
      JSONLines.answer(.bytes(Array(line.utf8))) { line throws(LineIssue) in
        try read(line, changes)
      })
  }

  @Test func `holidays of a region are listed with what the file adds`() throws {
    let own = HolidayFile("date,country,name\n2026-05-02,GB-SCT,Ours")
    let text = answer(
      #"{"country": "gb-sct", "year": 2026}"#, changes: own.changes,
      CalendarHolidaysCommand.members)
    #expect(text.contains(#""code":"GB-SCT","#))
    #expect(text.contains(#"{"date":"2026-05-02","name":"Ours"}"#))
    #expect(text.contains(#"{"date":"2026-06-15","name":"World Cup Bank Holiday"}"#))
    #expect(text.contains(#""known":true"#))
  }

  @Test func `a window tells when it opens, in all zones that are named`() {
    let text = answer(
      #"{"now": "2026-01-13T09:00:00Z", "zones": ["America/New_York", "Europe/London"]}"#,
      CalendarWindowCommand.members)
    #expect(text.contains(#""opens":"2026-01-13T14:00:00.000Z""#), "\(text)")
    #expect(text.contains(#""open":false"#))
  }

  @Test func `a country means all of its clocks, and never is null`() {
    let states = answer(
      #"{"now": "2026-01-13T09:00:00Z", "country": "US", "start": "08:00", "end": "18:00"}"#,
      CalendarWindowCommand.members)
    #expect(states.contains(#""opens":"2026-01-13T18:00:00.000Z""#), "\(states)")
    let russia = answer(
      #"{"now": "2026-01-13T09:00:00Z", "country": "RU", "start": "08:00", "end": "18:00"}"#,
      CalendarWindowCommand.members)
    #expect(russia.contains(#""opens":null"#), "\(russia)")
  }

  @Test(arguments: [
    (#"{"country": "XX", "year": 2026}"#, "holidays.country"),
    (#"{"country": "DE", "year": "2026"}"#, "line.year"),
    (#"{"country": "DE"}"#, "line.year"),
    ("[]", "line.json"),
  ])
  func `a line that is wrong says how`(_ line: String, _ code: String) {
    let text = answer(line, CalendarHolidaysCommand.members)
    #expect(text.contains(#""code":"\#(code)""#), "\(text)")
    #expect(text.contains(#""ok":false"#))
  }

  @Test(arguments: [
    (#"{"zone": "Asia/Tokyo"}"#, "line.now"),
    (#"{"now": "2026-01-13T09:00:00Z", "zone": "Mars"}"#, "line.zone"),
    (#"{"now": "2026-01-13T09:00:00Z", "zone": "Asia/Tokyo", "start": "9"}"#, "line.start"),
    (#"{"now": "2026-01-13T09:00:00Z", "zone": "Asia/Tokyo", "days": [0]}"#, "line.start"),
    (
      #"{"now": "2026-01-13T09:00:00Z", "zone": "Asia/Tokyo", "holidays": ["x"]}"#,
      "line.holidays"
    ),
  ])
  func `a question about a window that is wrong says how`(_ line: String, _ code: String) {
    let text = answer(line, CalendarWindowCommand.members)
    #expect(text.contains(#""code":"\#(code)""#), "\(text)")
  }
}
