import Logging
import Synchronization

/// Keeps every log line with its metadata, as text.
final class LogSpy: Sendable {
  private let kept = Mutex<[String]>([])

  var lines: [String] { kept.withLock { $0 } }

  var logger: Logger {
    Logger(label: "test") { _ in Handler(spy: self) }
  }

  private struct Handler: LogHandler {
    let spy: LogSpy
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
      let pairs = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
      spy.kept.withLock { $0.append("\(event.level) \(event.message)\(pairs)") }
    }
  }
}
