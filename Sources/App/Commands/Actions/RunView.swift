import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine

/// What came of carrying actions out.
struct RunView {
  let reports: [ExecutionReport]
  /// Named actions that were not due.
  let waiting: [ActionState]
  let time: LocalTime
  /// What this installation delivers.
  var delivery: DeliveryMode = .sandbox
  /// Whether the actions were named.
  var isNamed = false

  /// Says it. Throws exit code 1 where a named action was not carried out, or one did not succeed.
  func announce(_ console: Console) throws {
    console.emit(json)
    console.show(rendered(style: console.style))
    if !waiting.isEmpty || reports.contains(where: { isBad($0.outcome) }) {
      throw ExitCode.refused
    }
  }

  /// Waiting is in order for what merely happened to be due, and a refusal for what was named.
  private func isBad(_ outcome: ExecutionReport.Outcome) -> Bool {
    switch outcome {
    case .completed: false
    case .failed, .unknown: true
    case .held, .reapproval, .expired, .skipped: isNamed
    }
  }

  private func rendered(style: Style) -> String {
    if reports.isEmpty, waiting.isEmpty { return "Nothing is due.\n" }
    var text = ""
    for report in reports {
      text += "\(report.id.rawValue): \(sentence(report.outcome))\n"
      if !report.stages.isEmpty {
        text += StageTable.table(report.stages).rendered(style: style, indent: 2)
      }
      if case .held(let hold) = report.outcome, let way = StateWording.wayOut(hold.reason) {
        text += "\(way)\n"
      }
    }
    for state in waiting { text += "\(state.id.rawValue): not carried out: \(reason(state))\n" }
    return text
  }

  func sentence(_ outcome: ExecutionReport.Outcome) -> String {
    switch outcome {
    case .completed: "completed"
    case .held(let hold): "held: \(StateWording.hold(hold.reason))\(until(hold.until))"
    case .failed(let code): "failed: \(code)"
    case .unknown(let code):
      "nobody knows whether it arrived (\(code)); it is looked for and never sent again by itself"
    case .reapproval(let code): "the facts changed (\(code)); a new revision waits for approval"
    case .expired: "expired: its time was over"
    case .skipped: "skipped: another process was faster"
    }
  }

  private func reason(_ state: ActionState) -> String {
    if state.status == .approved, state.delivery != delivery {
      return "it belongs to \(state.delivery.rawValue) delivery, and this installation delivers "
        + "\(delivery.rawValue)"
    }
    if let hold = state.hold {
      return "held: \(StateWording.hold(hold.reason))\(until(hold.until))"
    }
    switch state.status {
    case .pendingApproval: return "it waits for approval"
    case .completed: return "it is completed already; an action is carried out once"
    case .approved: return "another process has it"
    default: return "it is \(StateWording.status(state.status))"
    }
  }

  private func until(_ instant: Instant?) -> String {
    instant.map { " until \(time.text($0))" } ?? ""
  }

  private var json: JSONValue {
    [
      "reports": .array(reports.map(Self.json)),
      "not_due": .array(waiting.map(\.json)),
    ]
  }

  private static func json(_ report: ExecutionReport) -> JSONValue {
    var object: JSONObject = [
      "action_id": .string(report.id.rawValue), "org_id": .string(report.org.rawValue),
      "revision": .integer(Int64(report.revision)),
      "call": report.call.map { .integer(Int64($0)) } ?? .null,
    ]
    object["outcome"] = .string(report.outcome.word)
    switch report.outcome {
    case .held(let hold): object["hold"] = hold.json
    case .failed(let code), .unknown(let code), .reapproval(let code):
      object["code"] = .string(code)
    case .completed, .expired, .skipped: break
    }
    object["stages"] = .array(report.stages.map(\.json))
    return .object(object)
  }
}

extension ExecutionReport.Outcome {
  /// One word for logs and programs.
  var word: String {
    switch self {
    case .completed: "completed"
    case .held: "held"
    case .failed: "failed"
    case .unknown: "unknown"
    case .reapproval: "reapproval"
    case .expired: "expired"
    case .skipped: "skipped"
    }
  }
}
