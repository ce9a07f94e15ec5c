import ActionProtocol
import PostgresDriver
import Store
import TestSupport
import Testing

/// Connections that break: what is acknowledged holds, what is not is never taken for done.
@Suite(.onPostgres, .serialized) struct LostConnectionTests {
  /// A database on a schema with a table, and somebody who can end its connections.
  private func world() async throws -> (PostgresDatabase, PostgresDatabase) {
    let url = try await TestPostgres.schema()
    let database = try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
    try await database.run("CREATE TABLE t (n BIGINT PRIMARY KEY)")
    return (database, try PostgresDatabase(url: url, limits: TestPostgres.smallLimits))
  }

  /// The same behind a relay that cuts.
  private func relayed() async throws -> (CuttingRelay, PostgresDatabase) {
    let relay = try CuttingRelay(serverFolder: try TestPostgres.socketFolder)
    let url = try await TestPostgres.schema()
    let database = try PostgresDatabase(
      url: url.replacing(try TestPostgres.socketFolder, with: relay.folder),
      limits: TestPostgres.smallLimits)
    try await database.run("CREATE TABLE t (n BIGINT PRIMARY KEY)")
    return (relay, database)
  }

  private static func insert(_ number: Int64) -> @Sendable (any SQLConnection) throws -> Int64 {
    { sql in
      try sql.execute("INSERT INTO t VALUES ($1)", [.integer(number)])
      return try sql.first("SELECT pg_backend_pid()") { $0.integer(0) } ?? 0
    }
  }

  private func end(_ process: Int64, _ other: PostgresDatabase) async throws {
    _ = try await other.integers("SELECT CAST(pg_terminate_backend(\(process)) AS INT)")
    let count = "SELECT COUNT(*) FROM pg_stat_activity WHERE pid = \(process)"
    try await eventually { try await other.integers(count) == [0] }
  }

  @Test func `a connection that broke while it lay idle costs nobody anything`() async throws {
    let (database, other) = try await world()
    let writer = try await database.write(Self.insert(1))
    let reader = try await database.integers("SELECT pg_backend_pid()")[0]
    for process in [writer, reader] { try await end(process, other) }
    let next = try await database.write(Self.insert(2))
    #expect(next != writer)
    #expect(try await database.integers("SELECT n FROM t ORDER BY n") == [1, 2])
  }

