import ActionProtocol
import Addressing
import Decisions
import Engine
import Insights
import TestSupport
import Testing

@testable import Web

/// What may be sent and to whom nothing goes, in a browser.
@Suite("Outreach in a browser") struct OutreachPageTests {
  private static func reason(_ text: String) -> (String, String) { ("reason", text) }

  @Test func `limits stand beside what is used of them, and what waits beside when it may go`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let sent = try await place.propose(1)
    try await place.house.approve(sent.id)
    try await place.house.run()
    let waiting = try await place.house.submit(place, 1, "again")
    try await place.house.approve(waiting)
    try await place.house.run()
    _ = try await CollectionHolds(place.engine).add(
      place.house.org,
      CollectionHolds.Wish(
        subject: .customer("p1"), kind: .pause, lastDay: LocalDate(iso: "2026-04-01")),
      note: "<b>later</b>", by: .tester, via: "test")
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask("GET /outreach", Browsing.fields(session))
      #expect(page.status == 200)
      for part in [
        #"<th scope="row">E-mail, last hour</th><td class="number">1</td>"#,
        "E-mail to own people, last hour", "no limit", "cool-down",
        "href=\"/actions/\(waiting.rawValue)\"", "Nobody is suppressed.",
        "&lt;b&gt;later&lt;/b&gt;", "End the hold",
      ] { #expect(page.body.contains(part), "\(part): \(page.body)") }
      let hold = try #require(page.body.firstMatch(of: /name="hold" value="([^"]+)"/)).1
      let ended = try await running.ask(
        "POST /outreach/holds/end", Browsing.fields(session),
        body: Browsing.form(session, [("hold", String(hold)), Self.reason("they paid")]))
      #expect(ended.fields["location"] == "/outreach?done=ended", "\(ended.body)")
      let token = try await place.token(.person, of: "ann", [.read])
      let api = try await running.ask("GET /api/v1/outreach", ["Authorization: Bearer \(token)"])
      for part in [
        #""cap":"email.org.hour","limit":100000,"used":1"#, #""holds":[]"#, waiting.rawValue,
      ] { #expect(api.body.contains(part), "\(part): \(api.body)") }
    }
  }

