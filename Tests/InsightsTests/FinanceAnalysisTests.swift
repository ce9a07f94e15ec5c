import ActionProtocol
import Insights
import Testing

/// Figures worked out by hand; random books against a foreign program are EngineTests/FinanceOracleTests.
@Suite struct FinanceAnalysisTests {
  private func usd(_ major: Int64) -> Money { Money(minorUnits: major * 100, currency: Books.usd) }

  /// As of 2026-03-31: 90 days with 90,000 invoiced, 30,000 owed, 10,000 of it overdue.
  private func books() throws -> FinanceSnapshot {
    let day = Books.day("2026-03-31")
    var history = BillingHistory()
    history.firstInvoice = [Books.usd: day.adding(days: -364)]
    history.billed = [
      DayTotal(day: Books.day("2026-01-15"), amount: usd(30_000)),
      DayTotal(day: Books.day("2026-02-15"), amount: usd(40_000)),
      DayTotal(day: Books.day("2026-03-15"), amount: usd(20_000)),
    ]
    history.opening = [Books.usd: usd(15_000).minorUnits]
    history.settled = [Books.usd: 12]
    history.delays = [DelayCount(days: 5, count: 10), DelayCount(days: 20, count: 10)]
    return FinanceSnapshot(
      books: Books.snapshot(
        on: day.iso, partners: [try Books.partner(7, "Acme"), try Books.partner(8, "Bolt")],
        invoices: [
          Books.invoice(1, "A", of: 7, due: "2026-04-10", open: 2_000_000),
          Books.invoice(2, "B", of: 8, due: "2026-01-20", open: 1_000_000),
        ], unallocated: [Books.credit(8, 250_000)]),
      history: history)
  }

  private func money() throws -> FinanceSnapshot {
    var snapshot = try books()
    var purchases = PurchaseBooks()
    purchases.firstBill = [Books.usd: Books.day("2025-01-01")]
    purchases.bought = [
      DayTotal(day: Books.day("2026-01-05"), amount: usd(75_000)),
      // One day before the period.
      DayTotal(day: Books.day("2025-12-31"), amount: usd(1)),
    ]
    purchases.bills = [
      BillFacts(
        id: 3, number: "R", supplier: "Steel", dueOn: Books.day("2025-12-01"), open: usd(26_000))
    ]
    snapshot.purchases = purchases
    snapshot.balances = [
      BalanceFacts(account: "Main", on: Books.day("2026-03-30"), amount: usd(45_000))
    ]
    return snapshot
  }

