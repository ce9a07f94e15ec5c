import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import TestSupport
import Testing

@testable import Web

/// Changing a message, handing over, approving several, proving with a passkey: without scripts but
/// for the last.
@Suite("Forms of the desk") struct DeskFormTests {
  private typealias Desk = DeskPageTests

  @Test
  func `changed words are a new revision that asks again, and words seen late replace nothing`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let session = try await place.session("ann")
    let path = "/actions/\(state.id.rawValue)"
    func change(_ digest: Digest, _ text: String, to: String = "billing@customer1.example")
      -> String
    {
      Desk.form(
        session,
        [("digest", digest.hex), ("to", to), ("subject", "Our hours"), ("body_text", text)])
    }
    try await place.run { running in
      let card = try await running.ask("GET \(path)", Desk.browser(session))
      #expect(card.body.contains("Change the message …"))
      #expect(card.body.contains(">\nWe are open on Monday.</textarea>"))
      let same = try await running.ask(
        "POST \(path)/edit", Desk.browser(session),
        body: change(state.digest, "We are open on Monday."))
      #expect(same.status == 422 && same.body.contains("Nothing differs"))
      let done = try await running.ask(
        "POST \(path)/edit", Desk.browser(session),
        body: change(state.digest, "We are open on Tuesday.\r\nAlways."))
      #expect(done.status == 303 && done.fields["location"] == "\(path)?done=edited")
      let late = try await running.ask(
        "POST \(path)/edit", Desk.browser(session), body: change(state.digest, "Never."))
      #expect(late.status == 409 && late.body.contains("We are open on Tuesday."))
      let old = try await running.ask(
        "POST \(path)/approve", Desk.browser(session),
        body: Desk.form(session, [("digest", state.digest.hex)]))
      #expect(old.status == 409)
      let now = try await place.house.state(state.id)
      let bad = try await running.ask(
        "POST \(path)/edit", Desk.browser(session), body: change(now.digest, "Hm.", to: "nobody"))
      #expect(bad.status == 422 && bad.body.contains("e-mail addresses"))
    }
    let end = try await place.house.state(state.id)
    #expect(end.revision == 2 && end.status == .pendingApproval)
    let org = place.house.org
    let record = try #require(
      try await place.house.store.read { try $0.revision(org, end.id, 2) })
    #expect(String(decoding: record.document, as: UTF8.self).contains("Tuesday.\\nAlways."))
  }

  @Test func `what is handed over stands in that person's inbox, and comes back to everybody's`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("bob", .owner)
    try await place.add("vic", .viewer)
    let state = try await place.propose()
    let session = try await place.session("ann")
    let path = "/actions/\(state.id.rawValue)"
    try await place.run { running in
      let card = try await running.ask("GET \(path)", Desk.browser(session))
      #expect(card.body.contains("<option value=\"bob\">"))
      #expect(!card.body.contains("<option value=\"vic\">"))
      for (person, status, location) in [
        ("vic", 409, nil), ("bob", 303, "\(path)?done=handed"), ("", 303, "\(path)?done=shared"),
        ("bob", 303, "\(path)?done=handed"),
      ] {
        let answer = try await running.ask(
          "POST \(path)/delegate", Desk.browser(session),
          body: Desk.form(session, [("person", person)]))
        #expect(answer.status == status && answer.fields["location"] == location, "\(person)")
      }
      let bobs = try await running.ask(
        "GET /inbox?mine=true", Desk.browser(try await place.session("bob")))
      #expect(bobs.body.contains("href=\"\(path)\""))
    }
  }

  @Test func `several are chosen, looked at with every recipient, and approved by their digests`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let states = [
      try await place.propose(1), try await place.propose(2), try await place.propose(3),
    ]
    let session = try await place.session("ann")
    let ids = states.map { "id=\($0.id.rawValue)" }.joined(separator: "&")
    try await place.run { running in
      let inbox = try await running.ask("GET /inbox", Desk.browser(session))
      for state in states {
        #expect(inbox.body.contains("name=\"id\" value=\"\(state.id.rawValue)\""))
      }
      let review = try await running.ask("GET /inbox/together?\(ids)", Desk.browser(session))
      #expect(review.status == 200 && review.body.contains("3 actions together"))
      for (number, state) in zip(1..., states) {
        #expect(review.body.contains("billing@customer\(number).example"))
        #expect(review.body.contains("value=\"\(state.id.rawValue):\(state.digest.hex)\""))
      }
      let nothing = try await running.ask("GET /inbox/together", Desk.browser(session))
      #expect(nothing.status == 422 && nothing.body.contains("Nothing is chosen"))
      // One of them changes while the others are looked at.
      _ = try await Approvals(place.engine).edit(
        place.house.org, states[1].id, ActionEdit(subject: "Other hours"), by: .tester, via: "test")
      let choices = states.map { ("choice", "\($0.id.rawValue):\($0.digest.hex)") }
      let refused = try await running.ask(
        "POST /inbox/together", Desk.browser(session),
        body: Desk.form(session, [choices[0], choices[0]])
      )
      #expect(refused.status == 422 && refused.body.contains("chosen twice"))
      let done = try await running.ask(
        "POST /inbox/together", Desk.browser(session),
        body: Desk.form(session, choices + [("shown", "1")]))
      #expect(done.status == 200 && done.body.contains("2 of 3 approved"))
      #expect(done.body.contains("Not approved."))
    }
    var ends: [ActionStatus] = []
    for state in states { ends.append(try await place.house.state(state.id).status) }
    #expect(ends == [.approved, .pendingApproval, .approved])
  }

  @Test func `whoever may only look can choose nothing together`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("vic", .viewer)
    let states = [try await place.propose(1), try await place.propose(2)]
    let session = try await place.session("vic")
    try await place.run { running in
      let inbox = try await running.ask("GET /inbox", Desk.browser(session))
      #expect(inbox.status == 200 && !inbox.body.contains("name=\"id\""))
      let review = try await running.ask(
        "GET /inbox/together?id=\(states[0].id.rawValue)", Desk.browser(session))
      let done = try await running.ask(
        "POST /inbox/together", Desk.browser(session),
        body: Desk.form(
          session, [("choice", "\(states[0].id.rawValue):\(states[0].digest.hex)")]))
      #expect(review.status == 403 && done.status == 403)
    }
    #expect(try await place.house.state(states[0].id).status == .pendingApproval)
  }

  @Test func `a card that wants a passkey carries the script that asks for it`() async throws {
    let rule = PolicyRule(
      id: "proof", title: "Messages want a passkey", on: [.group(.all)], when: PolicyCondition(),
      then: .require(PolicyRequirement(role: "owner", stepUp: .passkey)), reason: "A test.")
    let place = try await AccessPlace(policy: Policy(name: "proof", rules: [rule]))
    try await place.addOwner()
    let state = try await place.propose()
    let session = try await place.session("ann")
    let path = "/actions/\(state.id.rawValue)"
    try await place.run { running in
      let card = try await running.ask("GET \(path)", Desk.browser(session))
      #expect(card.body.contains("data-passkey=\"approve\""))
      #expect(card.body.contains("<noscript>"))
      let policy = try #require(card.fields["content-security-policy"])
      #expect(policy.contains("script-src 'sha256-") && policy.contains("connect-src 'self'"))
      // Each script is named by its hash, and none but ours is.
      let scripts = card.body.components(separatedBy: "<script").count
      let sources = try #require(policy.split(separator: ";").first { $0.contains("script-src") })
      #expect(!policy.contains("unsafe") && sources.split(separator: "'sha256-").count == scripts)
      #expect(card.body.contains("navigator.credentials"))
      let connection = try running.connect()
      connection.send(
        RunningListener.Place.request("GET \(path)", Desk.browser(session))
          .replacing("Host: localhost", with: "Host: 127.0.0.1"))
      let numbers = await connection.readAnswer()
      #expect(
        !numbers.body.contains("data-passkey") && numbers.body.contains("opened under a name"))
      for pairs in [[], [("credential", "!")], [("credential", "AAAA")]] {
        let answer = try await running.ask(
          "POST \(path)/approve", Desk.browser(session),
          body: Desk.form(session, [("digest", state.digest.hex)] + pairs))
        #expect([403, 422].contains(answer.status), "\(pairs) \(answer.status)")
      }
      let account = try await running.ask("GET /account", Desk.browser(session))
      #expect(account.body.contains("data-passkey=\"register\""))
      let unknown = try await running.ask(
        "POST /account/passkeys/AAAA/remove", Desk.browser(session), body: Desk.form(session, []))
      #expect(unknown.status == 404)
    }
    #expect(try await place.house.state(state.id).status == .pendingApproval)
  }
}
