import Store

/// Why no connection came to be, as far as libpq's words tell: what a person has to correct is told from
/// a server that is away for a while, which is worth another attempt.
///
/// libpq gives no code before there is a connection. The words of a server that speaks another language
/// are not recognised; then it counts as away, and the words are shown.
enum PostgresRefusal: String, CaseIterable {
  /// User, password, or the server's rules about who may come from where.
  case login
  /// TLS: the certificate, its name or its authority, or that there is none.
  case certificate
  /// There is no such database.
  case missing = "database_missing"
  /// A value of the address that libpq reads only when it connects.
  case address

  /// - Parameters:
  ///   - words: libpq's.
  ///   - shown: the same without anything secret.
  static func error(_ words: String, shown: String) -> StoreError {
    StoreError(code: kind(of: words)?.rawValue ?? "connection_lost", detail: shown)
  }

  /// Nil where another attempt may succeed: with several hosts, when one of them was only away.
  static func kind(of words: String) -> PostgresRefusal? {
    let attempts = words.replacing("connection to server", with: "\u{0}").split(separator: "\u{0}")
    let kinds = attempts.map { attempt in
      allCases.first { kind in kind.signs.contains { attempt.contains($0) } }
    }
    guard let first = kinds.first, kinds.allSatisfy({ $0 != nil }) else { return nil }
    return first
  }

  /// Parts of the messages of libpq and of PostgreSQL 15 and newer.
  private var signs: [String] {
    switch self {
    case .login:
      [
        "authentication failed", "no password supplied", "pg_hba.conf", "FATAL:  role \"",
        "permission denied for database", "channel binding", "authentication method",
      ]
    case .certificate:
      [
        "certificate", "does not support SSL", "SSL error", "sslmode", "SSL protocol version",
      ]
    case .missing: ["FATAL:  database \""]
    case .address: ["invalid ", "could not parse", "could not match"]
    }
  }
}
