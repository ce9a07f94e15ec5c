import ActionProtocol
import Foundation
import Testing

@Suite("Instant")
struct InstantTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-11-22T16:20:00.000Z", 1_795_364_400_000),
      ("2026-11-22T17:20:00.000+01:00", 1_795_364_400_000),
      ("2026-11-22t10:50:00.1-05:30", 1_795_364_400_100), ("1969-12-31T23:59:59.999Z", -1),
      ("2024-02-29T12:00:00.123456789Z", 1_709_208_000_123),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ] as [(String, Int64)])
  func `reads RFC 3339`(text: String, milliseconds: Int64) {
    #expect(Instant(rfc3339: text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "2026-11-22", "2026-11-22T16:20Z", "2026-11-22T16:20:00", "2026-11-22 16:20:00Z",
    "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T16:60:00Z",
    "2026-11-22T16:20:60Z", "2026-11-22T16:20:00.Z", "2026-11-22T16:20:00.1234567890Z",
    "2026-11-22T16:20:00+24:00", "2026-11-22T16:20:00+0100", "0000-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01", "2026-11-22T16:20:00Z ", "２026-11-22T16:20:00Z",
  ])
  func `refuses what is not RFC 3339`(text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test(arguments: Seeds.all)
  func `what is written is read back`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let instant = Instant(
        milliseconds: Int64(random.int(-62_167_219_200_000...253_402_300_799_999)))
      #expect(instant.rfc3339.count == 24)
      #expect(Instant(rfc3339: instant.rfc3339) == instant, "seed \(seed)")
    }
  }

  @Test func `advances and measures`() {
    let start = Instant(milliseconds: 1000)
    #expect(start.advanced(by: .milliseconds(1500)).milliseconds == 2500)
    #expect(start.advanced(by: .seconds(-2)).milliseconds == -1000)
    #expect(start.advanced(by: .seconds(Int64.max)).milliseconds == .max)
    #expect(start.advanced(by: .seconds(Int64.min)).milliseconds == .min)
    #expect(start.duration(since: Instant(milliseconds: 3000)) == .seconds(-2))
    #expect(start < Instant(milliseconds: 1001))
  }
}

@Suite("Local date")
struct LocalDateTests {
  @Test func `days follow each other through four centuries`() throws {
    var date = try #require(LocalDate(iso: "1700-01-01"))
    let end = try #require(LocalDate(iso: "2101-03-01"))
    var weekday = date.weekday
    while date < end {
      let next = LocalDate(epochDay: date.epochDay + 1)
      #expect(LocalDate(iso: next.iso) == next)
      #expect(date < next)
      #expect(next.day == 1 || next.day == date.day + 1)
      weekday = weekday % 7 + 1
      #expect(next.weekday == weekday)
      date = next
    }
  }

  @Test(arguments: [("2026-11-22", 7), ("2026-11-23", 1), ("1970-01-01", 4), ("2000-02-29", 2)])
  func `knows the day of the week`(iso: String, weekday: Int) {
    #expect(LocalDate(iso: iso)?.weekday == weekday)
  }

  @Test(arguments: [
    "2026-2-01", "2026-02-29", "2100-02-29", "2026-04-31", "2026-00-01", "2026-01-00", "20260101",
    "2026-01-01T", "-026-01-01", "",
  ])
  func `refuses days that do not exist`(iso: String) {
    #expect(LocalDate(iso: iso) == nil)
  }

  @Test(
    arguments: [
      ("2026-11-22T23:59:59.999Z", "UTC", "2026-11-22"),
      ("2026-11-22T23:00:00Z", "Europe/Berlin", "2026-11-23"),
      ("2026-11-22T22:59:59.999Z", "Europe/Berlin", "2026-11-22"),
      ("2026-07-01T22:00:00Z", "Europe/Berlin", "2026-07-02"),
      ("2026-11-22T04:59:59Z", "America/New_York", "2026-11-21"),
      ("1969-12-31T23:59:59.999Z", "UTC", "1969-12-31"),
    ])
  func `is the day of the zone`(instant: String, zone: String, iso: String) throws {
    let instant = try #require(Instant(rfc3339: instant))
    #expect(LocalDate(instant, in: try #require(TimeZone(identifier: zone))).iso == iso)
  }

  @Test func `counts days`() throws {
    let start = try #require(LocalDate(iso: "2024-02-28"))
    #expect(start.adding(days: 2).iso == "2024-03-01")
    #expect(start.adding(days: -59).iso == "2023-12-31")
    #expect(start.adding(days: 366).days(since: start) == 366)
  }
}

@Suite("Time of day")
struct TimeOfDayTests {
  @Test(arguments: [("00:00", 0), ("09:05", 545), ("23:59", 1439), ("24:00", 1440)])
  func `reads and writes`(text: String, minutes: Int) {
    #expect(TimeOfDay(text)?.minutes == minutes)
    #expect(TimeOfDay(minutes: minutes)?.rawValue == text)
  }

  @Test(arguments: ["24:01", "9:00", "09:60", "0900", "09:00 ", "", "ab:cd"])
  func `refuses what is none`(text: String) { #expect(TimeOfDay(text) == nil) }
}
