import ActionProtocol
import Connectors
import Engine
import Foundation
import Insights
import Spawning
import Testing

/// Real fines through the converter, the import, the database and the analysis, against figures that
/// another program computed. The data lies beside the repository and is never part of it.
@Suite(
  "Road fines as books",
  .enabled(if: RoadFines.isWanted, "needs the shared data beside the repository"))
struct RoadFinesTests {
  struct Golden: Sendable {
    let day: String
    /// Count and cents: not due, 1-30, 31-60, 61-90, over 90.
    let cells: [(count: Int, cents: Int64)]
    let overdue: Int
    let disputed: Int
  }

  static let golden = [
    Golden(
      day: "2007-06-30",
      cells: [(235, 1_066_220), (14, 107_420), (0, 0), (0, 0), (421, 3_246_445)], overdue: 435,
      disputed: 26),
    Golden(
      day: "2007-12-31",
      cells: [
        (2478, 11_829_160), (556, 4_582_000), (285, 2_364_600), (716, 5_866_850),
        (537, 4_190_850),
      ], overdue: 2094, disputed: 117),
    Golden(
      day: "2008-09-30",
      cells: [
        (2030, 9_635_430), (35, 269_620), (123, 939_220), (32, 247_400), (3732, 30_238_780),
      ], overdue: 3922, disputed: 234),
  ]

  @Test func `one import, and the same again, ages to the published figures on all three dates`()
    async throws
  {
    let fines = try await RoadFines()
    for kind in RoadFines.kinds {
      let report = try await fines.load(kind)
      #expect(report.counts.rejected == 0, "\(kind.rawValue): \(report.rejections.prefix(3))")
      #expect(report.counts.inserted == report.counts.rows && report.counts.rows > 0)
    }
    try await expectGolden(fines)
    for kind in RoadFines.kinds {
      let again = try await fines.load(kind)
      #expect(again.counts.unchanged == again.counts.rows, "\(kind.rawValue)")
    }
    try await expectGolden(fines)
  }

  private func expectGolden(_ fines: RoadFines) async throws {
    for golden in Self.golden {
      let table = try await fines.ageing(golden.day)
      let cells = [
        table.notDue, table[.days1to30], table[.days31to60], table[.days61to90], table[.over90],
      ]
      #expect(cells.map(\.count) == golden.cells.map(\.count), "\(golden.day)")
      #expect(cells.map(\.amount.minorUnits) == golden.cells.map(\.cents), "\(golden.day)")
      #expect(table.overdue.count == golden.overdue, "\(golden.day)")
      #expect(table.disputedOverdue.count == golden.disputed, "\(golden.day)")
    }
  }

  @Test func `what was known on a day, imported as today's, ages to the same figures`()
    async throws
  {
    let golden = Self.golden[0]
    let fines = try await RoadFines(now: golden.day + "T12:00:00Z", until: golden.day)
    for kind in RoadFines.kinds { _ = try await fines.load(kind) }
    let table = try await fines.ageing(golden.day)
    #expect(table.notDue.count == golden.cells[0].count)
    #expect(table.overdue.count == golden.overdue)
    #expect(
      table.total.amount.minorUnits == golden.cells.reduce(0) { $0 + $1.cents })
  }
}

/// The fines, converted into import files, and an empty ledger for them.
struct RoadFines {
  static let kinds: [LedgerKind] = [.partners, .invoices, .credits, .payments, .disputes]

  private let ledger: EmbeddedLedger

  init(now: String = "2026-11-22T12:00:00Z", until: String? = nil) async throws {
    ledger = try await EmbeddedLedger(now: now, zone: "Europe/Rome", currency: "EUR")
    try Self.convert(into: ledger.folder, until: until)
  }

  func load(_ kind: LedgerKind) async throws -> ImportReport {
    let path = ledger.folder.appendingPathComponent("\(kind.rawValue).csv").path
    return try await ledger.load(try LedgerFile.open(path: path, kind: kind), kind)
  }

  func ageing(_ day: String) async throws -> AgeingTable {
    let report = try await ledger.analysis(try #require(LocalDate(iso: day)))
    #expect(report.ageing.count == 1)
    return try #require(report.ageing.values.first { $0.currency.code == "EUR" })
  }

  /// Runs scripts/fines/convert, the converter that people use.
  private static func convert(into folder: URL, until: String?) throws {
    let process = try ChildProcess(
      "/usr/bin/env",
      [
        "python3", package.appendingPathComponent("scripts/fines/convert").path,
        data.appendingPathComponent("road_fines_cases.csv").path,
        data.appendingPathComponent("road_fines_events.csv").path, folder.path,
      ] + (until.map { ["--until", $0] } ?? []), output: .nothing)
    try #require(process.waitUntilExit() == 0)
  }

  /// Present, or required because this is the continuous integration.
  static var isWanted: Bool {
    ProcessInfo.processInfo.environment["CI"] == "true"
      || FileManager.default.fileExists(
        atPath: data.appendingPathComponent("road_fines_cases.csv").path)
  }

  private static var package: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  private static var data: URL {
    let shared = ProcessInfo.processInfo.environment["AIOM_SHARED"]
      .map { URL(fileURLWithPath: $0) }
    return (shared ?? package.deletingLastPathComponent().appendingPathComponent("shared"))
      .appendingPathComponent("data")
  }
}
