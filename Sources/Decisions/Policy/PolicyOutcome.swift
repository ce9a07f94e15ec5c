import ActionProtocol

/// Hours during which something may happen, on the recipient's clock.
public struct PolicyHours: Hashable, Sendable {
  /// Monday to Sunday, as files name them.
  public static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// The first minute.
  public let from: TimeOfDay
  /// The first minute outside; before `from`: the next day's.
  public let to: TimeOfDay
  /// 1 = Monday … 7 = Sunday; not empty.
  public let days: Set<Int>
  /// Whether holidays count as closed.
  public let closedOnHolidays: Bool

  /// Nil where no day is named or one is none.
  public init?(from: TimeOfDay, to: TimeOfDay, days: Set<Int>, closedOnHolidays: Bool = true) {
    guard !days.isEmpty, days.allSatisfy((1...7).contains), from.minutes < 1440 else { return nil }
    self.from = from
    self.to = to
    self.days = days
    self.closedOnHolidays = closedOnHolidays
  }

  /// Whether they are open during the whole hour that the facts say; an hour of which only a part is
  /// open, and facts that do not tell, count as closed.
  func isOpen(_ facts: PolicyFacts) -> Bool {
    guard case .integer(let hour)? = facts[.hour], case .text(let name)? = facts[.weekday],
      case .flag(let isHoliday)? = facts[.holiday], (0...23).contains(hour),
      let day = Self.dayNames.firstIndex(of: name), !(isHoliday && closedOnHolidays)
    else { return false }
    let (start, end) = (Int(hour) * 60, Int(hour) * 60 + 60)
    guard from >= to else {
      return days.contains(day + 1) && start >= from.minutes && end <= to.minutes
    }
    if start >= from.minutes { return days.contains(day + 1) }
    return end <= to.minutes && days.contains((day + 6) % 7 + 1)
  }

  /// The days in words: `Monday to Friday`.
  public var dayWords: String {
    let names = [
      "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    let sorted = days.sorted()
    guard let first = sorted.first, let last = sorted.last else { return "" }
    if sorted.count > 2, last - first == sorted.count - 1 {
      return "\(names[first - 1]) to \(names[last - 1])"
    }
    return sorted.map { names[$0 - 1] }.joined(separator: ", ")
  }
}

/// What a delay waits for.
public enum PolicyDelay: Hashable, Sendable {
  /// So long from now.
  case span(PolicySpan)
  /// Until these hours are open; nothing is added while they are.
  case hours(PolicyHours)
}

/// How often, or for how much, something may happen within a sliding span.
public struct PolicyCap: Hashable, Sendable {
  /// What is counted together.
  public enum Key: String, CaseIterable, Hashable, Sendable {
    case org, partner, recipient, proposer
  }

  /// The most of it.
  public enum Limit: Hashable, Sendable {
    /// Actions.
    case count(Int64)
    /// The sum of their amounts.
    case amount(Money)
  }

  /// What happens to one too many.
  public enum Over: Hashable, Sendable {
    case deny
    /// It waits until there is room.
    case wait
    case require(PolicyRequirement)
  }

  /// The most within the span.
  public let limit: Limit
  /// The sliding span.
  public let per: PolicySpan
  /// What is counted together.
  public let key: Key
  /// What happens to one too many.
  public let over: Over

  public init(_ limit: Limit, per: PolicySpan, key: Key, over: Over) {
    self.limit = limit
    self.per = per
    self.key = key
    self.over = over
  }
}

/// The one outcome of a rule.
public enum PolicyOutcome: Hashable, Sendable {
  /// It does not happen.
  case deny
  /// Persons have to approve.
  case require(PolicyRequirement)
  /// It goes by itself after the time to undo it; nil for the organisation's setting.
  case auto(undo: PolicySpan?)
  /// It waits, besides whatever else is decided.
  case delay(PolicyDelay)
  /// It is counted; one too many is treated as the cap says.
  case cap(PolicyCap)

  /// The outcome's name in files.
  public var name: String {
    switch self {
    case .deny: "deny"
    case .require: "require"
    case .auto: "auto"
    case .delay: "delay"
    case .cap: "cap"
    }
  }

  /// Whether the outcome can only make things stricter than they would be without the rule. A
  /// requirement of its own may be milder than the owner's approval, which is asked for otherwise.
  var loosens: Bool {
    if case .auto = self { return true }
    return false
  }
}

/// Whom to tell, besides whatever is decided.
public struct PolicyNotice: Hashable, Sendable {
  /// When somebody is told.
  public enum Moment: String, CaseIterable, Hashable, Sendable {
    /// When it is decided or asked.
    case before
    /// When it is done, or has failed.
    case after
  }

  /// The roles that are told.
  public let roles: Set<String>
  /// When.
  public let moments: Set<Moment>
  /// How.
  public let channels: Set<ApprovalChannel>

  public init(roles: Set<String>, moments: Set<Moment>, channels: Set<ApprovalChannel>) {
    self.roles = roles
    self.moments = moments
    self.channels = channels
  }
}
