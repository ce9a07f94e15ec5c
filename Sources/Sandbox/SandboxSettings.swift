import Synchronization

/// What may be changed while the sandbox runs.
final class SandboxSettings: Sendable {
  private struct State {
    var activityDelay: Duration
    var limitsRates: Bool
  }

  private let state: Mutex<State>

  init(_ configuration: SandboxConfiguration) {
    state = Mutex(
      State(
        activityDelay: configuration.activityDelay, limitsRates: configuration.limitsRates))
  }

  var activityDelay: Duration {
    get { state.withLock(\.activityDelay) }
    set { state.withLock { $0.activityDelay = newValue } }
  }

  var limitsRates: Bool {
    get { state.withLock(\.limitsRates) }
    set { state.withLock { $0.limitsRates = newValue } }
  }
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
