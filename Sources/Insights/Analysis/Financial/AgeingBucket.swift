/// How long an open amount has been due, in the classes of the trade.
///
/// The age of an invoice is the number of calendar days from its due date to the snapshot's date in
/// the company's zone. Due today is age 0 and not overdue.
public enum AgeingBucket: Int, CaseIterable, Hashable, Sendable {
  /// Age ≤ 0: due today or later.
  case current
  case days1to30
  case days31to60
  case days61to90
  /// Age ≥ 91.
  case over90
  /// The source gives no due date: owed, but not known to be due, and never counted as overdue.
  case withoutDueDate

  /// The bucket of an age in calendar days.
  public init(daysOverdue: Int) {
    switch daysOverdue {
    case ...0: self = .current
    case ...30: self = .days1to30
    case ...60: self = .days31to60
    case ...90: self = .days61to90
    default: self = .over90
    }
  }

  /// True for the four buckets of age ≥ 1.
  public var isOverdue: Bool {
    switch self {
    case .current, .withoutDueDate: false
    case .days1to30, .days31to60, .days61to90, .over90: true
    }
  }

  /// The name on the wire and in tables: `current`, `1-30`, `31-60`, `61-90`, `90+`,
  /// `no due date`.
  public var label: String {
    switch self {
    case .current: "current"
    case .days1to30: "1-30"
    case .days31to60: "31-60"
    case .days61to90: "61-90"
    case .over90: "90+"
    case .withoutDueDate: "no due date"
    }
  }
}
