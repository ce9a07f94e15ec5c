import ActionProtocol
import Cards
import Foundation
import Testing

@testable import App

@Suite struct LocalTimeTests {
  @Test(
    arguments: [
      ("2026-11-22T14:00:00Z", "Europe/Berlin", "Sun 2026-11-22 15:00:00 +01:00"),
      ("2026-07-01T23:30:05Z", "America/New_York", "Wed 2026-07-01 19:30:05 -04:00"),
      ("2026-07-01T20:00:00Z", "Asia/Kolkata", "Thu 2026-07-02 01:30:00 +05:30"),
      ("2026-11-22T14:00:00.050Z", "UTC", "Sun 2026-11-22 14:00:00.050 +00:00"),
      ("1969-12-31T23:59:59.999Z", "UTC", "Wed 1969-12-31 23:59:59.999 +00:00"),
    ])
  func `an instant is shown in the zone, with the offset and whatever binds`(
    _ text: String, _ zone: String, _ shown: String
  ) throws {
    let found = try #require(TimeZone(identifier: zone))
    let time = LocalTime(found)
    #expect(time.text(try #require(Instant(rfc3339: text))) == shown)
  }

  @Test(
    arguments: [
      (0, "just now"), (999, "just now"), (1000, "in 1 s"), (-1000, "1 s ago"),
      (61_000, "in 1 min 1 s"), (3_600_000, "in 1 h"), (14_399_000, "in 3 h 59 min"),
      (86_400_000, "in 24 h"), (172_800_000, "in 2 days"), (-180_000_000, "2 days 2 h ago"),
    ])
  func `a distance is cut to two units`(_ milliseconds: Int64, _ shown: String) {
    let now = Instant(milliseconds: 1_000_000_000_000)
    let then = Instant(milliseconds: now.milliseconds + milliseconds)
    #expect(LocalTime.distance(then, from: now) == shown)
  }

  @Test(
    arguments: [
      (500_000, "USD", "USD 5,000.00"), (-5, "EUR", "EUR -0.05"),
      (1_234_567, "JPY", "JPY 1,234,567"),
      (100, "BHD", "BHD 0.100"), (99_999, "USD", "USD 999.99"), (0, "USD", "USD 0.00"),
    ])
  func `an amount has its currency's decimals and groups of three`(
    _ units: Int64, _ code: String, _ shown: String
  ) throws {
    let found = ActionProtocol.Currency(code: code)
    let currency = try #require(found)
    #expect(AmountText.text(Money(minorUnits: units, currency: currency)) == shown)
  }
}
