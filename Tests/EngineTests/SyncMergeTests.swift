import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

/// Customers that were merged at the source: 2 stays, 1 is gone.
@Suite("Syncing: customers that were merged")
struct SyncMergeTests {
  /// Two customers; the first has a person and five invoices.
  private static func house() async throws -> SyncHouse {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1, "Acme"), at: sync.second)
    sync.books.put(.customer(2, "Acme Inc"), at: sync.second)
    sync.books.put(.customer(3, "Ann", parent: 1), at: sync.second)
    for id in 1...5 { sync.books.put(.bill(Int64(id), partner: 1), at: sync.second) }
    try await sync.sync()
    return sync
  }

  /// What was the first's names the second.
  private static func merge(_ sync: SyncHouse, at second: Int64) {
    for id in 1...5 { sync.books.put(.bill(Int64(id), partner: 2), at: second) }
    sync.books.put(.customer(3, "Ann", parent: 2), at: second)
    sync.books.delete(.partners, 1)
  }

  private static func aliases(_ sync: SyncHouse) async throws -> [[Int64]] {
    try await sync.house.store.read { [org = sync.house.org] in
      try $0.partnerAliases(org).map { [$0.partner.rawValue, $0.root.rawValue] }
    }
  }

  private static func partners(_ sync: SyncHouse) async throws -> [Int64?] {
    try await sync.house.store.read { [org = sync.house.org] store in
      try (1...5).map {
        try store.record(org, RecordReference(model: "account.move", id: $0))?
          .fields["partner_id"]?.arrayValue?.first?.integerValue
      }
    }
  }

  /// As Odoo 14 does it.
  @Test func `records that moved without a new time are found by the comparison of ids`()
    async throws
  {
    let sync = try await Self.house()
    let second = sync.second
    Self.merge(sync, at: second)
    sync.house.clock.advance(by: .seconds(6 * 3600))
    #expect(try await sync.sync()[.partners]?.gone == 1)
    #expect(try await Self.aliases(sync) == [[1, 2]])
    #expect(try await Self.partners(sync) == Array(repeating: 2, count: 5))
    #expect(try await sync.record("res.partner", 3)?["parent_id"]?.arrayValue?.first == 2)
    try await sync.sync(full: true)
    #expect(try await sync.house.kinds().count { $0 == "partner.merged" } == 1)
  }

  /// As Odoo 19 does it.
  @Test(arguments: [1, 3, 100])
  func `records that moved with a new time give it away at once`(_ page: Int) async throws {
    let sync = try await Self.house()
    sync.house.clock.advance(by: .seconds(60))
    Self.merge(sync, at: sync.second)
    try await sync.sync(page: page)
    #expect(try await Self.aliases(sync) == [[1, 2]])
    #expect(try await Self.partners(sync) == Array(repeating: 2, count: 5))
    #expect(try await sync.record("res.partner", 1) == nil)
    #expect(try await sync.sync(full: true)[.partners]?.gone == 0)
    #expect(try await sync.house.kinds().count { $0 == "partner.merged" } == 1)
  }

  @Test func `an invoice that moved from a customer who is still there proves nothing`()
    async throws
  {
    let sync = try await Self.house()
    sync.house.clock.advance(by: .seconds(60))
    sync.books.put(.bill(1, partner: 2), at: sync.second)
    sync.books.put(.customer(3, "Ann", parent: 2), at: sync.second)
    try await sync.sync(full: true)
    #expect(try await Self.aliases(sync).isEmpty)
    #expect(try await sync.record("res.partner", 1) != nil)
  }

  @Test func `the source's own note is enough, and says more than records`() async throws {
    let sync = try await Self.house()
    sync.books.put(.customer(4, "Other"), at: sync.second)
    try await sync.sync()
    sync.house.clock.advance(by: .seconds(60))
    Self.merge(sync, at: sync.second)
    // Somebody moved one of them on.
    sync.books.put(.bill(5, partner: 4), at: sync.second)
    sync.books.note(1, mergedInto: 3)
    let reports = try await sync.sync()
    // The note stands on a person, who belongs to the customer.
    #expect(try await Self.aliases(sync) == [[1, 2]])
    #expect(reports.values.allSatisfy { $0.leftOut.isEmpty })
  }

  @Test func `a customer without any record is known by the note alone`() async throws {
    let sync = try await SyncHouse()
    for id in 1...2 { sync.books.put(.customer(Int64(id)), at: sync.second) }
    try await sync.sync()
    sync.books.delete(.partners, 1)
    // The one that stays is new to the ledger.
    sync.books.put(.customer(9), at: sync.second - 9000)
    sync.books.note(1, mergedInto: 9)
    try await sync.sync(full: true)
    #expect(try await Self.aliases(sync) == [[1, 9]])
  }

  @Test func `what went to several, or was moved by hand, is told and no more`() async throws {
    for isPosted in [true, false] {
      let sync = try await Self.house()
      sync.house.clock.advance(by: .seconds(60))
      let second = sync.second
      for id in 1...5 {
        sync.books.put(
          .bill(Int64(id), partner: isPosted && id == 1 ? 4 : 2) {
            $0.state = isPosted ? .posted : .draft
          }, at: second)
      }
      sync.books.put(.customer(4), at: second)
      sync.books.put(.customer(3, "Ann", parent: 2), at: second)
      sync.books.delete(.partners, 1)
      let reports = try await sync.sync()
      #expect(try await Self.aliases(sync).isEmpty)
      #expect(reports[.partners]?.leftOut == ["merge_unclear": 1])
      #expect(try await sync.house.kinds().count { $0 == "partner.merge_unclear" } == 1)
      #expect(try await sync.sync(full: true)[.partners]?.leftOut.isEmpty == true)
    }
  }

  @Test func `a customer who was deleted with everything is nobody's part`() async throws {
    let sync = try await SyncHouse()
    for id in 1...2 { sync.books.put(.customer(Int64(id)), at: sync.second) }
    sync.books.put(.bill(1, partner: 1), at: sync.second)
    try await sync.sync()
    sync.books.delete(.partners, 1)
    sync.books.delete(.invoices, 1)
    let reports = try await sync.sync(full: true)
    #expect(try await Self.aliases(sync).isEmpty)
    #expect(reports.values.allSatisfy { $0.leftOut.isEmpty })
  }

  @Test func `cut off anywhere, the next readings still find it`() async throws {
    struct Cut: Error {}
    for page in 0..<12 {
      let sync = try await Self.house()
      sync.house.clock.advance(by: .seconds(60))
      Self.merge(sync, at: sync.second)
      sync.books.fail(page: page, with: Cut())
      _ = try? await sync.sync(page: 2)
      try await sync.sync(page: 2)
      #expect(try await Self.aliases(sync) == [[1, 2]], "page \(page)")
      #expect(try await Self.partners(sync) == Array(repeating: 2, count: 5))
    }
  }
}
