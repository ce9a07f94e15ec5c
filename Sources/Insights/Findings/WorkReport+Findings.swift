import ActionProtocol

extension WorkReport {
  /// Late projects, what each person has overdue, projects without tasks, and customers who owe and are
  /// being sold to: one finding each, however many tasks.
  /// - Parameter formats: how the company's own people write amounts.
  public func findings(_ formats: MessageFormats) -> [FindingDraft] {
    lateProjects.compactMap { Self.late($0, overdue) } + people.compactMap { piled($0) }
      + empty + dealsAndDebts.map { Self.both($0, formats) }
  }

  private static func late(_ load: WorkLoad, _ overdue: [OverdueTask]) -> FindingDraft? {
    guard let project = load.subject else { return nil }
    let tasks = overdue.filter { $0.task.project?.id == project.id }
    return FindingDraft(
      fingerprint: "tasks.late_project:\(project.id)", kind: "late_project",
      severity: tasks.contains { $0.task.priority == 3 } ? .high : .medium,
      title: "\(load.overdue) overdue tasks in \(Wording.short(project.name, 80))",
      explanation:
        "\(load.overdue) of \(load.open) open tasks are overdue, the longest for "
        + "\(Wording.days(tasks.map(\.days).max() ?? 0)).",
      facts: facts(tasks, of: load))
  }

  private func piled(_ load: WorkLoad) -> FindingDraft? {
    guard load.overdue > 0 else { return nil }
    let tasks = overdue.filter { $0.task.assignee?.id == load.subject?.id }
    let isUrgent = tasks.contains { $0.task.priority >= 2 }
    let whose = load.subject.map { "of \(Wording.short($0.name, 80))" } ?? "that nobody has"
    let noun = load.overdue == 1 ? "1 overdue task" : "\(load.overdue) overdue tasks"
    let names = tasks.prefix(3).map(\.task.name)
    return FindingDraft(
      fingerprint: "tasks.overdue:\(load.subject.map { String($0.id) } ?? "nobody")",
      kind: "overdue_tasks", severity: isUrgent ? .medium : .low, title: "\(noun) \(whose)",
      explanation: "The first: \(Wording.list(names)).", facts: Self.facts(tasks, of: load))
  }

  private var empty: [FindingDraft] {
    guard !emptyProjects.isEmpty else { return [] }
    let count = emptyProjects.count
    return [
      FindingDraft(
        fingerprint: "tasks.empty_projects", kind: "empty_projects", severity: .low,
        title: count == 1 ? "1 project has no tasks" : "\(count) projects have no tasks",
        explanation: "\(Wording.list(emptyProjects.map(\.name), atMost: 5)).",
        facts: [
          "projects": .integer(Int64(count)),
          "project_ids": .array(emptyProjects.prefix(20).map { .integer($0.id) }),
        ])
    ]
  }

  private static func both(_ found: DealAndDebt, _ formats: MessageFormats) -> FindingDraft {
    let name = Wording.short(found.partnerName, 80)
    let owed = Wording.list(found.overdue.map(formats.amount))
    return FindingDraft(
      fingerprint: "tasks.deal_and_debt:\(found.partner.rawValue)", kind: "deal_and_debt",
      severity: .medium, title: "\(name) owes you and has an open deal",
      explanation:
        "\(owed) is overdue, for \(Wording.days(found.oldestDaysOverdue)); open: "
        + "\(Wording.list(found.deals.map(\.name), atMost: 3)).",
      facts: [
        "overdue": .array(found.overdue.map(\.json)),
        "oldest_days_overdue": .integer(Int64(found.oldestDaysOverdue)),
        "deal_ids": .array(found.deals.prefix(20).map { .integer($0.id) }),
      ], partner: found.partner)
  }

  private static func facts(_ tasks: [OverdueTask], of load: WorkLoad) -> JSONObject {
    [
      "open": .integer(Int64(load.open)), "overdue": .integer(Int64(load.overdue)),
      "task_ids": .array(tasks.prefix(20).map { .integer($0.task.id) }),
      "longest_days": .integer(Int64(tasks.map(\.days).max() ?? 0)),
    ]
  }
}
