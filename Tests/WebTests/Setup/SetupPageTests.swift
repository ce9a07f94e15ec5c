import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

/// The go-live checklist in a browser.
@Suite("Setting up in a browser") struct SetupPageTests {
  @Test func `each box says what was found and what helps, and going live is said step by step`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask("GET /setup", Browsing.fields(session))
      #expect(page.status == 200)
      for part in [
        "One thing stands in the way of going live", "found &lt;sender&gt;", "fix sender",
        "✔ ok", "✘ missing", "? cannot tell", "AIOM_DELIVERY=live", "I have seen it",
      ] { #expect(page.body.contains(part), "\(part): \(page.body)") }
    }
  }

  @Test func `a person ticks what no machine sees, with name, date and words, and takes it back`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    let org = place.house.org
    let ticks = SetupTicks(place.engine)
    try await place.run { running in
      for (pairs, word) in [
        ([("box", "sender"), ("note", "x")], "box is none that persons tick"),
        ([("box", ""), ("note", "x")], "box is none that persons tick"),
        ([("box", "email_received"), ("note", " ")], "note is empty"),
      ] {
        let page = try await running.ask(
          "POST /setup/tick", fields, body: Browsing.form(session, pairs))
        #expect(page.status == 422 && page.body.contains(word), "\(word): \(page.body)")
      }
      #expect(try await ticks.list(org).isEmpty)
      let done = try await running.ask(
        "POST /setup/tick", fields,
        body: Browsing.form(session, [("box", "email_received"), ("note", "it came <at once>")]))
      #expect(done.fields["location"] == "/setup?done=ticked", "\(done.body)")
      let tick = try #require(try await ticks.list(org)[.emailReceived])
      #expect(tick.by.rawValue == "person:ann" && tick.at == place.house.clock.now)
      let token = try await place.token(.person, of: "ann", [.read, .settings])
      let bearer = ["Authorization: Bearer \(token)"]
      let api = try await running.ask("GET /api/v1/setup", bearer)
      for part in [#""ticked_by":"person:ann""#, #""in_the_way":1"#, #""delivery":"sandbox""#] {
        #expect(api.body.contains(part), "\(part): \(api.body)")
      }
      let page = try await running.ask("GET /setup?done=ticked", fields)
      #expect(page.body.contains("Take it back") && !page.body.contains("it came"))
      let back = try await running.ask(
        "POST /api/v1/setup/untick", bearer,
        body: #"{"box":"email_received","note":"it was another one"}"#)
      #expect(back.status == 200, "\(back.body)")
      let again = try await running.ask(
        "POST /api/v1/setup/untick", bearer, body: #"{"box":"email_received","note":"x"}"#)
      #expect(again.status == 409, "\(again.body)")
      #expect(try await ticks.list(org).isEmpty)
    }
    let entries = try await place.house.store.read { store in
      try store.audit(org, action: nil, after: 0, limit: 1000).map {
        String(decoding: $0.leaf, as: UTF8.self)
      }.filter { $0.contains(#""kind":"setup."#) }
    }
    #expect(entries.count == 2 && entries.allSatisfy { $0.contains("person:ann") })
    #expect(entries.allSatisfy { !$0.contains("at once") && !$0.contains("another one") })
  }

  @Test func `a tick is one organisation's, and no agent's`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let ticks = SetupTicks(place.engine)
    try await ticks.tick(
      place.house.org, .dashboard, note: "seen", by: .tester, via: "test")
    let other = try #require(OrgID(rawValue: "elsewhere"))
    #expect(try await ticks.list(other).isEmpty)
    await #expect(throws: DecisionError.self) {
      try await ticks.tick(other, .dashboard, note: "seen", by: .tester, via: "test")
    }
    await #expect(throws: DecisionError.self) {
      try await ticks.tick(
        place.house.org, .spamFolder, note: "seen",
        by: Author(.agent, "crm-bot").unsafelyUnwrapped, via: "test")
    }
  }

  @Test func `whoever may only look is offered no tick`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("vic", .viewer)
    let session = try await place.session("vic")
    try await place.run { running in
      let page = try await running.ask("GET /setup", Browsing.fields(session))
      #expect(page.status == 200 && !page.body.contains("/setup/tick"))
    }
  }
}
