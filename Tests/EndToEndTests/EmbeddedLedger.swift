import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights
import SQLiteDriver
import Store
import TestSupport
import Testing

/// An org with an empty ledger in a database of its own, whose clock stands still.
final class EmbeddedLedger: Sendable {
  let org: OrgID
  let folder: URL
  let store: SQLStore
  private let database: SQLiteDatabase

  init(now: String, zone: String, currency: String) async throws {
    let moment = try #require(Instant(rfc3339: now))
    org = try #require(OrgID(rawValue: "books"))
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("aiom-books-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    database = try SQLiteDatabase(
      path: folder.appendingPathComponent("aiom.sqlite").path, clock: { moment })
    store = SQLStore(database: database, entropy: .system)
    _ = try await store.migrate()
    let profile = CompanyProfile.sample(
      org.rawValue, name: "Books", address: nil, country: "IT", zone: zone, currency: currency)
    let made = Organisation(profile: profile, mode: .sandbox, sender: nil, createdAt: moment)
    try await store.write { try $0.save(made) }
  }

  deinit {
    try? database.close()
    FileManager.default.removeTemporary(folder.path)
  }

  func load(_ source: any LedgerRowSource, _ kind: LedgerKind) async throws -> ImportReport {
    try await LedgerImport(store: store, newID: Entropy.system.uuid7)
      .run(source, kind: kind, org: org)
  }

  /// What the analysis says of the books of a day.
  func analysis(_ day: LocalDate) async throws -> OverdueReport {
    let org = org
    return OverdueAnalysis.analyze(try await store.read { try $0.books(org, asOf: day) })
  }
}
