import ActionProtocol
import PostgresDriver
import Store
import TestSupport
import Testing

extension Instant {
  /// A Wednesday, ten o'clock in New York.
  static let sample = Instant(milliseconds: 1_772_636_400_000)
}

extension Trait where Self == ConditionTrait {
  /// Only with a PostgreSQL; in CI its absence is a failure.
  static var onPostgres: Self {
    .enabled(if: TestPostgres.isWanted, Comment(rawValue: TestPostgres.absence))
  }
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

/// Asks again until it holds; gives up loudly after a minute.
func eventually(
  _ holds: () async throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let end = ContinuousClock.now.advanced(by: .seconds(60))
  while try await !holds() {
    try #require(
      ContinuousClock.now < end, "it did not come to it within a minute",
      sourceLocation: sourceLocation)
    await Task.yield()
  }
}
