import ActionProtocol
import PostgresDriver
import Store
import Synchronization
import TestSupport
import Testing

@Suite(.onPostgres, .serialized) struct PostgresTransactionTests {
  private func table(_ url: String? = nil) async throws -> PostgresDatabase {
    let database =
      if let url {
        try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
      } else {
        try await TestPostgres.database()
      }
    try await database.run("CREATE TABLE IF NOT EXISTS t (n BIGINT PRIMARY KEY)")
    return database
  }

  @Test func `now is the database's clock, and stands still within a transaction`() async throws {
    let database = try await table()
    let times = try await database.write { sql in
      let clock = "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
      let before = sql.now
      return (before, try sql.first(clock) { $0.instant(0) } ?? before, sql.now)
    }
    #expect(times.0 == times.2)
    #expect(times.0 <= times.1 && times.1.milliseconds - times.0.milliseconds < 60_000)
    let later = try await database.read { $0.now }
    #expect(later >= times.0)
  }

  @Test func `a read sees one state, whatever is written meanwhile`() async throws {
    let url = try await TestPostgres.schema()
    let (database, other) = (try await table(url), try await table(url))
    let counts = try await database.read { sql in
      let first = try sql.first("SELECT COUNT(*) FROM t") { $0.integer(0) }
      let done = Flag()
      Task {
        try? await other.run("INSERT INTO t VALUES (1)")
        done.raise()
      }
      done.wait()
      return [first, try sql.first("SELECT COUNT(*) FROM t") { $0.integer(0) }]
    }
    #expect(counts == [0, 0])
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [1])
  }

  @Test func `a read cannot write`() async throws {
    let database = try await table()
    let error = await #expect(throws: StoreError.self) {
      try await database.read { _ = try $0.execute("INSERT INTO t VALUES (1)", []) }
    }
    #expect(error?.code == "not_writable")
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [0])
  }

  /// Read, think, write: with two writers at once one of the increments would be lost.
  @Test func `writers of several processes never meet`() async throws {
    let url = try await TestPostgres.schema()
    let databases = [try await table(url), try await table(url), try await table(url)]
    try await databases[0].run("INSERT INTO t VALUES (0)")
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for index in 0..<90 {
        tasks.addTask {
          try await databases[index % 3].write { sql in
            let found = try sql.first("SELECT n FROM t") { $0.integer(0) } ?? 0
            try sql.execute("UPDATE t SET n = $1", [.integer(found + 1)])
          }
        }
      }
      try await tasks.waitForAll()
    }
    #expect(try await databases[0].integers("SELECT n FROM t") == [90])
  }

  @Test func `a body that swallows a failed statement has not written`() async throws {
    let database = try await table()
    let error = await #expect(throws: StoreError.self) {
      try await database.write { sql in
        try sql.execute("INSERT INTO t VALUES (1)", [])
        _ = try? sql.execute("INSERT INTO t VALUES (1)", [])
      }
    }
    #expect(error?.code == "rolled_back")
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [0])
  }

  @Test func `two schemas of one database do not wait for each other`() async throws {
    let (one, two) = (try await table(), try await table())
    try await one.write { sql in
      try sql.execute("INSERT INTO t VALUES (1)", [])
      let done = Flag()
      Task {
        try? await two.run("INSERT INTO t VALUES (2)")
        done.raise()
      }
      done.wait()
    }
    #expect(try await two.integers("SELECT n FROM t") == [2])
  }

  @Test func `after its end a database answers nothing, and what waited is done`() async throws {
    let database = try await table()
    try await database.run("INSERT INTO t VALUES (1)")
    database.close()
    for _ in 0..<2 {
      let error = await #expect(throws: StoreError.self) { try await database.run("SELECT 1") }
      #expect(error?.code == "closed")
    }
    let error = await #expect(throws: StoreError.self) { try await database.integers("SELECT 1") }
    #expect(error?.code == "closed")
  }
}
