import ActionProtocol

/// What stands in the way of a figure, with what to do about it. A figure with a gap is absent, never zero.
public enum FinanceGap: String, CaseIterable, Hashable, Sendable {
  case shortHistory = "short_history"
  case noSales = "no_sales"
  case onlyOpenItems = "only_open_items"
  case noPaymentDates = "no_payment_dates"
  case salesDoNotReach = "sales_do_not_reach"
  case fewPayments = "few_payments"
  case noBills = "no_bills"
  case noBalance = "no_balance"
  case oldBalance = "old_balance"
  case billsOfNow = "bills_of_now"
  case amountOutOfRange = "amount_out_of_range"

  /// What is missing, and what a person can do about it.
  public var remedy: String {
    switch self {
    case .shortHistory:
      "Import invoices (for burn: bills) of at least \(FinancePeriod.fewest) days; days of sales and burn need them."
    case .noSales: "Nothing was invoiced in the period; days of sales have no meaning."
    case .onlyOpenItems:
      "Import the invoices that are paid as well: without them sales are too small and days too many."
    case .noPaymentDates:
      "Import the payments with their dates; what was owed earlier is not known without them."
    case .salesDoNotReach:
      "More is owed than was invoiced in a year; import older invoices, or write off what is lost."
    case .fewPayments:
      "Fewer than \(PaymentDelays.fewest) paid invoices tell how customers pay: the curve takes the due date, and 30 days later for the cautious line."
    case .noBills: "Import what you owe: aiom import bills FILE."
    case .noBalance: "Import what is on your accounts: aiom import balances FILE."
    case .oldBalance:
      "The balance is more than \(FinanceAnalysis.oldestBalance) days old: import a newer one."
    case .billsOfNow:
      "Bills stand as they are now; what was open on an earlier day is not known."
    case .amountOutOfRange: "Check the amounts; they are too large to be added exactly."
    }
  }
}

/// How long the cash lasts.
public enum Runway: Hashable, Sendable {
  /// Whole days, rounded down; 0 where there is nothing.
  case days(Int)
  /// Nothing was spent in the period.
  case notBurning

  /// Nil where nothing is spent.
  public var days: Int? {
    if case .days(let days) = self { return days }
    return nil
  }
}

/// How much of what is owed the largest customers owe.
public struct Concentration: Hashable, Sendable {
  public let customers: Int
  public let largest: PartnerID
  public let largestName: String
  public let largestOpen: Money
  /// 0...1.
  public let largestShare: Double
  /// Of the five largest, 0...1.
  public let topFiveShare: Double
  /// Herfindahl-Hirschman index: the sum of squared shares, 0...1; 1 is one customer.
  public let index: Double
}

/// One week of the cash curve. Amounts are minor units of its currency.
public struct CashWeek: Hashable, Sendable {
  public let from: LocalDate
  public let to: LocalDate
  public let receiptsMedian: Int64
  public let receiptsCautious: Int64
  /// Nil: no bills are known.
  public let paymentsMedian: Int64?
  public let paymentsCautious: Int64?
  /// What is there at the end of the week; nil where cash or bills are not known.
  public let endMedian: Int64?
  public let endCautious: Int64?
}

/// Thirteen weeks ahead.
public struct CashCurve: Hashable, Sendable {
  public let currency: Currency
  public let weeks: [CashWeek]
  /// Whether the delays are those of the company's own customers; else they are assumed.
  public let isLearnt: Bool
  /// Owed and in no week of a line: later, older than any payment, disputed, or without a due date.
  public let beyondMedian: Int64
  public let beyondCautious: Int64

  /// The week at whose end the cautious line is lowest; nil where it has none.
  public var lowest: CashWeek? {
    weeks.filter { $0.endCautious != nil }.min { ($0.endCautious ?? 0) < ($1.endCautious ?? 0) }
  }
}

/// What is had, owed and spent in one currency. Each figure is nil where its records are missing; the gaps say
/// which.
public struct CurrencyFinance: Hashable, Sendable {
  public let currency: Currency
  public let receivables: AgeingTable
  /// What customers paid or were credited and no invoice claims; not netted.
  public let unallocated: Money
  /// Nil: no bill was ever brought in.
  public internal(set) var payables: AgeingTable?
  /// Days of the period that DSO, CEI and burn are computed over.
  public internal(set) var periodDays: Int?
  /// Invoiced in the period, with charges; credit notes are not taken off.
  public internal(set) var billed: Int64 = 0
  public internal(set) var credited: Int64 = 0
  public internal(set) var received: Int64 = 0
  /// Owed at the end of the day before the period.
  public internal(set) var opening: Int64?
  /// Days sales outstanding.
  public internal(set) var dso: Double?
  public internal(set) var bestPossibleDSO: Double?
  /// Average days delinquent: DSO less the best possible.
  public internal(set) var daysDelinquent: Double?
  /// Collection effectiveness, percent.
  public internal(set) var collectionEffectiveness: Double?
  public internal(set) var countBackDSO: Double?
  public internal(set) var concentration: Concentration?
  public internal(set) var cash: Money?
  /// The oldest day of the balances that it is summed from.
  public internal(set) var cashOn: LocalDate?
  /// Bills of ``burnDays`` days, with tax.
  public internal(set) var spent: Int64 = 0
  public internal(set) var burnDays = 0
  /// Bills of the period in 30 days, rounded to the minor unit.
  public internal(set) var burn: Money?
  public internal(set) var runway: Runway?
  /// Receivables less payables.
  public internal(set) var workingCapital: Money?
  /// Cash and receivables less payables.
  public internal(set) var netPosition: Money?
  public internal(set) var curve: CashCurve?
  public internal(set) var gaps: Set<FinanceGap> = []

  init(currency: Currency, receivables: AgeingTable, unallocated: Money) {
    self.currency = currency
    self.receivables = receivables
    self.unallocated = unallocated
  }

  /// What is more than 60 days overdue: the buckets 61-90 and 90+.
  public var overdue60: Money {
    (receivables[.days61to90] + receivables[.over90]).amount
  }

  /// Its share of what is owed, percent; nil where nothing is.
  public var overdue60Percent: Double? {
    let total = receivables.total.amount.minorUnits
    return total == 0 ? nil : Double(overdue60.minorUnits) / Double(total) * 100
  }
}

/// A company's money on a day. Everything in it is computed from the snapshot alone.
public struct FinanceReport: Hashable, Sendable {
  public let orgID: OrgID
  public let asOf: LocalDate
  public let recordsAsOf: Instant?
  /// The company's currency first, the others by code.
  public let currencies: [CurrencyFinance]
  /// What is wrong with invoices; those are not counted.
  public let overdue: OverdueReport
  public let alerts: [FinanceAlert]
}
