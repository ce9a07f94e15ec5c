#if POSTGRES
  import ActionProtocol
  import Engine
  import Foundation
  import PostgresDriver
  import Store

  /// The PostgreSQL of the tests: `scripts/test` starts a cluster of its own and names it in
  /// `AIOM_TEST_POSTGRES`. Each test has a schema of its own there.
  public enum TestPostgres {
    /// The cluster's address; nil where there is none.
    public static let address = ProcessInfo.processInfo.environment["AIOM_TEST_POSTGRES"]

    /// Whether tests on PostgreSQL run: with a cluster, and in CI in any case, where its absence is a
    /// failure.
    public static let isWanted =
      address != nil || ProcessInfo.processInfo.environment["CI"] == "true"

    /// Why they do not.
    public static let absence = "no PostgreSQL: scripts/test starts one where it is installed"

    private static let keeper = Result {
      try PostgresDatabase(url: try given(), limits: smallLimits)
    }

    private static func given() throws -> String {
      guard let address else {
        throw StoreError(code: "address", detail: "AIOM_TEST_POSTGRES is not set")
      }
      return address
    }

    /// The address of a new, empty schema.
    public static func schema() async throws -> String {
      let name = "t_" + UUID().uuidString.lowercased().replacing("-", with: "")
      try await keeper.get().write { _ = try $0.execute("CREATE SCHEMA \(name)", []) }
      let given = try given()
      return given + (given.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(name)"
    }

    /// The folder of the cluster's socket.
    public static var socketFolder: String {
      get throws {
        let query = try given().split(separator: "?").last ?? ""
        let host = query.split(separator: "&").first { $0.hasPrefix("host=") }
        guard let host else {
          throw StoreError(code: "address", detail: "no socket in the address")
        }
        return String(host.dropFirst(5))
      }
    }

    /// A database on a schema of its own.
    /// - Parameter clock: gives `now`; nil: the server's.
    public static func database(
      limits: PostgresLimits = smallLimits, clock: (@Sendable () -> Instant)? = nil
    ) async throws -> PostgresDatabase {
      try PostgresDatabase(url: try await schema(), limits: limits, clock: clock)
    }

    /// Few connections, because many tests run at once.
    public static let smallLimits: PostgresLimits = {
      var limits = PostgresLimits()
      limits.readers = 2
      // On a busy machine a test may stand still for long; 0: no limit.
      limits.idleInTransaction = 0
      return limits
    }()
  }
#endif
