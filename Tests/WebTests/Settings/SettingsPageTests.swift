import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

/// An organisation's settings in a browser.
@Suite("Settings in a browser") struct SettingsPageTests {
  @Test func `channels, settings, people and tokens are shown, and no secret`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let secret = try await place.token(.person, of: "ann", [.read])
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask("GET /settings", Browsing.fields(session))
      #expect(page.status == 200)
      for part in [
        "✔ configured", "✘ not configured", "key &lt;set&gt;", "0 to 3600.", "Ann &lt;Lee&gt;",
        "Revoke", "href=\"/setup\"", "None. Outcomes are looked up",
      ] { #expect(page.body.contains(part), "\(part): \(page.body)") }
      #expect(!page.body.contains(secret) && !page.body.contains(AccessPlace.password))
      let api = try await running.ask("GET /api/v1/settings", ["Authorization: Bearer \(secret)"])
      #expect(api.body.contains(#""days":"1-5""#) && api.body.contains(#""configured":false"#))
    }
  }

  @Test
  func `only what differs from what was shown is saved, and what is wrong stands at its field`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let ports = place.ports
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    let shown = [("was.undo_seconds", "60"), ("was.days", "1-5"), ("days", "1-5")]
    try await place.run { running in
      let same = try await running.ask(
        "POST /settings/change", fields,
        body: Browsing.form(session, shown + [("undo_seconds", "60")]))
      #expect(same.fields["location"] == "/settings?done=unchanged", "\(same.body)")
      let wrong = try await running.ask(
        "POST /settings/change", fields,
        body: Browsing.form(session, shown + [("undo_seconds", "so<on")]))
      #expect(wrong.status == 422)
      for part in [
        "value=\"so&lt;on\"", "aria-invalid=\"true\"", "must be a number. 0 to 3600.",
        "Nothing was saved",
      ] { #expect(wrong.body.contains(part), "\(part): \(wrong.body)") }
      let saved = try await running.ask(
        "POST /settings/change", fields,
        body: Browsing.form(session, shown + [("undo_seconds", "30")]))
      #expect(saved.fields["location"] == "/settings?done=saved", "\(saved.body)")
      let token = try await place.token(.person, of: "ann", [.read, .settings])
      let bearer = ["Authorization: Bearer \(token)"]
      let api = try await running.ask(
        "POST /api/v1/settings", bearer, body: #"{"undo_seconds":"20"}"#)
      #expect(api.status == 200, "\(api.body)")
      for body in ["{}", #"{"mode":"live"}"#, #"{"undo_seconds":"x"}"#] {
        let refused = try await running.ask("POST /api/v1/settings", bearer, body: body)
        #expect(refused.status == 422, "\(body)")
      }
    }
    #expect(ports.writes == ["person:ann web undo_seconds=30", "person:ann api undo_seconds=20"])
  }

  @Test func `a token is shown once, and opens nothing after it was revoked`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    try await place.run { running in
      for (pairs, word) in [
        ([("name", "t"), ("kind", "person"), ("days", "9")], "scope is empty"),
        ([("name", "t"), ("kind", "x"), ("days", "9"), ("scope", "read")], "kind is unknown"),
        ([("name", "t"), ("kind", "person"), ("days", ""), ("scope", "read")], "days is no whole"),
        ([("name", "t"), ("kind", "agent"), ("days", "9"), ("scope", "decide")], "decide"),
      ] {
        let page = try await running.ask(
          "POST /settings/tokens/create", fields, body: Browsing.form(session, pairs))
        #expect((400..<500).contains(page.status) && page.body.contains(word), "\(word)")
      }
      let made = try await running.ask(
        "POST /settings/tokens/create", fields,
        body: Browsing.form(
          session,
          [
            ("name", "nightly"), ("kind", "person"), ("days", "9"), ("scope", "read"),
            ("scope", "records"),
          ]))
      #expect(made.status == 200)
      let secret = String(
        try #require(made.body.firstMatch(of: /<pre>(aiom_p_[^<]+)<\/pre>/)).1)
      let bearer = ["Authorization: Bearer \(secret)"]
      #expect(try await running.ask("GET /api/v1/settings", bearer).status == 200)
      let page = try await running.ask("GET /settings", fields)
      #expect(page.body.contains("nightly") && !page.body.contains(secret))
      let id = try #require(try await Tokens(place.context).list(place.house.org).first).id
      let gone = try await running.ask(
        "POST /settings/tokens/revoke", fields, body: Browsing.form(session, [("token", id)]))
      #expect(gone.fields["location"] == "/settings?done=revoked", "\(gone.body)")
      #expect(try await running.ask("GET /api/v1/settings", bearer).status == 401)
    }
  }

  @Test func `people are added with a link, given roles, and disabled; nobody beyond their rights`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    try await place.run { running in
      let added = try await running.ask(
        "POST /settings/people/add", fields,
        body: Browsing.form(
          session, [("person", "bob"), ("name", "Bob"), ("email", ""), ("role", "viewer")]))
      #expect(added.status == 200 && added.body.contains("/join/"), "\(added.body)")
      let wrong = try await running.ask(
        "POST /settings/people/add", fields,
        body: Browsing.form(session, [("person", "B b"), ("name", "Bob"), ("role", "viewer")]))
      #expect(wrong.status == 422)
      for (deed, done) in [("give", 303), ("disable", 303), ("enable", 303), ("promote", 422)] {
        let answer = try await running.ask(
          "POST /settings/people/change", fields,
          body: Browsing.form(
            session, [("person", "bob"), ("deed", deed), ("role", "approver")]))
        #expect(answer.status == done, "\(deed): \(answer.body)")
      }
      let last = try await running.ask(
        "POST /settings/people/change", fields,
        body: Browsing.form(session, [("person", "ann"), ("deed", "take"), ("role", "owner")]))
      #expect((400..<500).contains(last.status), "the last owner stays: \(last.status)")
      let card = try await People(place.context).show(AccessPlace.id("bob"))
      #expect(card.roles[place.house.org] == [.approver, .viewer] && card.person.isActive)
    }
  }

  @Test func `the page asks the same number of things for few and for many people`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let few = try await place.statements("/settings", session)
    for number in 0..<5 { try await place.add("p\(number)", .viewer) }
    for _ in 0..<5 { _ = try await place.token(.person, of: "ann", [.read]) }
    #expect(try await place.statements("/settings", session) == few)
    #expect(few <= 21, "\(few)")
  }
}
