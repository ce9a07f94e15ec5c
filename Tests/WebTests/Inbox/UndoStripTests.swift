import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

@Suite("Undo strip") struct UndoStripTests {
  private static func place() async throws -> (AccessPlace, [ActionState], String) {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.house.change { $0.undoSeconds = 90 }
    let states = [try await place.propose(1), try await place.propose(2)]
    return (place, states, try await place.session("ann"))
  }

  private static func approve(_ place: AccessPlace, _ state: ActionState, by author: String)
    async throws
  {
    _ = try await Approvals(place.house.context).approve(
      place.house.org, state.id, digest: state.digest,
      by: Author(rawValue: author).unsafelyUnwrapped,
      via: "test")
  }

  @Test func `what was approved stands above the inbox while it can be undone, with both ways out`()
    async throws
  {
    let (place, states, session) = try await Self.place()
    let browser = Browsing.fields(session)
    try await place.run { running in
      let before = try await running.ask("GET /inbox", browser)
      #expect(!before.body.contains("can still be undone"))
      try await Self.approve(place, states[0], by: "person:ann")
      place.house.clock.advance(by: .seconds(30))
      try await Self.approve(place, states[1], by: "person:local:tester")
      let strip = try await running.ask("GET /inbox", browser)
      #expect(strip.body.contains("Approved, and can still be undone"))
      #expect(
        strip.body.contains("data-left=\"60000\"") && strip.body.contains("data-left=\"90000\""))
      #expect(strip.body.contains("until 10:01:30 -05:00"))
      // The key is for the newest of one's own, and for nobody else's.
      #expect(strip.body.matches(of: /data-key="u" data-at-once/).count == 1)
      let own = try #require(strip.body.firstRange(of: states[0].id.rawValue)).lowerBound
      let other = try #require(strip.body.firstRange(of: states[1].id.rawValue)).lowerBound
      let key = try #require(strip.body.firstRange(of: "data-key=\"u\" data-at-once")).lowerBound
      #expect(own < key && key < other)

      let undone = try await running.ask(
        "POST /inbox/undo", browser, body: Self.form(session, states[0]))
      #expect(undone.status == 303 && undone.fields["location"] == "/inbox?done=undone")
      let sent = try await running.ask(
        "POST /inbox/send-now", browser, body: Self.form(session, states[1]))
      #expect(sent.status == 303 && sent.fields["location"] == "/inbox?done=released")
      let late = try await running.ask(
        "POST /inbox/undo", browser, body: Self.form(session, states[1]))
      #expect(late.status == 409 && late.body.contains("not within the time to undo"))
      let after = try await running.ask("GET /inbox?done=undone", browser)
      #expect(after.body.contains("Undone. Nothing goes out.") && !after.body.contains("data-left"))
    }
    #expect(try await place.house.state(states[0].id).status == .rejected)
    let other = try await place.house.state(states[1].id)
    #expect(other.status == .approved && other.hold == nil)
  }

  /// A form that comes late may not reject what asks for approval anew.
  @Test func `undoing never rejects what waits again, nor another revision`() async throws {
    let (place, states, session) = try await Self.place()
    try await place.run { running in
      let early = try await running.ask(
        "POST /inbox/undo", Browsing.fields(session), body: Self.form(session, states[0]))
      #expect(early.status == 409)
      try await Self.approve(place, states[0], by: "person:ann")
      var stale = states[0]
      stale.digest = states[1].digest
      let wrong = try await running.ask(
        "POST /inbox/undo", Browsing.fields(session), body: Self.form(session, stale))
      #expect(wrong.status == 409)
    }
    #expect(try await place.house.state(states[0].id).status == .approved)
  }

  @Test func `whoever may only look sees no strip, and programs see what can be undone`()
    async throws
  {
    let (place, states, _) = try await Self.place()
    try await place.add("vic", .viewer)
    try await Self.approve(place, states[0], by: "person:ann")
    let session = try await place.session("vic")
    let token = try await place.token(.person, of: "ann", [.read])
    try await place.run { running in
      let inbox = try await running.ask("GET /inbox", Browsing.fields(session))
      #expect(inbox.status == 200 && !inbox.body.contains("/inbox/undo"))
      let api = try await running.ask("GET /api/v1/inbox", ["Authorization: Bearer \(token)"])
      #expect(api.body.contains(#""undoable":[{"#) && api.body.contains(states[0].id.rawValue))
    }
  }

  @Test func `the inbox asks the same number of things for few and for many`() async throws {
    let (place, states, session) = try await Self.place()
    let none = try await place.statements("/inbox", session)
    try await Self.approve(place, states[0], by: "person:ann")
    let one = try await place.statements("/inbox", session)
    try await Self.approve(place, states[1], by: "person:ann")
    let two = try await place.statements("/inbox", session)
    #expect(none <= 24 && one <= none && two <= one, "\(none) \(one) \(two)")
  }

  private static func form(_ session: String, _ state: ActionState) -> String {
    Browsing.form(session, [("action", state.id.rawValue), ("digest", state.digest.hex)])
  }
}
