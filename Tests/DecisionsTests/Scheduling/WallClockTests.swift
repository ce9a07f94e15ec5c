import ActionProtocol
import Decisions
import Foundation
import Testing

@Suite struct WallClockTests {
  struct Reading: Sendable, CustomTestStringConvertible {
    let zone: String
    let day: String
    let minutes: Int
    let instant: String

    var testDescription: String { "\(zone) \(day) +\(minutes)" }
  }

  @Test(arguments: [
    Reading(
      zone: "America/New_York", day: "2026-03-04", minutes: 0, instant: "2026-03-04T05:00:00Z"),
    Reading(
      zone: "America/New_York", day: "2026-03-07", minutes: 1440,
      instant: "2026-03-08T05:00:00Z"),
    Reading(
      zone: "America/New_York", day: "2026-03-08", minutes: 119,
      instant: "2026-03-08T06:59:00Z"),
    Reading(
      zone: "America/New_York", day: "2026-03-08", minutes: 120,
      instant: "2026-03-08T07:00:00Z"),
    Reading(
      zone: "America/New_York", day: "2026-03-08", minutes: 179,
      instant: "2026-03-08T07:00:00Z"),
    Reading(
      zone: "America/New_York", day: "2026-03-08", minutes: 180,
      instant: "2026-03-08T07:00:00Z"),
    Reading(
      zone: "America/New_York", day: "2026-03-08", minutes: 181,
      instant: "2026-03-08T07:01:00Z"),
    Reading(
      zone: "America/New_York", day: "2026-11-01", minutes: 60,
      instant: "2026-11-01T05:00:00Z"),
    Reading(
      zone: "America/New_York", day: "2026-11-01", minutes: 119,
      instant: "2026-11-01T05:59:00Z"),
    Reading(
      zone: "America/New_York", day: "2026-11-01", minutes: 120,
      instant: "2026-11-01T07:00:00Z"),
    Reading(
      zone: "Europe/Zurich", day: "2026-03-29", minutes: 150, instant: "2026-03-29T01:00:00Z"),
    Reading(
      zone: "Europe/Zurich", day: "2026-10-25", minutes: 150, instant: "2026-10-25T00:30:00Z"),
    Reading(
      zone: "Asia/Kolkata", day: "2026-03-04", minutes: 540, instant: "2026-03-04T03:30:00Z"),
    Reading(
      zone: "Pacific/Apia", day: "2011-12-29", minutes: 1439, instant: "2011-12-30T09:59:00Z"),
    Reading(
      zone: "Pacific/Apia", day: "2011-12-30", minutes: 720, instant: "2011-12-30T10:00:00Z"),
    Reading(
      zone: "Pacific/Apia", day: "2011-12-31", minutes: 0, instant: "2011-12-30T10:00:00Z"),
    Reading(
      zone: "America/Sao_Paulo", day: "2018-11-04", minutes: 0, instant: "2018-11-04T03:00:00Z"),
    Reading(
      zone: "America/Sao_Paulo", day: "2018-02-17", minutes: 1410,
      instant: "2018-02-18T01:30:00Z"),
    Reading(
      zone: "America/Sao_Paulo", day: "2018-02-17", minutes: 1440,
      instant: "2018-02-18T03:00:00Z"),
    Reading(
      zone: "Australia/Lord_Howe", day: "2026-10-04", minutes: 135,
      instant: "2026-10-03T15:30:00Z"),
    Reading(zone: "UTC", day: "1969-12-31", minutes: 1439, instant: "1969-12-31T23:59:00Z"),
  ])
  func `clocks show a time at an instant`(_ reading: Reading) throws {
    let instant = WallClock.instant(
      try day(reading.day), minutes: reading.minutes, in: try zone(reading.zone))
    #expect(instant.rfc3339 == (try at(reading.instant)).rfc3339)
  }

  @Test(arguments: ["America/New_York", "Europe/Zurich", "Asia/Kolkata", "Pacific/Apia", "UTC"])
  func `minutes after midnight are those of the calendar`(_ name: String) throws {
    let zone = try zone(name)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    for moment in ["2026-03-08T06:59:59.999Z", "2026-11-01T06:30:00Z", "1969-12-31T23:59:59.500Z"] {
      let instant = try at(moment)
      let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
      let parts = calendar.dateComponents([.hour, .minute], from: date)
      let expected = (parts.hour ?? -1) * 60 + (parts.minute ?? -1)
      #expect(WallClock.minutes(instant, in: zone) == expected)
    }
  }

  @Test(arguments: Seeds.all)
  func `outside of gaps an instant shows the minutes it was made of`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let zones = try ["America/New_York", "Europe/Zurich", "Asia/Kolkata", "Australia/Lord_Howe"]
      .map { try zone($0) }
    for _ in 0..<500 {
      let zone = try #require(zones.randomElement(using: &generator))
      let date = LocalDate(epochDay: Int.random(in: 0..<25_000, using: &generator))
      // From four to midnight no clock of these zones was ever changed.
      let minutes = Int.random(in: 240..<1440, using: &generator)
      let instant = WallClock.instant(date, minutes: minutes, in: zone)
      #expect(WallClock.minutes(instant, in: zone) == minutes, "seed \(seed)")
      #expect(LocalDate(instant, in: zone) == date, "seed \(seed)")
    }
  }
}
