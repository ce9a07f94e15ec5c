import ActionProtocol
import Engine
import Foundation
import Insights
import SQLiteDriver
import Store
import TestSupport

/// A folder of its own for a database, deleted when the last reference goes.
final class TestFolder: Sendable {
  let path: String
  var file: String { path + "/aiom.sqlite" }

  init() throws {
    path = NSTemporaryDirectory() + "aiom-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { FileManager.default.removeTemporary(path) }

  /// Opens the database: a second call opens it as a second process would.
  func open(at now: Instant = TestFolder.now) throws -> SQLiteDatabase {
    try SQLiteDatabase(path: file, clock: { now })
  }

  /// A migrated store.
  func store() async throws -> SQLStore {
    let store = SQLStore(database: try open(), entropy: .system)
    _ = try await store.migrate()
    return store
  }

  /// A Wednesday, ten o'clock in New York.
  static let now = Instant(milliseconds: 1_772_636_400_000)
}

extension SQLDatabase {
  /// Runs one statement in a transaction of its own.
  func run(_ statement: String) async throws {
    _ = try await write { try $0.execute(statement, []) }
  }

  /// The integers of a query's first column.
  func integers(_ sql: String) async throws -> [Int64] {
    try await read { try $0.all(sql) { $0.integer(0) } }
  }

  /// The texts of a query's first column.
  func texts(_ sql: String) async throws -> [String] {
    try await read { try $0.all(sql) { $0.text(0) } }
  }
}

/// Fills no template: for messages that a person wrote.
struct NoDrafting: MessageDrafting {
  func resolvedLanguage(_ template: String, wanted language: String) -> String { language }

  func draft(
    _ template: String, language: String, values: JSONObject
  ) throws(DraftingError) -> DraftedMessage {
    throw DraftingError(code: "template.unknown", template: template, detail: "none in this test")
  }
}
