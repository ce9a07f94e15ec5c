import ActionProtocol

/// Actions of one type that ended in one way.
public struct DoneActions: Hashable, Sendable {
  public var type: ActionType
  /// False: they failed.
  public var isCompleted: Bool
  /// Allowed by a rule of the policy; else a person approved them.
  public var isByRule: Bool
  public var count: Int

  public init(type: ActionType, isCompleted: Bool, isByRule: Bool, count: Int) {
    self.type = type
    self.isCompleted = isCompleted
    self.isByRule = isByRule
    self.count = count
  }
}

/// A finding as a briefing names it.
public struct BriefedFinding: Hashable, Sendable {
  public var number: Int64
  public var severity: FindingSeverity
  public var title: String
  public var explanation: String
  /// First seen within the briefing's span.
  public var isNew: Bool

  public init(
    number: Int64, severity: FindingSeverity, title: String, explanation: String, isNew: Bool
  ) {
    self.number = number
    self.severity = severity
    self.title = title
    self.explanation = explanation
    self.isNew = isNew
  }
}

/// What a briefing is made of.
public struct BriefingFacts: Sendable {
  /// What ended in the briefing's span.
  public var done: [DoneActions] = []
  /// Payments that became known in the span, by currency.
  public var received: [Money] = []
  /// Actions that wait for somebody's approval, how many of them end today, and the titles of the newest.
  public var pending = 0
  public var expiringToday = 0
  public var pendingTitles: [String] = []
  /// Approved actions by what holds them; the empty word: nothing does.
  public var approved: [String: Int] = [:]
  /// Actions whose outcome nobody knows.
  public var unknown = 0
  /// Follow-ups that come due today.
  public var followUps = 0
  /// Nil where there are no books.
  public var finance: FinanceReport?
  /// Open findings, the gravest first.
  public var findings: [BriefedFinding] = []

  public init() {}
}

/// One part of a briefing.
public struct BriefingSection: Hashable, Sendable {
  /// A stable word: `done`, `waits`, `money`, `risks`, `plan`.
  public let name: String
  public let title: String
  public let lines: [String]

  public init(name: String, title: String, lines: [String]) {
    self.name = name
    self.title = title
    self.lines = lines
  }
}
