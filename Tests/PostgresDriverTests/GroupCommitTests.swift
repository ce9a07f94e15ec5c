@testable import PostgresDriver
import Store
import TestSupport
import Testing

@Suite(.onPostgres, .serialized) struct PostgresGroupCommitTests {
  /// Holds the writer until `bodies` wait, so that they share one commit.
  ///
  /// - Returns: each body's error, nil where it was acknowledged.
  private func together(
    _ database: PostgresDatabase, _ bodies: [@Sendable (any SQLConnection) throws -> Void]
  ) async throws -> [StoreError?] {
    let (held, gate) = (Flag(), Flag())
    return try await withThrowingTaskGroup(of: (Int, StoreError?).self) { tasks in
      async let holder: Void = database.write { _ in
        held.raise()
        gate.wait()
      }
      try await eventually { held.isRaised }
      for (index, body) in bodies.enumerated() {
        tasks.addTask {
          do {
            try await database.write(body)
            return (index, nil)
          } catch let error as StoreError {
            return (index, error)
          } catch {
            return (index, StoreError(code: "thrown", detail: "by the body"))
          }
        }
        // One after the other, so that their order is known.
        try await eventually { database.waitingCount > index }
      }
      gate.raise()
      try await holder
      var errors = [StoreError?](repeating: nil, count: bodies.count)
      for try await (index, error) in tasks { errors[index] = error }
      return errors
    }
  }

  private func table() async throws -> PostgresDatabase {
    let database = try await TestPostgres.database()
    try await database.run("CREATE TABLE t (n BIGINT PRIMARY KEY)")
    return database
  }

  private static func insert(
    _ number: Int, then failure: Bool = false
  ) -> @Sendable (any SQLConnection) throws -> Void {
    { sql in
      try sql.execute("INSERT INTO t VALUES ($1)", [.integer(Int64(number))])
      if failure { throw Thrown() }
    }
  }

  private struct Thrown: Error {}

  @Test func `writes that wait together share one commit`() async throws {
    let database = try await table()
    let before = database.commitCount
    let errors = try await together(database, (1...60).map { Self.insert($0) })
    #expect(errors.allSatisfy { $0 == nil })
    #expect(try await database.integers("SELECT n FROM t ORDER BY n") == (1...60).map { $0 })
    // The one that held the writer, and the sixty.
    #expect(database.commitCount - before == 2)
  }

  @Test func `bodies that throw undo only themselves`() async throws {
    let database = try await table()
    let errors = try await together(
      database, (1...50).map { Self.insert($0, then: $0 % 7 == 0 || $0 == 50) })
    let failed = (1...50).filter { $0 % 7 == 0 || $0 == 50 }
    #expect(errors.indices.filter { errors[$0] != nil }.map { $0 + 1 } == failed)
    #expect(
      try await database.integers("SELECT n FROM t ORDER BY n").map { Int($0) }
        == (1...50).filter { !failed.contains($0) })
  }

  @Test func `a statement that fails inside a body leaves the others alone`() async throws {
    let database = try await table()
    let errors = try await together(database, [1, 2, 2, 3].map { Self.insert($0) })
    #expect(errors.map { $0?.code } == [nil, nil, "constraint", nil])
    #expect(try await database.integers("SELECT n FROM t ORDER BY n") == [1, 2, 3])
  }

  @Test func `a body that throws alone costs no commit`() async throws {
    let database = try await table()
    let before = database.commitCount
    await #expect(throws: Thrown.self) { try await database.write(Self.insert(1, then: true)) }
    #expect(database.commitCount == before)
    try await database.write(Self.insert(1))
    #expect(database.commitCount == before + 1)
  }

  @Test func `when the commit fails everybody in it hears of it`() async throws {
    let database = try await table()
    try await database.run(
      "CREATE TABLE child (n BIGINT REFERENCES t (n) DEFERRABLE INITIALLY DEFERRED)")
    let orphan: @Sendable (any SQLConnection) throws -> Void = {
      try $0.execute("INSERT INTO child VALUES (77)", [])
    }
    let errors = try await together(database, [Self.insert(1), orphan, Self.insert(2)])
    #expect(errors.map { $0?.code } == ["constraint", "constraint", "constraint"])
    #expect(try await database.integers("SELECT n FROM t").isEmpty)
    try await database.write(Self.insert(1))
    #expect(try await database.integers("SELECT n FROM t") == [1])
  }

  @Test func `more than a batch is committed in order, one batch after the other`() async throws {
    let database = try await table()
    try await database.run("CREATE TABLE log (at BIGSERIAL PRIMARY KEY, n BIGINT)")
    let before = database.commitCount
    let errors = try await together(
      database,
      (1...130).map { number in
        { sql in
          try sql.execute("INSERT INTO log (n) VALUES ($1)", [.integer(Int64(number))])
        }
      })
    #expect(errors.allSatisfy { $0 == nil })
    #expect(try await database.integers("SELECT n FROM log ORDER BY at") == (1...130).map { $0 })
    #expect(database.commitCount - before == 4)
  }
}
