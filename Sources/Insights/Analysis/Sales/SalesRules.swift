import ActionProtocol

/// What an organisation calls stalled, idle and large.
public struct SalesRules: Hashable, Sendable {
  /// Days in a stage, by the stage's id, that go before what deals of the past took.
  public var stageDays: [Int64: Int]
  /// So many deals must have left a stage before their days are used as its measure.
  public var leastSample: Int
  /// Where neither a setting nor a sample tells.
  public var defaultDays: Int
  /// What a sample may say at least and at most, days.
  public var clamp: ClosedRange<Int>
  /// Days without activity.
  public var idleDays: Int
  /// The expected close moved so often is slipping.
  public var slippingAfter: Int
  /// From so much on a deal is the manager's as well, in the company's currency.
  public var highValue: Money
  /// At most so many of a hundred open deals are called stalled at once, and at least ``leastListed``.
  public var listedPercent: Int
  public var leastListed: Int
  /// Deals closed in so many days until the snapshot's count for win rate and velocity.
  public var windowDays: Int

  /// - Parameter currency: the company's.
  public init(currency: Currency) {
    stageDays = [:]
    leastSample = 20
    defaultDays = 14
    clamp = 2...180
    idleDays = 14
    slippingAfter = 2
    highValue =
      Money(decimalText: "10000", currency: currency) ?? Money(minorUnits: 0, currency: currency)
    listedPercent = 5
    leastListed = 3
    windowDays = 365
  }
}
