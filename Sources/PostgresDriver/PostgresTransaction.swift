/// How transactions begin. The one place where writers are kept apart.
enum PostgresTransaction {
  /// The database's clock now, in UTC milliseconds.
  private static let now = "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

  /// A write transaction takes the lock of all writers of the schema before anything else, because the
  /// queries are written for a database with one writer: what they read stays true until they commit.
  /// The time is read when the lock is held, so that it grows from writer to writer.
  static func write(_ session: PostgresSession) -> String {
    """
    BEGIN ISOLATION LEVEL READ COMMITTED;
    SELECT pg_advisory_xact_lock('\(session.writerKey)');
    \(now)
    """
  }

  /// A read transaction sees one state and keeps nobody waiting.
  static func read(_ session: PostgresSession) -> String {
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \(now)"
  }
}
