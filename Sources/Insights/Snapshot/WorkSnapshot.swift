import ActionProtocol

/// A person or project that a task names.
public struct NamedRecord: Hashable, Sendable {
  public var id: Int64
  public var name: String

  public init(id: Int64, name: String) {
    self.id = id
    self.name = name
  }
}

/// A task that is not done.
public struct TaskFacts: Hashable, Sendable {
  /// Odoo's `project.task` id.
  public var id: Int64
  public var name: String
  public var project: NamedRecord?
  /// Nil: nobody has it.
  public var assignee: NamedRecord?
  public var dueOn: LocalDate?
  /// 0 low to 3 urgent.
  public var priority: Int

  public init(
    id: Int64, name: String, project: NamedRecord? = nil, assignee: NamedRecord? = nil,
    dueOn: LocalDate? = nil, priority: Int = 1
  ) {
    self.id = id
    self.name = name
    self.project = project
    self.assignee = assignee
    self.dueOn = dueOn
    self.priority = priority
  }
}

/// A deal that is open, and whose.
public struct OpenDeal: Hashable, Sendable {
  /// Odoo's `crm.lead` id.
  public var id: Int64
  public var name: String
  public var partner: PartnerID
  public var value: Money?

  public init(id: Int64, name: String, partner: PartnerID, value: Money? = nil) {
    self.id = id
    self.name = name
    self.partner = partner
    self.value = value
  }
}

/// What there is to do, as of now: no history is kept of tasks.
public struct WorkSnapshot: Hashable, Sendable {
  public var today: LocalDate
  /// The oldest of the records' as-of times; nil where there are none.
  public var recordsAsOf: Instant?
  /// Open ones, by id.
  public var tasks: [TaskFacts]
  /// Projects without any task, done ones included, by id.
  public var emptyProjects: [NamedRecord]
  /// Of customers, by id.
  public var openDeals: [OpenDeal]

  public init(
    today: LocalDate, recordsAsOf: Instant? = nil, tasks: [TaskFacts] = [],
    emptyProjects: [NamedRecord] = [], openDeals: [OpenDeal] = []
  ) {
    self.today = today
    self.recordsAsOf = recordsAsOf
    self.tasks = tasks
    self.emptyProjects = emptyProjects
    self.openDeals = openDeals
  }
}
