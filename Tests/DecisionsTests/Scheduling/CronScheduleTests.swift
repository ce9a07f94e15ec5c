import ActionProtocol
import Decisions
import Foundation
import Testing

@Suite struct CronScheduleTests {
  /// The first `count` instants after one, as text.
  private func instants(
    _ expression: String, after start: String, in zone: String, count: Int
  ) throws -> [String] {
    let schedule = try CronSchedule(expression)
    let zone = try #require(TimeZone(identifier: zone))
    var at = try #require(Instant(rfc3339: start))
    return try (0..<count).map { _ in
      at = try #require(schedule.next(after: at, in: zone))
      return at.toTheSecond
    }
  }

  // MARK: - Fields

  @Test(arguments: [
    ("* * * * *", ["2026-03-04T15:01:00Z", "2026-03-04T15:02:00Z"]),
    ("0 * * * *", ["2026-03-04T16:00:00Z", "2026-03-04T17:00:00Z"]),
    ("*/20 * * * *", ["2026-03-04T15:20:00Z", "2026-03-04T15:40:00Z"]),
    ("5/25 * * * *", ["2026-03-04T15:05:00Z", "2026-03-04T15:30:00Z"]),
    ("0 */4 * * *", ["2026-03-04T16:00:00Z", "2026-03-04T20:00:00Z"]),
    ("0 6,18 * * *", ["2026-03-04T18:00:00Z", "2026-03-05T06:00:00Z"]),
    ("30 8-17/3 * * *", ["2026-03-04T17:30:00Z", "2026-03-05T08:30:00Z"]),
    ("0 9 * * mon-fri", ["2026-03-05T09:00:00Z", "2026-03-06T09:00:00Z"]),
    ("0 9 * * FRI-SUN", ["2026-03-06T09:00:00Z", "2026-03-07T09:00:00Z"]),
    ("0 9 * * 0", ["2026-03-08T09:00:00Z", "2026-03-15T09:00:00Z"]),
    ("0 9 * * 7", ["2026-03-08T09:00:00Z", "2026-03-15T09:00:00Z"]),
    ("0 9 1 jan,Jul *", ["2026-07-01T09:00:00Z", "2027-01-01T09:00:00Z"]),
    ("0 0 31 * *", ["2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z"]),
    ("  0\t0 29 2 *  ", ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]),
  ])
  func `a field's ways of writing mean what they say`(
    _ expression: String, _ expected: [String]
  ) throws {
    #expect(
      try instants(expression, after: "2026-03-04T15:00:00Z", in: "UTC", count: 2) == expected)
  }

  /// 2026-03-13 is a Friday.
  @Test(arguments: [
    ("0 0 13 * FRI", ["2026-03-06", "2026-03-13", "2026-03-20"]),
    ("0 0 13 * *", ["2026-03-13", "2026-04-13", "2026-05-13"]),
    ("0 0 * * FRI", ["2026-03-06", "2026-03-13", "2026-03-20"]),
    // A field that begins with a star restricts only together with the other.
    ("0 0 */2 * FRI", ["2026-03-13", "2026-03-27", "2026-04-03"]),
  ])
  func `of two restricted kinds of days either is enough`(
    _ expression: String, _ days: [String]
  ) throws {
    let found = try instants(expression, after: "2026-03-04T15:00:00Z", in: "UTC", count: 3)
    #expect(found == days.map { $0 + "T00:00:00Z" })
  }

  @Test(arguments: [
    ("* * * *", "fields"), ("* * * * * *", "fields"), ("", "fields"),
    ("60 * * * *", "number"), ("-1 * * * *", "number"), ("* 24 * * *", "number"),
    ("* * 0 * *", "number"), ("* * 32 * *", "number"), ("* * * 13 *", "number"),
    ("* * * * 8", "number"), ("a * * * *", "number"), ("* * * FEBR *", "number"),
    ("١ * * * *", "number"), ("001 * * * *", "number"), ("1- * * * *", "number"),
    ("5-1 * * * *", "range"), ("* * * DEC-JAN *", "range"),
    ("*/0 * * * *", "step"), ("*/ * * * *", "step"), ("*/-2 * * * *", "step"),
    ("*/2/3 * * * *", "step"), ("1,,2 * * * *", "empty"), ("1, * * * *", "empty"),
    ("/5 * * * *", "empty"), ("0 0 30 2 *", "never"), ("0 0 31 4,6,9,11 *", "never"),
  ])
  func `what is no schedule is refused with a reason`(_ text: String, _ code: String) {
    let error = #expect(throws: CronError.self) { try CronSchedule(text) }
    #expect(error?.code == code)
    #expect(error?.message.isEmpty == false)
  }

  @Test func `a rare date is found over a leap year that is left out`() throws {
    #expect(
      try instants("0 0 29 2 *", after: "2096-03-01T00:00:00Z", in: "UTC", count: 1)
        == ["2104-02-29T00:00:00Z"])
  }

  @Test func `only spaces and the case of names are normalised`() throws {
    #expect(try CronSchedule(" 0  9 * *   mon ").expression == "0 9 * * mon")
  }

  // MARK: - Clock changes

  @Test(arguments: [
    // Spring, New York: 02:00 to 03:00 is left out on 2026-03-08.
    (
      "30 2 * * *", "America/New_York", "2026-03-07T12:00:00Z",
      ["2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"]
    ),
    // Two times in the gap are one instant.
    (
      "0,30 2 * * *", "America/New_York", "2026-03-07T12:00:00Z",
      ["2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z"]
    ),
    // Autumn, New York: 01:00 to 02:00 comes twice on 2026-11-01.
    (
      "30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z",
      ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]
    ),
    // Between the two passes nothing is due until the next day.
    (
      "30 1 * * *", "America/New_York", "2026-11-01T05:45:00Z", ["2026-11-02T06:30:00Z"]
    ),
    // Spring, Zurich.
    (
      "30 2 * * *", "Europe/Zurich", "2026-03-28T12:00:00Z",
      ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]
    ),
    // Every hour: nothing is added for the hour that is left out.
    (
      "30 * * * *", "America/New_York", "2026-03-08T06:00:00Z",
      ["2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z"]
    ),
    // Every hour: both passes count.
    (
      "30 * * * *", "America/New_York", "2026-11-01T05:00:00Z",
      ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-01T07:30:00Z"]
    ),
    // Half an hour is left out on Lord Howe.
    (
      "15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z",
      ["2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"]
    ),
    // A whole day is left out on Samoa: what was due on it comes first thing afterwards.
    (
      "0 12 30 12 *", "Pacific/Apia", "2011-12-29T00:00:00Z", ["2011-12-30T10:00:00Z"]
    ),
    // A midnight that does not exist.
    (
      "0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00:00Z",
      ["2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"]
    ),
  ])
  func `a clock change leaves out nothing and doubles nothing`(
    _ expression: String, _ zone: String, _ start: String, _ expected: [String]
  ) throws {
    #expect(
      try instants(expression, after: start, in: zone, count: expected.count) == expected)
  }

  // MARK: - Looking back

  @Test(arguments: [
    ("* * * * *", "2026-03-04T15:00:00Z", "2026-03-04T15:00:59Z", "2026-03-04T15:00:00Z"),
    ("* * * * *", "2026-03-04T15:00:00Z", "2026-09-04T15:00:30Z", "2026-09-04T15:00:00Z"),
    ("0 * * * *", "2026-03-04T15:00:00Z", "2026-03-06T14:59:59Z", "2026-03-06T14:00:00Z"),
    ("30 3 * * *", "2026-03-04T03:30:00Z", "2026-03-20T03:29:00Z", "2026-03-19T03:30:00Z"),
    ("0 0 1 1 *", "2020-01-01T00:00:00Z", "2026-03-20T03:29:00Z", "2026-01-01T00:00:00Z"),
    ("0 0 29 2 *", "2024-02-29T00:00:00Z", "2027-03-20T03:29:00Z", "2024-02-29T00:00:00Z"),
  ])
  func `the latest of many missed instants is found`(
    _ expression: String, _ first: String, _ now: String, _ latest: String
  ) throws {
    let found = try CronSchedule(expression).latest(
      from: #require(Instant(rfc3339: first)), upTo: #require(Instant(rfc3339: now)), in: .gmt)
    #expect(found.toTheSecond == latest)
  }
}

extension Instant {
  /// RFC 3339 without a fraction; only whole seconds look like that.
  var toTheSecond: String { rfc3339.replacing(".000Z", with: "Z") }
}
