import ActionProtocol
import Engine
import Store
import Synchronization

/// A database that counts what is asked of it.
public struct CountingDatabase: SQLDatabase {
  /// What was asked.
  public struct Count: Hashable, Sendable, CustomStringConvertible {
    /// Bodies of write transactions; those that wait together share a commit.
    public var writes = 0
    public var reads = 0
    /// Statements, each row of arguments by itself.
    public var statements = 0
    /// How often somebody waited for an answer: a server's round trips inside transactions.
    public var waits = 0
    /// Rows that were handed over, inserted, changed or deleted.
    public var rows = 0

    public var description: String {
      "\(writes) writes, \(reads) reads, \(statements) statements, \(waits) waits, \(rows) rows"
    }
  }

  /// Counts from any thread.
  public final class Tally: Sendable {
    private let counted = Mutex(Count())
    private let texts = Mutex<[String: Int]>([:])

    public init() {}

    public var count: Count { counted.withLock { $0 } }

    /// How often each text was run.
    public var statements: [String: Int] { texts.withLock { $0 } }

    public func reset() {
      counted.withLock { $0 = Count() }
      texts.withLock { $0 = [:] }
    }

    func add(_ change: (inout Count) -> Void) { counted.withLock { change(&$0) } }

    func run(_ text: String, times: Int = 1) {
      add { $0.statements += times }
      texts.withLock { $0[text, default: 0] += times }
    }
  }

  private let base: any SQLDatabase
  private let tally: Tally

  public init(_ base: any SQLDatabase, _ tally: Tally) {
    self.base = base
    self.tally = tally
  }

  public var dialect: SQLDialect { base.dialect }

  public func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    let tally = tally
    tally.add { $0.writes += 1 }
    return try await base.write { sql in
      let connection = CountingConnection(base: sql, tally: tally)
      let value = try body(connection)
      connection.settle()
      return value
    }
  }

  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    let tally = tally
    tally.add { $0.reads += 1 }
    return try await base.read { try body(CountingConnection(base: $0, tally: tally)) }
  }
}

/// Used by one thread, as every connection.
private final class CountingConnection: SQLConnection {
  private let base: any SQLConnection
  private let tally: CountingDatabase.Tally
  private var isWaitingFor = 0

  init(base: any SQLConnection, tally: CountingDatabase.Tally) {
    self.base = base
    self.tally = tally
  }

  var now: Instant { base.now }
  var dialect: SQLDialect { base.dialect }

  /// At a body's end what stands in line is waited for.
  func settle() {
    if isWaitingFor > 0 { tally.add { $0.waits += 1 } }
    isWaitingFor = 0
  }

  private func waits() {
    tally.add { $0.waits += 1 }
    isWaitingFor = 0
  }

  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    tally.run(sql)
    waits()
    let changed = try base.execute(sql, arguments)
    tally.add { $0.rows += changed }
    return changed
  }

  func forEach(
    _ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Void
  ) throws {
    tally.run(sql)
    waits()
    try base.forEach(sql, arguments) { row in
      tally.add { $0.rows += 1 }
      try body(row)
    }
  }

  func enqueue(_ sql: String, _ arguments: [SQLValue], changes: Int?) throws {
    tally.run(sql)
    tally.add { $0.rows += 1 }
    isWaitingFor += 1
    try base.enqueue(sql, arguments, changes: changes)
  }

  func enqueue(_ sql: String, each arguments: [[SQLValue]], changes: Int?) throws {
    tally.run(sql, times: arguments.count)
    tally.add { $0.rows += arguments.count }
    isWaitingFor += arguments.count
    try base.enqueue(sql, each: arguments, changes: changes)
  }

  func forEach(
    _ sql: String, each arguments: [[SQLValue]], _ body: (Int, any SQLRow) throws -> Void
  ) throws {
    guard !arguments.isEmpty else { return }
    tally.run(sql, times: arguments.count)
    waits()
    try base.forEach(sql, each: arguments) { index, row in
      tally.add { $0.rows += 1 }
      try body(index, row)
    }
  }

  func execute(_ sql: String, each arguments: [[SQLValue]]) throws -> [Int] {
    guard !arguments.isEmpty else { return [] }
    tally.run(sql, times: arguments.count)
    waits()
    let changed = try base.execute(sql, each: arguments)
    tally.add { $0.rows += changed.reduce(0, +) }
    return changed
  }
}