  private func figures(
    _ snapshot: FinanceSnapshot, _ rules: FinanceRules = FinanceRules()
  ) throws -> (finance: CurrencyFinance, alerts: [FinanceAlert]) {
    let report = FinanceAnalysis.analyze(snapshot, rules: rules)
    return (try #require(report.currencies.first), report.alerts)
  }

  @Test func `days of sales and collecting, by their formulas`() throws {
    let finance = try figures(try books()).finance
    #expect(finance.periodDays == 90)
    #expect(finance.dso == 30)  // 30,000 ÷ 90,000 × 90
    #expect(finance.bestPossibleDSO == 20)
    #expect(finance.daysDelinquent == 10)
    // (15,000 + 90,000 − 30,000) ÷ (15,000 + 90,000 − 20,000)
    #expect(finance.collectionEffectiveness == 75.0 / 85.0 * 100)
    // All of March, and 10,000 of February's 40,000.
    #expect(finance.countBackDSO == 38)
    #expect(finance.concentration?.largestShare == 2.0 / 3.0)
    #expect(finance.concentration?.largestName == "Acme")
    #expect(finance.unallocated == usd(2_500))
    #expect(finance.receivables.total.amount == usd(30_000), "credit is not netted")
  }

  @Test func `the predecessor's example: 45,000 at 25,000 a month last 54 days`() throws {
    let (finance, alerts) = try figures(try money())
    #expect(finance.burn == usd(25_000))
    #expect(finance.runway == .days(54))
    #expect(finance.workingCapital == usd(4_000))
    #expect(finance.netPosition == usd(49_000))
    #expect(alerts.map(\.kind) == [.lowRunway, .overdueShare, .payables90])
    #expect(alerts.map(\.severity) == [.high, .medium, .medium])
    #expect(alerts[1].records == [2] && alerts[2].records == [3])
  }

  @Test func `what is expected comes with the delay of payments that took longer`() throws {
    let curve = try #require(try figures(try money()).finance.curve)
    // Due in ten days: the median of all is 5 days later, the 80th percentile 20.
    #expect(curve.weeks.map(\.receiptsMedian).firstIndex { $0 > 0 } == 2)
    #expect(curve.weeks.map(\.receiptsCautious).firstIndex { $0 > 0 } == 4)
    #expect(curve.beyondMedian == 1_000_000, "no payment was ever 70 days late")
    #expect(curve.weeks[0].paymentsMedian == 2_600_000)
    #expect(curve.weeks[1].paymentsCautious == 583_333, "75,000 ÷ 90 × 7")
    #expect(curve.weeks[0].endMedian == 1_900_000)
    #expect(curve.lowest?.to == curve.weeks.last?.to)
  }

  @Test func `what is missing is a gap and never a zero`() throws {
    var snapshot = try books()
    var finance = try figures(snapshot).finance
    #expect(finance.gaps == [.noBills, .noBalance])
    #expect(finance.cash == nil && finance.burn == nil && finance.runway == nil)
    #expect(finance.payables == nil && finance.workingCapital == nil)
    let weeks = try #require(finance.curve?.weeks)
    #expect(weeks.allSatisfy { $0.endMedian == nil && $0.paymentsMedian == nil })
    snapshot.history.settled = [:]
    finance = try figures(snapshot).finance
    #expect(finance.gaps.contains(.onlyOpenItems) && finance.dso == nil)
    snapshot.history = BillingHistory()
    snapshot.history.firstInvoice = [Books.usd: Books.day("2026-03-03")]
    finance = try figures(snapshot).finance
    #expect(finance.gaps.contains(.shortHistory) && finance.periodDays == nil)
    #expect(finance.gaps.contains(.fewPayments))
  }

  @Test func `payments without dates void what rests on earlier days alone`() throws {
    var snapshot = try books()
    snapshot.history.paidWithoutDate = [Books.usd: 1]
    let finance = try figures(snapshot).finance
    #expect(finance.collectionEffectiveness == nil && finance.opening == nil)
    #expect(finance.dso == 30)
    #expect(finance.gaps.contains(.noPaymentDates))
  }

  @Test func `nothing owed, nothing sold and nothing spent are no division`() throws {
    var snapshot = try money()
    snapshot.books.invoices = []
    snapshot.purchases?.bought = []
    snapshot.history.billed = []
    let (finance, alerts) = try figures(snapshot)
    #expect(finance.overdue60Percent == nil && finance.concentration == nil)
    #expect(finance.gaps.contains(.noSales) && finance.dso == nil)
    #expect(finance.runway == .notBurning && finance.burn == usd(0))
    #expect(alerts.map(\.kind) == [.payables90, .workingCapital])
  }

  @Test(arguments: [(60, 0), (61, 1), (30, 0)] as [(Int64, Int)])
  func `an alert begins beyond its threshold`(limit: Int64, count: Int) throws {
    var rules = FinanceRules()
    rules[.runwayDays] = limit == 60 ? 54 : limit == 61 ? 55 : 30
    let alerts = try figures(try money(), rules).alerts.filter { $0.kind == .lowRunway }
    #expect(alerts.count == count)
    rules[.runwayDays] = 60
    rules[.runwayCriticalDays] = 55
    #expect(try figures(try money(), rules).alerts.first?.severity == .critical)
  }

  @Test func `amounts that do not add exactly are a gap`() throws {
    var snapshot = try money()
    let most: Int64 = 9_007_199_254_740_991
    snapshot.balances.append(
      BalanceFacts(
        account: "Other", on: Books.day("2026-03-30"),
        amount: Money(minorUnits: most, currency: Books.usd)))
    let finance = try figures(snapshot).finance
    #expect(finance.cash == nil && finance.gaps.contains(.amountOutOfRange))
  }

  @Test func `JSON gives null for what is not known`() throws {
    let json = FinanceAnalysis.analyze(try books()).json
    let first = json.objectValue?["currencies"]?.arrayValue?.first?.objectValue
    #expect(first?["cash"] == .null && first?["runway_days"] == .null)
    #expect(first?["dso_days"] == .number(30))
    #expect(first?["gaps"]?.arrayValue?.count == 2)
  }
}
