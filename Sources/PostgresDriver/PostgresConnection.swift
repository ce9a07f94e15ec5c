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
    let result = try session.run(sql, arguments)
    for number in 0..<result.rowCount {
      try body(PostgresRow(result: result, number: Int32(number)))
    }
  }
}
