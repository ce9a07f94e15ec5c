import CPostgres
import Store

/// Turns PostgreSQL's codes into the store's, without any value of a row.
///
/// | SQLSTATE | code |
/// |---|---|
/// | 23, 22, P0001 | `constraint` |
/// | 40, 55P03, 55006, 57014, 53300, 53400 | `busy` |
/// | 08, 57P01-57P05, 25P03 | `connection_lost` |
/// | 25006, 42501, 28 | `not_writable` |
/// | 53100 | `disk_full` |
/// | 53, 58, XX | `io`; XX001, XX002 `corrupt` |
/// | 42, 0A, 26, 3D, 3F | `schema` |
/// | 25 | `rolled_back` |
enum PostgresFault {
  /// The fields of an error that the server sends.
  private enum Field: UInt8 {
    case sqlState = 0x43  // C
    case primary = 0x4D  // M

    func text(_ result: OpaquePointer) -> String? {
      PQresultErrorField(result, Int32(rawValue)).map { String(cString: $0) }
    }
  }

  /// The error of a statement; ``lost`` where it did not come from the server.
  static func error(_ result: OpaquePointer?) -> StoreError {
    guard let result, let state = Field.sqlState.text(result) else { return lost }
    let message = isSafe(state) ? Field.primary.text(result).map(firstLine) : nil
    return StoreError(
      code: code(state), detail: message.map { "\($0) (\(state))" } ?? "SQLSTATE \(state)")
  }

  static let lost = StoreError(
    code: "connection_lost", detail: "the connection to the database broke")

  /// A commit without an acknowledgement: it may or may not have happened.
  static let commitUnknown = StoreError(
    code: "commit_unknown",
    detail: "the database did not acknowledge the commit; whether it holds is not known")

  static func code(_ state: String) -> String {
    if let exact = exact[state] { return exact }
    return classes[String(state.prefix(2))] ?? "postgresql"
  }

  private static let exact = [
    "P0001": "constraint", "55P03": "busy", "55006": "busy", "57014": "busy", "53300": "busy",
    "53400": "busy", "57P01": "connection_lost", "57P02": "connection_lost",
    "57P03": "connection_lost", "57P05": "connection_lost", "25P03": "connection_lost",
    "25006": "not_writable", "42501": "not_writable", "53100": "disk_full", "XX001": "corrupt",
    "XX002": "corrupt",
  ]

  private static let classes = [
    "22": "constraint", "23": "constraint", "40": "busy", "08": "connection_lost",
    "28": "not_writable", "53": "io", "58": "io", "XX": "io", "42": "schema", "0A": "schema",
    "26": "schema", "3D": "schema", "3F": "schema", "25": "rolled_back",
  ]

  /// Whether the message names objects only. Those about data (class 22) repeat the value.
  private static func isSafe(_ state: String) -> Bool {
    ["23", "40", "08", "28", "53", "58", "42", "0A", "26", "25", "55", "57"]
      .contains(String(state.prefix(2)))
  }

  private static func firstLine(_ text: String) -> String {
    String(text.prefix { $0 != "\n" }.prefix(160))
  }
}
