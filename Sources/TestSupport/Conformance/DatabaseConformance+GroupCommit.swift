import Foundation
import Store
import Synchronization

extension DatabaseConformance {
  typealias Body = @Sendable (any SQLConnection) throws -> Void

  /// What becomes of writes that share a commit.
  public static let groupCommit: [DatabaseConformance] = [
    DatabaseConformance("writes that wait together share one commit") { subject in
      let last = subject.largestBatch
      try await table(subject)
      let before = subject.commits()
      let codes = try await together(subject, (1...last).map { insert($0) })
      try same(codes, Array(repeating: nil, count: last), "what became of them")
      try same(try await rows(subject), Array(1...Int64(last)), "rows")
      // The one that held the writer, and all the others.
      try same(subject.commits() - before, 2, "commits")
    },
    DatabaseConformance("more than a batch is committed in order, batch after batch") { subject in
      let last = 2 * subject.largestBatch + 10
      try await subject.database.perform("CREATE TABLE log (number BIGINT, n BIGINT)")
      let before = subject.commits()
      let codes = try await together(
        subject,
        (1...last).map { number in
          { sql in
            try sql.execute(
              "INSERT INTO log SELECT COUNT(*) + 1, CAST($1 AS BIGINT) FROM log",
              [.integer(Int64(number))])
          }
        })
      try same(codes, Array(repeating: nil, count: last), "what became of them")
      let order = try await subject.database.numbers("SELECT n FROM log ORDER BY number")
      try same(order, Array(1...Int64(last)), "order")
      try same(subject.commits() - before, 4, "commits")
    },
    DatabaseConformance("unhindered writers are all there, in no more commits than writes") {
      subject in
      try await table(subject)
      let before = subject.commits()
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for number in 1...200 {
          tasks.addTask { try await subject.database.write(insert(number)) }
        }
        try await tasks.waitForAll()
      }
      try same(try await rows(subject).count, 200, "rows")
      try check(subject.commits() - before <= 200, "more commits than writes")
    },
    DatabaseConformance("bodies that throw undo only themselves") { subject in
      try await table(subject)
      let failing = Set((1...50).filter { $0 % 7 == 0 || $0 == 50 })
      let codes = try await together(
        subject, (1...50).map { insert($0, throwing: failing.contains($0)) })
      let failed = codes.indices.filter { codes[$0] != nil }.map { $0 + 1 }
      try same(Set(failed), failing, "who heard of a fault")
      let kept = (1...50).filter { !failing.contains($0) }.map { Int64($0) }
      try same(try await rows(subject), kept, "rows")
    },
    DatabaseConformance("a statement that fails inside a body leaves the others alone") { subject in
      try await table(subject)
      let codes = try await together(subject, [1, 2, 2, 3].map { insert($0) })
      try same(codes, [nil, nil, "constraint", nil], "what became of them")
      try same(try await rows(subject), [1, 2, 3], "rows")
    },
    DatabaseConformance("a body that throws alone costs no commit") { subject in
      try await table(subject)
      let before = subject.commits()
      do {
        try await subject.database.write(insert(1, throwing: true))
        throw ConformanceFailure("its own error is lost")
      } catch is Thrown {
        try same(subject.commits(), before, "commits")
      }
      try await subject.database.write(insert(1))
      try same(subject.commits(), before + 1, "commits")
    },
    DatabaseConformance("when the commit fails everybody in it hears of it") { subject in
      try await table(subject)
      try await subject.database.perform(
        "CREATE TABLE child (n BIGINT REFERENCES t (n) DEFERRABLE INITIALLY DEFERRED)")
      let orphan: Body = { _ = try $0.execute("INSERT INTO child VALUES (77)", []) }
      let codes = try await together(subject, [insert(1), orphan, insert(2)])
      try same(codes, ["constraint", "constraint", "constraint"], "what became of them")
      try same(try await rows(subject), [], "rows")
      try await subject.database.write(insert(1))
      try same(try await rows(subject), [1], "rows afterwards")
    },
  ]

  // MARK: - Support

  private struct Thrown: Error {}

  private static func table(_ subject: Subject) async throws {
    try await subject.database.perform("CREATE TABLE t (n BIGINT PRIMARY KEY)")
  }

  private static func rows(_ subject: Subject) async throws -> [Int64] {
    try await subject.database.numbers("SELECT n FROM t ORDER BY n")
  }

  private static func insert(_ number: Int, throwing: Bool = false) -> Body {
    { sql in
      try sql.execute("INSERT INTO t VALUES ($1)", [.integer(Int64(number))])
      if throwing { throw Thrown() }
    }
  }

  /// Holds the writer until all bodies wait, in their order, so that they share commits.
  /// - Returns: the code of each body's error, nil where it was acknowledged.
  private static func together(_ subject: Subject, _ bodies: [Body]) async throws -> [String?] {
    let gate = Gate()
    return try await withThrowingTaskGroup(of: (Int, String?).self) { tasks in
      async let holder: Void = subject.database.write { _ in gate.hold() }
      while !gate.isHeld { await Task.yield() }
      for (index, body) in bodies.enumerated() {
        tasks.addTask { (index, await code(of: body, subject)) }
        while subject.waiting() <= index { await Task.yield() }
      }
      gate.open()
      try await holder
      var codes = [String?](repeating: nil, count: bodies.count)
      for try await (index, code) in tasks { codes[index] = code }
      return codes
    }
  }

  private static func code(of body: @escaping Body, _ subject: Subject) async -> String? {
    do {
      try await subject.database.write(body)
      return nil
    } catch let error as StoreError {
      return error.code
    } catch {
      return "thrown"
    }
  }

  /// Keeps the writer's thread until it is opened, but not for ever: a test that went wrong must end.
  private final class Gate: Sendable {
    private let held = Atomic<Bool>(false)
    private let isOpen = Mutex(false)
    private let condition = NSCondition()

    var isHeld: Bool { held.load(ordering: .acquiring) }

    func hold() {
      held.store(true, ordering: .releasing)
      let end = Date(timeIntervalSinceNow: 120)
      condition.lock()
      while !isOpen.withLock({ $0 }), condition.wait(until: end) {}
      condition.unlock()
    }

    func open() {
      condition.lock()
      isOpen.withLock { $0 = true }
      condition.broadcast()
      condition.unlock()
    }
  }
}
