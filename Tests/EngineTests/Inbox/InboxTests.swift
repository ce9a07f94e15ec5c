import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@Suite struct InboxTests {
  private static let two = FixedRoles(persons: [.ann: ["finance", "owner"], .cem: ["sales"]])

  private static func person(_ text: String) -> PersonID {
    PersonID(rawValue: text).unsafelyUnwrapped
  }

  private static func waiting(
    _ house: PolicyHouse, _ filter: InboxFilter = InboxFilter()
  ) async throws -> [ActionID] {
    try await Inbox(house.context).page(house.org, filter).items.map(\.state.id)
  }

  @Test func `what is snoozed comes back by itself, and its time to be decided goes on`()
    async throws
  {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let state = try await house.proposeTask(2)
    let inbox = Inbox(house.context)
    let end = house.house.clock.now.advanced(by: .seconds(3600))
    try await inbox.snooze(house.org, state.id, until: end, by: .ann, via: "test")
    #expect(try await Self.waiting(house).isEmpty)
    #expect(try await Self.waiting(house, InboxFilter(includesSnoozed: true)) == [state.id])
    #expect(try await inbox.page(house.org, InboxFilter()).waiting == 0)
    house.house.clock.advance(by: .seconds(3600))
    #expect(try await Self.waiting(house) == [state.id])
    let late = state.expiresAt.advanced(by: .seconds(1))
    for (until, code) in [(end, "snooze.past"), (late, "snooze.too_long")] {
      let refused = try await refusal {
        try await inbox.snooze(house.org, state.id, until: until, by: .ann, via: "test")
      }
      #expect(refused == code)
    }
    let kinds = try await house.house.kinds(state.id)
    #expect(kinds == ["action.proposed", "action.snoozed"])
  }

  @Test func `another revision of what is snoozed is seen at once`() async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let state = try await house.propose()
    let end = house.house.clock.now.advanced(by: .seconds(3600))
    try await Inbox(house.context).snooze(
      house.org, state.id, until: end, by: .ann, via: "test")
    #expect(try await Self.waiting(house).isEmpty)
    _ = try await house.approvals.edit(
      house.org, state.id, ActionEdit(subject: "Other hours"), by: .ann, via: "test")
    #expect(try await Self.waiting(house) == [state.id])
  }

  @Test func `an action is handed over to somebody who may approve it, and others still may`()
    async throws
  {
    let house = try await PolicyHouse(
      Policy.testing(.all("one", .require(PolicyRequirement(role: "finance")))), Self.two)
    let state = try await house.propose()
    let inbox = Inbox(house.context)
    let refused = try await refusal {
      try await inbox.assign(house.org, state.id, to: Self.person("cem"), by: .ann, via: "test")
    }
    #expect(refused == "assign.no_role")
    try await inbox.assign(house.org, state.id, to: Self.person("ann"), by: .cem, via: "test")
    #expect(
      try await Self.waiting(house, InboxFilter(assignedTo: Self.person("ann"))) == [state.id])
    #expect(try await Self.waiting(house, InboxFilter(assignedTo: Self.person("cem"))).isEmpty)
    try await inbox.assign(house.org, state.id, to: nil, by: .ann, via: "test")
    #expect(try await Self.waiting(house, InboxFilter(assignedTo: Self.person("ann"))).isEmpty)
    #expect(try await house.approve(state, by: .ann).status == .approved)
    let kinds = try await house.house.kinds(state.id)
    #expect(kinds.dropFirst().prefix(2) == ["action.assigned", "action.unassigned"])
    let over = try await refusal {
      try await inbox.assign(house.org, state.id, to: nil, by: .ann, via: "test")
    }
    #expect(over == "action.approved")
  }

  @Test func `nothing is handed over where there are no persons, and agents put nothing off`()
    async throws
  {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let state = try await house.propose()
    let inbox = Inbox(house.context)
    let nobody = try await refusal {
      try await inbox.assign(
        house.org, state.id, to: Self.person("ann"), by: .tester, via: "test")
    }
    #expect(nobody == "assign.no_persons")
    let end = house.house.clock.now.advanced(by: .seconds(60))
    for body in [
      { try await inbox.snooze(house.org, state.id, until: end, by: .bot, via: "test") },
      { try await inbox.assign(house.org, state.id, to: nil, by: .bot, via: "test") },
    ] {
      #expect(try await refusal { _ = try await body() } == "decision.not_a_person")
    }
    #expect(try await Self.waiting(house) == [state.id])
  }

  @Test func `pages follow each other without a gap or a repeat`() async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    for number in Int64(1)...7 {
      _ = try await house.proposeTask(number)
      if number % 2 == 0 { house.house.clock.advance(by: .seconds(1)) }
    }
    var seen: [ActionID] = []
    var filter = InboxFilter(limit: 3)
    repeat {
      let page = try await Inbox(house.context).page(house.org, filter)
      #expect(page.waiting == 7)
      seen += page.items.map(\.state.id)
      filter.before = page.next.flatMap { ActionCursor($0.text) }
    } while filter.before != nil
    let all = try await Self.waiting(house, InboxFilter(limit: 100))
    #expect(seen == all)
    try #require(seen.count == 7)
    let listed = try await ActionReader(house.context).list(
      house.org, ActionFilter(before: ActionCursor(try await house.house.state(all[2]))))
    #expect(listed.map(\.id) == Array(all.dropFirst(3)))
  }

  @Test(arguments: ["", "x", "12", "12.", "12.x", ".a"])
  func `a cursor that nobody gave is none`(_ text: String) {
    #expect(ActionCursor(text) == nil)
  }
}
