import ActionProtocol
import Cards
import Engine
import Insights

/// What a sales analysis found, and what became of its proposals.
struct SalesView {
  /// So many lines of a list; JSON has all.
  static let mostLines = 10

  let report: SalesAnalysisReport
  let isDryRun: Bool

  func rendered(style: Style) -> String {
    let sales = report.sales
    guard sales.open > 0 || !sales.stages.isEmpty else {
      return "No deals. Import some (aiom import deals FILE), or synchronise them "
        + "(aiom odoo sync).\n"
    }
    var text = style.bold("Pipeline as of \(sales.asOf.iso)") + "\n"
    text += stages.rendered(style: style) + "\n" + figures
    text += list(
      sales.stalled, "Stalled deals", more: sales.stalledUnlisted,
      "more are stalled and worth less", style)
    text += list(
      sales.agedOut, "Older than any deal that was won: close them, or say why not", more: 0, "",
      style)
    text += list(sales.others, "Worth a look", more: 0, "", style)
    return text + "\n" + proposals(style) + skipped(style) + gaps(style)
  }

  private var stages: TextTable {
    var table = TextTable([
      .left("STAGE"), .right("OPEN"), .right("WORTH"), .right("HALF GO ON IN"),
      .left("STALLED AFTER"),
    ])
    for row in report.sales.stages {
      let worth = row.values.map(AmountText.text).joined(separator: ", ")
      table.add([
        DisplayText.shortened(row.stage.name, to: 30), String(row.count),
        worth.isEmpty ? "-" : worth,
        row.sample.percentile(0.5).map { "\(Int($0.rounded())) days" } ?? "-",
        row.limit.map { Self.origin($0) } ?? "not known",
      ])
    }
    return table
  }

  private static func origin(_ limit: StageLimit) -> String {
    switch limit.source {
    case .setting: "\(limit.stalledAfter) days (set)"
    case .stage(let count): "\(limit.stalledAfter) days (of \(count) deals)"
    case .pipeline(let count): "\(limit.stalledAfter) days (of \(count) in all stages)"
    case .cycle(let count): "\(limit.stalledAfter) days (of \(count) won deals)"
    case .standard: "\(limit.stalledAfter) days (too few deals to learn from)"
    }
  }

  private var figures: String {
    let sales = report.sales
    var lines: [String] = []
    if let share = sales.winRate.share {
      let (won, all) = (sales.winRate.won, sales.winRate.won + sales.winRate.lost)
      lines.append("Won \(Self.percent(share)) of \(all) decided in the last year (\(won)).")
    } else {
      lines.append("Nothing was decided in the last year.")
    }
    if let mean = sales.cycle.mean, let half = sales.cycle.percentile(0.5) {
      lines.append(
        "A win takes \(Self.number(mean)) days on average, half of them at most "
          + "\(Self.number(half)).")
    }
    for velocity in sales.velocity {
      let money = Money(
        minorUnits: Int64(velocity.perDay.rounded()), currency: velocity.currency)
      lines.append("Open deals are worth \(AmountText.text(money)) a day at that pace.")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  static func percent(_ share: Double) -> String { number(share * 100) + " %" }

  /// One decimal, none where it is a whole number.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(abs(tenths % 10))"
  }

  private func list(
    _ findings: [DealFinding], _ title: String, more: Int, _ rest: String, _ style: Style
  ) -> String {
    guard !findings.isEmpty else { return "" }
    var table = TextTable([
      .left("DEAL"), .left("CUSTOMER"), .right("WORTH"), .right("CHANCE"), .left("WHY"),
    ])
    for finding in findings.prefix(Self.mostLines) {
      table.add([
        DisplayText.shortened(finding.deal.name, to: 28),
        DisplayText.shortened(finding.deal.partnerName ?? "-", to: 24),
        finding.deal.value.map(AmountText.text) ?? "-",
        finding.chance.map(Self.percent) ?? "-",
        finding.issues.map(Self.short).joined(separator: ", "),
      ])
    }
    let unlisted = findings.count - Self.mostLines
    var text =
      "\n" + style.bold("\(title): \(findings.count)") + "\n" + table.rendered(style: style)
    if unlisted > 0 { text += "  and \(unlisted) more (--json has all)\n" }
    if more > 0 { text += "  \(more) \(rest)\n" }
    return text
  }

  private static func short(_ issue: DealIssue) -> String {
    switch issue {
    case .slow(let days, let limit), .stalled(let days, let limit), .agedOut(let days, let limit):
      limit.isOfCycle ? "open for \(days) days" : "\(days) days in its stage"
    case .idle(let days): "nothing done for \(days) days"
    case .closeDatePast(let days): "should have closed \(days) days ago"
    case .slipping(let times): "put off \(times) times"
    }
  }

  // MARK: - Proposals

  private func proposals(_ style: Style) -> String {
    let proposals = report.recommendation.proposals
    guard !proposals.isEmpty else { return "Nothing to propose.\n" }
    var table = TextTable([.left("PROPOSAL"), .left("ABOUT"), .left("RESULT")])
    for (proposal, outcome) in zip(proposals, report.outcomes) {
      table.add([
        proposal.actionType.rawValue,
        DisplayText.shortened(AnalysisView.about(proposal), to: 44),
        AnalysisView.result(outcome, isDryRun: isDryRun),
      ])
    }
    let end = isDryRun ? "; a dry run stores nothing" : ""
    return style.bold("\(proposals.count) proposals\(end)") + "\n" + table.rendered(style: style)
  }

  private func skipped(_ style: Style) -> String {
    let skipped = report.recommendation.skipped
    guard !skipped.isEmpty else { return "" }
    var text = "\n" + style.bold("Stalled and deliberately not proposed: \(skipped.count)") + "\n"
    for one in skipped.prefix(Self.mostLines) {
      let words = "\(DisplayText.line(one.deal.name)): \(DisplayText.line(one.reason.explanation))"
      let lines = DisplayText.wrap(words, width: 94)
      text += lines.enumerated().map { ($0 == 0 ? "  " : "    ") + $1 + "\n" }.joined()
    }
    let rest = skipped.count - Self.mostLines
    return rest > 0 ? text + "  and \(rest) more (--json has all)\n" : text
  }

  private func gaps(_ style: Style) -> String {
    let gaps = PipelineGap.allCases.compactMap { gap in
      report.sales.gaps[gap].map { (gap, $0) }
    }
    guard !gaps.isEmpty else { return "" }
    return "\n" + style.bold("Records with something missing") + "\n"
      + gaps.map { "  \($1) × \($0.rawValue.replacing("_", with: " ")): \($0.remedy)\n" }.joined()
  }
}
