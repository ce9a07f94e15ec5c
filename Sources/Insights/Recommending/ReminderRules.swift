import ActionProtocol

/// An org's own limits of what is reminded of, beside its ladder.
public struct ReminderRules: Hashable, Sendable {
  /// A customer hears of overdue invoices at most once in so many days, 0 to 90, whatever the currency.
  public var intervalDays: Int
  /// Less than so many whole units of a currency is not asked for; 0: everything is.
  public var minimumUnits: Int64
  /// Payments that were last brought in longer ago than this say nothing any more: no reminder is
  /// proposed. 1 to 365 days; nil: they are not asked for their age.
  public var paymentsAgeDays: Int?

  /// What may be set.
  public static let intervals = 0...90
  /// What may be set.
  public static let minimums: ClosedRange<Int64> = 0...1_000_000
  /// What may be set.
  public static let ages = 1...365

  public init(intervalDays: Int, minimumUnits: Int64, paymentsAgeDays: Int?) {
    self.intervalDays = intervalDays
    self.minimumUnits = minimumUnits
    self.paymentsAgeDays = paymentsAgeDays
  }

  /// Five days, five units, payments of the last seven days.
  public static let standard = ReminderRules(intervalDays: 5, minimumUnits: 5, paymentsAgeDays: 7)
  /// No limit at all.
  public static let none = ReminderRules(intervalDays: 0, minimumUnits: 0, paymentsAgeDays: nil)

  /// The least that is asked for in a currency.
  func minimum(in currency: Currency) -> Money {
    var minor = minimumUnits
    for _ in 0..<currency.exponent { minor *= 10 }
    return Money(minorUnits: minor, currency: currency)
  }
}
