import Logging
import Metrics
import Synchronization

/// What may be told about a call.
struct CallReport: Sendable {
  let model: String?
  let method: String
  var attempts = 0
  var status: Int?
  var bytesSent = 0
  var bytesReceived = 0

  init(model: String?, method: String) {
    self.model = model
    self.method = method
  }
}

/// Reports each call once: one structured log line, one counter and one timer. It sees names, codes
/// and sizes and nothing that a request or an answer carries.
final class CallObserver: Sendable {
  private struct Key: Hashable {
    let method: String
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

  func record(_ report: CallReport, _ duration: Duration, error: OdooError?) {
    let meters = meters(Key(method: report.method, outcome: error?.kind.rawValue ?? "ok"))
    meters.calls.increment()
    meters.duration.recordNanoseconds(Self.nanoseconds(duration))
    guard let logger else { return }
    logger.log(
      level: error.map(Self.level) ?? .info, "odoo call",
      metadata: Self.metadata(report, duration, error))
  }

  /// What a business rule refuses is an ordinary answer; everything else may need somebody.
  private static func level(_ error: OdooError) -> Logger.Level {
    switch error.kind {
    case .refused, .invalid, .recordMissing, .cancelled: .info
    default: .warning
    }
  }

  private static func metadata(
    _ report: CallReport, _ duration: Duration, _ error: OdooError?
  ) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "method": "\(report.method)", "outcome": "\(error?.kind.rawValue ?? "ok")",
      "ms": "\(nanoseconds(duration) / 1_000_000)", "attempts": "\(report.attempts)",
      "bytes_out": "\(report.bytesSent)", "bytes_in": "\(report.bytesReceived)",
    ]
    if let model = report.model { metadata["model"] = "\(model)" }
    if let status = report.status { metadata["status"] = "\(status)" }
    if let detail = error?.detail { metadata["detail"] = "\(detail)" }
    return metadata
  }

  private func meters(_ key: Key) -> Meters {
    meters.withLock { known in
      if let meters = known[key] { return meters }
      let dimensions = [("method", key.method), ("outcome", key.outcome)]
      let factory = factory ?? MetricsSystem.factory
      let meters = Meters(
        calls: Counter(label: "odoo_calls", dimensions: dimensions, factory: factory),
        duration: Timer(label: "odoo_call_duration", dimensions: dimensions, factory: factory))
      known[key] = meters
      return meters
    }
  }

  private static func nanoseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
