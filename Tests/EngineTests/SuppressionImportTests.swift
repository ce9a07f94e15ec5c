import ActionProtocol
import Addressing
import Decisions
@testable import Engine
import Testing
import TestSupport

@Suite struct SuppressionImportTests {
  /// Rows as they come.
  private struct Rows: RowSource {
    var rows: [ParsedRow<SuppressionRow>]
    let digest = Digest.sha256([1, 2, 3])

    mutating func next() -> ParsedRow<SuppressionRow>? {
      rows.isEmpty ? nil : rows.removeFirst()
    }
  }

  private static func row(
    _ text: String, until end: Instant? = nil, scope: SuppressionScope = .all
  ) throws -> SuppressionRow {
    let address = try SuppressionAddress(text)
    return SuppressionRow(
      channel: address.channel, address: address.digest, addressText: address.text, scope: scope,
      expiresAt: end)
  }

  private func run(
    _ house: EngineHouse, _ rows: [SuppressionRow], dryRun: Bool = false, keeps: Bool = true
  ) async throws -> RowImportReport {
    let parsed = rows.enumerated().map { ParsedRow.row($1, line: $0 + 2) }
    return try await SuppressionImport(house.context).run(
      Rows(rows: parsed), org: house.org, note: "the old list", dryRun: dryRun,
      keepsAddresses: keeps, by: .tester, via: "test")
  }

  @Test func `an import merges: prolongs, never shortens, removes nothing, adds nothing twice`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let now = house.clock.now
    let month = now.advanced(by: .seconds(30 * 86_400))
    let year = now.advanced(by: .seconds(365 * 86_400))
    let first = try await run(
      house,
      [
        try Self.row("a@x.example", until: year), try Self.row("b@x.example", until: month),
        try Self.row("c@x.example", until: now), try Self.row("A+news@x.example", until: year),
      ])
    #expect(first.counts == ["added": 2, "ended": 1, "known": 1])
    let second = try await run(
      house,
      [
        try Self.row("a@x.example", until: month), try Self.row("b@x.example"),
        try Self.row("b@x.example", scope: .marketing),
      ])
    #expect(second.counts == ["known": 1, "prolonged": 1, "added": 1])
    #expect(try await house.suppressions("a@x.example").map(\.expiresAt) == [year])
    #expect(try await house.suppressions("b@x.example").map(\.expiresAt) == [nil, nil])
    #expect(
      try await house.kinds().suffix(2) == ["suppressions.imported", "suppressions.imported"])
  }

  @Test func `a dry run says the same and stores nothing`() async throws {
    let house = try await EngineHouse.withAcme()
    let before = try await house.kinds()
    let rows = [try Self.row("a@x.example"), try Self.row("b@x.example")]
    #expect(try await run(house, rows, dryRun: true).counts == ["added": 2])
    #expect(try await house.suppressions("a@x.example").isEmpty)
    #expect(try await house.kinds() == before)
    #expect(try await run(house, rows).counts == ["added": 2])
  }

  @Test func `digests alone bind as well`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    let row = try Self.row("billing@acmecorp.com")
    _ = try await run(house, [row], keeps: false)
    #expect(try await house.suppressions().map(\.addressText) == [nil])
    let error = await #expect(throws: DecisionError.self) { try await house.approve(id) }
    #expect(error?.code == "suppressed.manual")
  }

  @Test func `each batch has its entry, the last the file's digest, and no address in it`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let rows = try (0..<1200).map { try Self.row("user\($0)@x.example") }
    let report = try await run(house, rows)
    #expect(report.counts == ["added": 1200])
    #expect(report.rows == 1200)
    let org = house.org
    let leaves = try await house.store.read {
      try $0.audit(org, action: nil, after: 0, limit: 1000)
    }.map { String(decoding: $0.leaf, as: UTF8.self) }.filter { $0.contains("suppressions.") }
    #expect(leaves.count == 3)
    #expect(leaves.last?.contains(Digest.sha256([1, 2, 3]).hex) == true)
    #expect(leaves.last?.contains("\"added\":1200") == true)
    #expect(leaves.first?.contains("\"first_line\":2,\"last_line\":501") == true)
    #expect(leaves.allSatisfy { !$0.contains("user1@") && $0.contains(report.run) })
  }

  @Test func `an empty import says so once, and no reason is refused`() async throws {
    let house = try await EngineHouse.withAcme()
    #expect(try await run(house, []).rows == 0)
    #expect(try await house.kinds().last == "suppressions.imported")
    let error = await #expect(throws: DecisionError.self) {
      _ = try await SuppressionImport(house.context).run(
        Rows(rows: []), org: house.org, note: "", by: .tester, via: "test")
    }
    #expect(error?.code == "reason.length")
  }
}
