import ActionProtocol
import Store

/// A connection inside one transaction.
struct PostgresConnection: SQLConnection {
  let session: PostgresSession
  let now: Instant

  var dialect: SQLDialect { .postgresql }

  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    try session.run(sql, arguments).changedCount
  }

  func forEach(
    _ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Void
  ) throws {
    try hand(over: session.run(sql, arguments), to: body)
  }

  func enqueue(_ sql: String, _ arguments: [SQLValue], changes: Int?) throws {
    try session.enqueue(sql, arguments, changes: changes)
  }

  func enqueue(_ sql: String, each arguments: [[SQLValue]], changes: Int?) throws {
    try session.enqueue(sql, each: arguments, changes: changes)
  }

  func forEach(
    _ sql: String, each arguments: [[SQLValue]], _ body: (Int, any SQLRow) throws -> Void
  ) throws {
    try session.forEach(sql, each: arguments) { try body($0, $1) }
  }

  func execute(_ sql: String, each arguments: [[SQLValue]]) throws -> [Int] {
    try session.execute(sql, each: arguments)
  }

  private func hand(
    over result: PostgresResult, to body: (any SQLRow) throws -> Void
  ) throws {
    for number in 0..<result.rowCount {
      try body(PostgresRow(result: result, number: Int32(number)))
    }
  }
}
