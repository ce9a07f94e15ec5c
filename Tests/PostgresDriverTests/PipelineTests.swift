import PostgresDriver
import Store
import TestSupport
import Testing

/// Statements that nobody waits for, and many rows of arguments in one round trip.
@Suite(.onPostgres, .serialized) struct PostgresPipelineTests {
  private func table() async throws -> PostgresDatabase {
    let database = try await TestPostgres.database()
    try await database.run("CREATE TABLE t (n BIGINT PRIMARY KEY, word TEXT)")
    return database
  }

  private static let insert = "INSERT INTO t (n, word) VALUES ($1, $2)"
  private static let count = "SELECT COUNT(*) FROM t"

  private static func row(_ number: Int, _ word: String? = nil) -> [SQLValue] {
    [.integer(Int64(number)), .optional(word)]
  }

  private struct Thrown: Error {}

  @Test func `what stands in line is seen by the next query and is there after the commit`()
    async throws
  {
    let database = try await table()
    let seen = try await database.write { sql in
      for number in 1...2500 { try sql.enqueue(Self.insert, Self.row(number, "w\(number)")) }
      let first = try sql.first(Self.count) { $0.integer(0) }
      try sql.enqueue("DELETE FROM t WHERE n > $1", [.integer(2000)], changes: 500)
      let changed = try sql.execute("UPDATE t SET word = $1 WHERE n <= $2", [.null, .integer(10)])
      try sql.enqueue(Self.insert, Self.row(3000))
      return [first, Int64(changed)]
    }
    #expect(seen == [2500, 10])
    #expect(try await database.integers(Self.count) == [2001])
    #expect(try await database.integers("SELECT COUNT(*) FROM t WHERE word IS NULL") == [11])
  }

  @Test func `one that fails undoes its body, wherever it is noticed`() async throws {
    let database = try await table()
    try await database.run("INSERT INTO t VALUES (7)")
    for isNoticedByQuery in [true, false] {
      let error = await #expect(throws: StoreError.self) {
        try await database.write { sql in
          for number in [1, 7, 2] { try sql.enqueue(Self.insert, Self.row(number)) }
          if isNoticedByQuery { _ = try sql.first(Self.count) { $0.integer(0) } }
        }
      }
      #expect(error?.code == "constraint")
      #expect(try await database.integers("SELECT n FROM t") == [7])
    }
  }

  @Test func `another number of rows than expected undoes the body`() async throws {
    let database = try await table()
    let error = await #expect(throws: StoreError.self) {
      try await database.write { sql in
        try sql.enqueue(Self.insert, Self.row(1), changes: 1)
        try sql.enqueue("DELETE FROM t WHERE n = $1", [.integer(9)], changes: 1)
      }
    }
    #expect(error == .unexpected)
    #expect(try await database.integers(Self.count) == [0])
  }

  @Test func `what a body leaves in line that throws is never sent`() async throws {
    let database = try await table()
    await #expect(throws: Thrown.self) {
      try await database.write { sql in
        try sql.enqueue(Self.insert, Self.row(1))
        throw Thrown()
      }
    }
    try await database.write { try $0.enqueue(Self.insert, Self.row(2)) }
    #expect(try await database.integers("SELECT n FROM t") == [2])
  }

  @Test func `bodies that share a commit lose only their own`() async throws {
    let database = try await table()
    let failed = try await withThrowingTaskGroup(of: Int.self) { tasks in
      for number in 1...80 {
        tasks.addTask {
          do {
            try await database.write { sql in
              try sql.enqueue(Self.insert, Self.row(number))
              // Every eighth one meets itself.
              if number % 8 == 0 { try sql.enqueue(Self.insert, Self.row(number)) }
            }
            return 0
          } catch {
            return 1
          }
        }
      }
      return try await tasks.reduce(0, +)
    }
    #expect(failed == 10)
    #expect(try await database.integers(Self.count) == [70])
  }

  @Test func `each row of arguments has its own answer, also when they are many and long`()
    async throws
  {
    let database = try await table()
    let long = String(repeating: "long ", count: 2000)
    let (changed, lengths, places) = try await database.write { sql in
      let changed = try sql.execute(
        Self.insert, each: (1...300).map { Self.row($0, $0 % 3 == 0 ? long : "short") })
      let deleted = try sql.execute(
        "DELETE FROM t WHERE n > $1 AND n <= $2",
        each: [[.integer(290), .integer(292)], [.integer(290), .integer(300)], [.null, .null]])
      let words = try sql.firsts(
        "SELECT word FROM t WHERE n = $1", each: (1...300).map { [.integer(Int64($0))] }
      ) { $0.text(0).count }
      var places: [Int] = []
      try sql.forEach(
        "SELECT n FROM t WHERE n BETWEEN $1 AND $2 ORDER BY n",
        each: [
          [.integer(1), .integer(3)], [.integer(9), .integer(1)], [.integer(5), .integer(6)],
        ]
      ) { place, row in places.append(100 * place + Int(row.integer(0))) }
      return (changed + deleted, words, places)
    }
    #expect(changed == [Int](repeating: 1, count: 300) + [2, 8, 0])
    #expect(lengths.prefix(3) == [5, 5, 10_000] && lengths.suffix(10).allSatisfy { $0 == nil })
    #expect(places == [1, 2, 3, 205, 206])
    #expect(try await database.write { try $0.execute(Self.insert, each: []) }.isEmpty)
  }

  /// A type that was found out from a NULL is narrower than the value of the next row.
  @Test func `a statement that is planned anew does not lose the rows before it`() async throws {
    let database = try await table()
    let sums = try await database.write { sql in
      try sql.enqueue(Self.insert, Self.row(1))
      return try sql.firsts(
        "SELECT COALESCE($1, 0) + 1",
        each: [[.null], [.integer(5)], [.null], [.integer(9_000_000_000)]]
      ) { $0.integer(0) }
    }
    #expect(sums == [1, 6, 1, 9_000_000_001])
    #expect(try await database.integers(Self.count) == [1])
  }

  @Test func `a connection that breaks in the middle of it holds nothing`() async throws {
    let database = try await table()
    let error = await #expect(throws: StoreError.self) {
      try await database.write { sql in
        try sql.enqueue(Self.insert, Self.row(1))
        try sql.enqueue("SELECT pg_terminate_backend(pg_backend_pid())", [])
        try sql.enqueue(Self.insert, Self.row(2))
      }
    }
    #expect(error?.code == "connection_lost")
    try await database.write { try $0.enqueue(Self.insert, Self.row(3)) }
    #expect(try await database.integers("SELECT n FROM t") == [3])
  }
}
