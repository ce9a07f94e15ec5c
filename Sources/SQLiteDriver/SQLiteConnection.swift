import ActionProtocol
import GRDB
import GRDBSQLite
import Store

/// A connection inside one transaction, straight on SQLite's own statements.
///
/// GRDB prepares and keeps the statements; values are bound and read without its row objects, which
/// the hot paths would pay for on every column.
struct SQLiteConnection: SQLConnection {
  let database: Database
  let now: Instant

  var dialect: SQLDialect { .sqlite }

  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    var values = SQLiteValues()
    return try run(try prepared(sql), arguments, &values)
  }

  func execute(_ sql: String, each arguments: [[SQLValue]]) throws -> [Int] {
    guard !arguments.isEmpty else { return [] }
    let statement = try prepared(sql)
    var values = SQLiteValues()
    return try arguments.map { try run(statement, $0, &values) }
  }

  func enqueue(_ sql: String, each arguments: [[SQLValue]], changes: Int?) throws {
    guard !arguments.isEmpty else { return }
    let statement = try prepared(sql)
    var values = SQLiteValues()
    for row in arguments {
      let changed = try run(statement, row, &values)
      if let changes, changes != changed { throw StoreError.unexpected }
    }
  }

  func forEach(
    _ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Void
  ) throws {
    var values = SQLiteValues()
    try read(try prepared(sql), arguments, &values, body)
  }

  func forEach(
    _ sql: String, each arguments: [[SQLValue]], _ body: (Int, any SQLRow) throws -> Void
  ) throws {
    guard !arguments.isEmpty else { return }
    let statement = try prepared(sql)
    var values = SQLiteValues()
    for (index, row) in arguments.enumerated() {
      try read(statement, row, &values) { try body(index, $0) }
    }
  }

  private func run(
    _ statement: Statement, _ arguments: [SQLValue], _ values: inout SQLiteValues
  ) throws -> Int {
    try values.bound(arguments, to: statement.sqliteStatement, fault) {
      let code = sqlite3_step(statement.sqliteStatement)
      guard code == SQLITE_DONE || code == SQLITE_ROW else { throw fault(code) }
      return Int(sqlite3_changes(database.sqliteConnection))
    }
  }

  private func read(
    _ statement: Statement, _ arguments: [SQLValue], _ values: inout SQLiteValues,
    _ body: (any SQLRow) throws -> Void
  ) throws {
    let row = SQLiteRow(statement: statement.sqliteStatement)
    try values.bound(arguments, to: statement.sqliteStatement, fault) {
      while true {
        let code = sqlite3_step(statement.sqliteStatement)
        if code == SQLITE_DONE { return }
        guard code == SQLITE_ROW else { throw fault(code) }
        try body(row)
      }
    }
  }

  /// The kept statement, or a fresh one while a row closure runs the same query inside itself.
  private func prepared(_ sql: String) throws -> Statement {
    do {
      let kept = try database.cachedStatement(sql: sql)
      if sqlite3_stmt_busy(kept.sqliteStatement) == 0 { return kept }
      return try database.makeStatement(sql: sql)
    } catch {
      throw SQLiteFault.translate(error)
    }
  }

  private func fault(_ code: Int32) -> StoreError {
    let extended = sqlite3_extended_errcode(database.sqliteConnection)
    return SQLiteFault.error(
      primary: code & 0xff, extended: extended, database: database.sqliteConnection)
  }
}

/// The row that a statement stands on.
struct SQLiteRow: SQLRow {
  let statement: OpaquePointer

  func isNull(_ index: Int) -> Bool {
    sqlite3_column_type(statement, Int32(index)) == SQLITE_NULL
  }

  func integer(_ index: Int) -> Int64 { sqlite3_column_int64(statement, Int32(index)) }

  func text(_ index: Int) -> String {
    guard let bytes = sqlite3_column_text(statement, Int32(index)) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, Int32(index)))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  func blob(_ index: Int) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(statement, Int32(index)) else { return [] }
    let count = Int(sqlite3_column_bytes(statement, Int32(index)))
    return [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
