import ActionProtocol

/// What was billed, or bought, on one day.
public struct DayTotal: Hashable, Sendable {
  public var day: LocalDate
  public var amount: Money

  public init(day: LocalDate, amount: Money) {
    self.day = day
    self.amount = amount
  }
}

/// How many invoices were paid so many days after they were due; below zero: before.
public struct DelayCount: Hashable, Sendable {
  public var days: Int
  public var count: Int

  public init(days: Int, count: Int) {
    self.days = days
    self.count = count
  }
}

/// A supplier's bill as it stands.
public struct BillFacts: Hashable, Sendable {
  public var id: Int64
  public var number: String
  public var supplier: String
  public var dueOn: LocalDate?
  /// What is still to be paid; below zero where more was paid than billed.
  public var open: Money

  public init(id: Int64, number: String, supplier: String, dueOn: LocalDate?, open: Money) {
    self.id = id
    self.number = number
    self.supplier = supplier
    self.dueOn = dueOn
    self.open = open
  }
}

/// What stands on an account of the company.
public struct BalanceFacts: Hashable, Sendable {
  public var account: String
  /// The day at whose end it stood so.
  public var on: LocalDate
  /// Below zero where the account is overdrawn.
  public var amount: Money

  public init(account: String, on: LocalDate, amount: Money) {
    self.account = account
    self.on = on
    self.amount = amount
  }
}

/// What the books tell about time that is over, as far as they tell it.
public struct BillingHistory: Hashable, Sendable {
  /// The first day on which an invoice was issued, of currencies in which something was billed in the last
  /// ``FinancePeriod/history`` days.
  public var firstInvoice: [Currency: LocalDate] = [:]
  /// Posted invoices by issue date and charges by their day, of the last ``FinancePeriod/history`` days.
  public var billed: [DayTotal] = []
  /// What was owed at the end of the day before the period, invoices with an open amount above zero.
  public var opening: [Currency: Int64] = [:]
  /// Invoices whose source says that they were paid, and not when: what was owed earlier is not known.
  public var paidWithoutDate: [Currency: Int] = [:]
  /// Invoices issued in the last ``FinancePeriod/history`` days of which nothing is open any more; any number
  /// above zero will do.
  public var settled: [Currency: Int] = [:]
  /// Of invoices that were paid in full in the last ``FinancePeriod/history`` days.
  public var delays: [DelayCount] = []
  /// Credit notes of the period, as positive amounts.
  public var credited: [Currency: Int64] = [:]
  /// Payments of the period.
  public var received: [Currency: Int64] = [:]

  public init() {}
}

/// What the company owes and spends.
public struct PurchaseBooks: Hashable, Sendable {
  /// Posted bills with something open.
  public var bills: [BillFacts] = []
  /// Posted bills by issue date, of the last ``FinancePeriod/days`` days.
  public var bought: [DayTotal] = []
  /// The first day on which a bill was issued, by currency.
  public var firstBill: [Currency: LocalDate] = [:]

  public init() {}
}

/// The days that figures of a time are computed over.
public enum FinancePeriod {
  /// At most so many days, the as-of day the last.
  public static let days = 90
  /// With fewer days of history a figure is not computed.
  public static let fewest = 30
  /// Billing and payments are read this far back.
  public static let history = 365

  /// How many days the period has where the history begins on `first`; nil: too few.
  public static func length(from first: LocalDate?, to day: LocalDate) -> Int? {
    guard let first else { return nil }
    let known = day.days(since: first) + 1
    return known < fewest ? nil : min(days, known)
  }
}

/// One consistent reading of what a company has, is owed and owes.
public struct FinanceSnapshot: Sendable {
  /// The customers' invoices.
  public var books: BooksSnapshot
  public var history: BillingHistory
  /// Nil: no bill was ever brought in.
  public var purchases: PurchaseBooks?
  /// The last of each account up to the as-of day; empty: none was ever brought in.
  public var balances: [BalanceFacts]

  public init(
    books: BooksSnapshot, history: BillingHistory = BillingHistory(),
    purchases: PurchaseBooks? = nil, balances: [BalanceFacts] = []
  ) {
    self.books = books
    self.history = history
    self.purchases = purchases
    self.balances = balances
  }
}
