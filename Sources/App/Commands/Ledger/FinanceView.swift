import ActionProtocol
import Cards
import Insights

/// A company's money for people.
struct FinanceView {
  let report: FinanceReport

  func rendered(style: Style) -> String {
    guard !report.currencies.isEmpty else {
      return "No invoices, bills or balances. Import some: aiom import invoices FILE.\n"
    }
    var text = alerts(style)
    for finance in report.currencies {
      text += style.bold("\(finance.currency.code), as of \(report.asOf.iso)") + "\n"
      text += ageing(finance).rendered(style: style) + "\n"
      text += figures(finance).rendered(headings: false)
      text += curve(finance, style) + gaps(finance, style) + "\n"
    }
    return text
  }

  private func alerts(_ style: Style) -> String {
    guard !report.alerts.isEmpty else { return "" }
    return style.bold("Alerts: \(report.alerts.count)") + "\n"
      + report.alerts.map { alert in
        DisplayText.wrap("\(alert.severity.word): \(alert.explanation)", width: 94).enumerated()
          .map { ($0 == 0 ? "  " : "    ") + $1 + "\n" }.joined()
      }.joined() + "\n"
  }

  private func ageing(_ finance: CurrencyFinance) -> TextTable {
    var table = TextTable(
      [.left("")] + AgeingBucket.allCases.map { .right($0.label.uppercased()) } + [.right("ALL")])
    func row(_ name: String, _ ageing: AgeingTable) -> [String] {
      [name] + AgeingBucket.allCases.map { AmountText.number(ageing[$0].amount) }
        + [AmountText.number(ageing.total.amount)]
    }
    table.add(row("owed to you", finance.receivables))
    if let payables = finance.payables { table.add(row("you owe", payables)) }
    return table
  }

  private func figures(_ finance: CurrencyFinance) -> TextTable {
    var table = TextTable([.left(""), .left("")])
    for (name, value) in rows(finance) {
      if let value { table.add([name, value]) }
    }
    return table
  }

  private func rows(_ finance: CurrencyFinance) -> [(String, String?)] {
    let currency = finance.currency
    func days(_ value: Double?) -> String? { value.map { SalesView.number($0) + " days" } }
    func money(_ minorUnits: Int64) -> String? {
      minorUnits == 0 ? nil : AmountText.text(Money(minorUnits: minorUnits, currency: currency))
    }
    return [
      ("credit that no invoice claims", money(finance.unallocated.minorUnits)),
      ("days sales outstanding", days(finance.dso)),
      ("best possible", days(finance.bestPossibleDSO)),
      ("average days delinquent", days(finance.daysDelinquent)),
      ("by counting back", days(finance.countBackDSO)),
      (
        "collected of what could be",
        finance.collectionEffectiveness.map { SalesView.number($0) + " %" }
      ),
      ("largest customer", finance.concentration.map(Self.words)),
      ("cash", finance.cash.map { "\(AmountText.text($0)) (\(finance.cashOn?.iso ?? ""))" }),
      ("burn in 30 days", finance.burn.map(AmountText.text)),
      ("cash lasts", finance.runway.map { $0.days.map { "\($0) days" } ?? "nothing is spent" }),
      ("receivables less payables", finance.workingCapital.map(AmountText.text)),
      ("cash and receivables less payables", finance.netPosition.map(AmountText.text)),
    ]
  }

  private static func words(_ found: Concentration) -> String {
    let name = DisplayText.shortened(found.largestName, to: 40)
    let share = SalesView.percent(found.largestShare)
    let open = AmountText.text(found.largestOpen)
    return "\(name): \(open), \(share) of \(found.customers) customers"
  }

  private func curve(_ finance: CurrencyFinance, _ style: Style) -> String {
    guard let curve = finance.curve, curve.weeks.contains(where: { $0.endMedian != nil }) else {
      return ""
    }
    var table = TextTable([
      .left("WEEK TO"), .right("IN"), .right("OUT"), .right("CASH"), .right("IN, CAUTIOUS"),
      .right("OUT, CAUTIOUS"), .right("CASH, CAUTIOUS"),
    ])
    func text(_ value: Int64?) -> String {
      value.map { AmountText.number(Money(minorUnits: $0, currency: finance.currency)) } ?? "-"
    }
    for week in curve.weeks {
      table.add([
        week.to.iso, text(week.receiptsMedian), text(week.paymentsMedian), text(week.endMedian),
        text(week.receiptsCautious), text(week.paymentsCautious), text(week.endCautious),
      ])
    }
    return "\n" + table.rendered(style: style)
  }

  private func gaps(_ finance: CurrencyFinance, _ style: Style) -> String {
    let gaps = FinanceGap.allCases.filter(finance.gaps.contains)
    guard !gaps.isEmpty else { return "" }
    return "\n" + style.bold("What is missing") + "\n"
      + gaps.map { gap in
        DisplayText.wrap(gap.remedy, width: 94).enumerated()
          .map { ($0 == 0 ? "  " : "    ") + $1 + "\n" }.joined()
      }.joined()
  }
}
