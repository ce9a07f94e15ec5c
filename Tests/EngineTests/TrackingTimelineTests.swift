import ActionProtocol
import Decisions
import Engine
import Insights
import Testing
import TestSupport

@Suite struct TrackingTimelineTests {
  @Test func `events show on the action in the order in which they happened`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    try await house.arrive(
      Post(id: "3", kind: "opened", echo: house.echo(id), time: "2026-03-04T15:02:00Z"),
      Post(id: "1", kind: "processed", echo: house.echo(id), time: "2026-03-04T15:00:01Z"),
      Post(id: "2", kind: "delivered", echo: house.echo(id), time: "2026-03-04T15:01:00Z"))
    let events = try await house.events(id)
    #expect(events.map(\.event.kind) == [.processed, .delivered, .opened])
    #expect(DeliveryState(events.map(\.event)) == .opened)
    #expect(events.allSatisfy { $0.operation == house.echo(id) })
    let card = try #require(try await ActionReader(house.context).card(house.org, id))
    #expect(card.events == events)
  }

  @Test func `an event is kept once, however often it is posted`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    let post = Post(id: "1", kind: "delivered", echo: house.echo(id))
    #expect(try await house.arrive(post, post) == [.stored, .duplicate])
    #expect(try await house.arrive(post) == [.duplicate])
    #expect(try await house.events(id).count == 1)
  }

  @Test func `without an echo the provider's id says whose event it is`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    let provider = "provider-\(id.rawValue).1.1"
    try await house.arrive(Post(id: "1", kind: "delivered", provider: provider))
    #expect(try await house.events(id).map(\.event.kind) == [.delivered])
  }

  @Test func `an event that is faster than the answer waits for it`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    house.channel.duringCall { message in
      _ = try? await house.arrive(
        Post(id: "1", kind: "delivered", provider: "provider-\(message.operation.rawValue)"))
    }
    try await house.run()
    #expect(try await house.events(id).isEmpty)
    try await house.tracking.workOff()
    #expect(try await house.events(id).isEmpty)
    house.clock.advance(by: .seconds(2))
    try await house.tracking.workOff()
    #expect(try await house.events(id).map(\.event.kind) == [.delivered])
    #expect(try await house.strays().isEmpty)
  }

  @Test func `another org's event through the same account is kept without its recipient`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    let (other, endpoint) = try await house.stranger()
    let post = Post(id: "1", kind: "complained", provider: "theirs", echo: house.echo(id))
    #expect(try await house.inbox.take(post.body, contentType: nil, at: endpoint) == .stored)
    try await house.tracking.workOff()
    #expect(try await house.events(id).isEmpty)
    #expect(try await house.suppressions().isEmpty)
    let strays = try await house.store.read { try $0.strayEvents(other, limit: 9) }
    #expect(strays.map(\.attribution) == [.foreign])
    #expect(strays.map(\.event.recipient) == [nil])
    #expect(strays.map(\.recipientDigest) == [nil])
  }

  @Test func `another org's message settles nothing, whatever its header says`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    let (_, endpoint) = try await house.stranger()
    let post = Post(id: "1", kind: "processed", provider: "theirs", echo: house.echo(id))
    _ = try await house.inbox.take(post.body, contentType: nil, at: endpoint)
    try await house.tracking.workOff()
    #expect(try await house.state(id).hold?.reason == .outcomeUnknown)
  }

  @Test func `an echo of a call that is not in this database is kept and told apart`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    try await house.arrive(Post(id: "1", kind: "opened", echo: house.echo(id, call: 9)))
    #expect(try await house.strays().map(\.attribution) == [.unknownOperation])
  }

  @Test(arguments: ["", "a.1.1", "action-100.1", "action-100.0.1", "action-100.1.x", ".."])
  func `what is no echo is none`(_ text: String) {
    #expect(OperationEcho.read(text) == nil)
  }

  @Test func `an echo reads back as written, also of an action whose id has dots`() throws {
    let action = try #require(ActionID(rawValue: "a.b.c-1.2.3"))
    let operation = OperationID(action: action, revision: 2, call: 3)
    #expect(OperationEcho.read(operation.rawValue) == operation)
  }

  @Test func `an unknown event is kept and shown, on its action or apart`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    try await house.arrive(
      Post(id: "1", kind: "teleported", echo: house.echo(id)),
      Post(id: "2", kind: "teleported", recipient: nil))
    #expect(try await house.events(id).map(\.event.name) == ["teleported"])
    #expect(try await house.strays().map(\.event.name) == ["teleported"])
  }

  @Test func `what cannot be read is kept by its beginning and marked`() async throws {
    let house = try await EngineHouse.withAcme()
    let endpoint = try await house.endpoint()
    let body = [UInt8](repeating: 0x41, count: 10_000)
    #expect(
      try await house.inbox.take(body, contentType: "text/plain", at: endpoint) == .unreadable)
    #expect(
      try await house.inbox.take(body, contentType: "text/plain", at: endpoint) == .unreadable)
    let strays = try await house.strays()
    #expect(strays.map(\.attribution) == [.unreadable])
    #expect(strays.first?.body?.count == 2048)
    #expect(strays.first?.event.code == "event.line")
  }

  @Test func `an event that belongs to nothing is looked at for five days and then only kept`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    try await house.arrive(Post(id: "1", kind: "delivered", provider: "nobody"))
    var looks = 0
    while try await house.strays().isEmpty, looks < 100 {
      house.clock.advance(by: .seconds(6 * 3600))
      try await house.tracking.workOff()
      looks += 1
    }
    #expect(looks == 20)
    #expect(try await house.strays().map(\.attribution) == [.unmatched])
    #expect(try await house.tracking.workOff() == 0)
  }

  @Test func `recipients and unreadable bodies are erased after ninety days, the timeline stays`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    try await house.arrive(Post(id: "1", kind: "delivered", echo: house.echo(id)))
    _ = try await house.inbox.take([0x41], contentType: nil, at: try await house.endpoint())
    house.clock.advance(by: .seconds(90 * 86_400))
    #expect(try await house.tracking.eraseOld() == 0)
    house.clock.advance(by: .seconds(1))
    #expect(try await house.tracking.eraseOld() == 2)
    let event = try #require(try await house.events(id).first)
    #expect(event.event.recipient == nil)
    #expect(event.recipientDigest != nil)
    #expect(try await house.strays().first?.body == nil)
    #expect(try await house.tracking.eraseOld() == 0)
  }

  /// Every order of the same posts, with repetitions and pauses, leaves the same behind.
  @Test(arguments: 1...12)
  func `order and repetition change nothing`(_ seed: UInt64) async throws {
    let expected = try await outcome(shuffledBy: nil)
    #expect(expected.suppressed.count == 3)
    #expect(try await outcome(shuffledBy: seed) == expected, "seed \(seed)")
  }

  private struct Outcome: Equatable {
    var kinds: [ProviderEvent.Kind]
    var state: DeliveryState
    var suppressed: [String]
    var status: ActionStatus
  }

  private func outcome(shuffledBy seed: UInt64?) async throws -> Outcome {
    let house = try await EngineHouse.withAcme(at: "2026-03-11T15:00:00Z")
    let id = try await house.unknown()
    var posts = Self.posts(house.echo(id))
    if let seed {
      var generator = SeededGenerator(seed: seed)
      posts += posts.shuffled(using: &generator).prefix(5)
      posts.shuffle(using: &generator)
      while !posts.isEmpty {
        let count = Int.random(in: 1...posts.count, using: &generator)
        _ = try await house.take(Array(posts.prefix(count)))
        posts.removeFirst(count)
        if Bool.random(using: &generator) { try await house.tracking.workOff() }
      }
    } else {
      _ = try await house.take(posts)
    }
    try await house.tracking.workOff()
    let events = try await house.events(id)
    var suppressed: [String] = []
    for address in ["a@one.example", "b@two.example", "c@three.example", "d@four.example"] {
      for found in try await house.suppressions(address) {
        let end = found.expiresAt?.rfc3339 ?? "-"
        suppressed.append("\(address) \(found.scope.rawValue) \(found.reason.rawValue) \(end)")
      }
    }
    return Outcome(
      kinds: events.map(\.event.kind), state: DeliveryState(events.map(\.event)),
      suppressed: suppressed, status: try await house.state(id).status)
  }

  private static func posts(_ echo: OperationID) -> [Post] {
    func post(
      _ id: String, _ kind: String, _ recipient: String?, _ time: String, _ code: String? = nil
    ) -> Post {
      Post(
        id: id, kind: kind, provider: "vendor-1", echo: echo, recipient: recipient, time: time,
        code: code)
    }
    return [
      post("00", "processed", nil, "2026-03-11T15:00:01Z"),
      post("01", "soft_bounced", "a@one.example", "2026-03-09T15:00:00Z", "451"),
      post("02", "soft_bounced", "a@one.example", "2026-03-10T15:00:00Z", "451"),
      post("03", "soft_bounced", "a@one.example", "2026-03-11T15:00:00Z", "451"),
      // Delivered in between: no three in a row.
      post("04", "soft_bounced", "b@two.example", "2026-03-09T15:00:00Z", "451"),
      post("05", "soft_bounced", "b@two.example", "2026-03-10T15:00:00Z", "451"),
      post("06", "delivered", "b@two.example", "2026-03-10T16:00:00Z"),
      post("07", "soft_bounced", "b@two.example", "2026-03-11T15:00:00Z", "451"),
      post("08", "unsubscribed", "c@three.example", "2026-03-11T15:00:02Z"),
      post("09", "resubscribed", "c@three.example", "2026-03-11T15:00:03Z"),
      post("10", "unsubscribed", "c@three.example", "2026-03-11T15:00:04Z"),
      post("11", "unsubscribed", "d@four.example", "2026-03-11T15:00:05Z"),
      post("12", "resubscribed", "d@four.example", "2026-03-11T15:00:06Z"),
      post("13", "delivered", "d@four.example", "2026-03-11T15:00:02Z"),
      post("14", "opened", "d@four.example", "2026-03-11T15:00:02Z"),
      post("15", "complained", "d@four.example", "2026-03-11T15:00:09Z"),
    ]
  }
}

extension EngineHouse {
  /// A second org with an endpoint of its own.
  fileprivate func stranger() async throws -> (OrgID, WebhookEndpoint) {
    guard let other = OrgID(rawValue: "somebody-else"),
      var organisation = try await store.read({ [org] in try $0.organisation(org) })
    else { throw NothingProposed() }
    organisation.profile.orgID = other
    let made = organisation
    try await store.write { try $0.save(made) }
    let webhook = try await WebhookEndpoints(context).create(
      other, scheme: .bearer, by: .tester, via: "test")
    return (other, webhook.endpoint)
  }
}
