import ActionProtocol
import Engine
import Store

/// A PostgreSQL that any number of processes share.
///
/// Nothing connects before it is needed. Writes that wait at the same time share one commit; reads
/// have connections of their own. A transaction's `now` is the database's clock, so that processes
/// whose clocks differ agree.
public final class PostgresDatabase: SQLDatabase, CommitCounting {
  public let address: PostgresAddress
  public let dialect = SQLDialect.postgresql

  private let clock: (@Sendable () -> Instant)?
  private let readers: SessionPool
  private let writer: PostgresGroupCommit
  /// Holds this process's locks and hears notifications.
  let attendant: Attendant
  let losses = ConnectionLosses()

  /// - Parameters:
  ///   - url: as ``PostgresAddress`` describes it.
  ///   - clock: gives `now` in tests; nil: the database does.
  /// - Throws: ``StoreError`` with code `address` where the URL is none.
  public init(
    url: String, limits: PostgresLimits = PostgresLimits(),
    clock: (@Sendable () -> Instant)? = nil
  ) throws {
    address = try PostgresAddress(url)
    self.clock = clock
    readers = SessionPool(
      name: "aiom.pg.read", size: max(1, limits.readers), address, limits, losses)
    writer = PostgresGroupCommit(
      SessionPool(name: "aiom.pg.write", size: 1, address, limits, losses), clock: clock)
    attendant = try Attendant(address, limits, losses)
  }

  deinit { close() }

  public func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    try await writer.run { try body($0) }
  }

  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    let clock = clock
    return try await withCheckedThrowingContinuation { continuation in
      let isTaken = readers.submit { keeper in
        do {
          let (session, time) = try keeper.begin(PostgresTransaction.read)
          let now = clock?() ?? Instant(milliseconds: time)
          continuation.resume(
            with: Result { try body(PostgresConnection(session: session, now: now)) })
          // The answer does not wait for the transaction's end.
          keeper.release(session)
        } catch {
          continuation.resume(throwing: error)
        }
      }
      if !isTaken { continuation.resume(throwing: SessionPool.closed) }
    }
  }

  /// Runs statements outside any transaction of the store, on one of the readers' connections.
  func direct<Value: Sendable>(
    _ body: @escaping @Sendable (PostgresSession) throws -> Value
  ) async throws -> Value {
    try await readers.run { try body($0.connected()) }
  }

  /// How many commits were acknowledged since this was made: bodies that waited together share one.
  public var commitCount: Int { writer.commitCount }

  public var commitSizes: MetricFamily { writer.sizes }

  /// How many writes wait for the next commit.
  var waitingCount: Int { writer.waitingCount }

  /// Lets all connections end once what waits is done. Afterwards every transaction throws.
  public func close() {
    readers.close()
    writer.close()
    attendant.close()
  }
}
