/// What the process says to the shell. The numbers are documented in `aiom --help`.
enum ExitStatus: Int32, CaseIterable, Sendable {
  case ok = 0
  /// Refused, invalid, or held as asked for: the answer is no.
  case refused = 1
  /// The command line itself is wrong.
  case usage = 2
  /// A setting, an organisation or the database is missing or wrong.
  case notConfigured = 3
  /// Somebody or something was faster; look again.
  case conflict = 4
  /// Not now: busy, locked, unreachable. Trying again may help.
  case unavailable = 5
  case internalError = 70

  var meaning: String {
    switch self {
    case .ok: "ok"
    case .refused: "refused, invalid, or held as asked for"
    case .usage: "wrong usage"
    case .notConfigured: "not configured"
    case .conflict: "conflict: it changed meanwhile"
    case .unavailable: "temporarily unavailable"
    case .internalError: "internal error"
    }
  }
}