  /// libpq calls such a connection sound after the first failed statement.
  @Test func `a server that crashed and is back again costs nobody anything`() async throws {
    let (relay, database) = try await relayed()
    for number in 1...3 {
      _ = try await database.write(Self.insert(Int64(number)))
      #expect(try await database.integers("SELECT COUNT(*) FROM t") == [Int64(number)])
      relay.crash()
      try await eventually { relay.openCount == 0 }
    }
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [3])
  }

  /// Attempts go on, and what waits is done when the server is back.
  @Test func `an outage is waited out, by writers and readers alike`() async throws {
    let relay = try CuttingRelay(serverFolder: try TestPostgres.socketFolder)
    let url = try await TestPostgres.schema()
    var limits = TestPostgres.smallLimits
    limits.patience = 120_000
    let database = try PostgresDatabase(
      url: url.replacing(try TestPostgres.socketFolder, with: relay.folder), limits: limits)
    try await database.run("CREATE TABLE t (n BIGINT PRIMARY KEY)")
    _ = try await database.integers("SELECT COUNT(*) FROM t")
    relay.refuses = true
    relay.crash()
    try await eventually { relay.openCount == 0 }
    let before = relay.refusals
    async let written = database.write(Self.insert(1))
    async let read = database.integers("SELECT 7")
    try await eventually { relay.refusals >= before + 4 }
    relay.refuses = false
    _ = try await written
    #expect(try await read == [7])
    #expect(try await database.integers("SELECT n FROM t") == [1])
  }

  @Test func `an outage longer than the patience is said`() async throws {
    let relay = try CuttingRelay(serverFolder: try TestPostgres.socketFolder)
    let url = try await TestPostgres.schema()
    var limits = TestPostgres.smallLimits
    limits.patience = 300
    let database = try PostgresDatabase(
      url: url.replacing(try TestPostgres.socketFolder, with: relay.folder), limits: limits)
    try await database.run("CREATE TABLE t (n BIGINT PRIMARY KEY)")
    relay.refuses = true
    relay.crash()
    try await eventually { relay.openCount == 0 }
    let error = await #expect(throws: StoreError.self) {
      _ = try await database.write(Self.insert(1))
    }
    #expect(error?.code == "connection_lost")
    #expect(relay.refusals > 1)
    // Nobody waits again for an outage whose patience is over, until it has ended.
    let attempts = relay.refusals
    await #expect(throws: StoreError.self) { _ = try await database.write(Self.insert(2)) }
    #expect(relay.refusals == attempts + 1)
    relay.refuses = false
    try await eventually { (try? await database.write(Self.insert(3))) != nil }
    #expect(try await database.integers("SELECT n FROM t") == [3])
  }

  @Test func `a connection that breaks inside a body undoes it and is said`() async throws {
    let (database, other) = try await world()
    let error = await #expect(throws: StoreError.self) {
      try await database.write { sql in
        let process = try Self.insert(1)(sql)
        let done = Flag()
        Task {
          try? await end(process, other)
          done.raise()
        }
        done.wait()
        _ = try Self.insert(2)(sql)
      }
    }
    #expect(error?.code == "connection_lost")
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [0])
    _ = try await database.write(Self.insert(3))
  }

  @Test func `a body that does not notice that the connection broke is not acknowledged`()
    async throws
  {
    let (database, other) = try await world()
    let error = await #expect(throws: StoreError.self) {
      try await database.write { sql in
        let process = try Self.insert(1)(sql)
        let done = Flag()
        Task {
          try? await end(process, other)
          done.raise()
        }
        done.wait()
      }
    }
    #expect(error?.code == "commit_unknown")
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [0])
  }

  /// The server ends the connection while it commits.
  @Test func `a backend that ends itself at the commit acknowledges nothing`() async throws {
    let (database, _) = try await world()
    try await atCommit(database, "PERFORM pg_terminate_backend(pg_backend_pid())")
    let error = await #expect(throws: StoreError.self) {
      _ = try await database.write(Self.insert(1))
    }
    #expect(error?.code == "commit_unknown")
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [0])
  }

  /// What a server says whose standby did not confirm: the commit is there, and may be gone after a
  /// failover.
  @Test func `a commit with a warning is not acknowledged`() async throws {
    let (database, _) = try await world()
    try await atCommit(database, "RAISE WARNING 'a standby did not confirm'")
    let error = await #expect(throws: StoreError.self) {
      _ = try await database.write(Self.insert(1))
    }
    #expect(error?.code == "commit_unknown")
    #expect(try await database.integers("SELECT n FROM t") == [1])
  }

  @Test func `a commit that the server refuses is certain not to hold`() async throws {
    let (database, _) = try await world()
    try await atCommit(database, "RAISE EXCEPTION 'no'")
    let error = await #expect(throws: StoreError.self) {
      _ = try await database.write(Self.insert(1))
    }
    #expect(error?.code == "constraint")
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [0])
  }

  @Test(arguments: [(.before, 0), (.after, 1)] as [(CuttingRelay.Cut, Int64)])
  func `a cut around the commit is unknown, whether it holds or not`(
    _ cut: CuttingRelay.Cut, _ rows: Int64
  ) async throws {
    let (relay, cutting) = try await relayed()
    #expect(try await cutting.integers("SELECT COUNT(*) FROM t") == [0])
    relay.arm(cut)
    let error = await #expect(throws: StoreError.self) {
      _ = try await cutting.write(Self.insert(1))
    }
    #expect(error?.code == "commit_unknown")
    #expect(try await cutting.integers("SELECT COUNT(*) FROM t") == [rows])
    _ = try await cutting.write(Self.insert(2))
  }

  /// A trigger that runs when the transaction commits.
  private func atCommit(_ database: PostgresDatabase, _ statement: String) async throws {
    try await database.run(
      """
      CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN \(statement); RETURN NULL; END $$
      """)
    try await database.run(
      """
      CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION at_commit()
      """)
  }
}
