import ActionProtocol
import Cards
import Engine
import Insights

/// What new payments led to.
struct ConfirmationView {
  let report: ConfirmationReport
  let isDryRun: Bool

  init(_ report: ConfirmationReport, _ isDryRun: Bool) {
    self.report = report
    self.isDryRun = isDryRun
  }

  func rendered(_ style: Style) -> String {
    let found = report.recommendation
    guard !found.proposals.isEmpty || !found.skipped.isEmpty else { return "" }
    var text = "\n" + style.bold("Payments to confirm: \(found.proposals.count)") + "\n"
    var table = TextTable([.left("CUSTOMER AND PAYMENT"), .left("RESULT")])
    for (proposal, outcome) in zip(found.proposals, report.outcomes) {
      table.add([
        DisplayText.shortened(AnalysisView.about(proposal), to: 60),
        AnalysisView.result(outcome, isDryRun: isDryRun),
      ])
    }
    if !found.proposals.isEmpty { text += table.rendered(style: style) }
    for one in found.skipped.prefix(20) {
      let name = DisplayText.line(one.partnerName ?? "Customer \(one.partnerID.rawValue)")
      let words =
        "Not confirmed: \(name), \(AmountText.text(one.amount)) of \(one.receivedOn.iso). "
        + DisplayText.line(one.reason.explanation)
      let lines = DisplayText.wrap(words, width: 94)
      text += lines.enumerated().map { ($0 == 0 ? "  " : "    ") + $1 + "\n" }.joined()
    }
    if found.skipped.count > 20 { text += "  … and \(found.skipped.count - 20) more (--json)\n" }
    return text
  }

  var json: JSONValue {
    [
      "proposals": .array(
        zip(report.recommendation.proposals, report.outcomes).map { proposal, outcome in
          [
            "proposal": proposal.json,
            "result": AnalysisView.json(outcome, isDryRun: isDryRun),
          ]
        }),
      "skipped": .array(
        report.recommendation.skipped.map { one in
          [
            "partner_id": .integer(one.partnerID.rawValue),
            "amount": one.amount.json, "received_on": .string(one.receivedOn.iso),
            "code": .string(one.reason.code), "explanation": .string(one.reason.explanation),
          ]
        }),
    ]
  }
}
