import ActionProtocol

/// A task whose day is over.
public struct OverdueTask: Hashable, Sendable {
  public let task: TaskFacts
  public let dueOn: LocalDate
  /// At least 1: what is due today is not overdue.
  public let days: Int
}

/// How many tasks somebody has, or a project.
public struct WorkLoad: Hashable, Sendable {
  /// Nil: tasks of nobody, or of no project.
  public let subject: NamedRecord?
  public var open = 0
  public var overdue = 0
  /// Due today or within the next seven days.
  public var dueSoon = 0
  /// Without a day.
  public var undated = 0
}

/// A customer who owes something that is overdue while something is being sold to him.
public struct DealAndDebt: Hashable, Sendable {
  public let partner: PartnerID
  public let partnerName: String
  /// By currency code.
  public let overdue: [Money]
  public let oldestDaysOverdue: Int
  /// By id; never empty.
  public let deals: [OpenDeal]
}

/// What there is to do, what is late and where it piles up.
public struct WorkReport: Hashable, Sendable {
  public let today: LocalDate
  public let recordsAsOf: Instant?
  public let open: Int
  /// The most urgent first, then the longest overdue, then by id.
  public let overdue: [OverdueTask]
  /// Overdue tasks by priority, 3 to 0.
  public let byPriority: [Int]
  /// By person, the most overdue first.
  public let people: [WorkLoad]
  /// By project, the most overdue first.
  public let projects: [WorkLoad]
  public let emptyProjects: [NamedRecord]
  /// By customer.
  public let dealsAndDebts: [DealAndDebt]

  /// A project with more overdue tasks than these is late as a whole.
  public static let mostOverdue = 5

  /// Projects with more than ``mostOverdue``.
  public var lateProjects: [WorkLoad] {
    projects.filter { $0.subject != nil && $0.overdue > Self.mostOverdue }
  }
}
