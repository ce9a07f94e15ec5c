import Logging
import Metrics

extension OdooClient {
  /// What a client needs to know.
  public struct Configuration: Sendable {
    /// The server's address, such as `https://acme.odoo.com`. Plain `http` is accepted for loopback
    /// hosts only.
    public var baseURL: String
    /// The database. JSON-RPC needs it; with JSON-2 it may be left out where the server has one.
    public var database: String?
    /// Who calls.
    public var credentials: OdooCredentials
    /// Which interface is used; nil: JSON-2 where the server has it and there is an API key,
    /// otherwise JSON-RPC.
    public var wire: WireProtocol?
    /// What calls are made with that bring no context of their own.
    public var context = OdooContext()
    /// How long one attempt of a read may take.
    public var readDeadline = Duration.seconds(30)
    /// How long one attempt of a write may take, at least 60 seconds: under contention Odoo itself
    /// tries again for tens of seconds, and a write that was given up on is a write whose outcome
    /// nobody knows.
    public var writeDeadline = Duration.seconds(120)
    /// How often a call is made at most, where a repetition is safe.
    public var attempts = 3
    /// Answers beyond this many bytes are refused while they arrive.
    public var answerLimit = 16 * 1024 * 1024
    /// How many connections are open at the same time, 1 to 8. Calls beyond wait. Odoo locks an
    /// address out after five refused logins, so that 4 cannot get there at once.
    public var maxConnections = 4
    /// Gets one structured line for each call; nil for none.
    public var logger: Logger?
    /// Makes the counters and timers; nil for the process's own.
    public var metrics: (any MetricsFactory)?
    /// How long a connection stays open that nobody uses.
    var idleLimit = Duration.seconds(5)
    /// Tests may give up on writes sooner.
    var shortestWriteDeadline = Duration.seconds(60)
    /// What waiting between attempts is done by.
    var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Builds a configuration.
    public init(baseURL: String, database: String?, credentials: OdooCredentials) {
      self.baseURL = baseURL
      self.database = database
      self.credentials = credentials
    }
  }

  /// Why a configuration cannot be used.
  public enum ConfigurationIssue: String, Error, CustomStringConvertible {
    /// The address is not `http(s)://host[:port][/path]`.
    case baseURLInvalid = "base_url.invalid"
    /// The address is `http` and its host is not loopback: the credentials would travel in clear.
    case baseURLInsecure = "base_url.insecure"
    /// A login, password or key is empty, or the key has characters that no header can carry.
    case credentialsInvalid = "credentials.invalid"
    /// The database's name is empty or has characters that no header can carry.
    case databaseInvalid = "database.invalid"
    /// A deadline is not positive, or the one of writes is below 60 seconds.
    case deadlineInvalid = "deadline.invalid"
    /// Fewer than one attempt.
    case attemptsInvalid = "attempts.invalid"
    /// The limit of answers is not positive.
    case answerLimitInvalid = "answer_limit.invalid"
    /// Not 1 to 8 connections.
    case maxConnectionsInvalid = "max_connections.invalid"

    /// The stable code.
    public var description: String { rawValue }
  }
}

extension OdooClient.Configuration {
  func check() throws(OdooClient.ConfigurationIssue) {
    guard credentials.isSendable else { throw .credentialsInvalid }
    if let database {
      guard !database.isEmpty, database.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        throw .databaseInvalid
      }
    }
    guard readDeadline > .zero, writeDeadline >= shortestWriteDeadline else {
      throw .deadlineInvalid
    }
    guard attempts > 0 else { throw .attemptsInvalid }
  }
}

extension OdooClient.Configuration: CustomStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "OdooClient.Configuration" }
  /// Without children: it holds the credentials.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
