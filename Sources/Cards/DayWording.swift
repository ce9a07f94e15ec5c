import Engine

/// The figures of a day, each with what is counted.
public enum DayWording {
  public struct Figure: Hashable, Sendable {
    /// For programs: `completed`.
    public let name: String
    public let title: String
    /// Nil: nothing to measure.
    public let value: Int64?
    /// Milliseconds, not a count.
    public let isTime: Bool
    public let definition: String

    public var text: String {
      guard let value else { return "none" }
      guard isTime else { return String(value) }
      return value < 1000 ? "under 1 s" : LocalTime.length(milliseconds: value)
    }
  }

  public static func figures(_ day: DayFigures) -> [Figure] {
    done(day) + decided(day) + waits(day)
  }

  private static func done(_ day: DayFigures) -> [Figure] {
    [
      count(
        "completed", "Completed", day.completed,
        "Actions whose effect was begun in the day and is proven: status completed, executed_at in "
          + "the day."),
      count(
        "completed_by_policy", "Done by itself", day.completedByPolicy,
        "Of the completed, those that the policy let go: approved_by is no person."),
      count(
        "completed_by_persons", "Done after a person's approval", day.completedByPersons,
        "Of the completed, those whose approved_by is a person."),
      count(
        "emails", "E-mails taken by the provider", day.emails,
        "Attempts on the channel email with intent_at in the day that were accepted or proven."),
      count(
        "texts", "SMS taken by the provider", day.texts,
        "Attempts on the channel sms with intent_at in the day that were accepted or proven."),
      count(
        "failed", "Failed", day.failed,
        "Actions with an audit entry action.failed in the day."),
      count(
        "expired", "Expired", day.expired,
        "Actions with an audit entry action.expired in the day: nobody decided, or it could not be "
          + "carried out in time."),
    ]
  }

  private static func decided(_ day: DayFigures) -> [Figure] {
    [
      count(
        "approved_by_persons", "Approved by persons", day.approvedByPersons,
        "Actions whose last word of a person in the day is approve (approval_entries)."),
      count(
        "rejected_by_persons", "Rejected by persons", day.rejectedByPersons,
        "Actions whose last word of a person in the day is reject (approval_entries)."),
      count(
        "let_go_by_policy", "Let go by the policy", day.letGoByPolicy,
        "Actions whose last verdict of the policy in the day is auto (policy_decisions)."),
      count(
        "refused_by_policy", "Refused by the policy", day.refusedByPolicy,
        "Actions whose last verdict of the policy in the day is deny (policy_decisions)."),
    ]
  }

  private static func waits(_ day: DayFigures) -> [Figure] {
    let basis =
      "Requests that were approved or rejected in the day and that a person spoke on in the day "
      + "(\(day.settledRequests)): from the request to its settlement. "
    return [
      Figure(
        name: "median_wait", title: "Usual wait for a decision",
        value: day.medianWaitMilliseconds, isTime: true,
        definition: basis + "The median; of an even number the mean of the middle two."),
      Figure(
        name: "longest_wait", title: "Longest wait for a decision",
        value: day.longestWaitMilliseconds, isTime: true, definition: basis + "The longest."),
    ]
  }

  private static func count(
    _ name: String, _ title: String, _ value: Int, _ definition: String
  ) -> Figure {
    Figure(
      name: name, title: title, value: Int64(value), isTime: false, definition: definition)
  }
}
