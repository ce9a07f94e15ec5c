import ActionProtocol
import Cards
import Engine
import Insights

/// What an analysis found, and what became of its proposals.
struct AnalysisView {
  let report: AnalysisReport
  let isDryRun: Bool

  func rendered(style: Style, showsCustomers: Bool = true) -> String {
    let overdue = report.overdue
    var text = style.bold("Open invoices by days overdue, as of \(overdue.asOf.iso)") + "\n"
    text += overdue.currencies.isEmpty ? "None.\n" : ageing.rendered(style: style)
    if showsCustomers, !overdue.customers.isEmpty {
      text += "\n" + style.bold("Customers with something overdue") + "\n"
      text += customers.rendered(style: style)
    }
    text += "\n" + proposals(style) + confirmations(style)
    text += skipped(style) + promises(style) + gaps(style)
    return text
  }

  /// How many proposals were made, were there, were refused.
  var counts: (made: Int, there: Int, refused: Int) {
    var counts = (made: 0, there: 0, refused: 0)
    for outcome in report.outcomes {
      switch outcome {
      case .created: counts.made += 1
      case .existing: counts.there += 1
      case .conflict, .invalid: counts.refused += 1
      }
    }
    return counts
  }

  private var ageing: TextTable {
    var table = TextTable(
      [.left("CURRENCY")] + AgeingBucket.allCases.map { .right($0.label.uppercased()) }
        + [.right("OPEN"), .right("OVERDUE")])
    for currency in report.overdue.currencies {
      guard let row = report.overdue.ageing[currency] else { continue }
      table.add(
        [currency.code] + AgeingBucket.allCases.map { AmountText.number(row[$0].amount) }
          + [AmountText.number(row.total.amount), AmountText.number(row.overdue.amount)])
    }
    return table
  }

  private var customers: TextTable {
    var table = TextTable([
      .left("CUSTOMER"), .right("OVERDUE"), .right("INVOICES"), .right("OLDEST"),
    ])
    for customer in report.overdue.customers {
      table.add([
        DisplayText.shortened(customer.partnerName, to: 40),
        AmountText.text(customer.ageing.overdue.amount), String(customer.invoices.count),
        "\(customer.oldestDaysOverdue) days",
      ])
    }
    return table
  }

  private func proposals(_ style: Style) -> String {
    let proposals = report.recommendation.proposals
    guard !proposals.isEmpty else { return "Nothing to propose.\n" }
    var table = TextTable([.left("PROPOSAL"), .left("ABOUT"), .left("RESULT")])
    for (index, proposal) in proposals.enumerated() {
      let outcome = report.outcomes.indices.contains(index) ? report.outcomes[index] : nil
      table.add([
        proposal.actionType.rawValue,
        DisplayText.shortened(Self.about(proposal), to: 44),
        outcome.map { Self.result($0, isDryRun: isDryRun) } ?? "-",
      ])
    }
    return style.bold(headline) + "\n" + table.rendered(style: style)
  }

  private var headline: String {
    let total = report.recommendation.proposals.count
    let counts = counts
    let refused = counts.refused == 0 ? "" : ", \(counts.refused) refused"
    let made = isDryRun ? "\(counts.made) would be new" : "\(counts.made) new"
    let end = isDryRun ? "; a dry run stores nothing" : ""
    return "\(total) proposals: \(made), \(counts.there) already there\(refused)\(end)"
  }

  static func about(_ proposal: Proposal) -> String {
    let records = proposal.affectedRecords
    return [records.partnerName, records.recordName].compactMap(\.self).joined(separator: ": ")
  }

  static func result(_ outcome: IntakeOutcome, isDryRun: Bool) -> String {
    switch outcome {
    case .created: isDryRun ? "would be new" : "new"
    case .existing(_, let reason): "already there: \(IntakeView.reason(reason))"
    case .conflict(let state): "conflict with \(state.id.rawValue)"
    case .invalid(let issues): "refused: \(issues.map(\.code).joined(separator: ", "))"
    }
  }

  private func skipped(_ style: Style) -> String {
    let skipped = report.recommendation.skipped
    guard !skipped.isEmpty else { return "" }
    var text = "\n" + style.bold("Deliberately not proposed") + "\n"
    for one in skipped {
      let name = DisplayText.line(one.partnerName)
      let words = "\(name) (\(one.currency.code)): \(DisplayText.line(one.reason.explanation))"
      let lines = DisplayText.wrap(words, width: 94)
      text += lines.enumerated().map { ($0 == 0 ? "  " : "    ") + $1 + "\n" }.joined()
    }
    return text
  }

  private func confirmations(_ style: Style) -> String {
    report.confirmations.map { ConfirmationView($0, isDryRun).rendered(style) } ?? ""
  }

  private func promises(_ style: Style) -> String {
    let broken = report.promises.broken
    guard !broken.isEmpty else { return "" }
    var text = "\n" + style.bold("Promises that were not kept") + "\n"
    for hold in broken.prefix(20) {
      guard let promise = hold.promise else { continue }
      text +=
        "  \(AmountText.text(promise.amount)) by \(promise.due.iso): "
        + "\(AmountText.text(promise.paid)) came (\(hold.id))\n"
    }
    if broken.count > 20 { text += "  … and \(broken.count - 20) more: aiom hold list\n" }
    return text
  }

  private func gaps(_ style: Style) -> String {
    let gaps = report.overdue.gaps
    guard !gaps.isEmpty else { return "" }
    var text = "\n" + style.bold("Records that could not be counted") + "\n"
    for gap in gaps.prefix(20) {
      let number = gap.number.isEmpty ? "a credit" : gap.number
      let kind = gap.kind.rawValue.replacing("_", with: " ")
      text += "  \(DisplayText.line(number)): \(kind). \(gap.remedy)\n"
    }
    if gaps.count > 20 { text += "  … and \(gaps.count - 20) more (--json lists all)\n" }
    return text
  }
}
