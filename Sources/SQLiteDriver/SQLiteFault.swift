import GRDB
import GRDBSQLite
import Store

/// Turns SQLite's codes into the store's, without any value of a row.
enum SQLiteFault {
  static func translate(_ error: any Error) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    return StoreError(
      code: word(error.resultCode.rawValue), detail: error.message.map(firstLine) ?? "no message")
  }

  static func error(primary: Int32, extended: Int32, database: OpaquePointer?) -> StoreError {
    let message = database.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? ""
    return StoreError(code: word(primary), detail: "\(firstLine(message)) (\(extended))")
  }

  private static func word(_ primary: Int32) -> String {
    switch primary & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED: "busy"
    case SQLITE_CONSTRAINT: "constraint"
    case SQLITE_CORRUPT, SQLITE_NOTADB: "corrupt"
    case SQLITE_FULL: "disk_full"
    case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM: "not_writable"
    case SQLITE_IOERR: "io"
    case SQLITE_ERROR, SQLITE_SCHEMA, SQLITE_MISUSE: "schema"
    default: "sqlite"
    }
  }

  private static func firstLine(_ text: String) -> String {
    String(text.prefix { $0 != "\n" }.prefix(160))
  }
}
