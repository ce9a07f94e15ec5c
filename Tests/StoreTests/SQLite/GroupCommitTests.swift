import Dispatch
@testable import SQLiteDriver
import Store
import Synchronization
import Testing

@Suite struct GroupCommitTests {
  /// Holds the writer until `bodies` wait, so that they share one commit.
  ///
  /// - Returns: each body's error, nil where it was acknowledged.
  private func together(
    _ database: SQLiteDatabase, _ bodies: [@Sendable (any SQLConnection) throws -> Void]
  ) async throws -> [StoreError?] {
    let gate = Gate()
    return try await withThrowingTaskGroup(of: (Int, StoreError?).self) { tasks in
      async let holder: Void = database.write { _ in gate.hold() }
      while !gate.isHeld { await Task.yield() }
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
        while database.waitingCount <= index { await Task.yield() }
      }
      gate.open()
      try await holder
      var errors = [StoreError?](repeating: nil, count: bodies.count)
      for try await (index, error) in tasks { errors[index] = error }
      return errors
    }
  }

  /// Keeps the writer's thread until it is opened.
  private final class Gate: Sendable {
    private let held = Atomic<Bool>(false)
    private let semaphore = DispatchSemaphore(value: 0)

    var isHeld: Bool { held.load(ordering: .acquiring) }

    func hold() {
      held.store(true, ordering: .releasing)
      semaphore.wait()
    }

    func open() { semaphore.signal() }
  }

  private func table(_ folder: TestFolder) async throws -> SQLiteDatabase {
    let database = try folder.open()
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

  @Test func `two hundred writes that wait together share one commit`() async throws {
    let folder = try TestFolder()
    let database = try await table(folder)
    let before = database.commitCount
    let errors = try await together(database, (1...200).map { Self.insert($0) })
    #expect(errors.allSatisfy { $0 == nil })
    #expect(try await database.integers("SELECT n FROM t ORDER BY n") == (1...200).map { $0 })
    // The one that held the writer, and the two hundred.
    #expect(database.commitCount - before == 2)
  }

  @Test func `unhindered writers are all there, in no more commits than writes`() async throws {
    let folder = try TestFolder()
    let database = try await table(folder)
    let before = database.commitCount
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for number in 1...200 { tasks.addTask { try await database.write(Self.insert(number)) } }
      try await tasks.waitForAll()
    }
    #expect(try await database.integers("SELECT COUNT(*) FROM t") == [200])
    #expect(database.commitCount - before <= 200)
  }

  @Test func `bodies that throw undo only themselves`() async throws {
    let folder = try TestFolder()
    let database = try await table(folder)
    let errors = try await together(
      database, (1...50).map { Self.insert($0, then: $0 % 7 == 0) })
    let failed = (1...50).filter { $0 % 7 == 0 }
    #expect(errors.indices.filter { errors[$0] != nil }.map { $0 + 1 } == failed)
    #expect(
      try await database.integers("SELECT n FROM t ORDER BY n").map { Int($0) }
        == (1...50).filter { !failed.contains($0) })
  }

  @Test func `a statement that fails inside a body leaves the others alone`() async throws {
    let folder = try TestFolder()
    let database = try await table(folder)
    let errors = try await together(database, [1, 2, 2, 3].map { Self.insert($0) })
    #expect(errors.map { $0?.code } == [nil, nil, "constraint", nil])
    #expect(try await database.integers("SELECT n FROM t ORDER BY n") == [1, 2, 3])
  }

  /// SQLite undoes the whole transaction by itself when the disk is full or a read fails. What ran
  /// on after that was committed statement by statement and then reported as failed.
  @Test func `a transaction undone by the database acknowledges nobody and keeps nothing`()
    async throws
  {
    let folder = try TestFolder()
    let database = try await table(folder)
    try await database.write(Self.insert(100))
    let undoing: @Sendable (any SQLConnection) throws -> Void = { sql in
      try sql.execute("INSERT OR ROLLBACK INTO t VALUES (100)", [])
    }
    let errors = try await together(
      database, [Self.insert(1), Self.insert(2), undoing, Self.insert(3), Self.insert(4)])
    let codes = errors.map { $0?.code }
    #expect(codes == ["rolled_back", "rolled_back", "constraint", "rolled_back", "rolled_back"])
    #expect(try await database.integers("SELECT n FROM t ORDER BY n") == [100])
    try await database.write(Self.insert(5))
    #expect(try await database.integers("SELECT n FROM t ORDER BY n") == [5, 100])
  }

  @Test func `when the commit fails everybody in it hears of it`() async throws {
    let folder = try TestFolder()
    let database = try await table(folder)
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
    let folder = try TestFolder()
    let database = try await table(folder)
    try await database.run("CREATE TABLE log (at INTEGER PRIMARY KEY, n)")
    let before = database.commitCount
    let errors = try await together(
      database,
      (1...300).map { number in
        { sql in
          try sql.execute("INSERT INTO log (n) VALUES ($1)", [.integer(Int64(number))])
        }
      })
    #expect(errors.allSatisfy { $0 == nil })
    #expect(try await database.integers("SELECT n FROM log ORDER BY at") == (1...300).map { $0 })
    #expect(database.commitCount - before == 3)
  }
}
