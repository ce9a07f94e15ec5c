import Logging
import Metrics
import Synchronization

/// Keeps everything that reaches a logger.
final class CapturedLog: Sendable {
  private let lines = Mutex<[String]>([])
  private let entries = Mutex<[Logger.Metadata]>([])

  var text: String { lines.withLock { $0.joined(separator: "\n") } }
  var metadata: [Logger.Metadata] { entries.withLock { $0 } }

  var logger: Logger {
    var logger = Logger(label: "captured") { _ in Handler(log: self) }
    logger.logLevel = .trace
    return logger
  }

  private struct Handler: LogHandler {
    let log: CapturedLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      log.lines.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
      log.entries.withLock { $0.append(event.metadata ?? [:]) }
    }
  }
}

/// Keeps every label and dimension that a meter is made with, and counts.
final class CapturedMetrics: MetricsFactory {
  private struct State: Sendable {
    var names: [String] = []
    var counts: [String: Int64] = [:]
    var times: [String: Int] = [:]
  }

  private let state = Mutex(State())

  var text: String { state.withLock { $0.names.joined(separator: "\n") } }
  var counts: [String: Int64] { state.withLock { $0.counts } }
  var times: [String: Int] { state.withLock { $0.times } }

  private func name(_ label: String, _ dimensions: [(String, String)]) -> String {
    let name = label + dimensions.map { " \($0.0)=\($0.1)" }.joined()
    state.withLock { $0.names.append(name) }
    return name
  }

  private final class Meter: CounterHandler, TimerHandler, RecorderHandler, MeterHandler {
    let name: String
    let metrics: CapturedMetrics

    init(_ name: String, _ metrics: CapturedMetrics) {
      self.name = name
      self.metrics = metrics
    }

    func increment(by amount: Int64) {
      metrics.state.withLock { $0.counts[name, default: 0] += amount }
    }
    func reset() {}
    func recordNanoseconds(_ duration: Int64) {
      metrics.state.withLock { $0.times[name, default: 0] += 1 }
    }
    func record(_ value: Int64) {}
    func record(_ value: Double) {}
    func set(_ value: Int64) {}
    func set(_ value: Double) {}
    func increment(by amount: Double) {}
    func decrement(by amount: Double) {}
  }

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    Meter(name(label, dimensions), self)
  }
  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    Meter(name(label, dimensions), self)
  }
  func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    Meter(name(label, dimensions), self)
  }
  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    Meter(name(label, dimensions), self)
  }
  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyMeter(_ handler: any MeterHandler) {}
}
