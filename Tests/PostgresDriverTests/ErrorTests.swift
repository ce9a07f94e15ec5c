import PostgresDriver
import Store
import TestSupport
import Testing

@Suite(.onPostgres, .serialized) struct PostgresErrorTests {
  @Test(arguments: [
    ("INSERT INTO t VALUES (1, 'secret-value')", "constraint", "t_pkey"),
    ("INSERT INTO t VALUES (2, NULL)", "constraint", "column \"s\""),
    ("INSERT INTO t VALUES (-1, 'secret-value')", "constraint", "t_n_check"),
    ("INSERT INTO t VALUES ('secret-value'::bigint, '')", "constraint", "22P02"),
    ("INSERT INTO t VALUES (3, 'secret-value'::varchar(3)::text || repeat('x', -1))", "", ""),
    ("INSERT INTO missing VALUES (1)", "schema", "missing"),
    ("SELECT FROM FROM", "schema", "42601"),
    ("SELECT 1 / (n - 1) FROM t", "constraint", "22012"),
    ("SET LOCAL ROLE missing_role", "constraint", "22023"),
  ])
  func `every fault has a code, and no value of a row in it`(
    _ statement: String, _ code: String, _ detail: String
  ) async throws {
    let database = try await TestPostgres.database()
    try await database.run("CREATE TABLE t (n BIGINT PRIMARY KEY CHECK (n > 0), s TEXT NOT NULL)")
    try await database.run("INSERT INTO t VALUES (1, 'secret-value')")
    do {
      try await database.run(statement)
      #expect(code.isEmpty)
    } catch let error as StoreError {
      #expect(error.code == code, "\(error)")
      #expect(error.detail.contains(detail), "\(error)")
      #expect(!error.description.contains("secret-value"))
    }
  }

  @Test func `a lock that is not given in time is busy`() async throws {
    let url = try await TestPostgres.schema()
    var limits = TestPostgres.smallLimits
    limits.lock = 50
    let (patient, hasty) = (
      try PostgresDatabase(url: url, limits: TestPostgres.smallLimits),
      try PostgresDatabase(url: url, limits: limits)
    )
    try await patient.write { _ in
      let done = Flag()
      Task {
        let error = await #expect(throws: StoreError.self) { try await hasty.run("SELECT 1") }
        #expect(error?.code == "busy")
        done.raise()
      }
      done.wait()
    }
    try await hasty.run("CREATE TABLE t (n BIGINT)")
  }

  @Test func `a statement that takes too long is busy, and the next one works`() async throws {
    var limits = TestPostgres.smallLimits
    limits.statement = 500
    let database = try await TestPostgres.database(limits: limits)
    for _ in 0..<2 {
      let error = await #expect(throws: StoreError.self) {
        try await database.read { _ = try $0.first("SELECT pg_sleep(30)") { _ in 0 } }
      }
      #expect(error?.code == "busy")
    }
    #expect(try await database.integers("SELECT 1") == [1])
  }

  @Test func `a transaction that stands still loses its lock, and nothing of it holds`()
    async throws
  {
    let url = try await TestPostgres.schema()
    var limits = TestPostgres.smallLimits
    limits.idleInTransaction = 500
    let (slow, other) = (
      try PostgresDatabase(url: url, limits: limits),
      try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
    )
    try await slow.run("CREATE TABLE t (n BIGINT)")
    let error = await #expect(throws: StoreError.self) {
      try await slow.write { sql in
        try sql.execute("INSERT INTO t VALUES (1)", [])
        let done = Flag()
        Task {
          // Waits for the writers' lock, which only the limit can give it.
          try? await other.run("INSERT INTO t VALUES (2)")
          done.raise()
        }
        done.wait()
        try sql.execute("INSERT INTO t VALUES (3)", [])
      }
    }
    #expect(error?.code == "connection_lost")
    #expect(try await slow.integers("SELECT n FROM t ORDER BY n") == [2])
  }
}

@Suite struct PostgresAddressTests {
  @Test(arguments: [
    ("postgresql://ann:s3cret@db.example:5433/aiom?sslmode=require", "//db.example:5433/aiom"),
    ("postgres://ann@one.example,two.example:5433/aiom", "//one.example,two.example:5433/aiom"),
    ("postgresql:///aiom?host=/var/run/pg&user=ann&password=s3cret", "///var/run/pg/aiom"),
    ("postgresql://h/d?options=-c%20search_path%3Dbooks%20-ca%3Db", "//h/d schema books"),
    ("postgresql://", "///"),
  ])
  func `what is shown of an address has no user and no password`(
    _ url: String, _ label: String
  ) throws {
    #expect(try PostgresAddress(url).label == "postgresql:" + label)
  }

  @Test(arguments: [
    "", "mysql://host/db", "host=localhost password=s3cret", "postgresql://host/%zz?s3cret",
    "postgresql://host/db?s3cret=1", "postgresql://user:s3cret@host:badport%/x",
  ])
  func `what is no address is refused without repeating it`(_ url: String) {
    let error = #expect(throws: StoreError.self) { try PostgresAddress(url) }
    #expect(error?.code == "address")
    #expect(error?.description.contains("s3cret") == false)
  }

  @Test func `a server that is not there is named, and the password is not`() async throws {
    let database = try PostgresDatabase(
      url: "postgresql://ann:s3cretpass@127.0.0.1:1/aiom?connect_timeout=2")
    let error = await #expect(throws: StoreError.self) {
      try await database.read { _ in () }
    }
    #expect(error?.code == "connection_lost")
    #expect(error?.detail.contains("127.0.0.1") == true)
    #expect(error?.description.contains("s3cretpass") == false)
  }
}
