import ActionProtocol
import PostgresDriver
import Store
import TestSupport
import Testing

@Suite(.onPostgres, .serialized) struct PostgresValueTests {
  private func table() async throws -> PostgresDatabase {
    let database = try await TestPostgres.database()
    try await database.run("CREATE TABLE t (n BIGINT, s TEXT, b BYTEA)")
    return database
  }

  @Test(
    arguments: [
      [.integer(.min), .text(""), .blob([])],
      [.integer(.max), .text("O'Hara \\ \"x\" 𝄞\n"), .null],
      [.integer(-1), .null, .blob(Array(0...255))], [.null, .text("$1"), .blob([0, 0])],
    ] as [[SQLValue]])
  func `what is stored comes back as it was`(_ values: [SQLValue]) async throws {
    let database = try await table()
    let count = try await database.write {
      try $0.execute("INSERT INTO t VALUES ($1, $2, $3)", values)
    }
    #expect(count == 1)
    let found = try await database.read { sql in
      try sql.first("SELECT n, s, b FROM t") { row in
        [
          row.optionalInteger(0).map { SQLValue.integer($0) } ?? .null,
          row.optionalText(1).map { SQLValue.text($0) } ?? .null,
          row.isNull(2) ? .null : .blob(row.blob(2)),
        ]
      }
    }
    #expect(found == values)
  }

  @Test func `a NUL in a text becomes the replacement character`() async throws {
    let database = try await table()
    try await database.write { sql in
      try sql.execute("INSERT INTO t (s) VALUES ($1)", [.text("a\0b")])
      return
    }
    #expect(try await database.texts("SELECT s FROM t") == ["a\u{FFFD}b"])
    let found = try await database.read { sql in
      try sql.all("SELECT 1 FROM t WHERE s = $1", [.text("a\0b")]) { $0.integer(0) }
    }
    #expect(found == [1])
  }

  /// PostgreSQL takes `$1 = 0` for a 32-bit integer when it is not told the type.
  @Test func `a parameter that was NULL first takes a big number later`() async throws {
    let database = try await table()
    let statement = "SELECT 1 WHERE $1 = 0 OR $1 IS NULL OR $1 = 9000000000"
    for (value, count) in [(SQLValue.null, 1), (.integer(9_000_000_000), 1), (.integer(5), 0)] {
      let rows = try await database.write { sql in
        try sql.all(statement, [value]) { $0.integer(0) }
      }
      #expect(rows.count == count)
    }
  }

  @Test func `sums, counts and truth are integers, and numbers are text where asked`()
    async throws
  {
    let database = try await table()
    try await database.run("INSERT INTO t (n) VALUES (4000000000), (5000000000), (-20000)")
    let found = try await database.read { sql in
      try sql.first(
        """
        SELECT SUM(n), COUNT(*), n > 0, SUM(0), -SUM(n), n, SUM(n) * 1000000000
        FROM t GROUP BY GROUPING SETS ((), (n)) ORDER BY COUNT(*) DESC, n LIMIT 1
        """
      ) { row in
        [0, 1, 3, 4, 6].map { row.integer($0) } + [row.isNull(2) ? -1 : 0]
      }
    }
    #expect(
      found == [8_999_980_000, 3, 0, -8_999_980_000, 8_999_980_000_000_000_000, -1])
    #expect(try await database.texts("SELECT n FROM t ORDER BY n")[0] == "-20000")
    #expect(try await database.integers("SELECT 1 = 1") == [1])
    #expect(try await database.integers("SELECT '12'") == [12])
  }

  @Test func `the number of rows is the number that changed`() async throws {
    let database = try await table()
    let counts = try await database.write { sql in
      [
        try sql.execute("INSERT INTO t (n) VALUES (1), (2), (3)", []),
        try sql.execute("UPDATE t SET s = $1 WHERE n > $2", [.text("x"), .integer(1)]),
        try sql.execute("DELETE FROM t WHERE n = $1", [.integer(9)]),
      ]
    }
    #expect(counts == [3, 2, 0])
  }

  @Test func `a row's closure may ask the same question again`() async throws {
    let database = try await table()
    try await database.run("INSERT INTO t (n) VALUES (1), (2)")
    let found = try await database.read { sql in
      try sql.all("SELECT n FROM t ORDER BY n") { outer in
        try sql.all("SELECT n FROM t ORDER BY n") { $0.integer(0) + 10 * outer.integer(0) }
      }
    }
    #expect(found == [[11, 12], [21, 22]])
  }

  @Test func `statements beyond the limit of the cache still work`() async throws {
    let database = try await table()
    let sum = try await database.write { sql in
      try (1...900).reduce(0) { sum, number in
        sum + (try sql.first("SELECT \(number) + $1", [.integer(0)]) { $0.integer(0) } ?? 0)
      }
    }
    #expect(sum == 900 * 901 / 2)
  }

  @Test func `values that do not match their places are refused`() async throws {
    let database = try await table()
    let error = await #expect(throws: StoreError.self) {
      try await database.write { _ = try $0.execute("INSERT INTO t (n) VALUES ($1)", []) }
    }
    #expect(error?.code == "schema")
  }

  @Test func `text is ordered by its bytes, whatever the server's language`() async throws {
    let database = try await TestPostgres.database()
    _ = try await Migrator(database: database).migrate()
    try await database.run("INSERT INTO installation VALUES ('a', ''), ('B', ''), ('-c', '')")
    let keys = try await database.texts("SELECT key FROM installation ORDER BY key")
    #expect(keys == ["-c", "B", "a"])
  }
}
