import ActionProtocol
import Decisions
import Testing

@Suite struct ExecutionDeadlineTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let why: String
    let approved: String
    var holidays: [String] = []
    let deadline: String

    var testDescription: String { why }
  }

  @Test(arguments: [
    Case(
      why: "Friday evening: the third business day is Wednesday",
      approved: "2026-03-06T23:00:00Z", deadline: "2026-03-11T21:00:00Z"),
    Case(
      why: "Monday morning: Thursday's end", approved: "2026-03-02T15:00:00Z",
      deadline: "2026-03-05T22:00:00Z"),
    Case(
      why: "Monday after hours: 72 hours are later", approved: "2026-03-02T23:00:00Z",
      deadline: "2026-03-05T23:00:00Z"),
    Case(
      why: "Monday exactly at the end: both are the same", approved: "2026-03-02T22:00:00Z",
      deadline: "2026-03-05T22:00:00Z"),
    Case(
      why: "a holiday is no business day", approved: "2026-03-02T15:00:00Z",
      holidays: ["2026-03-04"], deadline: "2026-03-06T22:00:00Z"),
  ])
  func `an approval is good until`(_ example: Case) throws {
    let window = try BusinessWindow.of(
      "America/New_York", "09:00", "17:00", holidays: example.holidays)
    #expect(
      ExecutionDeadline.after(approval: try at(example.approved), window: window).rfc3339
        == (try at(example.deadline)).rfc3339)
  }

  @Test func `without a window it is 72 hours`() throws {
    let approved = try at("2026-03-06T23:00:00Z")
    #expect(
      ExecutionDeadline.after(approval: approved, window: nil) == (try at("2026-03-09T23:00:00Z")))
  }

  @Test func `a night shift's third day ends on the morning after`() throws {
    let window = try BusinessWindow.of("America/New_York", "22:00", "06:00")
    #expect(
      window.end(ofBusinessDay: 3, after: try at("2026-03-02T15:00:00Z"))
        == (try at("2026-03-06T11:00:00Z")))
  }
}
