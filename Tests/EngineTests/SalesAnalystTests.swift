import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Insights
import Testing
import TestSupport

/// What the sales analysis makes of the ledger's deals.
@Suite struct SalesAnalystTests {
  private static let address = "buyer@acmecorp.com"

  private func house() async throws -> EngineHouse {
    let house = try await EngineHouse.withAcme()
    let (org, now) = (house.org, house.clock.now)
    let today = LocalDate(now, in: .gmt)
    try await house.store.write { store in
      _ = try store.upsert(
        org,
        .partner(
          PartnerRow(externalID: "buyer", name: "Buyer", email: try EmailAddress(Self.address))),
        asOf: now)
      for number in 1...40 {
        let closed = today.adding(days: -number)
        _ = try store.upsert(
          org,
          .deal(
            DealRow(
              externalID: "won-\(number)", name: "Won \(number)", partner: nil, stage: "Won",
              state: .won, openedOn: closed.adding(days: -number), closedOn: closed)), asOf: now)
      }
      _ = try store.upsert(
        org,
        .deal(
          DealRow(
            externalID: "open", name: "Hundred gates", partner: "Buyer", stage: "Offer",
            value: Money(minorUnits: 500_000, currency: Books.usd), salesperson: "Ann Lee",
            openedOn: today.adding(days: -40))), asOf: now)
    }
    return house
  }

  private func analyze(_ house: EngineHouse) async throws -> SalesAnalysisReport {
    try await SalesAnalyst(house.context).analyze(
      house.org, asOf: nil, dryRun: false, by: .tester, via: "test")
  }

  @Test func `a stalled deal is proposed once, whatever the day`() async throws {
    let house = try await house()
    let first = try await analyze(house)
    #expect(first.recommendation.proposals.map(\.actionType) == [.followUpOnStaleDeal])
    guard case .created(let state)? = first.outcomes.first else {
      Issue.record("not created: \(first.outcomes)")
      return
    }
    let again = try await analyze(house)
    guard case .existing(let known, _)? = again.outcomes.first else {
      Issue.record("not known: \(again.outcomes)")
      return
    }
    #expect(known.id == state.id)
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `approved, it goes out once`() async throws {
    let house = try await house()
    guard case .created(let state)? = try await analyze(house).outcomes.first else {
      Issue.record("not created")
      return
    }
    try await house.approve(state.id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(house.channel.calls.count == 1)
    // The deal stands as before, and nobody is asked again.
    _ = try await analyze(house)
    _ = try await house.run()
    #expect(house.channel.calls.count == 1)
  }

  @Test func `approved, it does not go out where the deal was won meanwhile`() async throws {
    let house = try await house()
    guard case .created(let state)? = try await analyze(house).outcomes.first else {
      Issue.record("not created")
      return
    }
    try await house.approve(state.id)
    let (org, now) = (house.org, house.clock.now)
    try await house.store.write { store in
      _ = try store.upsert(
        org,
        .deal(
          DealRow(
            externalID: "open", name: "Hundred gates", partner: "Buyer", stage: "Signed",
            state: .won)), asOf: now)
    }
    _ = try await house.run()
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `a customer whose address is suppressed is skipped with the reason`() async throws {
    let house = try await house()
    try await house.suppress(Self.address, reason: .complaint)
    let report = try await analyze(house)
    #expect(report.outcomes.isEmpty)
    #expect(report.recommendation.skipped.map(\.reason.code) == ["address_closed"])
  }
}
