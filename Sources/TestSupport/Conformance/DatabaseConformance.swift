import Store

/// One thing that every SQL database of ours must do, below the store's queries: what it refuses to
/// change, and what becomes of writes that share a commit.
public struct DatabaseConformance: Sendable, CustomStringConvertible {
  /// A database with what its driver says of its writer.
  public struct Subject: Sendable {
    public let database: any SQLDatabase
    /// How many commits were acknowledged.
    public let commits: @Sendable () -> Int
    /// How many writes wait for the next commit.
    public let waiting: @Sendable () -> Int
    /// How many writes share a commit at most.
    public let largestBatch: Int

    public init(
      _ database: any SQLDatabase, largestBatch: Int, commits: @escaping @Sendable () -> Int,
      waiting: @escaping @Sendable () -> Int
    ) {
      self.database = database
      self.largestBatch = largestBatch
      self.commits = commits
      self.waiting = waiting
    }
  }

  /// Makes an empty database, without any table.
  public typealias Make = @Sendable () async throws -> Subject

  /// What holds, as a sentence.
  public let name: String
  private let body: @Sendable (Subject) async throws -> Void

  init(_ name: String, _ body: @escaping @Sendable (Subject) async throws -> Void) {
    self.name = name
    self.body = body
  }

  public var description: String { name }

  /// Runs the case.
  /// - Throws: ``ConformanceFailure`` where the database does something else; its own errors.
  public func run(make: Make) async throws { try await body(try await make()) }
}

extension SQLDatabase {
  /// Runs one statement in a transaction of its own.
  func perform(_ statement: String, _ arguments: [SQLValue] = []) async throws {
    _ = try await write { try $0.execute(statement, arguments) }
  }

  /// The integers of a query's first column.
  func numbers(_ sql: String) async throws -> [Int64] {
    try await read { try $0.all(sql) { $0.integer(0) } }
  }

  /// The texts of a query's first column.
  func words(_ sql: String) async throws -> [String] {
    try await read { try $0.all(sql) { $0.text(0) } }
  }
}
