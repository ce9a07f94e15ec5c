import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct RecipientHoursTests {
  /// Acme with another place in its records.
  private func move(_ house: EngineHouse, country: String?, zone: String?) async throws {
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "acme", name: "Acme Corp", email: try EmailAddress("billing@acmecorp.com"),
          phone: try PhoneNumber(e164: "+16175550123"), country: country, zone: zone))
    ])
  }

  private func verdict(_ house: EngineHouse, _ id: ActionID) async throws -> GuardVerdict? {
    try await ActionReader(house.context).card(house.org, id)?.guardVerdict
  }

  @Test func `a reminder goes out in the morning of the customer's zone`() async throws {
    // A Wednesday; 15:00 UTC is 10:00 in New York and midnight in Tokyo.
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:00Z")
    try await move(house, country: "JP", zone: nil)
    let id = try await house.propose()
    let opening = try #require(Instant(rfc3339: "2026-03-05T00:00:00Z"))
    guard case .wait(let until, let reasons) = try await verdict(house, id) else {
      Issue.record("nothing keeps it")
      return
    }
    #expect(until == opening)
    #expect(reasons.map(\.rule).sorted() == ["window.quiet_hours", "window.recipient"])
    #expect(
      Set(reasons.compactMap(\.found)) == ["Thu 00:00 in Asia/Tokyo", "Asia/Tokyo (of JP)"])
    try await house.approve(id)
    try await house.run()
    #expect(try await house.state(id).hold?.until == opening)
    house.clock.set(Instant(milliseconds: opening.milliseconds - 1))
    #expect(try await house.run().isEmpty)
    house.clock.set(opening)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `an approved message waits for the zone that the books learn later`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:00Z")
    let id = try #require(try await house.custom("zone").state).id
    try await house.approve(id)
    try await move(house, country: "FR", zone: "Europe/Paris")
    house.clock.set("2026-03-04T17:00:00Z")
    try await house.run()
    let held = try await house.state(id)
    // Paris opens at nine, New York, which was approved, six hours later.
    let opening = Instant(rfc3339: "2026-03-05T14:00:00Z")
    #expect(held.hold == Hold(reason: .sendWindow, until: opening))
    #expect(try await verdict(house, id)?.reasons.map(\.rule) == ["window.recipient"])
  }

  @Test func `a holiday of the customer's country is closed`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-05-14T09:00:00Z")
    try await move(house, country: "DE", zone: nil)
    let id = try await house.propose()
    let verdict = try await verdict(house, id)
    let opening = try #require(Instant(rfc3339: "2026-05-15T07:00:00Z"))
    #expect(
      verdict
        == .wait(
          until: opening,
          reasons: [
            GuardReason(
              rule: "window.holiday", hold: .sendWindow,
              limit: .hours(OpenHours(start: 540, end: 1020, days: [1, 2, 3, 4, 5])),
              until: opening,
              found: "Christi Himmelfahrt 2026-05-14 in DE")
          ]))
  }

  @Test func `the org's own holiday is closed, and an ordinary day once it is taken back`()
    async throws
  {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:00Z")
    let day = try #require(LocalDate(iso: "2026-03-04"))
    try await house.change { organisation in
      organisation.outreach.holidays = [
        HolidayChange(
          day: day, country: "US", region: nil, name: "Stocktaking", isAdded: true)
      ]
    }
    let id = try await house.propose()
    #expect(try await verdict(house, id)?.reasons.map(\.rule) == ["window.holiday"])
    #expect(
      try await verdict(house, id)?.reasons.map(\.found) == ["Stocktaking 2026-03-04 in US"])
    try await house.approve(id)
    try await house.run()
    #expect(house.channel.calls.isEmpty)
    try await house.change { $0.outreach.holidays = [] }
    try await house.run()
    #expect(try await house.state(id).status == .completed)
  }

  @Test func `a country with many clocks must be open on all of them`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:00Z")
    try await move(house, country: "US", zone: nil)
    let id = try await house.propose()
    try await house.approve(id)
    try await house.run()
    // Nine o'clock in Honolulu.
    let opening = Instant(rfc3339: "2026-03-04T19:00:00Z")
    #expect(try await house.state(id).hold == Hold(reason: .sendWindow, until: opening))
  }
}
