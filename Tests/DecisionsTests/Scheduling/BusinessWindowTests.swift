import ActionProtocol
import Decisions
import Testing

@Suite struct BusinessWindowTests {
  struct Opening: Sendable, CustomTestStringConvertible {
    let why: String
    let zone: String
    let hours: (String, String)
    var days = [1, 2, 3, 4, 5]
    var holidays: [String] = []
    let from: String
    let opens: String

    var testDescription: String { why }
  }

  private static let newYork = "America/New_York"
  private static let allWeek = [1, 2, 3, 4, 5, 6, 7]

  static let edges: [Opening] = [
    Opening(
      why: "one minute before the opening", zone: newYork, hours: ("09:00", "17:00"),
      from: "2026-03-04T13:59:00Z", opens: "2026-03-04T14:00:00Z"),
    Opening(
      why: "one millisecond before the opening", zone: newYork, hours: ("09:00", "17:00"),
      from: "2026-03-04T13:59:59.999Z", opens: "2026-03-04T14:00:00Z"),
    Opening(
      why: "at the opening", zone: newYork, hours: ("09:00", "17:00"),
      from: "2026-03-04T14:00:00Z", opens: "2026-03-04T14:00:00Z"),
    Opening(
      why: "one millisecond before the end", zone: newYork, hours: ("09:00", "17:00"),
      from: "2026-03-04T21:59:59.999Z", opens: "2026-03-04T21:59:59.999Z"),
    Opening(
      why: "at the end, which is outside", zone: newYork, hours: ("09:00", "17:00"),
      from: "2026-03-04T22:00:00Z", opens: "2026-03-05T14:00:00Z"),
    Opening(
      why: "a window until 24:00 is open in its last minute", zone: newYork,
      hours: ("09:00", "24:00"), from: "2026-03-05T04:59:00Z", opens: "2026-03-05T04:59:00Z"),
    Opening(
      why: "a window until 24:00 is closed at midnight", zone: newYork,
      hours: ("09:00", "24:00"), from: "2026-03-05T05:00:00Z", opens: "2026-03-05T14:00:00Z"),
    Opening(
      why: "the weekend is skipped, and the clocks change on it", zone: newYork,
      hours: ("09:00", "17:00"), from: "2026-03-06T22:00:00Z", opens: "2026-03-09T13:00:00Z"),
    Opening(
      why: "a weekend window is closed in the week", zone: newYork, hours: ("09:00", "17:00"),
      days: [6, 7], from: "2026-03-04T15:00:00Z", opens: "2026-03-07T14:00:00Z"),
    Opening(
      why: "holidays are skipped", zone: newYork, hours: ("09:00", "17:00"),
      holidays: ["2026-03-05", "2026-03-06"], from: "2026-03-04T22:00:00Z",
      opens: "2026-03-09T13:00:00Z"),
    Opening(
      why: "a half-hour zone", zone: "Asia/Kolkata", hours: ("09:00", "17:00"),
      from: "2026-03-04T03:29:59Z", opens: "2026-03-04T03:30:00Z"),
  ]

  static let overnight: [Opening] = [
    Opening(
      why: "before midnight", zone: newYork, hours: ("22:00", "06:00"),
      from: "2026-03-05T03:30:00Z", opens: "2026-03-05T03:30:00Z"),
    Opening(
      why: "after midnight", zone: newYork, hours: ("22:00", "06:00"),
      from: "2026-03-05T10:59:59.999Z", opens: "2026-03-05T10:59:59.999Z"),
    Opening(
      why: "at the end in the morning", zone: newYork, hours: ("22:00", "06:00"),
      from: "2026-03-05T11:00:00Z", opens: "2026-03-06T03:00:00Z"),
    Opening(
      why: "Friday's night runs into Saturday", zone: newYork, hours: ("22:00", "06:00"),
      from: "2026-03-07T10:00:00Z", opens: "2026-03-07T10:00:00Z"),
    Opening(
      why: "Sunday's night is closed until Monday evening", zone: newYork,
      hours: ("22:00", "06:00"), from: "2026-03-09T05:00:00Z", opens: "2026-03-10T02:00:00Z"),
    Opening(
      why: "a holiday's night is closed although the morning after is no holiday", zone: newYork,
      hours: ("22:00", "06:00"), holidays: ["2026-03-04"], from: "2026-03-05T05:00:00Z",
      opens: "2026-03-06T03:00:00Z"),
    Opening(
      why: "equal times are around the clock", zone: newYork, hours: ("09:00", "09:00"),
      days: allWeek, from: "2026-03-05T08:12:00Z", opens: "2026-03-05T08:12:00Z"),
    Opening(
      why: "around the clock from Friday ends on Saturday at the same time", zone: newYork,
      hours: ("09:00", "09:00"), from: "2026-03-07T14:00:00Z", opens: "2026-03-09T13:00:00Z"),
    Opening(
      why: "midnight to midnight is the whole day", zone: newYork, hours: ("00:00", "24:00"),
      from: "2026-03-07T04:59:59Z", opens: "2026-03-07T04:59:59Z"),
    Opening(
      why: "midnight to midnight ends with Friday", zone: newYork, hours: ("00:00", "24:00"),
      from: "2026-03-07T05:00:00Z", opens: "2026-03-09T04:00:00Z"),
  ]

