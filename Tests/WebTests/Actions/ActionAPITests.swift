import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

/// Deciding over HTTP as a program does it.
@Suite("Actions over HTTP") struct ActionAPITests {
  private static func object(_ answer: RawAnswer) throws -> JSONObject {
    guard case .success(.object(let object)) = JSONReader.read(Array(answer.body.utf8)) else {
      throw NoObject(body: answer.body)
    }
    return object
  }

  private struct NoObject: Error { let body: String }

  private static func ids(_ answer: RawAnswer) throws -> [String] {
    try object(answer)["actions"]?.arrayValue?
      .compactMap { $0.objectValue?["action_id"]?.stringValue } ?? []
  }

  @Test func `a person finds, reads, asks about and approves exactly what the card shows`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let fields = [
      "Authorization: Bearer \(try await place.token(.person, of: "ann", [.read, .propose, .decide]))"
    ]
    try await place.run { running in
      let inbox = try await running.ask("GET /api/v1/inbox?limit=10", fields)
      #expect(try Self.ids(inbox) == [state.id.rawValue])
      let path = "/api/v1/actions/\(state.id.rawValue)"
      let card = try Self.object(try await running.ask("GET \(path)", fields))
      #expect(card["sentence"]?.stringValue == "Will email billing@customer1.example")
      let digest = try #require(card["action"]?.objectValue?["digest"]?.stringValue)
      let asked = try await running.ask(
        "POST \(path)/ask", fields, body: #"{"text":"Is this still so?"}"#)
      #expect(asked.status == 201, "\(asked.body)")
      let answered = try await running.ask(
        "POST \(path)/answer", fields, body: #"{"text":"Yes."}"#)
      #expect(answered.status == 201)
      let other = String(repeating: "0", count: 64)
      let stale = try await running.ask(
        "POST \(path)/approve", fields, body: #"{"digest":"\#(other)"}"#)
      #expect(stale.status == 409 && stale.body.contains("action.digest_changed"))
      let done = try await running.ask(
        "POST \(path)/approve", fields, body: #"{"digest":"\#(digest)","considered_ms":2500}"#)
      #expect(done.status == 200, "\(done.body)")
      #expect(
        try Self.object(done)["action"]?.objectValue?["status"]?.stringValue == "approved")
      let again = try await running.ask(
        "POST \(path)/approve", fields, body: #"{"digest":"\#(digest)"}"#)
      #expect(again.status == 409)
      #expect(try Self.ids(try await running.ask("GET /api/v1/inbox", fields)).isEmpty)
      let listed = try await running.ask("GET /api/v1/actions?status=approved", fields)
      #expect(try Self.ids(listed) == [state.id.rawValue])
      let habits = try await running.ask("GET /api/v1/decisions?days=1", fields)
      #expect(habits.body.contains(#""median_ms":2500"#), "\(habits.body)")
      let back = try await running.ask(
        "POST \(path)/reject", fields, body: #"{"because":"already-paid"}"#)
      #expect(back.status == 200, "\(back.body)")
    }
    let end = try await place.house.state(state.id)
    #expect(end.status == .rejected && end.rejection?.by.rawValue == "person:ann")
  }

  @Test func `several go in one stroke, each answered for itself`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let states = [try await place.propose(1), try await place.propose(2)]
    let session = AccessPlace.browser(try await place.session("ann"))
    let chosen = states.enumerated().map { index, state in
      let digest = index == 0 ? state.digest.hex : String(repeating: "1", count: 64)
      return #"{"action":"\#(state.id.rawValue)","digest":"\#(digest)"}"#
    }
    try await place.run { running in
      let answer = try await running.ask(
        "POST /api/v1/actions/approve", session,
        body: #"{"actions":[\#(chosen.joined(separator: ","))]}"#)
      #expect(answer.status == 200, "\(answer.body)")
      let results = try Self.object(answer)["results"]?.arrayValue ?? []
      #expect(results.map { $0.objectValue?["approved"] } == [true, false])
      let empty = try await running.ask(
        "POST /api/v1/actions/approve", session, body: #"{"actions":[]}"#)
      #expect(empty.status == 422 && empty.body.contains("bulk.empty"))
    }
  }

  @Test func `an agent proposes and reads, and no route lets it decide`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let agent = [
      "Authorization: Bearer \(try await place.token(.agent, of: "ann", Right.forAgents))"
    ]
    let document = CanonicalJSON.text(try place.proposal(2).json)
    try await place.run { running in
      let made = try await running.ask("POST /api/v1/actions", agent, body: document)
      #expect(made.status == 201, "\(made.body)")
      let same = try await running.ask("POST /api/v1/actions", agent, body: document)
      #expect(same.status == 200 && same.body.contains("same_proposal"))
      let broken = try await running.ask("POST /api/v1/actions", agent, body: "{}")
      #expect(broken.status == 422 && broken.body.contains("issues"))
      for route in RouteTable.all where route.template.text.hasPrefix("/api/v1/actions/") {
        guard route.method == "POST", case .right(let right) = route.role, right.needsPerson
        else { continue }
        let path = route.template.text.replacing("{action}", with: state.id.rawValue)
        let answer = try await running.ask(
          "POST \(path)", agent, body: #"{"digest":"\#(state.digest.hex)"}"#)
        #expect(answer.status == 403, "\(path)")
      }
      let spoken = try await running.ask(
        "POST /api/v1/actions/\(state.id.rawValue)/comment", agent, body: #"{"text":"Hello."}"#)
      #expect(spoken.status == 201)
    }
    #expect(try await place.house.state(state.id).status == .pendingApproval)
  }

  @Test(arguments: [
    "GET /api/v1/inbox?limit=0", "GET /api/v1/inbox?limit=x", "GET /api/v1/inbox?type=none",
    "GET /api/v1/inbox?after=12", "GET /api/v1/inbox?mine=perhaps",
    "GET /api/v1/actions?status=done", "GET /api/v1/decisions?days=-1",
  ])
  func `a value that cannot be read is named`(_ request: String) async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = AccessPlace.browser(try await place.session("ann"))
    try await place.run { running in
      let answer = try await running.ask(request, session)
      #expect(answer.status == 422 && answer.body.contains("value.invalid"), "\(answer.body)")
    }
  }

  @Test func `bodies that mean nothing change nothing`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let session = AccessPlace.browser(try await place.session("ann"))
    let path = "/api/v1/actions/\(state.id.rawValue)"
    let bodies = [
      ("approve", "{}"), ("approve", #"{"digest":"abc"}"#),
      ("approve", #"{"digest":"\#(state.digest.hex)","approve":true}"#), ("reject", "{}"),
      ("reject", #"{"because":"mood"}"#), ("reject", #"{"reason":"x","quiet":"long"}"#),
      ("snooze", #"{"until":"tomorrow"}"#), ("delegate", #"{"person":"Ann!"}"#),
      ("edit", #"{"to":["nobody"]}"#), ("settle", #"{"answer":"yes","reason":"x"}"#),
      ("ask", "{}"), ("comment", #"{"text":""}"#), ("send-now", "[]"),
    ]
    try await place.run { running in
      for (verb, body) in bodies {
        let answer = try await running.ask("POST \(path)/\(verb)", session, body: body)
        #expect(answer.status == 422, "\(verb) \(body): \(answer.status) \(answer.body)")
      }
      let nobody = try await running.ask(
        "POST /api/v1/actions/0193f2aa-0000-7000-8000-000000000000/approve", session,
        body: #"{"digest":"\#(state.digest.hex)"}"#)
      #expect(nobody.status == 404)
    }
    let after = try await place.house.state(state.id)
    #expect(after.status == .pendingApproval && after.version == state.version)
  }
}
