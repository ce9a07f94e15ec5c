import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@Suite("Action feed") struct ActionFeedTests {
  @Test func `each action comes once, in order, with what was decided on it`() async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let feed = ActionFeed(house.context)
    let start = try await feed.last(house.org)
    #expect(try await feed.news(house.org, after: start) == nil)
    let first = try await house.proposeTask(2)
    let second = try await house.proposeTask(3)
    try await house.house.approve(first.id)
    let news = try #require(try await feed.news(house.org, after: start))
    #expect(news.items.map(\.state.id) == [second.id, first.id])
    #expect(news.items.map(\.isNew) == [true, true])
    #expect(news.items[1].kind == "action.approved" && news.items[1].state.status == .approved)
    #expect(news.items[1].actor == Author.tester.rawValue && news.from == start)
    #expect(news.items.map(\.sequence) == news.items.map(\.sequence).sorted())
    let seen = news.items[0].sequence
    let rest = try #require(try await feed.news(house.org, after: seen))
    #expect(rest.items.map(\.state.id) == [first.id] && rest.items[0].isNew == false)
    #expect(try await feed.news(house.org, after: news.last) == nil)
  }

  @Test func `another organisation's actions are not told`() async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let other = Organisation(
      profile: .sample("other-books"), mode: .sandbox, sender: nil, createdAt: house.house.clock.now
    )
    try await house.house.store.write { store in
      try store.save(other)
      try store.beginPolicy(EngineHouse.everythingAsks, of: other.id, by: .tester, via: "test")
    }
    let feed = ActionFeed(house.context)
    let start = try await feed.last(other.id)
    _ = try await house.proposeTask(1)
    #expect(try await feed.last(other.id) == start)
    #expect(try await feed.news(other.id, after: start) == nil)
    #expect(try await feed.news(other.id, after: 0)?.items.isEmpty == true)
  }

  @Test func `who is far behind is told so, for the same cost`() async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    try await house.house.store.write { store in
      try store.append(
        (0..<ActionFeed.most + 40).map { _ in
          AuditEvent(
            kind: "role.changed", actor: Author.tester.rawValue, via: "test", subject: "role:x")
        }, org: house.org)
    }
    let feed = ActionFeed(house.context)
    let last = try await feed.last(house.org)
    let news = try #require(try await feed.news(house.org, after: 0))
    #expect(news.from == last - Int64(ActionFeed.most) && news.last == last)
    #expect(news.concernsAccess && news.items.isEmpty)
  }
}
