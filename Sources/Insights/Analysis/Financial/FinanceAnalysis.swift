import ActionProtocol

/// What a company has, is owed, owes and spends, and how well it collects. docs/reference/analysis-finance.md has every
/// formula.
///
/// Amounts of different currencies are never added. Missing records make a figure nil and name a gap; nothing is
/// divided by zero. Time is linear in the invoices, in one pass.
public enum FinanceAnalysis {
  /// A balance older than so many days is shown with a gap.
  public static let oldestBalance = 7

  /// - Parameter hasBillsOfThen: false: bills stand as they are now, and the as-of day is over.
  public static func analyze(
    _ snapshot: FinanceSnapshot, rules: FinanceRules = FinanceRules(), hasBillsOfThen: Bool = true
  ) -> FinanceReport {
    var tally = FinanceTally(snapshot)
    let overdue = OverdueAnalysis.analyze(snapshot.books) { tally.count($0, age: $1) }
    tally.countBills()
    let home = snapshot.books.company.currency
    let all = tally.currencies(overdue)
    let order = all.filter { $0 == home } + all.filter { $0 != home }.sorted { $0.code < $1.code }
    let figures = order.map { currency in
      var finance = FinanceFigures(snapshot, overdue, tally, currency).finance()
      if !hasBillsOfThen, finance.payables != nil { finance.gaps.insert(.billsOfNow) }
      return finance
    }
    let alerts = FinanceAlerts(
      rules: rules, home: home,
      formats: MessageFormats(localeIdentifier: snapshot.books.company.locale))
    return FinanceReport(
      orgID: snapshot.books.company.orgID, asOf: snapshot.books.asOf,
      recordsAsOf: overdue.recordsAsOf, currencies: figures, overdue: overdue,
      alerts: figures.flatMap { finance in
        alerts.alerts(
          of: finance, invoices: { oldest(overdue, finance.currency, over: $0) },
          bills: tally.oldestBills(finance.currency))
      })
  }

  private static func oldest(
    _ report: OverdueReport, _ currency: Currency, over days: Int
  ) -> [Int64] {
    var found: [(days: Int, id: Int64)] = []
    for customer in report.customers where customer.currency == currency {
      // The oldest stand first.
      for invoice in customer.invoices.prefix(10) where invoice.daysOverdue > days {
        found.append((invoice.daysOverdue, invoice.invoice.id))
      }
    }
    return found.sorted { ($0.days, $1.id) > ($1.days, $0.id) }.prefix(10).map(\.id)
  }
}
