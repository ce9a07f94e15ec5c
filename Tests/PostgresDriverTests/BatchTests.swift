import Store
import TestSupport
import Testing

@testable import PostgresDriver

/// One statement for many rows of arguments: how it is written.
@Suite struct BatchTextTests {
  @Test func `what is inserted comes from the arrays`() {
    let text = BatchText(
      "INSERT INTO t (a, b, c) VALUES ($1, $2, 'x') ON CONFLICT (a) DO NOTHING", ["int8", "text"],
      .nothing)
    #expect(
      text?.text == """
        INSERT INTO t (a, b, c) SELECT batch_.batch_1, batch_.batch_2, 'x' FROM \
        unnest($1::int8[], $2::text[]) WITH ORDINALITY AS batch_(batch_1, batch_2, batch_n) \
         ON CONFLICT (a) DO NOTHING
        """)
  }

  @Test(arguments: [
    ("SELECT a FROM t WHERE b = $1", " OFFSET 0"), ("SELECT a FROM t LIMIT $1 OFFSET 3", ""),
  ])
  func `a query keeps its own offset`(_ statement: String, _ fence: String) {
    let text = BatchText(statement, ["int8"], .rows)?.text ?? ""
    let inner = statement.replacing("$1", with: "batch_.batch_1")
    #expect(text.hasSuffix("CROSS JOIN LATERAL (\(inner)\(fence)) AS found_"))
  }

  @Test func `what is changed is found by the arrays and counted by row`() {
    let text = BatchText(
      "UPDATE t SET a = (SELECT MAX(x) FROM u WHERE y = 'WHERE') WHERE b = $1 OR c = $1", ["int8"],
      .changedRows)
    #expect(
      text?.text == """
        UPDATE t SET a = (SELECT MAX(x) FROM u WHERE y = 'WHERE') FROM unnest($1::int8[]) \
        WITH ORDINALITY AS batch_(batch_1, batch_n) \
        WHERE ( b = batch_.batch_1 OR c = batch_.batch_1) RETURNING batch_.batch_n
        """)
  }

  @Test(arguments: [
    "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = excluded.a",
    "INSERT INTO t (a) VALUES ($1) RETURNING a", "UPDATE t SET a = $1 FROM u WHERE u.b = t.b",
    "UPDATE t SET a = $1", "DELETE FROM t WHERE a = $1 RETURNING a",
    "WITH u AS (SELECT 1) SELECT $1", "CREATE TABLE t (a BIGINT)",
  ])
  func `what has to see the rows before it is run row by row`(_ statement: String) {
    #expect(BatchText(statement, ["int8"], .nothing) == nil)
    #expect(BatchText(statement, ["int8"], .changedRows) == nil)
    #expect(BatchText(statement, ["int8"], .rows) == nil)
  }

  @Test func `a query that locks rows is run row by row`() {
    #expect(BatchText("SELECT a FROM t WHERE b = $1 FOR SHARE", ["int8"], .rows) == nil)
    #expect(BatchText("SELECT a FROM t WHERE b = $1", ["int8"], .rows) != nil)
  }
}

/// The same against a server.
@Suite(.onPostgres, .serialized) struct PostgresBatchTests {
  private func table() async throws -> PostgresDatabase {
    let database = try await TestPostgres.database()
    try await database.run(
      "CREATE TABLE t (n BIGINT, part BIGINT DEFAULT 0, word TEXT, raw BYTEA, PRIMARY KEY (n, part))"
    )
    return database
  }

  private static let insert = "INSERT INTO t (n, word, raw) VALUES ($1, $2, $3)"

