import ActionProtocol
import Engine

/// The engine's store over any SQL database.
public struct SQLStore: StorePort {
  private let database: any SQLDatabase
  private let entropy: Entropy

  public init(database: any SQLDatabase, entropy: Entropy) {
    self.database = database
    self.entropy = entropy
  }

  public func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreTransaction) throws -> Value
  ) async throws -> Value {
    let entropy = entropy
    return try await database.write { try body(SQLTransaction(sql: $0, entropy: entropy)) }
  }

  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreReading) throws -> Value
  ) async throws -> Value {
    let entropy = entropy
    return try await database.read { try body(SQLTransaction(sql: $0, entropy: entropy)) }
  }

  /// Applies missing migrations and names them.
  public func migrate() async throws -> [String] {
    try await Migrator(database: database).migrate()
  }

  /// The number of the last applied migration; 0 for an empty database.
  public func schemaVersion() async throws -> Int {
    try await Migrator(database: database).version()
  }
}

/// The queries of one transaction. Valid only inside the closure that receives it.
struct SQLTransaction: StoreTransaction {
  let sql: any SQLConnection
  let entropy: Entropy

  var now: Instant { sql.now }
}
