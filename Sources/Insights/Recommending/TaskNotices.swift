import ActionProtocol
import Addressing

/// Somebody of the company's own who can be written to.
public struct Colleague: Hashable, Sendable {
  public var name: String
  public var email: EmailAddress

  public init(name: String, email: EmailAddress) {
    self.name = name
    self.email = email
  }
}

/// Who should hear of overdue tasks, and who cannot be reached.
public struct TaskNotices: Hashable, Sendable {
  /// By person, the most overdue first.
  public let proposals: [Proposal]
  /// Assignees of overdue tasks who are no colleague with an address, or of whose name there are several.
  public let unreachable: [NamedRecord]
}

/// Turns overdue tasks into one message a person and day. Deterministic; recipients come from the company's
/// own persons only.
public struct TaskNoticeRecommender: Sendable {
  /// The most tasks of one message; the others stand in the list of `aiom analyze tasks`.
  private static let mostTasks = 30

  private let frame: ColleagueMessage

  private var company: CompanyProfile { frame.company }

  public init(drafting: any MessageDrafting, company: CompanyProfile, now: Instant) {
    frame = ColleagueMessage(drafting: drafting, company: company, now: now)
  }

  /// - Throws: ``DraftingError`` where the template cannot be filled.
  public func recommend(
    _ report: WorkReport, to colleagues: [Colleague]
  ) throws(DraftingError) -> TaskNotices {
    let known = Dictionary(grouping: colleagues) { $0.name.lowercased() }
    var (proposals, unreachable): ([Proposal], [NamedRecord]) = ([], [])
    for load in report.people where load.overdue > 0 {
      guard let assignee = load.subject else { continue }
      guard let found = known[assignee.name.lowercased()], found.count == 1 else {
        unreachable.append(assignee)
        continue
      }
      let tasks = report.overdue.filter { $0.task.assignee?.id == assignee.id }
      let shown = Array(tasks.prefix(Self.mostTasks))
      if let proposal = try proposal(shown, assignee, found[0], report.today) {
        proposals.append(proposal)
      }
    }
    return TaskNotices(proposals: proposals, unreachable: unreachable)
  }

  /// - Returns: nil where no key can be made.
  private func proposal(
    _ tasks: [OverdueTask], _ assignee: NamedRecord, _ colleague: Colleague, _ today: LocalDate
  ) throws(DraftingError) -> Proposal? {
    let kind = ActionType.xSendTaskNotification.rawValue
    guard let key = frame.key([kind, "user", String(assignee.id), today.iso]) else { return nil }
    let operation = try frame.operation(
      TemplateCatalogue.taskNotification, to: colleague, values(tasks, colleague))
    let ids = tasks.map(\.task.id).sorted()
    let what = tasks.count == 1 ? "1 overdue task" : "\(tasks.count) overdue tasks"
    return Proposal(
      orgID: company.orgID, operation: operation, riskLevel: .low,
      expiresAt: frame.expiresAt, idempotencyKey: key,
      expectedEffect: "\(Wording.short(colleague.name, 120)) knows of \(what).",
      reasoning: "\(Wording.short(colleague.name, 120)) has \(what), the longest for "
        + "\(Wording.days(tasks.map(\.days).max() ?? 0)): "
        + "\(Wording.list(tasks.map(\.task.name), atMost: 3)).",
      affectedRecords: AffectedRecords(
        model: "project.task", ids: ids,
        recordName: Wording.short("\(colleague.name): \(what)", 200)),
      revalidationPlan: ids.map(Self.stillOpen),
      externalEffects: operation.externalEffects,
      metadata: [
        "finding": [
          "key": .string("overdue_tasks:\(assignee.id):\(today.iso)"),
          "facts": .array(ids.map { .integer($0) }),
        ]
      ])
  }

  private static func stillOpen(_ task: Int64) -> RevalidationCheck {
    RevalidationCheck(
      checkID: "task_\(task)_open", description: "Task \(task) is not done", severity: .block,
      predicate: .fieldEquals(
        RecordReference(model: "project.task", id: task), field: "is_closed", expected: false))
  }

  /// The template lists the longest overdue first.
  private func values(_ tasks: [OverdueTask], _ colleague: Colleague) -> JSONObject {
    let formats = MessageFormats(localeIdentifier: company.locale)
    let sorted = tasks.sorted { ($1.days, $0.task.id) < ($0.days, $1.task.id) }
    return [
      "company_name": .string(company.name), "assignee_name": .string(colleague.name),
      "is_single": .bool(tasks.count == 1), "count": .string(String(tasks.count)),
      "task_name": .string(Wording.line(sorted.first?.task.name ?? "")),
      "tasks": .array(
        sorted.map { late in
          [
            "name": .string(Wording.line(late.task.name)),
            "project": .string(late.task.project.map { Wording.line($0.name) } ?? "–"),
            "deadline": .string(formats.shortDate(late.dueOn)),
            "days_overdue": .string(String(late.days)),
          ]
        }),
    ]
  }
}
