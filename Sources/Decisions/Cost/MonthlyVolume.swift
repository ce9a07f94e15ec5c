import ActionProtocol

/// What is sent in a month.
public struct MonthlyVolume: Hashable, Sendable {
  /// One for each recipient.
  public var emails: Int
  /// Units, one for each segment to each number, by country; nil for an unknown country.
  public var smsUnits: [String?: Int]
  /// The most e-mails on one day, where it is known.
  public var busiestDay: Int?

  /// A volume.
  public init(emails: Int, smsUnits: [String?: Int] = [:], busiestDay: Int? = nil) {
    self.emails = emails
    self.smsUnits = smsUnits
    self.busiestDay = busiestDay
  }

  /// All units together.
  public var allSMSUnits: Int { smsUnits.values.reduce(0, +) }
}

/// A month that is under way, seen from an instant in it.
public struct MonthInProgress: Hashable, Sendable {
  /// The first instant.
  public let start: Instant
  /// The first instant of the next month.
  public let end: Instant
  /// Now.
  public let now: Instant

  /// - Parameters:
  ///   - start: before `end`.
  public init(start: Instant, end: Instant, now: Instant) {
    self.start = start
    self.end = end
    self.now = now
  }

  /// What a count of the month so far comes to at its end if it goes on as it did, rounded up.
  ///
  /// Less than a day is taken as a day: a few minutes tell nothing about a month. A month that is
  /// over comes to what was counted.
  public func projected(_ count: Int) -> Int {
    let whole = end.milliseconds - start.milliseconds
    let elapsed = max(now.milliseconds - start.milliseconds, 86_400_000)
    guard elapsed < whole, count > 0 else { return count }
    let (product, overflow) = Int64(count).multipliedReportingOverflow(by: whole)
    guard !overflow else { return Int.max }
    return Int((product + elapsed - 1) / elapsed)
  }

  /// The whole month's volume at this pace. The busiest day stays what it was.
  public func projected(_ volume: MonthlyVolume) -> MonthlyVolume {
    MonthlyVolume(
      emails: projected(volume.emails), smsUnits: volume.smsUnits.mapValues { projected($0) },
      busiestDay: volume.busiestDay)
  }
}
