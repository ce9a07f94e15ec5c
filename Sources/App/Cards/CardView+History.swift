import ActionProtocol
import Decisions
import Engine

extension CardView {
  /// What happened so far, and when the next message to this customer is allowed.
  func history(_ page: inout CardPage) {
    page.heading("HISTORY")
    for revision in card.revisions {
      page.item(
        "\(time.text(revision.createdAt))  revision \(revision.number) "
          + "\(StateWording.cause(revision.cause)) by \(revision.createdBy.rawValue)")
    }
    if let approval = state.approval {
      page.item("\(time.text(approval.at))  approved by \(approval.by.rawValue)")
    }
    if let rejection = state.rejection {
      page.item(
        "\(time.text(rejection.at))  rejected by \(rejection.by.rawValue): \(rejection.reason)")
    }
    for attempt in card.attempts { attemptLines(attempt, &page) }
    for evidence in card.evidence {
      page.item(
        "\(time.text(evidence.at))  evidence from \(evidence.source): \(evidence.outcome)"
          + (evidence.providerID.map { ", provider id \($0)" } ?? ""))
    }
    if let next = card.nextAllowed {
      page.field(
        "next allowed", "\(time.text(next)) (\(LocalTime.distance(next, from: now)))")
    }
  }

  private func attemptLines(_ attempt: AttemptRecord, _ page: inout CardPage) {
    let operation = attempt.intent.operation
    let outcome = attempt.outcome ?? "no outcome yet"
    page.item(
      "\(time.text(attempt.intent.at))  call \(operation.call) of revision \(operation.revision) "
        + "(\(attempt.intent.delivery.rawValue) delivery): \(outcome)"
        + (attempt.detail.map { ", \($0)" } ?? ""))
    let own = card.stages.filter {
      $0.revision == operation.revision && $0.call == operation.call
    }
    if !own.isEmpty { page.table(StageTable.table(own.map(\.stage))) }
  }
}

/// The six stages of an attempt with their durations.
enum StageTable {
  static func table(_ stages: [StageRecord]) -> TextTable {
    var table = TextTable([.right(""), .left("STAGE"), .right("TOOK"), .left("RESULT")])
    for record in stages {
      let number = (Stage.allCases.firstIndex(of: record.stage) ?? 0) + 1
      table.add([
        String(number), record.stage.rawValue.replacing("_", with: " "),
        duration(record.microseconds),
        [record.result, record.detail].compactMap(\.self).joined(separator: ": "),
      ])
    }
    return table
  }

  static func duration(_ microseconds: Int64) -> String {
    let tenths = (microseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10) ms"
  }

  static func json(_ stages: [StageRecord]) -> JSONValue {
    .array(
      stages.map { record in
        [
          "stage": .string(record.stage.rawValue),
          "started_at": .string(record.startedAt.rfc3339),
          "microseconds": .integer(record.microseconds), "result": .string(record.result),
          "detail": record.detail.map { .string($0) } ?? .null,
        ]
      })
  }
}
