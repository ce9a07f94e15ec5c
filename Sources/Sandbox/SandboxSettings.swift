import Synchronization

/// What may be changed while the sandbox runs.
final class SandboxSettings: Sendable {
  struct Values: Sendable {
    var activityDelay: Duration
    var limitsRates: Bool
    var unverifiedSenderAnswer: SandboxConfiguration.UnverifiedSenderAnswer
    var unknownKeyStatus: Int
    var permissionDeniedStatus: Int
    var webhookRetryScale: Double
    /// How many times each event is posted.
    var webhookCopies = 1
    /// Whether the events of a message are posted in reverse.
    var webhookReorders = false
    /// Whether the names that only live captures show are posted: `opened`, `Message-Id`.
    var webhookSpelling = WebhookSpelling.documented
    /// How long a fault that delays activity or webhooks delays them.
    var lateness: Duration = .seconds(120)
    /// Between two bytes of a slow answer.
    var slowByteInterval: Duration = .milliseconds(100)
  }

  private let state: Mutex<Values>

  init(_ configuration: SandboxConfiguration) {
    state = Mutex(
      Values(
        activityDelay: configuration.activityDelay, limitsRates: configuration.limitsRates,
        unverifiedSenderAnswer: configuration.unverifiedSenderAnswer,
        unknownKeyStatus: configuration.unknownKeyStatus,
        permissionDeniedStatus: configuration.permissionDeniedStatus,
        webhookRetryScale: configuration.webhookRetryScale))
  }

  var values: Values { state.withLock(\.self) }

  /// Changes several at once, or none when `change` returns `false`.
  func change(_ change: (inout Values) -> Bool) -> Bool {
    state.withLock { state in
      var values = state
      guard change(&values) else { return false }
      state = values
      return true
    }
  }

  var activityDelay: Duration {
    get { state.withLock(\.activityDelay) }
    set { state.withLock { $0.activityDelay = newValue } }
  }

  var limitsRates: Bool { state.withLock(\.limitsRates) }
  var unknownKeyStatus: Int { state.withLock(\.unknownKeyStatus) }
  var permissionDeniedStatus: Int { state.withLock(\.permissionDeniedStatus) }
}

/// How many requests each endpoint has seen, and what became of them.
final class RequestStatistics: Sendable {
  enum Outcome: String, CaseIterable {
    case accepted, refused, faulted
  }

  private let counts = Mutex<[VendorEndpoint: [Outcome: Int]]>([:])

  func count(_ endpoint: VendorEndpoint, _ outcome: Outcome) {
    counts.withLock { $0[endpoint, default: [:]][outcome, default: 0] += 1 }
  }

  var json: JSONValue {
    let counts = counts.withLock { $0 }
    return .object(
      VendorEndpoint.allCases.map { endpoint in
        let members = Outcome.allCases.map { outcome in
          JSONMember(
            name: outcome.rawValue, value: .integer(counts[endpoint]?[outcome] ?? 0))
        }
        return JSONMember(name: endpoint.rawValue, value: .object(members))
      })
  }
}
