import Logging
import Metrics

extension SMTP2GOClient {
  /// What a client needs to know.
  public struct Configuration: Sendable {
    /// The API's base address, without a slash at its end, such as
    /// `https://api.smtp2go.com/v3`. Plain `http` is accepted for loopback hosts only.
    public var baseURL: String
    /// The account's key.
    public var apiKey: APIKey
    /// How long one call may take, from the moment it is made to the last byte of its answer.
    public var deadline: Duration
    /// How many connections are open at the same time, at least 1. Calls beyond wait.
    public var maxConnections: Int
    /// Gets one structured line for each call; nil for none.
    public var logger: Logger?
    /// Makes the counters and timers; nil for the process's own.
    public var metrics: (any MetricsFactory)?
    /// What waiting for a turn is measured by.
    var time: CallPace.Time = .system
    /// How long a connection stays open that nobody uses.
    var idleLimit: Duration = .seconds(5)

    /// Builds a configuration; the deadline is 30 seconds unless given.
    public init(
      baseURL: String, apiKey: APIKey, deadline: Duration = .seconds(30), maxConnections: Int = 8,
      logger: Logger? = nil, metrics: (any MetricsFactory)? = nil
    ) {
      self.baseURL = baseURL
      self.apiKey = apiKey
      self.deadline = deadline
      self.maxConnections = maxConnections
      self.logger = logger
      self.metrics = metrics
    }
  }

  /// Why a configuration cannot be used.
  public enum ConfigurationIssue: String, Error, CustomStringConvertible {
    /// The base address is not `http(s)://host[:port][/path]`.
    case baseURLInvalid = "base_url.invalid"
    /// The base address is `http` and its host is not loopback: the key would travel in clear.
    case baseURLInsecure = "base_url.insecure"
    /// The key is empty or has characters that no header can carry.
    case apiKeyInvalid = "api_key.invalid"
    /// The deadline is not positive.
    case deadlineInvalid = "deadline.invalid"
    /// Fewer than one connection.
    case maxConnectionsInvalid = "max_connections.invalid"

    /// The stable code.
    public var description: String { rawValue }
  }
}
