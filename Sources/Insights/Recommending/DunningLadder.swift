/// The ages at which a customer is reminded, one step per dunning level.
public struct DunningLadder: Hashable, Sendable {
  /// The name in settings and pages.
  public let name: String
  /// Days overdue at which each level begins, strictly ascending, each at least 1.
  public let steps: [Int]

  /// A ladder of one's own.
  ///
  /// - Returns: nil where there is no step, a step is below 1, or the steps do not ascend.
  public init?(name: String, steps: [Int]) {
    guard let first = steps.first, first >= 1, zip(steps, steps.dropFirst()).allSatisfy(<) else {
      return nil
    }
    self.init(name: name, ascending: steps)
  }

  private init(name: String, ascending steps: [Int]) {
    self.name = name
    self.steps = steps
  }

  /// 15/30/60/90 days, the default.
  public static let standard = DunningLadder(name: "standard", ascending: [15, 30, 60, 90])
  /// 1/7/14/30/60/90 days, for those who prefer to write early.
  public static let fine = DunningLadder(name: "fine", ascending: [1, 7, 14, 30, 60, 90])

  /// The ladders that AIOM ships.
  public static let shipped: [DunningLadder] = [.standard, .fine]

  /// The level that an age has reached: the highest step at or below it.
  ///
  /// - Parameter daysOverdue: calendar days since the due date.
  /// - Returns: nil below the first step: not yet due for a reminder.
  public func level(daysOverdue: Int) -> DunningLevel? {
    guard let index = steps.lastIndex(where: { $0 <= daysOverdue }) else { return nil }
    return DunningLevel(number: index + 1, of: steps.count, fromDays: steps[index])
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
