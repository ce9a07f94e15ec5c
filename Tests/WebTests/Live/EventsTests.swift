import ActionProtocol
import Decisions
import Engine
import ServiceLifecycle
import TestSupport
import Testing

@testable import Web

/// What open pages are told.
@Suite("Events") struct EventsTests {
  private static func cookie(_ session: String) -> [String] { ["Cookie: aiom_local=\(session)"] }

  @Test func `a page is told who decided what, and when, and nothing else of it`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let state = try await place.propose()
    try await place.run { running in
      let reader = try await EventReader.open(running, "/events", Self.cookie(session))
      #expect(reader.status == 200 && reader.head.contains("text/event-stream"))
      #expect(reader.head.contains("no-store") && !reader.head.contains("ontent-Length"))
      #expect(await reader.next()?.name == "ready")
      try await place.house.approve(state.id)
      let event = try #require(await reader.next())
      #expect(event.name == "action" && event.data.contains(state.id.rawValue))
      #expect(event.data.contains(#""standing":"approved/"#) && event.data.contains("Approved by"))
      #expect(event.data.contains("2026-03-04") && event.data.contains(#""by":"person:"#))
      #expect(!event.data.contains("@") && !event.data.contains("Monday"))
    }
  }

  @Test func `whoever comes back is told what came meanwhile, or to look again`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let feed = ActionFeed(place.engine)
    let before = try await feed.last(place.house.org)
    let state = try await place.propose()
    let after = try await feed.last(place.house.org)
    try await place.run { running in
      let fields = Self.cookie(session)
      let reader = try await EventReader.open(
        running, "/events?after=\(after)", fields + ["Last-Event-ID: \(before)"])
      #expect(await reader.next()?.id == "\(before)")
      let missed = try #require(await reader.next())
      #expect(missed.name == "action" && (Int64(missed.id) ?? 0) > before)
      #expect(missed.data.contains(state.id.rawValue) && missed.data.contains(#""new":true"#))
      // A number that this database never had: it was restored.
      for id in ["\(after + 1000)", "nonsense"] {
        let lost = try await EventReader.open(
          running, "/events", fields + ["Last-Event-ID: \(id)"])
        #expect(await lost.next()?.name == "ready")
        #expect(await lost.next()?.name == "again")
      }
      let wrong = try await running.ask("GET /events?after=x", fields)
      #expect(wrong.status == 422)
    }
  }

  @Test func `signing out, a lost role and the end of the session end the stream`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("vic", .viewer)
    let sessions = [try await place.session("ann"), try await place.session("vic")]
    let idle = try await place.session("ann")
    let caller = try await SignIn(place.context).caller(sessions[0])
    try await place.run { running in
      var readers: [EventReader] = []
      for session in sessions {
        readers.append(
          try await EventReader.open(running, "/events", Self.cookie(session)))
        #expect(await readers.last?.next()?.name == "ready")
      }
      _ = try await People(place.context).setActive(
        AccessPlace.id("vic"), false, by: caller, via: "test")
      #expect(await readers[1].next() == nil)
      try await SignIn(place.context).logout(caller, via: "test")
      #expect(await readers[0].next() == nil)
      let again = try await running.ask(
        "GET /events", Self.cookie(sessions[0]) + ["Accept: text/event-stream"])
      #expect(again.status == 401)
    }
    // An hour of looking on is an hour without use.
    let live = LiveFeed(place.engine, AccessViews(place.context))
    let stream = try #require(
      live.open(Standing(idle, in: place.house.org), knowing: 0, last: 0))
    try await live.dismiss()
    #expect(live.count == 1)
    place.house.clock.advance(by: .seconds(3601))
    try await live.dismiss()
    #expect(live.count == 0)
    var parts = 0
    for await _ in stream.parts { parts += 1 }
    #expect(parts == 1)
  }

  @Test func `looking on does not keep a session alive`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    func seen() async throws -> [Instant] {
      try await place.house.store.read { try $0.sessions(of: AccessPlace.id("ann")).map(\.seenAt) }
    }
    let before = try await seen()
    place.house.clock.advance(by: .seconds(600))
    try await place.run { running in
      let reader = try await EventReader.open(running, "/events", Self.cookie(session))
      #expect(await reader.next()?.name == "ready")
      let list = try await running.ask(
        "GET /inbox", Browsing.fields(session) + ["AIOM-Background: true"])
      #expect(list.status == 200)
      #expect(try await seen() == before)
      _ = try await running.ask("GET /inbox", Browsing.fields(session))
      #expect(try await seen() != before)
    }
  }

  @Test func `a session has so many streams, and a further one takes the oldest one's place`()
    async throws
  {
    let place = try await AccessPlace()
    let live = LiveFeed(place.engine, AccessViews(place.context))
    let org = place.house.org
    let first = try #require(live.open(Standing("a", in: org), knowing: 0, last: 0))
    for _ in 1...LiveFeed.perCredential {
      #expect(live.open(Standing("a", in: org), knowing: 0, last: 0) != nil)
    }
    #expect(live.count == LiveFeed.perCredential)
    var texts: [String] = []
    for await part in first.parts { texts.append(String(decoding: part, as: UTF8.self)) }
    #expect(texts.count == 2 && texts[1].contains("displaced"))
    for number in 0..<LiveFeed.most - LiveFeed.perCredential {
      #expect(live.open(Standing("b\(number)", in: org), knowing: 0, last: 0) != nil)
    }
    #expect(live.open(Standing("c", in: org), knowing: 0, last: 0) == nil)
    live.close()
    #expect(live.count == 0 && live.open(Standing("a", in: org), knowing: 0, last: 0) == nil)
  }

  @Test func `what is told costs the same for one page and for many, and for a long log`()
    async throws
  {
    let place = try await AccessPlace()
    let org = place.house.org
    func cost(pages: Int) async throws -> Int {
      let count = try await place.counting { engine, access in
        let live = LiveFeed(engine, AccessViews(access))
        let last = try await live.last(org)
        let streams = (0..<pages).compactMap { number in
          live.open(Standing("\(number)", in: org), knowing: last, last: last)
        }
        _ = try await place.propose(Int64(pages % 2 + 1))
        try await live.tell()
        try await live.tell()
        let (open, begun) = (live.count, streams.count)
        #expect(open == pages && begun == pages)
      }
      return count.statements
    }
    let one = try await cost(pages: 1)
    try await place.house.store.write { store in
      try store.append(
        (0..<3000).map { _ in
          AuditEvent(kind: "role.changed", actor: "person:x", via: "test", subject: "role:x")
        }, org: org)
    }
    #expect(try await cost(pages: 200) == one)
  }

  @Test func `a reader who takes nothing is let go, and others are told on`() async throws {
    let place = try await AccessPlace()
    let org = place.house.org
    let live = LiveFeed(place.engine, AccessViews(place.context))
    let state = try await place.propose()
    let last = try await live.last(org)
    let slow = try #require(live.open(Standing("slow", in: org), knowing: last, last: last))
    for _ in 0...LiveFeed.waiting {
      try await place.house.store.write { store in
        try store.append(
          [
            AuditEvent(
              kind: "action.commented", actor: "person:x", via: "test",
              subject: "action:\(state.id.rawValue)", actionID: state.id)
          ], org: org)
      }
      try await live.tell()
    }
    #expect(live.count == 0)
    var parts = 0
    for await _ in slow.parts { parts += 1 }
    #expect(parts == LiveFeed.waiting)
  }

  @Test func `open streams do not keep a stopping server`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    try await place.run { running in
      let reader = try await EventReader.open(running, "/events", Self.cookie(session))
      #expect(await reader.next()?.name == "ready")
      await running.group.triggerGracefulShutdown()
      #expect(await reader.next() == nil)
    }
  }

  @Test func `HEAD begins no stream, and a program is told with its token`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let token = try await place.token(.agent, of: "ann", [.read])
    try await place.run { running in
      let connection = try running.connect()
      connection.send(
        RunningListener.Place.request(
          "HEAD /events", Self.cookie(session) + ["Connection: close"]))
      let head = await connection.readToEnd()
      #expect(head.hasPrefix("HTTP/1.1 200") && !head.contains("ready"))
      let reader = try await EventReader.open(
        running, "/api/v1/events", ["Authorization: Bearer \(token)"])
      #expect(await reader.next()?.name == "ready")
    }
  }
}
