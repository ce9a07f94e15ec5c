import ActionProtocol
import Addressing
import Decisions
import Engine
import Insights
import TestSupport
import Testing

@testable import Web

/// What belongs to another organisation is neither shown nor stopped.
@Suite("Two organisations") struct TwoOrganisationsTests {
  /// Ann owns the first of two organisations; the other has a customer of its own.
  private static func place() async throws -> (AccessPlace, OrgID) {
    let place = try await AccessPlace()
    try await place.addOwner()
    let other = Organisation(
      profile: .sample("other-books"), mode: .sandbox, sender: nil,
      createdAt: place.house.clock.now)
    try await place.house.store.write { store in
      try store.save(other)
      try store.beginPolicy(EngineHouse.everythingAsks, of: other.id, by: .tester, via: "test")
      _ = try store.upsert(
        other.id, .partner(PartnerRow(externalID: "x", name: "Foreign Customer")), asOf: store.now)
    }
    return (place, other.id)
  }

  @Test func `no page and no twin shows another organisation`() async throws {
    let (place, other) = try await Self.place()
    let session = try await place.session("ann")
    let token = try await place.token(.person, of: "ann", [.read])
    try await place.run { running in
      for path in [
        "stop", "attention", "customers", "customers/1", "activity", "today", "audit",
        "audit/export", "events",
      ] {
        let page = try await running.ask(
          "GET /\(path)?org=\(other.rawValue)", Browsing.fields(session))
        #expect(page.status == 403, "\(path)")
        #expect(!page.body.contains("Foreign"), "\(path)")
        guard path != "audit/export" else { continue }
        let twin = try await running.ask(
          "GET /api/v1/\(path)",
          ["Authorization: Bearer \(token)", "AIOM-Org: \(other.rawValue)"])
        #expect(twin.status == 403, "\(path)")
      }
      let own = try await running.ask("GET /customers/1", Browsing.fields(session))
      #expect(own.status == 404)
      let list = try await running.ask("GET /customers?q=foreign", Browsing.fields(session))
      #expect(list.status == 200 && list.body.contains("No customer has this"))
    }
  }

  @Test func `whoever may stop one of two organisations stops that one alone`() async throws {
    let (place, other) = try await Self.place()
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    try await place.run { running in
      let page = try await running.ask("GET /inbox", fields)
      #expect(page.body.contains("name=\"reach\" value=\"organisation\""))
      #expect(!page.body.contains("value=\"everything\""))
      let wide = try await running.ask(
        "POST /stop", fields,
        body: Browsing.form(session, [("reach", "everything"), ("reason", "x")]))
      #expect(wide.status == 403 && wide.body.contains("in every organisation"))
      #expect(!wide.body.contains(other.rawValue))
      let own = try await running.ask(
        "POST /stop", fields,
        body: Browsing.form(session, [("reach", "organisation"), ("reason", "x")]))
      #expect(own.status == 303)
      #expect(
        try await EmergencyStop(place.engine).current().map(\.scope) == [.org(place.house.org)])
      // A stop of everything is lifted by those alone who hold the right everywhere.
      _ = try await EmergencyStop(place.engine).stop(
        .everything, reason: "all", by: .tester, via: "test")
      let lifted = try await running.ask(
        "POST /stop/resume", fields, body: Browsing.form(session, [("reach", "everything")]))
      #expect(lifted.status == 403)
      let stops = try await EmergencyStop(place.engine).current()
      #expect(stops.count == 2 && !stops.contains { $0.scope == .org(other) })
    }
  }
}
