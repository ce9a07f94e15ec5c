import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct SuppressionSyncTests {
  private func listed(
    _ address: String, _ reason: SuppressionReason = .hardBounce
  ) -> VendorSuppression {
    VendorSuppression(address: address, reason: reason, since: nil)
  }

  private func house(_ list: ListedSuppressions) async throws -> EngineHouse {
    let house = try await EngineHouse.withAcme()
    house.channel.list(list)
    return house
  }

  @Test func `a rehearsal of a live org neither learns from the list nor adds to it`()
    async throws
  {
    let list = ListedSuppressions()
    list.set { state in state.pages = [[self.listed("a@one.example")]] }
    let house = try await house(list)
    try await house.change { $0.mode = .live }
    let report = try await SuppressionSync(house.context).sync(house.org)
    #expect(report.added == 0)
    #expect(report.state.pullCode == "rehearsal")
    #expect(list.asked.isEmpty)
  }

  @Test func `every page is pulled, and each entry forbids every message`() async throws {
    let list = ListedSuppressions()
    list.set { state in
      state.pages = [
        [self.listed("a@one.example"), self.listed("b@one.example", .complaint)], [],
        [self.listed("two.example", .unsubscribe)],
      ]
    }
    let house = try await house(list)
    let report = try await SuppressionSync(house.context).sync(house.org)
    #expect(report.added == 3)
    #expect(report.state.pullCode == nil)
    #expect(report.state.listed == 3)
    #expect(list.asked == [nil, "1", "2"])
    let all = try await Suppressions(house.context).list(house.org)
    #expect(all.allSatisfy { $0.scope == .all && $0.source == "vendor" })
    #expect(
      try await house.suppressions("A+x@one.example").map(\.reason) == [.hardBounce])
    let address = try SuppressionAddress("ann@two.example")
    let found = try await Suppressions(house.context).list(house.org, of: address)
    #expect(found.map(\.reason) == [.unsubscribe])
    // What came from there is not told there again.
    #expect(list.added.isEmpty)
    #expect(try await SuppressionSync(house.context).sync(house.org).added == 0)
    #expect(
      try await house.kinds().filter { $0.hasPrefix("suppression") }
        == ["suppression.imported", "suppression.imported"])
  }

  @Test func `pulling overwrites nothing and deletes nothing`() async throws {
    let list = ListedSuppressions()
    let house = try await house(list)
    try await house.suppress("a@one.example", reason: .hardBounce)
    try await house.suppress("ours@one.example", scope: .marketing, reason: .manual)
    let before = try await Suppressions(house.context).list(house.org)
    list.set {
      $0.pages = [[self.listed("a@one.example"), self.listed("ours@one.example", .spamTrap)]]
    }
    try await SuppressionSync(house.context).sync(house.org)
    list.set { $0.pages = [[]] }
    try await SuppressionSync(house.context).sync(house.org)
    let after = try await Suppressions(house.context).list(house.org)
    #expect(after.filter { one in before.contains(one) } == before)
    #expect(after.count == 3)
  }

  @Test func `only what is for every message and for good is pushed, once`() async throws {
    let list = ListedSuppressions()
    let house = try await house(list)
    try await house.suppress("all@one.example", reason: .manual)
    try await house.suppress("one.example", reason: .legal)
    try await house.suppress("news@one.example", scope: .marketing, reason: .unsubscribe)
    try await house.suppress("+12025550959", reason: .stop)
    let (org, now) = (house.org, house.clock.now)
    try await house.store.write { store in
      _ = try store.insert(
        Suppression(
          org: org, id: "rest", channel: .email, address: .sha256([7]), scope: .all,
          reason: .softBounce, source: "webhook", createdAt: now,
          expiresAt: now.advanced(by: .seconds(60)), addressText: "rest@one.example"))
    }
    let report = try await SuppressionSync(house.context).sync(org)
    #expect(report.pushed == 2)
    #expect(Set(list.added) == ["all@one.example", "one.example"])
    #expect(try await SuppressionSync(house.context).sync(org).pushed == 0)
    #expect(list.added.count == 2)
  }

  @Test func `a rehearsal tells the provider nothing`() async throws {
    let list = ListedSuppressions()
    list.set { $0.pages = [[self.listed("a@one.example")]] }
    let house = try await house(list)
    try await house.suppress("all@one.example", reason: .manual)
    var context = house.context
    context.configuration.delivery = .redirect
    let report = try await SuppressionSync(context).sync(house.org)
    #expect(report.added == 1)
    #expect(list.added.isEmpty)
  }

  @Test func `a key that may not look disables the list, says so, and sending goes on`()
    async throws
  {
    let list = ListedSuppressions()
    list.set {
      $0.pageAnswer = .notPermitted
      $0.addAnswer = .notPermitted
    }
    let house = try await house(list)
    try await house.suppress("all@one.example", reason: .manual)
    for _ in 1...2 {
      let report = try await SuppressionSync(house.context).sync(house.org)
      #expect(report.state.pullCode == SuppressionSyncState.notPermitted)
      #expect(report.state.pushCode == SuppressionSyncState.notPermitted)
    }
    // Said once, not at every look.
    #expect(try await house.kinds().count { $0 == "suppression.sync_changed" } == 1)
    #expect(
      try await Suppressions(house.context).sync(house.org)?.pullCode == "not_permitted")
    let id = try await house.accepted()
    #expect(try await house.state(id).status == .completed)
  }

  @Test func `what does not answer is asked again, and what was read before stays`() async throws {
    let list = ListedSuppressions()
    list.set { $0.pages = [[self.listed("a@one.example")]] }
    let house = try await house(list)
    let whole = try await SuppressionSync(house.context).sync(house.org).state.wholeAt
    house.clock.advance(by: .seconds(60))
    list.set { $0.pageAnswer = .failed(code: "deadline") }
    let report = try await SuppressionSync(house.context).sync(house.org)
    #expect(report.state.pullCode == "deadline")
    #expect(report.state.wholeAt == whole)
    #expect(report.state.listed == 1)
    #expect(try await house.suppressions("a@one.example").count == 1)
    list.set { $0.pageAnswer = nil }
    #expect(try await SuppressionSync(house.context).sync(house.org).state.pullCode == nil)
  }

  @Test func `the timer comes back each hour, each day where it is forbidden`() async throws {
    let list = ListedSuppressions()
    let house = try await house(list)
    let (org, start) = (house.org, house.clock.now)
    func due() async throws -> Instant? {
      let far = start.advanced(by: .seconds(30 * 86_400))
      return try await house.store.read {
        try $0.dueTimers([.syncSuppressions], at: far, limit: 9).first?.due
      }
    }
    let service = TimerService(house.context)
    try await house.store.write {
      try $0.put(
        DurableTimer(org: org, kind: .syncSuppressions, subject: "email", due: start))
    }
    #expect(try await service.runDue() == 0)
    #expect(try await service.runDue(TimerService.background) == 1)
    #expect(try await due() == start.advanced(by: .seconds(3600)))
    #expect(try await service.runDue(TimerService.background) == 0)
    list.set { $0.pageAnswer = .notPermitted }
    house.clock.advance(by: .seconds(3600))
    #expect(try await service.runDue(TimerService.background) == 1)
    #expect(try await due() == start.advanced(by: .seconds(3600 + 86_400)))
  }
}
