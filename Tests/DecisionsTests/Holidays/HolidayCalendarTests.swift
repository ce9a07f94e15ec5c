import ActionProtocol
import Decisions
import Testing

@Suite struct HolidayCalendarTests {
  struct Found: Sendable, CustomTestStringConvertible {
    let code: String
    let day: String
    let name: String?

    var testDescription: String { "\(code) \(day)" }
  }

  static let days: [Found] = [
    Found(code: "US", day: "2026-07-03", name: "Independence Day (observed)"),
    Found(code: "US", day: "2026-07-04", name: "Independence Day"),
    Found(code: "US", day: "2027-12-31", name: "New Year's Day (observed)"),
    Found(code: "US", day: "2028-11-23", name: "Thanksgiving Day"),
    Found(code: "US", day: "2026-11-27", name: nil),
    Found(code: "GB", day: "2026-12-28", name: "Boxing Day (observed)"),
    Found(code: "GB", day: "2027-12-28", name: "Boxing Day (observed)"),
    Found(code: "GB", day: "2026-04-06", name: nil),
    Found(code: "GB-ENG", day: "2026-04-06", name: "Easter Monday"),
    Found(code: "gb-sct", day: "2026-06-15", name: "World Cup Bank Holiday"),
    Found(code: "GB-SCT", day: "2027-01-04", name: "2nd January (observed)"),
    Found(code: "DE", day: "2026-06-04", name: nil),
    Found(code: "DE-BY", day: "2026-06-04", name: "Fronleichnam"),
    Found(code: "DE-SN", day: "2027-11-17", name: "Buß- und Bettag"),
    Found(code: "DE-BE", day: "2028-06-17", name: "75. Jahrestag des 17. Juni 1953"),
    Found(code: "ES", day: "2026-11-01", name: nil),
    Found(code: "NL", day: "2025-04-26", name: "Koningsdag"),
    Found(code: "NL", day: "2025-04-27", name: nil),
    Found(code: "SE", day: "2027-06-26", name: "Midsommardagen"),
    Found(code: "NZ", day: "2026-07-10", name: "Matariki"),
    Found(code: "NZ", day: "2027-04-26", name: "Anzac Day (observed)"),
    Found(code: "ZA", day: "2026-11-04", name: "Elections"),
    Found(code: "ZA", day: "2026-08-10", name: "National Women's Day (observed)"),
    Found(code: "IN", day: "2026-11-08", name: "Diwali"),
    Found(code: "IN", day: "2028-04-14", name: "Good Friday; Dr. B. R. Ambedkar's Birthday"),
  ]

  @Test(arguments: days)
  func `a day is free or not`(_ found: Found) throws {
    let calendar = try #require(HolidayCalendar(found.code))
    #expect(calendar.holiday(on: try day(found.day))?.name == found.name)
  }

  @Test func `the twelve countries are known, with their regions and years`() throws {
    let countries = ["AU", "DE", "ES", "FR", "GB", "IN", "IT", "NL", "NZ", "SE", "US", "ZA"]
    #expect(HolidayCalendar.countries == countries)
    #expect(HolidayCalendar.regions(of: "gb") == ["ENG", "NIR", "SCT", "WLS"])
    #expect(HolidayCalendar.regions(of: "DE").count == 16)
    #expect(HolidayCalendar("US")?.years == 2024...2040)
    #expect(HolidayCalendar("IN")?.years == 2026...2028)
  }

  @Test(arguments: ["", "-", "XX", "US-CA", "DE-XX"])
  func `what is not known has no calendar`(_ code: String) {
    #expect(HolidayCalendar(code) == nil)
  }

  @Test func `an org adds days and takes days away, and the last word counts`() throws {
    let fourth = try day("2026-07-04")
    let party = try day("2026-05-05")
    let changes = [
      HolidayChange(day: fourth, country: "US", region: nil, name: "", isAdded: false),
      HolidayChange(day: party, country: nil, region: nil, name: "Party", isAdded: true),
      HolidayChange(day: party, country: "DE", region: nil, name: "", isAdded: false),
      HolidayChange(day: party, country: "JP", region: nil, name: "Kodomo", isAdded: true),
    ]
    let states = try #require(HolidayCalendar("US", changes: changes))
    #expect(states.holiday(on: fourth) == nil)
    #expect(states.holiday(on: party)?.name == "Party")
    #expect(HolidayCalendar("DE", changes: changes)?.holiday(on: party) == nil)
    #expect(HolidayCalendar("JP", changes: changes)?.holiday(on: party)?.name == "Kodomo")
    #expect(HolidayCalendar("JP", changes: changes)?.years == nil)
    #expect(HolidayCalendar("CA", changes: changes) == nil)
    #expect(states != HolidayCalendar("US"))
  }

  @Test func `a region of one's own keeps the country's days`() throws {
    let own = HolidayChange(
      day: try day("2026-03-31"), country: "US", region: "CA", name: "Chávez", isAdded: true)
    let state = try #require(HolidayCalendar("US-CA", changes: [own]))
    #expect(state.holiday(on: try day("2026-03-31"))?.name == "Chávez")
    #expect(state.holiday(on: try day("2026-12-25"))?.name == "Christmas Day")
    #expect(HolidayCalendar("US", changes: [own])?.holiday(on: try day("2026-03-31")) == nil)
  }
}
