import ActionProtocol
import Connectors
import Engine
import Foundation
import Insights
import Store
import Synchronization
import Testing

@Suite("Ledger imports")
struct LedgerImportTests {
  @Test func `a file is imported once and then found unchanged`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme()])
    let first = try await ledger.load(Rows(bills(1...4500)), .invoices)
    #expect(first.counts.rows == 4500 && first.counts.inserted == 4500)
    #expect(first.touched.invoices.count == 4500 && first.touched.isComplete)
    #expect(first.touched.partners == [PartnerID(rawValue: 1)!])
    #expect(first.asOf == ledger.now && !first.runID.rawValue.isEmpty)
    let second = try await ledger.load(Rows(bills(1...4500)), .invoices)
    #expect(second.counts.unchanged == 4500 && second.counts.inserted == 0)
    #expect(second.touched.invoices.isEmpty)
    let third = try await ledger.load(Rows(bills(1...2) + [.bill("INV-3", 7)]), .invoices)
    #expect(third.counts.unchanged == 2 && third.counts.updated == 1)
    #expect(third.snapshot == .notAsked)
  }

  @Test(arguments: [0, 3000])
  func `the same id with other content is rejected and both lines are named`(
    _ between: Int
  ) async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme()])
    let others = between > 0 ? bills(10_000...(10_000 + between - 1)) : []
    let rows = [.bill("INV-1", 5)] + others + [.bill("INV-1", 7), .bill("INV-1", 5)]
    for dryRun in [true, false] {
      let report = try await ledger.load(Rows(rows), .invoices, .init(dryRun: dryRun))
      #expect(report.counts.rejected == 1)
      #expect(report.counts.rows == between + 3)
      let rejection = try #require(report.rejections.first)
      #expect(rejection.line == between + 3)
      #expect(rejection.problem == "is the same id as in line 2, with other content")
      #expect(rejection.remedy.contains("lines 2 and \(between + 3)"))
      if !dryRun {
        #expect(report.counts.inserted == between + 1)
        #expect(report.counts.unchanged == 1)
      }
    }
    let books = try await ledger.books()
    #expect(books.invoices.first { $0.number == "INV-1" }?.open.minorUnits == 5)
  }

  @Test func `a dry run says what would happen and leaves nothing behind`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme(), .bill("INV-1"), .bill("INV-2")])
    let rows = [LedgerRow.bill("INV-1"), .bill("INV-2", 5), .bill("INV-3"), .bill("INV-4", -1)]
    let org = ledger.org
    let before = try await ledger.books()
    let report = try await ledger.load(Rows(rows), .invoices, .init(dryRun: true))
    #expect(report.dryRun)
    #expect(report.counts.unchanged == 1 && report.counts.updated == 1)
    #expect(report.counts.inserted == 1 && report.counts.rejected == 1)
    #expect(report.touched == ImportTouch())
    #expect(try await ledger.books().invoices == before.invoices)
    #expect(try await ledger.store.read { try $0.ledgerCounts(org) }[.invoices] == 2)
    let real = try await ledger.load(Rows(rows), .invoices)
    #expect(real.counts == report.counts)
    #expect(try await ledger.invoice("name", id: 3) == "INV-3")
  }

  @Test func `rejections are all counted and the first thousand kept`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme()])
    let bad = (1...1500).map { LedgerRow.bill("X\($0)", partner: "Nobody") }
    let report = try await ledger.load(Rows(bad + bills(1...1)), .invoices)
    #expect(report.counts.rejected == 1500 && report.counts.inserted == 1)
    #expect(report.rejections.count == ImportReport.rejectionLimit)
    #expect(
      report.rejections.first
        == RowRejection(
          line: 2, column: "Customer",
          problem: "names a partner that the ledger does not have",
          remedy: "Import the partners first, or name the partner by its external id or exact name."
        ))
  }

  @Test func `a snapshot closes what it does not name`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put(
      [.acme()] + bills(1...3) + [.bill("INV-9", state: .draft)],
      asOf: instant("2026-11-20T09:00:00Z"))
    let file = Rows(bills(1...1))
    let dry = try await ledger.load(file, .invoices, .init(dryRun: true, isSnapshot: true))
    #expect(dry.snapshot == .wouldClose(2))
    #expect(try await ledger.invoice("payment_state", id: 2) == "not_paid")
    let report = try await ledger.load(file, .invoices, .init(isSnapshot: true))
    #expect(report.snapshot == .closed(2) && report.counts.closed == 2)
    #expect(!report.touched.isComplete)
    #expect(try await ledger.invoice("payment_state", id: 2) == "paid")
    #expect(try await ledger.invoice("amount_residual", id: 3) == "0.00")
    #expect(try await ledger.record("account.move", 3)?.asOf == ledger.now)
    #expect(try await ledger.invoice("payment_state", id: 1) == "not_paid")
    #expect(try await ledger.invoice("payment_state", id: 4) == "not_paid")
    // The books of the day before still have them.
    #expect(try await ledger.books("2026-11-21").invoices.count == 4)
    #expect(try await ledger.books("2026-11-22").invoices.count == 2)
  }

  @Test func `an invoice that a snapshot closed opens again when a file names it`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put(
      [.acme()] + bills(1...2) + [.paid("P1", 30_00, on: "2026-11-10", invoice: "INV-2")],
      asOf: instant("2026-11-20T09:00:00Z"))
    _ = try await ledger.load(Rows(bills(1...1)), .invoices, .init(isSnapshot: true))
    #expect(try await ledger.invoice("amount_residual", id: 2) == "0.00")
    try await ledger.put([.paid("P2", 5_00, on: "2026-11-11", invoice: "INV-2")])
    #expect(try await ledger.invoice("amount_residual", id: 2) == "0.00")
    let again = try await ledger.load(Rows(bills(1...2)), .invoices)
    #expect(again.counts.updated == 1)
    #expect(try await ledger.invoice("amount_residual", id: 2) == "65.00")
  }

  @Test func `a file that is not called a snapshot closes nothing`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme()] + bills(1...3))
    for isSnapshot in [nil, false] as [Bool?] {
      let report = try await ledger.load(
        Rows(bills(1...1)), .invoices, .init(isSnapshot: isSnapshot))
      #expect(report.snapshot == .notAsked)
    }
    #expect(try await ledger.books().invoices.count == 3)
  }

  @Test func `a snapshot with a rejected row or without rows closes nothing`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme()] + bills(1...3))
    let refused = try await ledger.load(
      Rows(bills(1...1) + [.bill("INV-2", partner: "Nobody")]), .invoices, .init(isSnapshot: true))
    #expect(refused.snapshot == .withheldForRejections)
    let empty = try await ledger.load(Rows([]), .invoices, .init(isSnapshot: true))
    #expect(empty.snapshot == .withheldForEmptyFile)
    #expect(try await ledger.books().invoices.count == 3)
  }

  @Test func `a snapshot leaves alone what the ledger learnt after it`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme()] + bills(1...2), asOf: instant("2026-11-22T10:00:00Z"))
    try await ledger.put(bills(3...3), asOf: instant("2026-11-22T11:30:00Z"))
    let report = try await ledger.load(
      Rows(bills(1...1)), .invoices,
      .init(isSnapshot: true, asOf: instant("2026-11-22T11:00:00Z")))
    #expect(report.snapshot == .closed(1))
    #expect(try await ledger.invoice("payment_state", id: 3) == "not_paid")
  }

  @Test func `progress is told after each batch`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme()])
    let seen = Progress()
    _ = try await ledger.load(Rows(bills(1...4100)), .invoices) { seen.add($0.rows) }
    #expect(seen.rows == [2000, 4000, 4100])
  }

  @Test func `a file of our own goes all the way`() async throws {
    let ledger = try await LedgerFixture()
    let text = "Kunde;E-Mail\r\nMüller AG;buchhaltung@mueller.example\r\nX;keine\r\n"
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("ledger-\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let report = try await ledger.load(try LedgerFile.open(path: path, kind: .partners), .partners)
    #expect(report.counts.inserted == 1 && report.counts.rejected == 1)
    #expect(report.rejections.map(\.line) == [3] && report.rejections.map(\.column) == ["E-Mail"])
    #expect(try await ledger.books().partners.map(\.name) == ["Müller AG"])
  }

  private func bills(_ numbers: ClosedRange<Int>) -> [LedgerRow] {
    numbers.map { .bill("INV-\($0)") }
  }
}

/// Rows as a file would give them, the first on line 2.
private struct Rows: LedgerRowSource {
  private var rest: ArraySlice<LedgerRow>
  private var line = 1

  init(_ rows: [LedgerRow]) { rest = ArraySlice(rows) }

  mutating func next(_ limit: Int) -> [ParsedLedgerLine] {
    let some = rest.prefix(limit)
    rest = rest.dropFirst(limit)
    return some.map { row in
      line += 1
      return .row(row, line: line)
    }
  }

  func columnName(of field: String) -> String { field == "partner" ? "Customer" : field }
}

private final class Progress: Sendable {
  private let seen = Mutex<[Int]>([])
  var rows: [Int] { seen.withLock { $0 } }
  func add(_ rows: Int) { seen.withLock { $0.append(rows) } }
}

extension LedgerFixture {
  func load(
    _ source: any LedgerRowSource, _ kind: LedgerKind,
    _ options: LedgerImportOptions = LedgerImportOptions(),
    progress: (@Sendable (ImportProgress) -> Void)? = nil
  ) async throws -> ImportReport {
    try await LedgerImport(store: store, newID: Entropy.system.uuid7)
      .run(source, kind: kind, org: org, options: options, progress: progress)
  }
}
