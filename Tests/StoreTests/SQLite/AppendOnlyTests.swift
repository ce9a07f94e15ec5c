import ActionProtocol
import Engine
import Store
import TestSupport
import Testing

@testable import SQLiteDriver

extension DatabaseConformance {
  /// Runs the case on a file.
  func runOnSQLite() async throws {
    let folder = try TestFolder()
    try await run {
      let database = try folder.open()
      return Subject(
        database, largestBatch: 256, commits: { database.commitCount },
        waiting: { database.waitingCount })
    }
  }
}

@Suite struct AppendOnlyTests {
  @Test(arguments: DatabaseConformance.appendOnly)
  func `the database refuses to change what was recorded`(
    _ conformance: DatabaseConformance
  ) async throws {
    try await conformance.runOnSQLite()
  }

  /// SQLite alone has this way round a trigger.
  @Test func `an entry cannot be replaced`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    try await database.run(
      """
      INSERT INTO orgs (org_id, mode, name, legal_name, country, zone, currency, locale,
        window_start, window_end, window_days, smtp2go_key, created_at)
      VALUES ('o', 'sandbox', 'n', 'n', 'US', 'UTC', 'USD', 'en', '09:00', '17:00', '1', 'k', 0)
      """)
    let entry = "INTO audit_entries VALUES ('o', 1, 9, 'k', NULL, x'00', 'h')"
    try await database.run("INSERT \(entry)")
    let error = await #expect(throws: StoreError.self) {
      try await database.run("REPLACE \(entry)")
    }
    #expect(error?.code == "constraint")
    #expect(try await database.texts("SELECT kind || at FROM audit_entries") == ["k9"])
  }
}
