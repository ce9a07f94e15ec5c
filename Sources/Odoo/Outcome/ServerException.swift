/// Recognises an exception of the server by its class. Every answer that carries one was rolled back,
/// save where the database itself went away.
enum ServerException {
  static func fault(_ error: OdooJSON, status: Int, caller: Int?) -> Fault {
    let name = error["name"]?.text ?? ""
    let message = error["message"]?.text ?? ""
    var fault = known(name, message, status: status, caller: caller)
    fault.status = status
    fault.message = String(message.prefix(2000))
    if fault.detail == nil { fault.detail = SafeText.exception(name) }
    return fault
  }

  private static func known(
    _ name: String, _ message: String, status: Int, caller: Int?
  ) -> Fault {
    let word = name.split(separator: ".").last.map { String($0) } ?? ""
    if name.hasPrefix("psycopg2.") { return database(word, message) }
    switch word {
    case "AccessDenied", "Unauthorized", "SessionExpiredException":
      return done(.credentialsRefused)
    case "AccessError", "Forbidden": return done(.accessDenied)
    case "MissingError":
      return done(isCaller(message, caller) ? .credentialsRefused : .recordMissing)
    case "ValidationError": return done(.invalid)
    case "UserError", "RedirectWarning":
      return done(isUnknownModel(message) ? .modelUnknown : .refused)
    case "AttributeError": return done(.methodUnknown)
    case "NotFound": return done(message.hasPrefix("the model") ? .modelUnknown : .methodUnknown)
    case "KeyError": return done(.fieldUnknown)
    case "ValueError", "TypeError", "IndexError", "UnprocessableEntity", "BadRequest":
      return done(message.hasPrefix("Invalid field") ? .fieldUnknown : .valueInvalid)
    case "TooManyRequests": return done(.throttled)
    // No connection to the database was free: the call had not begun.
    case "PoolError": return done(.databaseUnavailable)
    case "ServiceUnavailable", "BadGateway", "GatewayTimeout": return Fault(.unavailable)
    // A program's own exception, already rolled back; a page that only looks like one is not here.
    default: return name.isEmpty ? Fault(.answerUnexpected) : done(.serverFailure)
    }
  }

  private static func done(_ kind: OdooError.Kind) -> Fault { Fault(kind, nothingWasDone: true) }

  /// The database's own exceptions. A connection that breaks may break while the commit is under way;
  /// one that was never made cannot.
  private static func database(_ word: String, _ message: String) -> Fault {
    switch word {
    case "SerializationFailure", "DeadlockDetected", "LockNotAvailable", "TransactionRollbackError":
      return done(.conflict)
    case "OperationalError":
      if message.contains("does not exist") { return done(.databaseUnknown) }
      if message.contains("could not serialize access") { return done(.conflict) }
      let wasNeverMade = ["connection to server", "could not connect"].contains {
        message.hasPrefix($0)
      }
      return Fault(.databaseUnavailable, nothingWasDone: wasNeverMade)
    case "PoolError", "CannotConnectNow", "ReadOnlySqlTransaction":
      return done(.databaseUnavailable)
    default:
      return statementErrors.contains(word) ? done(.valueInvalid) : Fault(.databaseUnavailable)
    }
  }

  /// What the database has against a statement: the transaction is over before any commit. Whatever
  /// else it says may be about the commit or the connection.
  private static let statementErrors: Set<String> = [
    "CheckViolation", "DataError", "DatetimeFieldOverflow", "DivisionByZero", "ExclusionViolation",
    "ForeignKeyViolation", "InFailedSqlTransaction", "InsufficientPrivilege", "IntegrityError",
    "InvalidDatetimeFormat", "InvalidTextRepresentation", "NotNullViolation",
    "NumericValueOutOfRange", "ProgrammingError", "QueryCanceled", "RestrictViolation",
    "StringDataRightTruncation", "SyntaxError", "UndefinedColumn", "UndefinedFunction",
    "UndefinedTable", "UniqueViolation",
  ]

  /// 19 does not call an unknown user's call denied: it misses the user's own record.
  private static func isCaller(_ message: String, _ caller: Int?) -> Bool {
    guard let caller else { return false }
    return message.contains("(Record: res.users(\(caller),), User: \(caller))")
  }

  private static func isUnknownModel(_ message: String) -> Bool {
    message.hasPrefix("Object ") && message.hasSuffix(" doesn't exist")
  }
}

/// What of a foreign text may be repeated in a log: nothing but what stands here.
enum SafeText {
  private static let exceptions: Set<String> = [
    "odoo.exceptions.AccessDenied", "odoo.exceptions.AccessError", "odoo.exceptions.CacheMiss",
    "odoo.exceptions.MissingError", "odoo.exceptions.RedirectWarning",
    "odoo.exceptions.UserError", "odoo.exceptions.ValidationError",
    "odoo.http.SessionExpiredException", "builtins.AssertionError", "builtins.AttributeError",
    "builtins.Exception", "builtins.IndexError", "builtins.KeyError",
    "builtins.NotImplementedError", "builtins.RecursionError", "builtins.RuntimeError",
    "builtins.TypeError", "builtins.ValueError", "builtins.ZeroDivisionError",
    "psycopg2.InterfaceError", "psycopg2.OperationalError", "psycopg2.pool.PoolError",
    "psycopg2.errors.AdminShutdown", "psycopg2.errors.CannotConnectNow",
    "psycopg2.errors.CrashShutdown", "psycopg2.errors.DeadlockDetected",
    "psycopg2.errors.InvalidTextRepresentation", "psycopg2.errors.LockNotAvailable",
    "psycopg2.errors.SerializationFailure", "psycopg2.errors.UniqueViolation",
    "psycopg2.extensions.TransactionRollbackError", "werkzeug.exceptions.BadRequest",
    "werkzeug.exceptions.Forbidden", "werkzeug.exceptions.NotFound",
    "werkzeug.exceptions.Unauthorized", "werkzeug.exceptions.UnprocessableEntity",
  ]

  /// The name of a known exception's class.
  static func exception(_ text: String) -> String? { exceptions.contains(text) ? text : nil }
}
