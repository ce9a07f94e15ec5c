import ActionProtocol
import Connectors
import Engine
import Foundation
import Insights
import Testing
import TestSupport

/// How findings live: seen again, worse, put off, done and over.
@Suite struct FindingTests {
  private func house() async throws -> EngineHouse {
    try await EngineHouse(drafting: try MustacheDrafting())
  }

  private func draft(
    _ fingerprint: String = "financial.low_cash_runway:USD", _ severity: FindingSeverity = .high,
    _ explanation: String = "Cash lasts 54 days."
  ) -> FindingDraft {
    FindingDraft(
      fingerprint: fingerprint, kind: "low_cash_runway", severity: severity,
      title: "Cash is running short", explanation: explanation, facts: ["days": .integer(54)],
      partner: PartnerID(rawValue: 7))
  }

  @discardableResult
  private func take(
    _ house: EngineHouse, _ drafts: [FindingDraft], _ source: FindingSource = .financial
  ) async throws -> [FindingRecord] {
    let org = house.org
    _ = try await house.store.write { store in
      try FindingBook(store: store, org: org, author: .finder, via: "test").take(
        drafts, from: source)
    }
    return try await Findings(house.context).list(org)
  }

  private func say(
    _ house: EngineHouse, _ word: Findings.Word, _ number: Int64 = 1
  ) async throws -> FindingRecord? {
    try await Findings(house.context).say(
      word, about: number, in: house.org, note: "seen to", by: .tester, via: "test")
  }

  private func kinds(_ house: EngineHouse) async throws -> [String] {
    try await house.kinds().filter { $0.hasPrefix("finding.") }
  }

  @Test func `seen again it is the same finding, with the newest words`() async throws {
    let house = try await house()
    try await take(house, [draft(), draft()])
    house.clock.advance(by: .seconds(3600))
    let found = try await take(house, [draft(explained: "Cash lasts 53 days.")])
    #expect(found.count == 1 && found[0].number == 1 && found[0].seen == 2)
    #expect(found[0].draft == draft(explained: "Cash lasts 53 days."))
    #expect(found[0].firstSeenAt < found[0].lastSeenAt)
    #expect(try await kinds(house) == ["finding.opened"], "being seen again is no news")
  }

  private func draft(explained: String) -> FindingDraft {
    draft("financial.low_cash_runway:USD", .high, explained)
  }

  @Test func `gone it is over by itself, and the same condition later is a new one`() async throws {
    let house = try await house()
    try await take(house, [draft()])
    #expect(try await take(house, []).isEmpty)
    let over = try await Findings(house.context).finding(house.org, 1)
    #expect(over.state == .resolved && over.goneAt == house.clock.now && over.changedBy == nil)
    let found = try await take(house, [draft()])
    #expect(found.map(\.number) == [2])
    #expect(try await kinds(house) == ["finding.opened", "finding.gone", "finding.opened"])
    let all = try await Findings(house.context).list(house.org, past: 10)
    #expect(all.map(\.number) == [2, 1])
    await #expect(throws: DecisionError.self) { _ = try await say(house, .acknowledge) }
  }

  @Test func `one source's silence leaves the other's findings alone`() async throws {
    let house = try await house()
    try await take(house, [draft()])
    try await take(house, [draft("sales.aged_out", .low)], .sales)
    #expect(try await take(house, [], .sales).map(\.draft.fingerprint) == [draft().fingerprint])
  }

  @Test(arguments: [Findings.Word.acknowledge, .resolve])
  func `what a person said of it stays until it gets worse`(word: Findings.Word) async throws {
    let house = try await house()
    try await take(house, [draft()])
    let said = try #require(try await say(house, word))
    #expect(said.changedBy == Author.tester.rawValue)
    #expect(try await say(house, word) == nil, "a second time changes nothing")
    #expect(try await take(house, [draft()]).map(\.state) == [said.state])
    let worse = try await take(house, [draft(draft().fingerprint, .critical)])
    #expect(worse.map(\.state) == [.open] && worse[0].changedBy == nil)
    // Better again is no reason to ask again.
    _ = try await say(house, word)
    #expect(try await take(house, [draft(draft().fingerprint, .low)]).map(\.state) == [said.state])
    #expect(try await kinds(house).filter { $0 == "finding.worsened" }.count == 1)
  }

  @Test func `put off, it is open again at its instant and not a moment before`() async throws {
    let house = try await house()
    try await take(house, [draft()])
    let until = house.clock.now.advanced(by: .seconds(86_400))
    let snoozed = try #require(try await say(house, .snooze(until: until)))
    #expect(snoozed.state(at: until.advanced(by: .milliseconds(-1))) == .snoozed)
    #expect(snoozed.state(at: until) == .open)
    await #expect(throws: DecisionError.self) {
      _ = try await say(house, .snooze(until: house.clock.now))
    }
  }

  @Test func `nobody but a person says anything of a finding`() async throws {
    let house = try await house()
    try await take(house, [draft()])
    let agent = try #require(Author(rawValue: "agent:helper"))
    await #expect(throws: DecisionError.self) {
      _ = try await Findings(house.context).say(
        .resolve, about: 1, in: house.org, note: nil, by: agent, via: "test")
    }
    #expect(try await take(house, [draft()]).map(\.state) == [.open])
  }

  @Test func `five overdue invoices of one customer are one finding of the job`() async throws {
    let house = try await EngineHouse.withAcme()
    for number in 1...4 {
      try await house.books([Books.invoice("INV-\(number)", due: "2026-01-0\(number)", cents: 100)])
    }
    let process = ProcessLife(house.context)
    try await process.begin()
    let run = try await house.jobs.run(
      house.org, .financialAnalysis, process: process, by: .tester, via: "test")
    #expect(run.state == .succeeded && run.result["findings"] == .integer(1))
    let found = try await Findings(house.context).list(house.org)
    #expect(found.map(\.draft.title) == ["5 overdue invoices of Acme Corp"])
    house.clock.advance(by: .seconds(60))
    try await process.heartbeat()
    // Paid but for one, the customer is no finding any more.
    for number in 1...4 {
      try await house.books([
        try Books.payment("P\(number)", of: "INV-\(number)", cents: 100, on: "2026-03-03")
      ])
    }
    _ = try await house.jobs.run(
      house.org, .financialAnalysis, process: process, by: .tester, via: "test")
    try await process.end()
    let left = try await Findings(house.context).list(house.org)
    #expect(!left.contains { $0.draft.kind == "customer_overdue" })
  }
}

extension Author {
  /// Who analyses, in tests.
  static let finder = Author(.system, "analyzer").unsafelyUnwrapped
}
