import Logging
import Metrics
import Synchronization

/// Reports each call once: one structured log line, one counter and one timer. It sees endpoint,
/// class and codes and nothing that a request or an answer carries.
final class CallObserver: Sendable {
  /// What may be told about a call.
  struct Report: Sendable {
    let endpoint: Endpoint
    let outcome: String
    let code: String?
    let status: Int?
    let requestID: String?
    let duration: Duration
    let isTrouble: Bool
  }

  private struct Key: Hashable {
    let endpoint: Endpoint
    let outcome: String
  }

  private struct Meters {
    let calls: Counter
    let duration: Timer
  }

  private let logger: Logger?
  private let factory: (any MetricsFactory)?
  private let meters = Mutex<[Key: Meters]>([:])

  init(logger: Logger?, factory: (any MetricsFactory)?) {
    self.logger = logger
    self.factory = factory
  }

  func record(_ report: Report) {
    let meters = meters(Key(endpoint: report.endpoint, outcome: report.outcome))
    meters.calls.increment()
    meters.duration.recordNanoseconds(Self.nanoseconds(report.duration))
    guard let logger else { return }
    logger.log(
      level: report.isTrouble ? .warning : .info, "smtp2go call", metadata: Self.metadata(report))
  }

  private static func metadata(_ report: Report) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "endpoint": "\(report.endpoint.rawValue)", "outcome": "\(report.outcome)",
      "ms": "\(nanoseconds(report.duration) / 1_000_000)",
    ]
    if let status = report.status { metadata["status"] = "\(status)" }
    if let code = report.code { metadata["code"] = "\(code)" }
    if let id = report.requestID.flatMap(SafeText.requestID) { metadata["request_id"] = "\(id)" }
    return metadata
  }

  private func meters(_ key: Key) -> Meters {
    meters.withLock { known in
      if let meters = known[key] { return meters }
      let dimensions = [("endpoint", key.endpoint.rawValue), ("outcome", key.outcome)]
      let factory = factory ?? MetricsSystem.factory
      let meters = Meters(
        calls: Counter(label: "smtp2go_calls", dimensions: dimensions, factory: factory),
        duration: Timer(
          label: "smtp2go_call_duration", dimensions: dimensions, factory: factory))
      known[key] = meters
      return meters
    }
  }

  private static func nanoseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}

extension CallObserver.Report {
  init<Value>(_ endpoint: Endpoint, _ result: CallResult<Value>) {
    self.init(
      endpoint: endpoint, outcome: result.outcome.label, code: result.outcome.code,
      status: result.httpStatus, requestID: result.requestID, duration: result.duration,
      isTrouble: result.outcome.isTrouble)
  }
}

extension Outcome {
  /// The stable code of what went wrong, with what it concerns.
  fileprivate var code: String? {
    switch self {
    case .accepted, .acceptedInPart, .throttled: nil
    case .refused(let refusal), .configuration(let refusal): refusal.description
    case .notSent(let reason): reason.rawValue
    case .unknown(let reason): reason.rawValue
    }
  }

  /// True for what an operator may have to look at.
  fileprivate var isTrouble: Bool {
    switch self {
    case .accepted, .acceptedInPart, .refused: false
    case .throttled, .notSent, .unknown, .configuration: true
    }
  }
}
