import ActionProtocol
import Engine

/// A database as the Store sees it: transactions with synchronous bodies.
///
/// The body runs on the driver's own thread; no `await` can slip inside it, so a connection is never
/// held across a call to the outside.
public protocol SQLDatabase: Sendable {
  /// Runs `body` in a read-write transaction that has the writer's lock from its first statement.
  ///
  /// Bodies that wait at the same time may share one commit; each runs in a savepoint of its own, so
  /// that one that throws undoes only itself. When this returns, the commit is durable.
  /// - Throws: what `body` throws, or ``StoreError``.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value

  /// Runs `body` in a read transaction that sees one state of the database.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value

  /// Which database speaks.
  var dialect: SQLDialect { get }
}

/// The differences between the two databases that a migration has to know.
public enum SQLDialect: String, Sendable {
  case sqlite
  case postgresql

  /// The column type for bytes.
  public var bytesType: String { self == .sqlite ? "BLOB" : "BYTEA" }

  /// A migration's statement as the database needs it.
  ///
  /// PostgreSQL compares text by the rules of a language, which differ from server to server; the
  /// queries mean its bytes, as SQLite does.
  public func schemaStatement(_ statement: String) -> String {
    switch self {
    case .sqlite: statement
    case .postgresql:
      statement.hasPrefix("CREATE TABLE") || statement.hasPrefix("ALTER TABLE")
        ? statement.replacing(" TEXT", with: #" TEXT COLLATE "C""#) : statement
    }
  }
}

/// What went wrong in a store, safe to log: a code, never a value.
public struct StoreError: StoreFault, Hashable, Sendable, CustomStringConvertible {
  /// `busy`, `constraint`, `not_found`, `corrupt`, `io`, `disk_full`, `not_writable`,
  /// `network_file_system`, `rolled_back`, `schema`, `sqlite`, `unexpected`; of a server also `address`,
  /// `login`, `certificate`, `database_missing`, `connection_lost`, `closed`, `postgresql`, and
  /// `commit_unknown`: the commit was not acknowledged and may hold all the same. Whatever depends on
  /// it must not happen.
  public let code: String
  /// The database's own words without any value of a row.
  public let detail: String

  public init(code: String, detail: String) {
    self.code = code
    self.detail = detail
  }

  public var description: String { "store.\(code): \(detail)" }

  public var mayHold: Bool { code == "commit_unknown" }

  /// A statement changed more or fewer rows than it had to; its transaction's body has failed.
  public static let unexpected = StoreError(
    code: "unexpected", detail: "a statement changed another number of rows than it had to")
}
