import ActionProtocol
import Decisions
import Engine

extension CardView {
  /// What happened so far, in order of time, and when the next message to this customer is allowed.
  func history(_ page: inout CardDocument) {
    page.heading("History")
    for moment in HistoryMoment.all(of: card) {
      page.item("\(time.text(moment.at))  \(moment.words)")
      if !moment.stages.isEmpty { page.table(StageTable.table(moment.stages)) }
    }
    if !card.events.isEmpty {
      page.field("got as far", DeliveryState(card.events.map(\.event)).word)
    }
    if let asked = card.attempts.last?.question {
      page.field(
        "question",
        "what became of it (\(asked)): aiom action settle \(state.id.rawValue) --arrived, "
          + "--not-sent or --leave")
    }
    if let next = card.nextAllowed {
      page.field(
        "next allowed", "\(time.text(next)) (\(LocalTime.distance(next, from: now)))")
    }
  }
}

/// One line of a card's history.
public struct HistoryMoment {
  public let at: Instant
  public let words: String
  public var stages: [StageRecord] = []

  /// Everything that happened to an action, in order of time; at one instant in the order in which
  /// one thing leads to the other.
  public static func all(of card: ActionCard) -> [HistoryMoment] {
    let moments =
      card.revisions.map(revision) + decisions(card.state)
      + card.attempts.flatMap { attempt($0, card.stages) } + card.evidence.map(evidence)
      + card.events.map(event)
    return moments.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
  }

  /// What speaks for or against a message having been accepted, in order of time.
  public static func evidence(of card: ActionCard) -> [HistoryMoment] {
    let moments =
      card.attempts.flatMap { attempt($0, []) } + card.evidence.map(evidence)
      + card.events.map(event)
    return moments.sorted { $0.at < $1.at }
  }

  private static func revision(_ revision: RevisionRecord) -> HistoryMoment {
    HistoryMoment(
      at: revision.createdAt,
      words: "revision \(revision.number) \(StateWording.cause(revision.cause)) by "
        + revision.createdBy.rawValue)
  }

  private static func decisions(_ state: ActionState) -> [HistoryMoment] {
    var moments: [HistoryMoment] = []
    if let approval = state.approval {
      moments.append(
        HistoryMoment(at: approval.at, words: "approved by \(approval.by.rawValue)"))
    }
    if let rejection = state.rejection {
      moments.append(
        HistoryMoment(
          at: rejection.at,
          words: "rejected by \(rejection.by.rawValue): \(rejection.reason)"))
    }
    return moments
  }

  private static func attempt(
    _ attempt: AttemptRecord, _ stages: [OperationStage]
  ) -> [HistoryMoment] {
    let operation = attempt.intent.operation
    let outcome = attempt.outcome ?? "no outcome yet"
    let own = stages.filter {
      $0.revision == operation.revision && $0.call == operation.call
    }
    var moments = [
      HistoryMoment(
        at: attempt.intent.at,
        words: "call \(operation.call) of revision \(operation.revision) "
          + "(\(attempt.intent.delivery.rawValue) delivery): \(outcome)"
          + (attempt.detail.map { ", \($0)" } ?? ""), stages: own.map(\.stage))
    ]
    if let asked = attempt.askedAt {
      let why = attempt.askedWhy ?? ""
      moments.append(
        HistoryMoment(at: asked, words: "call \(operation.call): a person is asked (\(why))"))
    }
    if let proven = attempt.provenAt {
      moments.append(
        HistoryMoment(
          at: proven, words: "call \(operation.call) proved to have been accepted after all"))
    }
    return moments
  }

  private static func evidence(_ evidence: Evidence) -> HistoryMoment {
    HistoryMoment(
      at: evidence.at,
      words: "evidence from \(evidence.source): \(evidence.outcome)"
        + (evidence.providerID.map { ", provider id \($0)" } ?? ""))
  }

  private static func event(_ event: ActionEvent) -> HistoryMoment {
    HistoryMoment(
      at: event.at,
      words: [
        event.event.kind == .unknown ? "event \(event.event.name)" : event.event.kind.words,
        event.event.recipient.map { "for \($0)" }, event.event.code.map { "(\($0))" },
      ].compactMap(\.self).joined(separator: " "))
  }
}

extension AttemptRecord {
  /// The code of a question to a person that is not answered yet.
  fileprivate var question: String? { outcome == "unknown" ? askedWhy : nil }
}

extension ProviderEvent.Kind {
  /// What happened, for people.
  fileprivate var words: String { rawValue.replacing("_", with: " ").replacing("sms", with: "SMS") }
}

/// The six stages of an attempt with their durations.
public enum StageTable {
  public static func table(_ stages: [StageRecord]) -> CardTable {
    var table = CardTable([.right(""), .left("STAGE"), .right("TOOK"), .left("RESULT")])
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

  public static func duration(_ microseconds: Int64) -> String {
    let tenths = (microseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}
