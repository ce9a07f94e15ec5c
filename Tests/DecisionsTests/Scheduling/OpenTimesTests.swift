import ActionProtocol
import Decisions
import Foundation
import Testing

@Suite struct OpenTimesTests {
  private func times(_ zones: [String], _ start: String = "09:00", _ end: String = "17:00") throws
    -> OpenTimes
  {
    OpenTimes(try zones.map { try BusinessWindow.of($0, start, end) })
  }

  private func opening(_ times: OpenTimes, _ from: String) throws -> String? {
    times.nextOpening(from: try at(from)).map { String($0.rfc3339.prefix(16)) }
  }

  @Test func `two zones are open together in the hours they share`() throws {
    let both = try times(["America/New_York", "Europe/London"])
    // 14:00 to 17:00 in London is 09:00 to 12:00 in New York.
    #expect(
      both.nextOpening(from: try at("2026-01-13T09:00:00Z"))?.rfc3339.prefix(16)
        == "2026-01-13T14:00")
    #expect(both.isOpen(at: try at("2026-01-13T16:59:59.999Z")))
    #expect(!both.isOpen(at: try at("2026-01-13T17:00:00Z")))
    #expect(
      both.nextOpening(from: try at("2026-01-16T17:00:00Z"))?.rfc3339.prefix(16)
        == "2026-01-19T14:00")
  }

  @Test func `zones that share no hour never open, and say so at once`() throws {
    let never = try times(["America/New_York", "Asia/Tokyo"])
    #expect(never.nextOpening(from: try at("2026-01-13T09:00:00Z")) == nil)
    let russia = OpenTimes(
      try CountryZones.clocks(of: "RU").map {
        try BusinessWindow.of($0.identifier, "08:00", "18:00")
      })
    #expect(russia.windows.count > 8)
    #expect(russia.nextOpening(from: try at("2026-01-13T09:00:00Z")) == nil)
  }

  @Test func `zones that share an hour only in one season open in that season`() throws {
    // In winter Cairo is at +2 and Sydney at +11; in southern winter +3 and +10.
    let both = try times(["Africa/Cairo", "Australia/Sydney"], "09:00", "17:00")
    let opening = try #require(both.nextOpening(from: try at("2026-01-13T00:00:00Z")))
    #expect(both.isOpen(at: opening))
    let (first, last) = (try at("2026-04-20T00:00:00Z"), try at("2026-05-01T00:00:00Z"))
    #expect(opening > first && opening < last)
  }

  @Test func `no windows are always open and one is itself`() throws {
    let now = try at("2026-01-17T03:00:00Z")
    #expect(OpenTimes([]).nextOpening(from: now) == now)
    let window = try BusinessWindow.of("Europe/Paris", "09:00", "17:00")
    #expect(OpenTimes([window]).nextOpening(from: now) == window.nextOpening(from: now))
  }

  @Test func `holidays of a country close its windows`() throws {
    let window = try #require(
      BusinessWindow(
        zone: "Europe/Paris", start: "09:00", end: "17:00", days: [1, 2, 3, 4, 5],
        calendar: HolidayCalendar("FR")))
    let bastille = try at("2026-07-14T08:00:00Z")
    #expect(window.nextOpening(from: bastille)?.rfc3339.prefix(16) == "2026-07-15T07:00")
    #expect(window.holiday(at: bastille)?.name == "Fête nationale")
    #expect(window.holiday(at: try at("2026-08-15T08:00:00Z")) == nil, "a Saturday")
    // Thursday, then Monday: Easter Monday, and Friday is none in France.
    #expect(
      window.end(ofBusinessDay: 2, after: try at("2026-04-02T08:00:00Z"))?.rfc3339.prefix(16)
        == "2026-04-07T15:00")
  }

  @Test func `an approval lives to the end of the last zone's third business day`() throws {
    let both = try times(["America/New_York", "Europe/London"])
    #expect(
      both.end(ofBusinessDay: 3, after: try at("2026-01-16T12:00:00Z"))?.rfc3339.prefix(16)
        == "2026-01-21T22:00")
  }
}
