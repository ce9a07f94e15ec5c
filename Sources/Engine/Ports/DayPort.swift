import ActionProtocol
import Decisions

/// What a day brought, each number counted from columns that anybody can count again.
public struct DayFigures: Hashable, Sendable {
  /// Actions whose effect was begun in the day and is proven.
  public var completed = 0
  /// Of those, let go by the policy alone.
  public var completedByPolicy = 0
  /// Of those, approved by persons.
  public var completedByPersons = 0
  /// Actions that persons approved or rejected in the day: their last word counts.
  public var approvedByPersons = 0
  public var rejectedByPersons = 0
  /// Actions that the policy let go or refused in the day, at the last revision it decided about then.
  public var letGoByPolicy = 0
  public var refusedByPolicy = 0
  /// Actions that ended without an effect in the day.
  public var failed = 0
  public var expired = 0
  /// Messages that the provider took, begun in the day.
  public var emails = 0
  public var texts = 0
  /// From the question to the answer, of the requests that persons settled in the day.
  public var settledRequests = 0
  public var medianWaitMilliseconds: Int64?
  public var longestWaitMilliseconds: Int64?

  public init() {}
}

/// Figures of a day: reading, inside a transaction.
public protocol DayReading {
  /// - Parameter numbers: the entries of the audit log that may be of the day.
  func dayFigures(
    _ org: OrgID, from start: Instant, to end: Instant, numbers: ClosedRange<Int64>?
  ) throws -> DayFigures
}
