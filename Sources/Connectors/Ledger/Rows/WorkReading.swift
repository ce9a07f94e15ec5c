import ActionProtocol
import Engine

extension LedgerRowReader {
  static func deal(_ reader: inout RowReader) -> DealRow? {
    let id = reader.requiredText(.externalID)
    let name = reader.requiredText(.name)
    let partner = reader.text(.partner)
    let stage = reader.requiredText(.stage)
    let currency = reader.cell(.value) == nil ? nil : reader.currency()
    let value = reader.money(.value, currency)
    let (close, activity) = (reader.date(.expectedClose), reader.date(.lastActivity))
    let state = reader.value(.state, dealState) ?? stage.map(impliedState) ?? .open
    let salesperson = reader.text(.salesperson)
    let (since, opened) = (reader.date(.stageSince), reader.date(.opened))
    let closed = reader.date(.closed)
    guard let id, let name, let stage else { return nil }
    // One "close date" is the expected one while a deal is open, and the real one afterwards.
    return DealRow(
      externalID: id, name: name, partner: partner, stage: stage, value: value,
      expectedClose: close, lastActivityOn: activity, state: state, salesperson: salesperson,
      stageSince: since, openedOn: opened,
      closedOn: state == .open ? nil : closed ?? close)
  }

  private static func dealState(_ cell: String) throws -> DealRow.State {
    switch HeaderName(cell) {
    case "open", "pending", "in progress", "active", "offen": return .open
    case "won", "closed won", "gewonnen": return .won
    case "lost", "closed lost", "verloren": return .lost
    default: throw ValueProblem("is no state of a deal", remedy: "Use open, won or lost.")
    }
  }

  /// Many exports have only the stage, of which two are ends.
  private static func impliedState(_ stage: String) -> DealRow.State {
    switch HeaderName(stage) {
    case "won", "closed won", "gewonnen": .won
    case "lost", "closed lost", "verloren": .lost
    default: .open
    }
  }

  static func task(_ reader: inout RowReader) -> TaskRow? {
    let id = reader.requiredText(.externalID)
    let name = reader.requiredText(.name)
    let (project, stage) = (reader.text(.project), reader.text(.stage))
    let deadline = reader.date(.deadline)
    let priority = reader.value(.priority, priority) ?? "1"
    let partner = reader.text(.partner)
    let isDone = reader.flag(.done, default: false)
    guard let id, let name else { return nil }
    return TaskRow(
      externalID: id, name: name, project: project, stage: stage ?? "New", deadline: deadline,
      priority: priority, partner: partner, isDone: isDone)
  }

  private static func priority(_ cell: String) throws -> String {
    switch cell.lowercased() {
    case "0", "low", "niedrig": return "0"
    case "1", "normal", "medium", "mittel": return "1"
    case "2", "high", "hoch": return "2"
    case "3", "urgent", "critical", "dringend": return "3"
    default:
      throw ValueProblem(
        "is no priority", remedy: "Use 0 to 3, or low, normal, high, urgent.")
    }
  }
}
