import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

@Suite("Saved views") struct SavedViewTests {
  @Test func `a view is kept, listed above the inbox, replaced by its name and deleted`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    _ = try await place.propose(1)
    let session = try await place.session("ann")
    let browser = Browsing.fields(session)
    try await place.run { running in
      let narrowed = try await running.ask(
        "GET /inbox?type=x_send_custom_message&order=oldest", browser)
      #expect(narrowed.body.contains("<input type=\"hidden\" name=\"order\" value=\"oldest\">"))
      #expect(narrowed.body.contains("Customer 1"))
      let none = try await running.ask("GET /inbox?type=x_create_note", browser)
      #expect(none.body.contains("None of what waits is of this kind."))
      for order in ["oldest", "newest", "oldest"] {
        let kept = try await running.ask(
          "POST /inbox/views", browser,
          body: Browsing.form(
            session,
            [("name", "My <mails>"), ("type", "x_send_custom_message"), ("order", order)]))
        #expect(kept.status == 303 && kept.fields["location"] == "/inbox?done=saved")
      }
      let inbox = try await running.ask(
        "GET /inbox?type=x_send_custom_message&order=oldest", browser)
      #expect(
        inbox.body.contains(
          "href=\"/inbox?type=x_send_custom_message&amp;order=oldest\" aria-current=\"true\">"
            + "My &lt;mails&gt;</a>"))
      for name in ["", " ", String(repeating: "x", count: 61)] {
        let bad = try await running.ask(
          "POST /inbox/views", browser, body: Browsing.form(session, [("name", name)]))
        #expect(bad.status == 422 && bad.body.contains("1 to 60 characters"), "\(name)")
      }
      let views = try await SavedViews(place.engine).list(
        place.house.org, of: AccessPlace.id("ann"))
      #expect(views.count == 1)
      let gone = try await running.ask(
        "POST /inbox/views/remove", browser,
        body: Browsing.form(session, [("view", views[0].id)]))
      #expect(gone.status == 303)
      let after = try await running.ask("GET /inbox", browser)
      #expect(!after.body.contains("My &lt;mails&gt;"))
      let token = try await place.token(.person, of: "ann", [.read])
      let audit = try await running.ask(
        "GET /api/v1/audit?kind=view", ["Authorization: Bearer \(token)"])
      #expect(audit.body.matches(of: /"view\.saved"/).count == 3)
      #expect(audit.body.matches(of: /"view\.removed"/).count == 1)
      #expect(!audit.body.contains("mails"))
    }
  }

  @Test func `views are one's own, of so many, and no agent keeps one`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("vic", .viewer)
    let agent = try await place.token(.agent, of: "ann", Right.forAgents)
    let (ann, vic) = (try await place.session("ann"), try await place.session("vic"))
    try await place.run { running in
      for number in 1...20 {
        let kept = try await running.ask(
          "POST /api/v1/inbox/views", AccessPlace.browser(vic), body: #"{"name":"v\#(number)"}"#)
        #expect(kept.status == 200, "\(kept.body)")
      }
      let full = try await running.ask(
        "POST /api/v1/inbox/views", AccessPlace.browser(vic), body: #"{"name":"v21"}"#)
      #expect(full.status == 409 && full.body.contains("view.too_many"))
      let id = try #require(
        try await SavedViews(place.engine).list(place.house.org, of: AccessPlace.id("vic")).first
      ).id
      let others = try await running.ask(
        "POST /api/v1/inbox/views/\(id)/remove", AccessPlace.browser(ann), body: "{}")
      #expect(others.status == 404)
      let own = try await running.ask("GET /api/v1/inbox/views", AccessPlace.browser(ann))
      #expect(own.body.contains(#""views":[]"#))
      let asked = try await running.ask(
        "POST /api/v1/inbox/views", ["Authorization: Bearer \(agent)"], body: #"{"name":"a"}"#)
      #expect(asked.status == 403 && asked.body.contains("view.not_a_person"))
    }
  }
}
