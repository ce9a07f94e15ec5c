import ActionProtocol
import Decisions
import Engine

/// What anti-spam says, for programs.
enum VerdictView {
  static func word(_ verdict: GuardVerdict) -> String {
    switch verdict {
    case .send: "send"
    case .wait: "wait"
    case .needsPerson: "needs_person"
    case .drop: "drop"
    }
  }

  static func until(_ verdict: GuardVerdict) -> JSONValue {
    if case .wait(let until, _) = verdict { .string(until.rfc3339) } else { .null }
  }

  /// `verdict`, `until` and `reasons`.
  static func members(_ verdict: GuardVerdict) -> [(String, JSONValue)] {
    [
      ("verdict", .string(word(verdict))), ("until", until(verdict)),
      ("reasons", .array(verdict.reasons.map { .object(reason($0)) })),
    ]
  }

  static func reason(_ reason: GuardReason) -> JSONObject {
    func moment(_ instant: Instant?) -> JSONValue { instant.map { .string($0.rfc3339) } ?? .null }
    return [
      "rule": .string(reason.rule), "hold": .string(reason.hold.rawValue),
      "until": moment(reason.until), "since": moment(reason.since),
      "found": reason.found.map { .string($0) } ?? .null,
      "limit": reason.limit.json,
    ]
  }
}
