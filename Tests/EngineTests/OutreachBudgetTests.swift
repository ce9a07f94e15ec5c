import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

/// What a month's messages may cost, in the whole pipeline.
@Suite struct OutreachBudgetTests {
  private static let customers = 12

  /// Ten in New York, on the last working days of a month.
  private func house(
    _ budget: OutreachBudget, at start: String = "2026-03-31T14:00:00Z"
  ) async throws -> EngineHouse {
    let house = try await EngineHouse(
      at: start, drafting: try MustacheDrafting())
    try await house.change { organisation in
      organisation.outreach = OutreachRules(
        coolDowns: CoolDowns(email: .zero, sms: .zero), caps: .none,
        drain: DrainPace(spread: .zero, perMinute: 10_000), budget: budget)
    }
    return house
  }

  private func spent(
    _ house: EngineHouse, _ channel: OutreachChannel = .email
  ) async throws -> Int64 {
    let org = house.org
    return try await house.store.read { store in
      guard let organisation = try store.organisation(org) else { return -1 }
      let month = SpendingMonth(of: store.now, in: organisation.profile.zone)
      return try store.spent(org, channel, .sandbox, month: month)
    }
  }

  private func waiting(_ house: EngineHouse, _ ids: [ActionID]) async throws -> [ActionState] {
    var found: [ActionState] = []
    for id in ids {
      let state = try await house.state(id)
      if state.hold != nil { found.append(state) }
    }
    return found
  }

  @Test func `of a batch as many go as the allowance leaves, and the next month has a new one`()
    async throws
  {
    let house = try await house(OutreachBudget(emails: 5))
    let ids = try await house.approvedReminders(Self.customers)
    try await house.run()
    #expect(house.channel.calls.count == 5)
    #expect(try await spent(house) == 5)
    let april = try #require(Instant(rfc3339: "2026-04-01T04:00:00Z"))
    let waiting = try await waiting(house, ids)
    #expect(waiting.map(\.hold) == [Hold(reason: .budget, until: april)].repeated(7))
    let held = try #require(waiting.first)
    let card = try await house.card(held.id)
    #expect(card.guardVerdict?.reasons.map(\.rule) == ["budget.email.month"])
    #expect(card.guardVerdict?.reasons.first?.found == "5 of 5 used")
    // It wakes by itself, and the hours of the day bind it as before.
    house.clock.set(april)
    try await house.run()
    #expect(house.channel.calls.count == 5)
    house.clock.set(try #require(Instant(rfc3339: "2026-04-01T14:00:00Z")))
    try await house.run()
    #expect(house.channel.calls.count == 10)
    #expect(try await spent(house) == 5)
  }

  @Test func `a raised budget lets what waits go at once`() async throws {
    let house = try await house(OutreachBudget(emails: 5))
    let ids = try await house.approvedReminders(Self.customers)
    try await house.run()
    try await house.change { $0.outreach.budget.emails = 7 }
    try await house.run()
    #expect(house.channel.calls.count == 7)
    try await house.change { $0.outreach.budget.emails = nil }
    try await house.run()
    #expect(house.channel.calls.count == Self.customers)
    #expect(try await waiting(house, ids).isEmpty)
    // Without a budget it goes on being counted.
    #expect(try await spent(house) == Int64(Self.customers))
  }

  @Test func `what was refused costs nothing, and what arrived after all costs again`() async throws
  {
    let house = try await house(OutreachBudget(emails: 5))
    let ids = try await house.approvedReminders(1)
    house.channel.answerAlways(with: .refused(code: "E_TEST", message: "no"))
    try await house.run()
    #expect(try await spent(house) == 0)
    let (org, id) = (house.org, try #require(ids.first))
    let attempt = try #require(try await house.store.read { try $0.attempts(org, id).first })
    try await house.store.write { store in
      try store.settleOutreach(org, attempt.intent.operation, .sent)
    }
    #expect(try await spent(house) == 1)
  }

  @Test func `many workers never spend more than there is`() async throws {
    let house = try await house(OutreachBudget(emails: 5))
    let ids = try await house.approvedReminders(Self.customers)
    let (context, org) = (house.context, house.org)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for place in 0..<6 {
        let own = Array(ids[(2 * place)...(2 * place + 1)])
        group.addTask {
          let process = ProcessLife(context)
          try await process.begin()
          _ = try await Pipeline(context, process: process).run(org: org, ids: own)
          try await process.end()
        }
      }
      try await group.waitForAll()
    }
    #expect(house.channel.calls.count == 5)
    #expect(try await spent(house) == 5)
  }

  @Test func `a text costs what its segments cost there, and a person may let a critical one pass`()
    async throws
  {
    // Two segments to the United States at the dearer price, 0.04 each.
    let house = try await house(
      OutreachBudget(sms: Price(micros: 150_000)), at: "2026-03-30T14:00:00Z")
    try await house.books(
      try Books.acme(due: LocalDate(house.clock.now, in: .gmt).adding(days: -60).iso))
    let long = String(repeating: "Please call us about your order. ", count: 6)
    let first = try await house.text("one", long)
    try await house.approve(first)
    try await house.run([first])
    #expect(try await spent(house, .sms) == 80_000)
    // A day later, when no cool-down is in the way.
    house.clock.advance(by: .seconds(86_400))
    try await house.books(
      try Books.acme(due: LocalDate(house.clock.now, in: .gmt).adding(days: -60).iso))
    let second = try await house.text("two", long + "Again.")
    try await house.approve(second)
    try await house.run([second])
    #expect(try await house.state(second).hold?.reason == .budget)
    #expect(house.channel.calls.count == 1)
    try await Priorities(house.context).set(
      house.org, second, to: .critical, by: .tester, via: "test")
    try await LimitWaivers(house.context).waive(
      house.org, second, digest: try await house.state(second).digest, reason: "it burns",
      by: .tester, via: "test")
    let outcomes = try await house.run([second]).map(\.outcome)
    #expect(outcomes == [.completed])
    #expect(house.channel.calls.count == 2)
    #expect(try await spent(house, .sms) == 160_000)
  }
}
