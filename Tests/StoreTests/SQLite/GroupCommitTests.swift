import Dispatch
@testable import SQLiteDriver
import Store
import Synchronization
import TestSupport
import Testing

@Suite struct GroupCommitTests {
  @Test(arguments: DatabaseConformance.groupCommit)
  func `writes that share a commit are acknowledged each for itself`(
    _ conformance: DatabaseConformance
  ) async throws {
    try await conformance.runOnSQLite()
  }

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
    _ number: Int
  ) -> @Sendable (any SQLConnection) throws -> Void {
    { try $0.execute("INSERT INTO t VALUES ($1)", [.integer(Int64(number))]) }
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
}
