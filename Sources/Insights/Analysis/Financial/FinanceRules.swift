import ActionProtocol

/// From when on figures are an alert. Amounts are in the company's currency; other currencies have no
/// alert that rests on an amount.
public struct FinanceRules: Hashable, Sendable {
  /// A setting of one threshold.
  public enum Name: String, CaseIterable, Hashable, Sendable {
    case runwayDays = "runway_days"
    case runwayCriticalDays = "runway_critical_days"
    case overdue60Percent = "overdue_60_percent"
    case overdue60HighPercent = "overdue_60_high_percent"
    case receivables90 = "receivables_90"
    case payables90 = "payables_90"
    case workingCapital = "working_capital"

    /// Whether its value is an amount of the company's currency in whole units.
    public var isAmount: Bool {
      switch self {
      case .receivables90, .payables90, .workingCapital: true
      default: false
      }
    }

    /// Days, percent, or whole units of the company's currency.
    public var standard: Int64 {
      switch self {
      case .runwayDays: 60
      case .runwayCriticalDays: 30
      case .overdue60Percent: 30
      case .overdue60HighPercent: 50
      case .receivables90: 50_000
      case .payables90: 25_000
      case .workingCapital: 0
      }
    }

    /// What may be set.
    public var range: ClosedRange<Int64> {
      switch self {
      case .runwayDays, .runwayCriticalDays: 0...3650
      case .overdue60Percent, .overdue60HighPercent: 0...100
      case .receivables90, .payables90: 0...1_000_000_000_000
      case .workingCapital: -1_000_000_000_000...1_000_000_000_000
      }
    }
  }

  private var own: [Name: Int64] = [:]

  public init() {}

  /// The org's own value, else the standard.
  public subscript(name: Name) -> Int64 {
    get { own[name] ?? name.standard }
    set { own[name] = newValue == name.standard ? nil : newValue }
  }

  /// What was set and is not the standard.
  public var changed: [Name: Int64] { own }

  /// A threshold that is an amount, in minor units; nil where it does not fit.
  func minorUnits(_ name: Name, of currency: Currency) -> Int64? {
    var units = self[name]
    for _ in 0..<currency.exponent {
      let (scaled, overflow) = units.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      units = scaled
    }
    return units
  }
}
