/// The ages at which a customer is reminded, one step per dunning level.
public struct DunningLadder: Hashable, Sendable {
  /// The name in settings and pages.
  public let name: String
  /// Days overdue at which each level begins, strictly ascending, each at least 1.
  public let steps: [Int]
  /// Steps at which somebody of the company acts instead of a letter; they are no levels.
  public let tasks: [DunningTask]

  /// A ladder of one's own.
  ///
  /// - Returns: nil where there is no step, a step is below 1, or the steps do not ascend.
  public init?(name: String, steps: [Int]) {
    guard let first = steps.first, first >= 1, zip(steps, steps.dropFirst()).allSatisfy(<) else {
      return nil
    }
    self.init(name: name, ascending: steps)
  }

  private init(name: String, ascending steps: [Int], tasks: [DunningTask] = []) {
    self.name = name
    self.steps = steps
    self.tasks = tasks
  }

  /// 15/30/60/90 days, the default.
  public static let standard = DunningLadder(name: "standard", ascending: [15, 30, 60, 90])
  /// 1/7/14/30/60/90 days, for those who prefer to write early.
  public static let fine = DunningLadder(name: "fine", ascending: [1, 7, 14, 30, 60, 90])
  /// Letters at 1, 7, 14 and 30 days, a call at 21 and a person's decision at 45.
  public static let staged = DunningLadder(
    name: "staged", ascending: [1, 7, 14, 30],
    tasks: [DunningTask(kind: .call, fromDays: 21), DunningTask(kind: .escalate, fromDays: 45)])

  /// The ladders that AIOM ships.
  public static let shipped: [DunningLadder] = [.standard, .fine, .staged]

  /// Letters and tasks, ascending: what is stored of a choice.
  public var allSteps: [Int] { (steps + tasks.map(\.fromDays)).sorted() }

  /// The ladder of an org's stored steps: the shipped one that has exactly these, else letters at each;
  /// the standard where they are none.
  public static func of(_ steps: [Int]) -> DunningLadder {
    shipped.first { $0.allSteps == steps } ?? DunningLadder(name: "org", steps: steps) ?? .standard
  }

  /// The level that an age has reached: the highest step at or below it.
  ///
  /// - Parameter daysOverdue: calendar days since the due date.
  /// - Returns: nil below the first step: not yet due for a reminder.
  public func level(daysOverdue: Int) -> DunningLevel? {
    steps.lastIndex { $0 <= daysOverdue }.map { level(at: $0) }
  }

  /// The first level, where a customer hears of an invoice for the first time.
  var first: DunningLevel { level(at: 0) }

  /// The task that an age has reached, the highest at or below it.
  func task(daysOverdue: Int) -> DunningTask? { tasks.last { $0.fromDays <= daysOverdue } }

  private func level(at index: Int) -> DunningLevel {
    DunningLevel(number: index + 1, of: steps.count, fromDays: steps[index])
  }
}

/// A step of a ladder at which a person acts.
public struct DunningTask: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The customer is called.
    case call
    /// Somebody decides how to go on.
    case escalate
  }

  public let kind: Kind
  /// Days overdue at which it is due.
  public let fromDays: Int

  public init(kind: Kind, fromDays: Int) {
    self.kind = kind
    self.fromDays = fromDays
  }
}

/// A step of a ladder that an invoice has reached.
public struct DunningLevel: Hashable, Sendable {
  /// From 1.
  public let number: Int
  /// How many levels the ladder has.
  public let of: Int
  /// Days overdue at which the level begins.
  public let fromDays: Int

  /// How the message of this level speaks.
  public var tone: ReminderTone {
    switch number {
    case 1: .friendly
    case of: .final
    case 2: .reminding
    default: .firm
    }
  }
}

/// How a reminder speaks to the customer.
public enum ReminderTone: String, CaseIterable, Hashable, Sendable {
  /// Level 1: it may simply have been overlooked.
  case friendly
  /// Level 2: a plain reminder.
  case reminding
  /// Between level 2 and the last one: asks for payment now.
  case firm
  /// The last level of a ladder with several: names what happens next.
  case final
}
