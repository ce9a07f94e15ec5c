import Engine
import PostgresDriver
import Store
import Testing

/// Takes the lock of a boot away from its process, as a broken connection does.
final class LockThief: Sendable {
  private let gate = Flag()
  private let ended = Flag()

  /// The server's processes that hold a boot's lock.
  func holders(_ boot: BootID, _ database: PostgresDatabase) async throws -> [Int64] {
    try await database.integers("SELECT pid FROM \(Self.locks(boot))")
  }

  /// Ends the connection that holds the lock.
  func endHolder(_ boot: BootID, _ database: PostgresDatabase) async throws {
    _ = try await database.integers(
      "SELECT CAST(pg_terminate_backend(pid) AS INT) FROM \(Self.locks(boot))")
  }

  /// Ends the connection that holds the lock and holds it from that moment on.
  func take(_ boot: BootID, _ database: PostgresDatabase) async throws {
    let taken = Flag()
    let (gate, ended) = (gate, ended)
    Task {
      try? await database.read { sql in
        _ = try sql.all("SELECT 1 FROM (SELECT pg_advisory_xact_lock(\(Self.key(boot)))) AS l") {
          $0.integer(0)
        }
        taken.raise()
        gate.wait()
      }
      ended.raise()
    }
    // In the server's queue before the lock comes free, so that it is next, however fast the process
    // connects again.
    try await eventually {
      try await !database.integers("SELECT pid FROM \(Self.locks(boot, granted: false))").isEmpty
    }
    try await endHolder(boot, database)
    try await eventually { taken.isRaised }
  }

  /// Gives the lock up.
  func end() async throws {
    gate.raise()
    try await eventually { ended.isRaised }
  }

  private static func key(_ boot: BootID) -> String {
    "hashtextextended('aiom.boot.\(boot.rawValue):' || current_schema(), 0)"
  }

  private static func locks(_ boot: BootID, granted: Bool = true) -> String {
    """
    pg_locks WHERE locktype = 'advisory' AND \(granted ? "granted" : "NOT granted") AND objsubid = 1
      AND (classid::bigint << 32 | objid::bigint) = \(key(boot))
    """
  }
}
