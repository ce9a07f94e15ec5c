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
    try run(try prepared(sql), arguments)
  }

  func execute(_ sql: String, each arguments: [[SQLValue]]) throws -> [Int] {
    guard !arguments.isEmpty else { return [] }
    let statement = try prepared(sql)
    return try arguments.map { try run(statement, $0) }
  }

  func enqueue(_ sql: String, each arguments: [[SQLValue]], changes: Int?) throws {
    guard !arguments.isEmpty else { return }
    let statement = try prepared(sql)
    for row in arguments {
      let changed = try run(statement, row)
      if let changes, changes != changed { throw StoreError.unexpected }
    }
  }

  func forEach(
    _ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Void
  ) throws {
    try read(try prepared(sql), arguments, body)
  }

  func forEach(
    _ sql: String, each arguments: [[SQLValue]], _ body: (Int, any SQLRow) throws -> Void
  ) throws {
    guard !arguments.isEmpty else { return }
    let statement = try prepared(sql)
    for (index, row) in arguments.enumerated() {
      try read(statement, row) { try body(index, $0) }
    }
  }

  private func run(_ statement: Statement, _ arguments: [SQLValue]) throws -> Int {
    defer { finish(statement) }
    try bind(arguments, to: statement)
    let code = sqlite3_step(statement.sqliteStatement)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw fault(code) }
    return Int(sqlite3_changes(database.sqliteConnection))
  }

  private func read(
    _ statement: Statement, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Void
  ) throws {
    defer { finish(statement) }
    try bind(arguments, to: statement)
    let row = SQLiteRow(statement: statement.sqliteStatement)
    while true {
      let code = sqlite3_step(statement.sqliteStatement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw fault(code) }
      try body(row)
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

  private func finish(_ statement: Statement) {
    sqlite3_reset(statement.sqliteStatement)
    sqlite3_clear_bindings(statement.sqliteStatement)
  }

  private func bind(_ arguments: [SQLValue], to statement: Statement) throws {
    let handle = statement.sqliteStatement
    guard Int(sqlite3_bind_parameter_count(handle)) == arguments.count else {
      throw StoreError(code: "schema", detail: "a statement's parameters do not match its values")
    }
    for (offset, argument) in arguments.enumerated() {
      let code = bind(argument, at: Int32(offset + 1), to: handle)
      guard code == SQLITE_OK else { throw fault(code) }
    }
  }

  private func bind(_ value: SQLValue, at index: Int32, to handle: OpaquePointer) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(handle, index)
    case .integer(let integer): sqlite3_bind_int64(handle, index, integer)
    case .text(let text): Self.bindText(text, at: index, to: handle)
    case .blob(let bytes): Self.bindBlob(bytes, at: index, to: handle)
    }
  }

  private static func bindText(_ text: String, at index: Int32, to handle: OpaquePointer) -> Int32 {
    text.withCString { bytes in
      sqlite3_bind_text(handle, index, bytes, Int32(text.utf8.count), copied)
    }
  }

  private static func bindBlob(
    _ bytes: [UInt8], at index: Int32, to handle: OpaquePointer
  ) -> Int32 {
    if bytes.isEmpty { return sqlite3_bind_zeroblob(handle, index, 0) }
    return bytes.withUnsafeBytes {
      sqlite3_bind_blob(handle, index, $0.baseAddress, Int32($0.count), copied)
    }
  }

  /// SQLite's SQLITE_TRANSIENT: the value is copied while binding.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
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
