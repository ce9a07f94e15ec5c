import ActionProtocol
import Foundation
import Logging

/// Writes log lines to standard error, as text or as one JSON object a line.
struct LineLogHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?
  var logLevel: Logger.Level
  private let label: String
  private let format: Settings.LogFormat
  private let now: @Sendable () -> Instant

  init(
    label: String, level: Logger.Level, format: Settings.LogFormat,
    now: @escaping @Sendable () -> Instant = SystemClock.now
  ) {
    self.label = label
    self.logLevel = level
    self.format = format
    self.now = now
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    StandardStream.error.write(line(event) + "\n")
  }

  /// One line without its line break.
  func line(_ event: LogEvent) -> String {
    var fields = metadata.merging(metadataProvider?.get() ?? [:]) { _, new in new }
    fields.merge(event.metadata ?? [:]) { _, new in new }
    let pairs = fields.sorted { $0.key < $1.key }.map { ($0.key, shown("\($0.value)")) }
    let message = shown("\(event.message)")
    switch format {
    case .text:
      let tail = pairs.map { " \($0.0)=\($0.1)" }.joined()
      return "\(now().rfc3339) \(event.level.rawValue) \(label): \(message)\(tail)"
    case .json:
      var object: JSONObject = [
        "at": .string(now().rfc3339), "level": .string(event.level.rawValue),
        "label": .string(label), "message": .string(message),
      ]
      for (key, value) in pairs { object[key] = .string(value) }
      return String(decoding: CanonicalJSON.encode(.object(object)), as: UTF8.self)
    }
  }

  private func shown(_ text: String) -> String {
    DisplayText.line(LogRedaction.clean(text))
  }
}
