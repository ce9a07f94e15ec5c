import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing
@testable import Web

/// A request that names a key is carried out once, whatever the connection does.
@Suite struct ReplayedAnswerTests {
  private static func key(_ text: String) -> String { "Idempotency-Key: \(text)" }

  private static func comment(_ state: ActionState) -> String {
    "POST /api/v1/actions/\(state.id.rawValue)/comment"
  }

  private static func remarks(_ place: AccessPlace, _ state: ActionState) async throws -> Int {
    let (org, id) = (state.org, state.id)
    return try await place.house.store.read { try $0.remarks(org, id).count }
  }

  @Test func `asked again, the first answer comes back and nothing is done`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let agent = [
      "Authorization: Bearer \(try await place.token(.agent, of: "ann", Right.forAgents))"
    ]
    try await place.run { running in
      let first = try await running.ask(
        Self.comment(state), agent + [Self.key("one")], body: #"{"text":"Hello."}"#)
      #expect(first.status == 201 && first.fields["idempotent-replayed"] == nil)
      // As the draft writes it, and as most clients do.
      for word in ["one", "\"one\""] {
        let again = try await running.ask(
          Self.comment(state), agent + [Self.key(word)], body: #"{"text":"Hello."}"#)
        #expect(again.status == 201 && again.body == first.body)
        #expect(again.fields["idempotent-replayed"] == "true")
      }
      let other = try await running.ask(
        Self.comment(state), agent + [Self.key("two")], body: #"{"text":"Hello."}"#)
      #expect(other.status == 201 && other.body != first.body)
    }
    #expect(try await Self.remarks(place, state) == 2)
  }

  @Test func `a key is one request's and one caller's`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let agent = [
      "Authorization: Bearer \(try await place.token(.agent, of: "ann", Right.forAgents))"
    ]
    let session = AccessPlace.browser(try await place.session("ann"))
    try await place.run { running in
      let first = try await running.ask(
        Self.comment(state), agent + [Self.key("one")], body: #"{"text":"Hello."}"#)
      #expect(first.status == 201)
      let another = try await running.ask(
        Self.comment(state), agent + [Self.key("one")], body: #"{"text":"Good bye."}"#)
      #expect(another.status == 422 && another.body.contains("idempotency_key.reused"))
      let person = try await running.ask(
        Self.comment(state), session + [Self.key("one")], body: #"{"text":"Hello."}"#)
      #expect(person.status == 201 && person.fields["idempotent-replayed"] == nil)
    }
    #expect(try await Self.remarks(place, state) == 2)
  }

  @Test func `what was refused may be asked again under the same key`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let session = AccessPlace.browser(try await place.session("ann"))
    let path = "POST /api/v1/actions/\(state.id.rawValue)/approve"
    try await place.run { running in
      let wrong = try await running.ask(
        path, session + [Self.key("one")],
        body: #"{"digest":"\#(String(repeating: "1", count: 64))"}"#)
      #expect(wrong.status == 409, "\(wrong.body)")
      let right = try await running.ask(
        path, session + [Self.key("one")], body: #"{"digest":"\#(state.digest.hex)"}"#)
      #expect(right.status == 200, "\(right.body)")
      // Without the key it would be refused: it is approved already.
      let again = try await running.ask(
        path, session + [Self.key("one")], body: #"{"digest":"\#(state.digest.hex)"}"#)
      #expect(again.status == 200 && again.body == right.body)
    }
    let (org, id) = (state.org, state.id)
    let given = try await place.house.store.read { store in
      try store.request(org, id, revision: 1).map { try store.entries(org, of: $0.id).count }
    }
    #expect(given == 1)
  }

  @Test func `whoever has lost the right gets no kept answer`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let text = try await place.token(.agent, of: "ann", Right.forAgents)
    let agent = ["Authorization: Bearer \(text)", Self.key("one")]
    try await place.run { running in
      #expect(
        try await running.ask(Self.comment(state), agent, body: #"{"text":"Hello."}"#).status == 201
      )
      let (org, now) = (place.house.org, place.house.clock.now)
      try await place.house.store.write { store in
        for token in try store.tokens(of: org) {
          _ = try store.revokeToken(org, id: token.id, at: now)
        }
      }
      #expect(
        try await running.ask(Self.comment(state), agent, body: #"{"text":"Hello."}"#).status == 401
      )
    }
  }

  @Test(arguments: ["", " ", "with space", "ä", String(repeating: "k", count: 201), "\"\""])
  func `a key that is none is refused, and nothing is done`(_ word: String) async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let session = AccessPlace.browser(try await place.session("ann"))
    try await place.run { running in
      let answer = try await running.ask(
        Self.comment(state), session + [Self.key(word)], body: #"{"text":"Hello."}"#)
      #expect(answer.status == 400, "\(answer.body)")
    }
    #expect(try await Self.remarks(place, state) == 0)
  }

  @Test func `where secrets are answered no key is taken`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = AccessPlace.browser(try await place.session("ann"))
    let secret = RouteTable.all.filter {
      $0.method == "POST" && $0.template.text.hasPrefix("/api/") && !$0.mayBeReplayed
    }
    #expect(secret.contains { $0.template.text == "/api/v1/tokens" })
    #expect(secret.contains { $0.template.text == "/api/v1/persons" })
    #expect(secret.contains { $0.template.text == "/api/v1/policies/check" })
    #expect(secret.contains { $0.template.text == "/api/v1/policies/backtest" })
    #expect(!secret.contains { $0.template.text == "/api/v1/policies/activate" })
    try await place.run { running in
      let answer = try await running.ask(
        "POST /api/v1/tokens", session + [Self.key("one")],
        body: #"{"name":"bot","kind":"agent","scopes":["read"],"days":1}"#)
      #expect(answer.status == 400 && answer.body.contains("idempotency_key.unwanted"))
    }
  }

  @Test func `while the first is being answered the second is told to wait, for a minute`()
    async throws
  {
    let place = try await AccessPlace()
    let replays = Replays(place.house.store)
    let key = ReplayKey(
      org: place.house.org, author: Author(rawValue: "person:ann").unsafelyUnwrapped, text: "one")
    let request = Digest.sha256([1])
    guard case .fresh(let first) = try await replays.begin(key, request) else {
      Issue.record("not the first")
      return
    }
    #expect(try await replays.begin(key, request) == .running)
    #expect(try await replays.begin(key, Digest.sha256([2])) == .another)
    place.house.clock.advance(by: .seconds(60))
    guard case .fresh = try await replays.begin(key, request) else {
      Issue.record("nobody took over")
      return
    }
    let late = KeptAnswer(status: 200, mediaType: "application/json", body: [1])
    try await replays.keep(late, of: first)
    #expect(try await replays.begin(key, request) == .running)
    place.house.clock.advance(by: .seconds(86_400))
    guard case .fresh = try await replays.begin(key, Digest.sha256([2])) else {
      Issue.record("kept for more than a day")
      return
    }
  }
}
