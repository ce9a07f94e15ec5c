import ActionProtocol

/// How much something matters.
public enum FindingSeverity: Int, CaseIterable, Comparable, Hashable, Sendable {
  case low, medium, high, critical

  /// The word of JSON and tables.
  public var word: String {
    switch self {
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .critical: "critical"
    }
  }

  public init?(word: String) {
    guard let found = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }

  public static func < (left: FindingSeverity, right: FindingSeverity) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A figure beyond its threshold.
public struct FinanceAlert: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case lowRunway = "low_cash_runway"
    case overdueShare = "high_overdue_receivables"
    case overdue90 = "critical_overdue_receivables"
    case payables90 = "overdue_payables"
    case workingCapital = "negative_working_capital"
  }

  public let kind: Kind
  public let severity: FindingSeverity
  public let currency: Currency
  /// The figure: days, percent, or minor units of ``currency``.
  public let value: Double
  /// What it is compared with, in the same unit.
  public let threshold: Double
  /// One sentence, with the figure, its parts and the threshold.
  public let explanation: String
  /// Ids of at most ten invoices or bills that it is about, the longest overdue first.
  public let records: [Int64]

  /// A value in its unit: an amount, or a number of days or percent.
  func measure(_ value: Double) -> JSONValue {
    switch kind {
    case .lowRunway, .overdueShare: .number(value)
    case .overdue90, .payables90, .workingCapital:
      Money(minorUnits: Int64(value), currency: currency).json
    }
  }
}

/// The five rules.
struct FinanceAlerts {
  let rules: FinanceRules
  /// The company's: thresholds that are amounts hold for it alone.
  let home: Currency
  let formats: MessageFormats

  func alerts(
    of finance: CurrencyFinance, invoices: (_ over: Int) -> [Int64], bills: [Int64]
  ) -> [FinanceAlert] {
    [
      runway(finance), share(finance, invoices(60)), overdue90(finance, invoices(90)),
      payables(finance, bills), capital(finance),
    ].compactMap(\.self)
  }

  private func runway(_ finance: CurrencyFinance) -> FinanceAlert? {
    guard let days = finance.runway?.days, let cash = finance.cash, let burn = finance.burn,
      days < rules[.runwayDays]
    else { return nil }
    return FinanceAlert(
      kind: .lowRunway, severity: days < rules[.runwayCriticalDays] ? .critical : .high,
      currency: finance.currency, value: Double(days), threshold: Double(rules[.runwayDays]),
      explanation: """
        Cash lasts \(days) days: \(formats.amount(cash)) at \(formats.amount(burn)) a month; \
        the limit is \(rules[.runwayDays]) days.
        """, records: [])
  }

  private func share(_ finance: CurrencyFinance, _ records: [Int64]) -> FinanceAlert? {
    guard let percent = finance.overdue60Percent, percent > Double(rules[.overdue60Percent])
    else { return nil }
    let isHigh = percent > Double(rules[.overdue60HighPercent])
    return FinanceAlert(
      kind: .overdueShare, severity: isHigh ? .high : .medium, currency: finance.currency,
      value: percent, threshold: Double(rules[.overdue60Percent]),
      explanation: """
        \(formats.amount(finance.overdue60)) of \(formats.amount(finance.receivables.total.amount)) \
        owed to you is more than 60 days overdue, \(Self.tenths(percent)) %; the limit is \
        \(rules[.overdue60Percent]) %.
        """, records: records)
  }

  private func overdue90(_ finance: CurrencyFinance, _ records: [Int64]) -> FinanceAlert? {
    amount(
      .overdue90, .high, finance, finance.receivables[.over90].amount, .receivables90, records
    ) { "\($0) owed to you is more than 90 days overdue; the limit is \($1)." }
  }

  private func payables(_ finance: CurrencyFinance, _ records: [Int64]) -> FinanceAlert? {
    guard let payables = finance.payables else { return nil }
    return amount(
      .payables90, .medium, finance, payables[.over90].amount, .payables90, records
    ) { "\($0) that you owe is more than 90 days overdue; the limit is \($1)." }
  }

  private func capital(_ finance: CurrencyFinance) -> FinanceAlert? {
    guard finance.currency == home, let capital = finance.workingCapital,
      let limit = rules.minorUnits(.workingCapital, of: home), capital.minorUnits < limit
    else { return nil }
    let bound = Money(minorUnits: limit, currency: home)
    return FinanceAlert(
      kind: .workingCapital, severity: .high, currency: home, value: Double(capital.minorUnits),
      threshold: Double(limit),
      explanation: """
        You are owed less than you owe: receivables less payables are \(formats.amount(capital)); \
        the limit is \(formats.amount(bound)).
        """, records: [])
  }

  private func amount(
    _ kind: FinanceAlert.Kind, _ severity: FindingSeverity, _ finance: CurrencyFinance,
    _ found: Money, _ name: FinanceRules.Name, _ records: [Int64],
    _ words: (String, String) -> String
  ) -> FinanceAlert? {
    guard finance.currency == home, let limit = rules.minorUnits(name, of: home),
      found.minorUnits > limit
    else { return nil }
    let bound = Money(minorUnits: limit, currency: home)
    return FinanceAlert(
      kind: kind, severity: severity, currency: home, value: Double(found.minorUnits),
      threshold: Double(limit), explanation: words(formats.amount(found), formats.amount(bound)),
      records: records)
  }

  static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
