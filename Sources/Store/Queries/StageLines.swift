import ActionProtocol
import Engine

/// The stages of one call as one text: a line each, in the order in which they were.
///
/// A line is the stage's name, its beginning in UTC milliseconds and its microseconds; where it did not
/// simply end well, also its result, and then its detail. Parts are separated by tabs.
struct StageLines {
  let text: String

  init(_ stages: [StageRecord]) {
    var text = ""
    text.reserveCapacity(48 * stages.count)
    for stage in stages {
      if !text.isEmpty { text += "\n" }
      text += stage.stage.rawValue
      text += "\t\(stage.startedAt.milliseconds)\t\(stage.microseconds)"
      guard stage.result != Self.well || stage.detail != nil else { continue }
      text += "\t" + Self.plain(stage.result)
      if let detail = stage.detail { text += "\t" + Self.plain(detail) }
    }
    self.text = text
  }

  /// - Returns: nil where the text was not written by this type.
  init?(_ text: String) {
    guard Self.read(text) != nil else { return nil }
    self.text = text
  }

  var stages: [StageRecord] { Self.read(text) ?? [] }

  private static let well = "ok"

  /// Codes and ids have none of these.
  private static func plain(_ word: String) -> String {
    word.contains { $0 == "\t" || $0.isNewline }
      ? String(word.map { $0 == "\t" || $0.isNewline ? " " : $0 }) : word
  }

  private static func read(_ text: String) -> [StageRecord]? {
    var stages: [StageRecord] = []
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count >= 3, parts.count <= 5, let stage = Stage(rawValue: String(parts[0])),
        let start = Int64(parts[1]), let microseconds = Int64(parts[2])
      else { return nil }
      stages.append(
        StageRecord(
          stage: stage, startedAt: Instant(milliseconds: start), microseconds: microseconds,
          result: parts.count > 3 ? String(parts[3]) : well,
          detail: parts.count > 4 ? String(parts[4]) : nil))
    }
    return stages
  }
}

/// What is recorded once of a call.
struct StagePlace: Hashable {
  let revision: Int
  let call: Int
  let stage: Stage
}