  @Test func `values arrive as they are, NULL, empty and odd ones among them`() async throws {
    let database = try await table()
    let rows: [[SQLValue]] = [
      [.integer(.min), .text(""), .blob([])], [.integer(-1), .null, .null],
      [.integer(0), .text("{a,\"b\\\"},NULL"), .blob([0, 255])],
      [.integer(.max), .text("nul\0 and 🙂"), .blob([1])],
    ]
    let read = try await database.write { sql in
      try sql.enqueue(Self.insert, each: rows, changes: 1)
      return try sql.firsts(
        "SELECT word, raw, n FROM t WHERE n = $1", each: rows.map { [$0[0]] }
      ) { row in
        [
          row.isNull(0) ? SQLValue.null : .text(row.text(0)),
          row.isNull(1) ? .null : .blob(row.blob(1)), .integer(row.integer(2)),
        ]
      }
    }
    #expect(
      read.prefix(3) == [
        [.text(""), .blob([]), .integer(.min)], [.null, .null, .integer(-1)],
        [.text("{a,\"b\\\"},NULL"), .blob([0, 255]), .integer(0)],
      ])
    #expect(read.last == [.text("nul\u{FFFD} and 🙂"), .blob([1]), .integer(.max)])
  }

  @Test func `a column that is NULL in all rows has the type of its place`() async throws {
    let database = try await table()
    try await database.write { sql in
      try sql.enqueue(
        Self.insert, each: (1...3).map { [.integer($0), .null, .null] }, changes: 1)
      try sql.enqueue(
        Self.insert, each: (4...6).map { [.integer($0), .text("w"), .null] }, changes: 1)
    }
    #expect(try await database.integers("SELECT COUNT(*) FROM t WHERE word IS NULL") == [3])
  }

  @Test func `several rows for each row of arguments, more than one statement takes`() async throws
  {
    let database = try await table()
    let (updated, found) = try await database.write { sql in
      try sql.enqueue(
        "INSERT INTO t (n, part, word) VALUES ($1, 1, $2), ($1, 2, $3) ON CONFLICT DO NOTHING",
        each: (1...2500).map { [.integer($0), .text("a\($0)"), .text("b\($0)")] }, changes: nil)
      let updated = try sql.execute(
        "UPDATE t SET word = $1 WHERE n = $2 AND part = $3",
        each: (1...2500).map { [.text("c"), .integer($0 * 2), .integer(1)] })
      var found: [Int] = []
      try sql.forEach(
        "SELECT word FROM t WHERE n = $1 ORDER BY part DESC",
        each: [[.integer(2)], [.integer(9999)], [.integer(1)]]
      ) { place, row in found.append(10 * place + (row.text(0).hasPrefix("b") ? 1 : 0)) }
      return (updated, found)
    }
    #expect(updated == (1...2500).map { $0 <= 1250 ? 1 : 0 })
    #expect(found == [1, 0, 21, 20])
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [5000])
  }

  @Test func `one row that finds nothing undoes the body where each must change one`() async throws
  {
    let database = try await table()
    let error = await #expect(throws: StoreError.self) {
      try await database.write { sql in
        try sql.enqueue(
          Self.insert, each: (1...3).map { [.integer($0), .null, .null] }, changes: 1)
        try sql.enqueue(
          "DELETE FROM t WHERE n = $1", each: [[.integer(1)], [.integer(7)]], changes: 1)
      }
    }
    #expect(error == .unexpected)
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [0])
  }

  /// Planned while the table is empty and nothing is known of it, the statement still goes by the key.
  @Test func `a plan that is made while a table is empty looks rows up when it is full`()
    async throws
  {
    let database = try await table()
    try await database.run("CREATE INDEX t_open ON t (word) WHERE part = 0")
    let plan = try await database.write { sql in
      try sql.all(
        """
        EXPLAIN UPDATE t SET word = 'x' FROM unnest(ARRAY[1, 2]::int8[]) AS batch_(a)
        WHERE (n = batch_.a AND COALESCE(part, 0) = 0)
        """
      ) { $0.text(0) }.joined(separator: "\n")
    }
    #expect(
      plan.contains("Index Scan using t_pkey") && plan.contains("Index Cond: (n = batch_.a)"),
      "\(plan)")
  }
}
