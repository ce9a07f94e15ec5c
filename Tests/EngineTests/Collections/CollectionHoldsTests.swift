import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

@Suite struct CollectionHoldsTests {
  @Test func `a hold withdraws what waits, approved or not`() async throws {
    for approves in [false, true] {
      let house = try await EngineHouse.withAcme()
      let id = try await house.propose()
      if approves { try await house.approve(id) }
      let (hold, changed) = try await house.hold(.ownerHandles)
      #expect(changed == [id])
      let state = try await house.state(id)
      #expect(state.status == .rejected)
      #expect(state.rejection?.reason == hold.explanation)
      #expect(try await house.run().isEmpty)
      let entry = try #require(try await house.kinds().last { $0.hasPrefix("hold.") })
      #expect(entry == "hold.added")
    }
  }

  @Test func `nothing is proposed while it holds, and the reason is said`() async throws {
    let house = try await EngineHouse.withAcme()
    let (hold, _) = try await house.hold(
      .pause, .customer("Acme Corp"), until: "2026-03-10")
    let report = try await house.analyze()
    #expect(report.outcomes.isEmpty)
    let reason = try #require(report.recommendation.skipped.first?.reason)
    #expect(reason.code == "customer_on_hold")
    #expect(
      reason.explanation
        == "On hold: paused, until 2026-03-10; set by person:local:tester on 2026-03-04: "
        + "they called.")
    try await house.end(hold)
    #expect(try await house.analyze().recommendation.proposals.count == 1)
  }

  @Test func `what a hold took back is proposed again once it has ended`() async throws {
    let house = try await EngineHouse.withAcme()
    let first = try await house.propose()
    let (hold, _) = try await house.hold(.dispute)
    #expect(try await house.analyze().outcomes.isEmpty)
    try await house.end(hold)
    let second = try await house.propose()
    #expect(first != second)
    try await house.approve(second)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `a hold on another invoice leaves a reminder alone`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.books([Books.invoice("INV-2", due: "2026-04-20", cents: 20_000)])
    #expect(try await house.hold(.dispute, .invoice("INV-2")).changed.isEmpty)
    #expect(try await house.state(id).revision == 1)
    try await house.approve(id)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `a promise holds to the end of its grace, and is kept by what came`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.promise("2000", by: "2026-03-06", grace: 2)
    #expect(try await house.analyze().outcomes.isEmpty)
    house.clock.advance(by: .seconds(4 * 86_400))
    try await house.books([
      try Books.payment("P-1", of: "INV-2024-001", cents: 200_000, on: "2026-03-08")
    ])
    house.clock.advance(by: .seconds(86_400))
    let promises = try await CollectionHolds(house.context).list(house.org).promises
    #expect(promises.kept == 1 && promises.broken.isEmpty)
    #expect(promises.keptPercent == 100)
    #expect(try await house.analyze().promises.broken.isEmpty)
  }

  @Test func `a broken promise is found, and the invoice is asked for again`() async throws {
    let house = try await EngineHouse.withAcme()
    let hold = try await house.promise("2000", by: "2026-03-06", grace: 2)
    house.clock.advance(by: .seconds(4 * 86_400))
    try await house.books([
      try Books.payment("P-1", of: "INV-2024-001", cents: 199_999, on: "2026-03-08")
    ])
    // The last day of the grace is not over.
    #expect(try await house.analyze().promises.broken.isEmpty)
    house.clock.advance(by: .seconds(86_400))
    try await house.books([
      try Books.payment("P-2", of: "INV-2024-001", cents: 100, on: "2026-03-09")
    ])
    let report = try await house.analyze()
    #expect(report.promises.broken.map(\.id) == [hold.id])
    #expect(report.promises.broken.first?.promise?.paid.minorUnits == 199_999)
    #expect(report.promises.keptPercent == 0)
    #expect(report.recommendation.proposals.count == 1)
  }

  @Test func `what cannot be is refused, and says what to do`() async throws {
    let house = try await EngineHouse.withAcme()
    let wishes: [(String, CollectionHolds.Wish)] = [
      ("hold.no_invoice", .init(subject: .invoice("INV-9"), kind: .dispute)),
      ("hold.no_customer", .init(subject: .customer("Nobody"), kind: .dispute)),
      ("hold.end", .init(subject: .customer("1"), kind: .pause)),
      (
        "hold.past",
        .init(subject: .customer("1"), kind: .pause, lastDay: LocalDate(iso: "2026-03-03"))
      ),
      (
        "hold.never",
        .init(subject: .customer("1"), kind: .neverRemind, lastDay: LocalDate(iso: "2027-03-03"))
      ),
      ("hold.promise", .init(subject: .customer("1"), kind: .promise)),
      (
        "hold.amount",
        .init(subject: .customer("1"), kind: .promise, promise: Self.promise("0"))
      ),
      (
        "hold.grace",
        .init(subject: .customer("1"), kind: .promise, promise: Self.promise("5", grace: 91))
      ),
    ]
    for (code, wish) in wishes {
      let error = await #expect(throws: DecisionError.self) {
        _ = try await CollectionHolds(house.context).add(
          house.org, wish, note: "n", by: .tester, via: "test")
      }
      #expect(error?.code == code)
      #expect(error?.remedy.isEmpty == false)
    }
    let none = try await CollectionHolds(house.context).list(house.org)
    #expect(none.holds.isEmpty)
  }

  @Test func `no program sets or ends a hold`() async throws {
    let house = try await EngineHouse.withAcme()
    let agent = try #require(Author(.agent, "helper"))
    let wish = CollectionHolds.Wish(subject: .customer("1"), kind: .dispute)
    await #expect(throws: DecisionError.self) {
      _ = try await CollectionHolds(house.context).add(
        house.org, wish, note: "n", by: agent, via: "mcp")
    }
    let (hold, _) = try await house.hold(.dispute)
    await #expect(throws: DecisionError.self) {
      _ = try await CollectionHolds(house.context).remove(
        house.org, hold.id, note: "n", by: agent, via: "mcp")
    }
  }

  private static func promise(_ amount: String, grace: Int = 0) -> CollectionHolds.PromiseWish {
    CollectionHolds.PromiseWish(
      amount: amount, due: LocalDate(iso: "2026-03-10").unsafelyUnwrapped, graceDays: grace)
  }
}

extension EngineHouse {
  @discardableResult
  fileprivate func promise(
    _ amount: String, by day: String, grace: Int
  ) async throws -> CollectionHold {
    try await hold(
      .promise,
      promise: CollectionHolds.PromiseWish(
        amount: amount, due: LocalDate(iso: day).unsafelyUnwrapped, graceDays: grace)
    ).hold
  }
}
