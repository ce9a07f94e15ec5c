import Engine
import Store
import TestSupport
import Testing

@testable import PostgresDriver

/// A server that wants TLS and a password, as one on another machine does.
@Suite(
  .enabled(if: TestCluster.canBeSecure, "no PostgreSQL, or no openssl to certify a server"),
  .serialized, .cluster(.secure))
struct SecureConnectionTests {
  private func url() throws -> String { try #require(ClusterTrait.current).url }

  private func error(_ url: String) async throws -> StoreError {
    let database = try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
    let error = await #expect(throws: StoreError.self) { try await database.read { _ in () } }
    return try #require(error)
  }

  /// The password of the cluster's address.
  private func password() throws -> String {
    let parts = try url().split(separator: "@")[0].split(separator: ":")
    return String(try #require(parts.last))
  }

  @Test func `a checked certificate and a password open an encrypted connection`() async throws {
    let database = try PostgresDatabase(url: try url(), limits: TestPostgres.smallLimits)
    #expect(try await database.facts().isEncrypted)
    let stored = try await database.texts(
      "SELECT left(rolpassword, 14) FROM pg_authid WHERE rolname = 'aiom'")
    #expect(stored == ["SCRAM-SHA-256$"])
    try await database.run("CREATE TABLE IF NOT EXISTS encrypted (n BIGINT)")
    // Liveness and waking go the same way.
    let liveness = AdvisoryLiveness(database)
    #expect(await liveness.isFree(BootID("0123abcd")))
  }

  @Test(arguments: [
    ("/ca.crt", "/stranger.crt", "certificate", "certificate verify failed"),
    ("/ca.crt", "/none.crt", "certificate", "does not exist"),
    ("@localhost", "@db.example", "certificate", "does not match host name \"db.example\""),
    ("verify-full", "disable", "login", "no encryption"),
    ("verify-full", "veryfull", "certificate", "sslmode"),
    ("/postgres?", "/nowhere?", "database_missing", "\"nowhere\" does not exist"),
    ("//aiom:", "//stranger:", "login", "password authentication failed"),
  ])
  func `what does not fit is refused, named, and never shows the password`(
    _ part: String, _ other: String, _ code: String, _ words: String
  ) async throws {
    let error = try await error(try url().replacing(part, with: other))
    #expect(error.code == code, "\(error)")
    #expect(error.detail.contains(words), "\(error)")
    #expect(!error.description.contains(try password()))
  }

  @Test func `a wrong password is refused at once, and is not shown either`() async throws {
    let wrong = "not-the-password"
    let error = try await error(try url().replacing(try password(), with: wrong))
    #expect(error.code == "login")
    #expect(error.detail.contains("password authentication failed"))
    #expect(!error.description.contains(wrong))
    let none = try await self.error(try url().replacing(":" + (try password()), with: ""))
    #expect(none.code == "login")
    #expect(none.detail.contains("no password supplied"))
  }

  /// After an outage a new password or certificate is no reason to wait.
  @Test func `a login that is taken away is said at once, not after the patience of an outage`()
    async throws
  {
    var limits = TestPostgres.smallLimits
    limits.patience = 3_600_000
    let admin = try PostgresDatabase(url: try url(), limits: TestPostgres.smallLimits)
    try await admin.run("DROP ROLE IF EXISTS visitor")
    try await admin.run("CREATE ROLE visitor LOGIN PASSWORD 'first'")
    let visiting = try url().replacing("//aiom:" + (try password()), with: "//visitor:first")
    let visitor = try PostgresDatabase(url: visiting, limits: limits)
    let process = try await visitor.integers("SELECT pg_backend_pid()")[0]
    try await admin.run("ALTER ROLE visitor PASSWORD 'second'")
    _ = try await admin.integers("SELECT CAST(pg_terminate_backend(\(process)) AS INT)")
    try await eventually {
      do {
        _ = try await visitor.integers("SELECT 1")
        return false
      } catch let error as StoreError {
        return error.code == "login"
      }
    }
  }
}

@Suite struct ConnectionRefusalTests {
  @Test(
    arguments: [
      ("connection to server at \"h\" failed: FATAL:  the database system is starting up", nil),
      ("connection to server at \"h\" failed: Connection refused", nil),
      ("connection to server at \"h\" failed: server is in hot standby mode", nil),
      ("connection to server at \"h\" failed: timeout expired", nil),
      ("could not translate host name \"h\" to address: Temporary failure", nil),
      ("connection to server at \"h\" failed: FATAL:  role \"ann\" does not exist", "login"),
      (
        "connection to server at \"h\" failed: server does not support SSL, but SSL was required",
        "certificate"
      ),
      ("invalid port number: \"x\"", "address"),
      // Of two hosts one was only away: the next attempt may reach it.
      (
        "connection to server at \"a\" failed: Connection refused connection to server at \"b\" "
          + "failed: SSL error: certificate verify failed", nil
      ),
      (
        "connection to server at \"a\" failed: SSL error: certificate verify failed connection to "
          + "server at \"b\" failed: SSL error: certificate verify failed", "certificate"
      ),
      ("", nil),
    ] as [(String, String?)])
  func `what a person has to correct is told from a server that is away`(
    _ words: String, _ code: String?
  ) {
    #expect(PostgresRefusal.kind(of: words)?.rawValue == code)
  }
}
