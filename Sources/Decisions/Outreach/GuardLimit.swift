import ActionProtocol

/// What a rule of the guard allows: a setting of the org, of the action's own checks, or of the law.
public enum GuardLimit: Hashable, Sendable {
  /// One message in so long: a cool-down, a duplicate window.
  case spacing(Duration)
  /// So many messages in a sliding span.
  case count(Int, OutreachCap.Span)
  /// Business or legal hours, on the clocks that ``GuardReason/found`` names.
  case hours(OpenHours)
  /// A month's budget: e-mails, or an amount in the price table's currency.
  case month(OutreachChannel, amount: String)
  /// No message by itself for so long after the customer wrote.
  case afterAnswer(Duration)
  /// A consent that holds.
  case consent
  /// What a suppression forbids.
  case suppression(SuppressionScope)
  /// All windows open together within so many days.
  case openTogether(days: Int)
}

/// Hours of days, on a clock that is said elsewhere.
public struct OpenHours: Hashable, Sendable {
  /// Minutes after midnight; the end is outside, and one before the start is the next day's.
  public let start: Int
  public let end: Int
  /// 1 = Monday … 7 = Sunday.
  public let days: Set<Int>

  public init(start: Int, end: Int, days: Set<Int>) {
    self.start = start
    self.end = end
    self.days = days
  }

  init(_ hours: QuietHours) {
    self.init(start: hours.start.minutes, end: hours.end.minutes, days: Set(hours.days))
  }

  init(_ window: BusinessWindow) {
    self.init(start: window.start, end: window.end, days: window.days)
  }

  /// `Mon-Fri 09:00-17:00`; `every day, around the clock`.
  public var words: String {
    start == end || (start == 0 && end == 1440)
      ? "\(dayWords), around the clock" : "\(dayWords) \(Self.clock(start))-\(Self.clock(end))"
  }

  private var dayWords: String {
    guard days.count < 7 else { return "every day" }
    var runs: [ClosedRange<Int>] = []
    for day in days.sorted() {
      if let last = runs.last, last.upperBound == day - 1 {
        runs[runs.count - 1] = last.lowerBound...day
      } else {
        runs.append(day...day)
      }
    }
    return runs.map { run in
      run.count == 1
        ? Self.name(run.lowerBound) : "\(Self.name(run.lowerBound))-\(Self.name(run.upperBound))"
    }.joined(separator: ", ")
  }

  static func name(_ day: Int) -> String {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][(day - 1) % 7]
  }

  static func clock(_ minutes: Int) -> String {
    let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
    return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
  }
}

extension GuardLimit {
  /// A stable name for programs.
  public var kind: String {
    switch self {
    case .spacing: "spacing"
    case .count: "count"
    case .hours: "hours"
    case .month: "month"
    case .afterAnswer: "after_answer"
    case .consent: "consent"
    case .suppression: "suppression"
    case .openTogether: "open_together"
    }
  }

  /// For people: `one message in 240 minutes`, `3 in a day`, `Mon-Fri 09:00-17:00`.
  public var words: String {
    switch self {
    case .spacing(let duration): "one message in \(Self.length(duration))"
    case .count(let limit, let span): "\(limit) in \(span.words)"
    case .hours(let hours): hours.words
    case .month(.email, let amount): "\(amount) e-mails a month"
    case .month(.sms, let amount): "\(amount) a month for SMS"
    case .afterAnswer(let duration): "none in \(Self.length(duration)) after an answer"
    case .consent: "only with a consent to marketing that holds"
    case .suppression(.all): "no message at all"
    case .suppression(.marketing): "no marketing; anything else after a person's review"
    case .suppression(.purpose(let purpose)): "no messages of \(purpose)"
    case .openTogether(let days): "an hour within \(days) days that is open on every clock"
    }
  }

  /// Whole minutes, and hours from ten of them on.
  private static func length(_ duration: Duration) -> String {
    let minutes = duration.components.seconds / 60
    if minutes >= 600, minutes.isMultiple(of: 60) { return "\(minutes / 60) hours" }
    return minutes == 1 ? "a minute" : "\(minutes) minutes"
  }
}
