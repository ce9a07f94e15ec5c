import ActionProtocol
import Decisions
import Engine
import Insights
import Testing
import TestSupport

/// What the analysis proposes where the customer's address must not be written to.
@Suite struct AnalysisSuppressedTests {
  private static let address = "billing@acmecorp.com"

  private func types(_ report: AnalysisReport) -> [ActionType] {
    report.recommendation.proposals.map(\.actionType)
  }

  private func actions(_ house: EngineHouse) async throws -> [ActionState] {
    let org = house.org
    return try await house.store.read { try $0.actions(org, ActionFilter()) }
  }

  @Test func `over three days a suppressed customer leads to one task, and to no reminder`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    try await house.suppress(Self.address, reason: .hardBounce)
    for day in 1...3 {
      let report = try await house.analyze()
      #expect(types(report) == [.createCollectionTask], "day \(day)")
      #expect(report.recommendation.proposals.first?.reasoning.contains("hard bounce") == true)
      #expect(try await actions(house).count == 1, "day \(day)")
      house.clock.advance(by: .seconds(86_400))
      try await house.books(try Books.acme(due: "2026-01-03"))
    }
    let task = try #require(try await actions(house).first)
    try await house.approve(task.id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    // Also when the task exists.
    _ = try await house.analyze()
    #expect(try await actions(house).map(\.id) == [task.id])
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `once the address may be written to again the reminder is proposed`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.suppress(Self.address, reason: .manual)
    _ = try await house.analyze()
    let found = try #require(try await house.suppressions().first)
    _ = try await Suppressions(house.context).remove(
      house.org, found.id, note: "they are back", by: .tester, via: "test")
    #expect(types(try await house.analyze()) == [.sendInvoiceReminder])
  }

  @Test func `a suppressed domain counts like the address`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.suppress("acmecorp.com", reason: .legal)
    #expect(types(try await house.analyze()) == [.createCollectionTask])
  }

  @Test func `while an address rests nothing is proposed, and the reason is said`() async throws {
    let house = try await EngineHouse.withAcme()
    let (org, now) = (house.org, house.clock.now)
    let end = now.advanced(by: .seconds(7 * 86_400))
    try await house.store.write { store in
      _ = try store.insert(
        Suppression(
          org: org, id: "rest", channel: .email, address: AddressDigest.of(Self.address, .email),
          scope: .all, reason: .softBounce, source: "webhook", createdAt: now, expiresAt: end))
    }
    let report = try await house.analyze()
    #expect(report.outcomes.isEmpty)
    #expect(report.recommendation.skipped.map(\.reason.code) == ["address_resting"])
    #expect(report.recommendation.skipped.first?.reason.explanation.contains(end.rfc3339) == true)
    house.clock.advance(by: .seconds(7 * 86_400))
    #expect(types(try await house.analyze()) == [.sendInvoiceReminder])
  }

  @Test(arguments: [SuppressionReason.unsubscribe, .complaint])
  func `who only objected to marketing is proposed to, and a person decides`(
    _ reason: SuppressionReason
  ) async throws {
    let house = try await EngineHouse.withAcme()
    try await house.suppress(Self.address, scope: .marketing, reason: reason)
    #expect(types(try await house.analyze()) == [.sendInvoiceReminder])
  }
}