  @Test func `an address is suppressed, found by its whole text, and lifted with a reason`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    let org = place.house.org
    try await place.run { running in
      for (wrong, word) in [
        ([("address", "no @ at all"), Self.reason("x")], "address"),
        ([("address", "a@b.example")], "reason is empty"),
        ([("address", "a@b.example"), ("days", "0"), Self.reason("x")], "days is outside"),
        ([("address", "a@b.example"), ("days", "soon"), Self.reason("x")], "days is no whole"),
        ([("address", "a@b.example"), ("kind", "mood"), Self.reason("x")], "kind is unknown"),
        ([("address", "a@b.example"), ("scope", "x"), Self.reason("x")], "scope is neither"),
      ] {
        let order = [("scope", "all"), ("kind", "manual")].filter { pair in
          !wrong.contains { $0.0 == pair.0 }
        }
        let page = try await running.ask(
          "POST /outreach/suppress", fields, body: Browsing.form(session, wrong + order))
        #expect(page.status == 422 && page.body.contains(word), "\(word): \(page.body)")
      }
      #expect(try await Suppressions(place.engine).list(org).isEmpty)
      let done = try await running.ask(
        "POST /outreach/suppress", fields,
        body: Browsing.form(
          session,
          [
            ("address", " Ann@Example.org "), ("scope", "all"), ("kind", "legal"), ("days", "30"),
            Self.reason("letter <of> today"),
          ]))
      #expect(done.fields["location"] == "/outreach?done=added", "\(done.body)")
      let found = try await running.ask("GET /outreach?address=ann%40example.org", fields)
      #expect(found.status == 200 && found.body.contains("Lift this suppression"))
      #expect(!found.body.contains("letter &lt;of"))
      let none = try await running.ask("GET /outreach?address=bob%40example.org", fields)
      #expect(none.body.contains("Nothing forbids messages to this address."))
      let wrong = try await running.ask("GET /outreach?address=%40", fields)
      #expect(wrong.status == 200 && wrong.body.contains("address is not valid"))
      let id = try #require(try await Suppressions(place.engine).list(org).first).id
      let silent = try await running.ask(
        "POST /outreach/lift", fields, body: Browsing.form(session, [("suppression", id)]))
      #expect(silent.status == 422 && silent.body.contains("reason is empty"))
      let lifted = try await running.ask(
        "POST /outreach/lift", fields,
        body: Browsing.form(session, [("suppression", id), Self.reason("asked")]))
      #expect(lifted.fields["location"] == "/outreach?done=lifted", "\(lifted.body)")
      let gone = try await running.ask(
        "POST /outreach/lift", fields,
        body: Browsing.form(session, [("suppression", id), Self.reason("asked")]))
      #expect(gone.status == 404)
    }
    let entries = try await place.house.store.read { store in
      try store.audit(org, action: nil, after: 0, limit: 1000).map {
        String(decoding: $0.leaf, as: UTF8.self)
      }.filter { $0.contains(#""kind":"suppression."#) }
    }
    #expect(entries.count == 2 && entries.allSatisfy { $0.contains(#""via":"web""#) })
    #expect(entries.allSatisfy { $0.contains("person:ann") && !$0.contains("example.org") })
  }

  @Test func `programs page through all of them, and an agent adds but never lifts`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let agent = try await place.token(.agent, of: "ann", Right.forAgents)
    let bearer = ["Authorization: Bearer \(agent)"]
    try await place.run { running in
      for number in 1...7 {
        let answer = try await running.ask(
          "POST /api/v1/suppressions", bearer,
          body: #"{"address":"a\#(number)@example.org","reason":"asked"}"#)
        #expect(answer.status == 201, "\(answer.body)")
        place.house.clock.advance(by: .seconds(1))
      }
      let again = try await running.ask(
        "POST /api/v1/suppressions", bearer, body: #"{"address":"a1@example.org","reason":"x"}"#)
      #expect(again.status == 200 && again.body.contains(#""answer":"known""#))
      var (path, seen) = ("/api/v1/suppressions?limit=3", [String]())
      while true {
        let page = try await running.ask("GET \(path)", bearer)
        seen += page.body.matches(of: /"address":"(a\d)@example.org"/).map { String($0.1) }
        guard let next = page.body.firstMatch(of: /"next":"([^"]+)"/) else { break }
        path = "/api/v1/suppressions?limit=3&before=\(next.1)"
      }
      #expect(seen == ["a7", "a6", "a5", "a4", "a3", "a2", "a1"], "\(seen)")
      let id = try #require(try await Suppressions(place.engine).list(place.house.org).first).id
      let lift = try await running.ask(
        "POST /api/v1/suppressions/\(id)/lift", bearer, body: #"{"reason":"x"}"#)
      #expect(lift.status == 403)
    }
  }

  @Test func `whoever may only look is offered no form`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("vic", .viewer)
    _ = try await Suppressions(place.engine).add(
      place.house.org, Suppressions.Wish(address: try SuppressionAddress("x@y.example")),
      note: "x", by: .tester, via: "test")
    let session = try await place.session("vic")
    try await place.run { running in
      let page = try await running.ask("GET /outreach", Browsing.fields(session))
      #expect(page.status == 200 && page.body.contains("x@y.example"))
      for path in ["/outreach/lift", "/outreach/suppress", "/outreach/holds/end"] {
        #expect(!page.body.contains(path), "\(path)")
      }
    }
  }

  @Test func `the page asks the same number of things for few and for many`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    try await place.house.approve(try await place.propose(1).id)
    let few = try await place.statements("/outreach", session)
    for number in 0..<60 {
      _ = try await Suppressions(place.engine).add(
        place.house.org, Suppressions.Wish(address: try SuppressionAddress("a\(number)@y.example")),
        note: "x", by: .tester, via: "test")
    }
    for number in 2...3 { try await place.house.approve(try await place.propose(Int64(number)).id) }
    #expect(try await place.statements("/outreach", session) == few)
    #expect(few <= 31, "\(few)")
  }
}

extension EngineHouse {
  /// A second message of an agent to the same customer.
  fileprivate func submit(
    _ place: AccessPlace, _ customer: Int64, _ key: String
  ) async throws -> ActionID {
    var proposal = try place.proposal(customer)
    proposal.idempotencyKey = IdempotencyKey(rawValue: key)
    let outcome = try await Intake(place.engine).submit(
      proposal, by: Author(.agent, "crm-bot").unsafelyUnwrapped, via: "test")
    return try #require(outcome.state).id
  }
}
