import GRDBSQLite
import Store

/// The values of a statement on their way into SQLite: texts and bytes stand in one piece of memory that
/// is used again for the next row, so that SQLite need not copy each of them into one of its own.
struct SQLiteValues {
  private var memory: [UInt8] = []

  /// Runs `body` while the values are bound to the statement, which is as before afterwards.
  /// - Throws: ``StoreError``, made by `fault` of SQLite's code, or what `body` throws.
  mutating func bound<Value>(
    _ values: [SQLValue], to statement: OpaquePointer, _ fault: (Int32) -> StoreError,
    _ body: () throws -> Value
  ) throws -> Value {
    guard Int(sqlite3_bind_parameter_count(statement)) == values.count else {
      throw StoreError(code: "schema", detail: "a statement's parameters do not match its values")
    }
    collect(values)
    return try memory.withUnsafeBytes { memory in
      // INVARIANT: nothing stays bound when the memory may move or go.
      defer {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
      }
      var place = 0
      for (offset, value) in values.enumerated() {
        let code = Self.bind(value, at: Int32(offset + 1), to: statement, memory, &place)
        guard code == SQLITE_OK else { throw fault(code) }
      }
      return try body()
    }
  }

  private mutating func collect(_ values: [SQLValue]) {
    memory.removeAll(keepingCapacity: true)
    for value in values {
      switch value {
      case .null, .integer: continue
      case .text(let text): memory.append(contentsOf: text.utf8)
      case .blob(let bytes): memory.append(contentsOf: bytes)
      }
    }
    // An empty text at the very end still needs an address: without one it would be NULL.
    memory.append(0)
  }

  private static func bind(
    _ value: SQLValue, at index: Int32, to statement: OpaquePointer,
    _ memory: UnsafeRawBufferPointer, _ place: inout Int
  ) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let integer): return sqlite3_bind_int64(statement, index, integer)
    case .text(let text):
      let count = text.utf8.count
      defer { place += count }
      let start = memory.baseAddress.map { ($0 + place).assumingMemoryBound(to: CChar.self) }
      return sqlite3_bind_text(statement, index, start, Int32(count), unmoved)
    case .blob(let bytes):
      if bytes.isEmpty { return sqlite3_bind_zeroblob(statement, index, 0) }
      defer { place += bytes.count }
      let start = memory.baseAddress.map { $0 + place }
      return sqlite3_bind_blob(statement, index, start, Int32(bytes.count), unmoved)
    }
  }

  /// SQLite's SQLITE_STATIC: the memory stays where it is while it is bound.
  private static var unmoved: sqlite3_destructor_type? { nil }
}