  static let clockChanges: [Opening] = [
    Opening(
      why: "an opening inside the spring gap is the first instant after it", zone: newYork,
      hours: ("02:30", "05:00"), days: allWeek, from: "2026-03-08T06:00:00Z",
      opens: "2026-03-08T07:00:00Z"),
    Opening(
      why: "a window wholly inside the spring gap opens the day after", zone: newYork,
      hours: ("02:00", "03:00"), days: allWeek, from: "2026-03-08T06:30:00Z",
      opens: "2026-03-09T06:00:00Z"),
    Opening(
      why: "in the autumn overlap the first occurrence opens", zone: newYork,
      hours: ("01:30", "05:00"), days: allWeek, from: "2026-11-01T05:00:00Z",
      opens: "2026-11-01T05:30:00Z"),
    Opening(
      why: "in the autumn overlap the second occurrence is still open", zone: newYork,
      hours: ("01:30", "05:00"), days: allWeek, from: "2026-11-01T06:10:00Z",
      opens: "2026-11-01T06:10:00Z"),
    Opening(
      why: "a window that ends inside the overlap ends at the first occurrence", zone: newYork,
      hours: ("00:00", "01:30"), days: allWeek, from: "2026-11-01T05:30:00Z",
      opens: "2026-11-02T05:00:00Z"),
    Opening(
      why: "Zurich opens an hour earlier in UTC after the spring change", zone: "Europe/Zurich",
      hours: ("08:00", "18:00"), from: "2026-03-27T17:00:00Z", opens: "2026-03-30T06:00:00Z"),
    Opening(
      why: "Zurich opens an hour later in UTC after the autumn change", zone: "Europe/Zurich",
      hours: ("08:00", "18:00"), from: "2026-10-23T16:00:00Z", opens: "2026-10-26T07:00:00Z"),
    Opening(
      why: "the Friday that Apia never had does not open", zone: "Pacific/Apia",
      hours: ("09:00", "17:00"), days: allWeek, from: "2011-12-30T03:00:00Z",
      opens: "2011-12-30T19:00:00Z"),
    Opening(
      why: "a day without a midnight opens at its first instant", zone: "America/Sao_Paulo",
      hours: ("00:00", "06:00"), days: allWeek, from: "2018-11-04T00:00:00Z",
      opens: "2018-11-04T03:00:00Z"),
  ]

  @Test(arguments: edges + overnight + clockChanges)
  func `the window opens`(_ opening: Opening) throws {
    let window = try BusinessWindow.of(
      opening.zone, opening.hours.0, opening.hours.1, days: opening.days,
      holidays: opening.holidays)
    let from = try at(opening.from)
    #expect(window.nextOpening(from: from)?.rfc3339 == (try at(opening.opens)).rfc3339)
    #expect(window.isOpen(at: from) == (opening.from == opening.opens))
  }

  struct Refusal: Sendable {
    let zone: String
    let start: String
    let end: String
    let days: [Int]
  }

  @Test(arguments: [
    Refusal(zone: "Europe/Atlantis", start: "09:00", end: "17:00", days: [1]),
    Refusal(zone: "Europe/Zurich", start: "9:00", end: "17:00", days: [1]),
    Refusal(zone: "Europe/Zurich", start: "09:00", end: "17:60", days: [1]),
    Refusal(zone: "Europe/Zurich", start: "09:00", end: "24:01", days: [1]),
    Refusal(zone: "Europe/Zurich", start: "24:00", end: "06:00", days: [1]),
    Refusal(zone: "Europe/Zurich", start: "-1:00", end: "06:00", days: [1]),
    Refusal(zone: "Europe/Zurich", start: "09:00", end: "17:00", days: []),
    Refusal(zone: "Europe/Zurich", start: "09:00", end: "17:00", days: [0]),
    Refusal(zone: "Europe/Zurich", start: "09:00", end: "17:00", days: [1, 8]),
  ])
  func `what is no window is refused`(_ refusal: Refusal) {
    #expect(
      BusinessWindow(
        zone: refusal.zone, start: refusal.start, end: refusal.end, days: refusal.days) == nil)
  }

  @Test func `a window whose days are all holidays never opens`() throws {
    let monday = try day("2026-03-09")
    let holidays = (-2...110).map { monday.adding(days: 7 * $0).iso }
    let window = try BusinessWindow.of(
      "Europe/Zurich", "09:00", "17:00", days: [1], holidays: holidays)
    #expect(window.nextOpening(from: try at("2026-03-04T10:00:00Z")) == nil)
    #expect(!window.isOpen(at: try at("2026-03-09T10:00:00Z")))
  }

  @Test func `a predicate's hours make the same window`() throws {
    let hours = try #require(
      QuietHours(
        timezone: "Europe/Zurich", start: "08:00", end: "18:00", days: [5, 1],
        holidays: [try day("2026-03-09")]))
    let window = try BusinessWindow.of(
      "Europe/Zurich", "08:00", "18:00", days: [1, 5], holidays: ["2026-03-09"])
    #expect(BusinessWindow(hours) == window)
  }
}
