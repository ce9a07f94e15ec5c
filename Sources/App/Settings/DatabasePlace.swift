/// Which database a command works on.
enum DatabasePlace: Hashable, Sendable {
  /// SQLite: the path of a file.
  case file(String)
  /// PostgreSQL: its URL, which may contain a password and is never shown.
  case server(url: String)

  /// The prefixes by which a URL names a PostgreSQL.
  static func isServer(_ text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
  }

  /// What is wrong with a value of DATABASE_URL, without the value; nil where nothing is.
  static func problem(with text: String) -> String? {
    #if POSTGRES
      ServerDatabase.problem(with: text)
    #else
      isServer(text)
        ? "names a PostgreSQL, and this aiom was built without it (libpq was missing)"
        : "is not an address such as postgresql://user:password@host:5432/database"
    #endif
  }

  /// What may be shown of it.
  var label: String {
    switch self {
    case .file(let path): path
    #if POSTGRES
      case .server(let url): ServerDatabase.label(url)
    #else
      case .server: "PostgreSQL"
    #endif
    }
  }
}
