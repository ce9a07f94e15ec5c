import ActionProtocol

/// Looks at tasks and projects, and at customers who owe and are being sold to. Pure.
public enum WorkAnalysis {
  private static let soonDays = 7

  /// - Parameter debts: of the same day, from the overdue analysis.
  public static func analyze(
    _ snapshot: WorkSnapshot, debts: [CustomerOverdue] = []
  ) -> WorkReport {
    var overdue: [OverdueTask] = []
    var (people, projects) = (Tally(), Tally())
    for task in snapshot.tasks {
      let late = late(task, on: snapshot.today)
      if let late { overdue.append(late) }
      let isSoon =
        late == nil && task.dueOn.map { $0.days(since: snapshot.today) <= soonDays } == true
      people.add(task, of: task.assignee, isOverdue: late != nil, isSoon: isSoon)
      projects.add(task, of: task.project, isOverdue: late != nil, isSoon: isSoon)
    }
    overdue.sort { first, second in
      (second.task.priority, second.days, first.task.id)
        < (first.task.priority, first.days, second.task.id)
    }
    let urgencies = (0...3).reversed().map { priority in
      overdue.count { $0.task.priority == priority }
    }
    return WorkReport(
      today: snapshot.today, recordsAsOf: snapshot.recordsAsOf, open: snapshot.tasks.count,
      overdue: overdue, byPriority: urgencies, people: people.sorted, projects: projects.sorted,
      emptyProjects: snapshot.emptyProjects,
      dealsAndDebts: both(debts, snapshot.openDeals))
  }

  private static func late(_ task: TaskFacts, on today: LocalDate) -> OverdueTask? {
    guard let due = task.dueOn, due < today else { return nil }
    return OverdueTask(task: task, dueOn: due, days: today.days(since: due))
  }

  private static func both(_ debts: [CustomerOverdue], _ deals: [OpenDeal]) -> [DealAndDebt] {
    let dealsOf = Dictionary(grouping: deals, by: \.partner)
    let debtsOf = Dictionary(grouping: debts, by: \.partnerID)
    return debtsOf.keys.sorted { $0.rawValue < $1.rawValue }.compactMap { partner in
      guard let owed = debtsOf[partner], let name = owed.first?.partnerName,
        let open = dealsOf[partner]
      else { return nil }
      return DealAndDebt(
        partner: partner, partnerName: name,
        overdue: owed.sorted { $0.currency.code < $1.currency.code }.map {
          $0.ageing.overdue.amount
        },
        oldestDaysOverdue: owed.map(\.oldestDaysOverdue).max() ?? 0,
        deals: open.sorted { $0.id < $1.id })
    }
  }
}

/// Counts tasks by somebody or something.
private struct Tally {
  private var loads: [Int64?: WorkLoad] = [:]

  mutating func add(
    _ task: TaskFacts, of subject: NamedRecord?, isOverdue: Bool, isSoon: Bool
  ) {
    var load = loads[subject?.id] ?? WorkLoad(subject: subject)
    load.open += 1
    if isOverdue { load.overdue += 1 }
    if isSoon { load.dueSoon += 1 }
    if task.dueOn == nil { load.undated += 1 }
    loads[subject?.id] = load
  }

  /// The most overdue first, then the most open, then by id; what nobody has comes last of its equals.
  var sorted: [WorkLoad] {
    loads.values.sorted { first, second in
      (second.overdue, second.open, first.subject?.id ?? .max)
        < (first.overdue, first.open, second.subject?.id ?? .max)
    }
  }
}
