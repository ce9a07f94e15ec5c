import ActionProtocol
import Cards
import Decisions
import Engine
import Foundation
import Insights

extension DemoRun {
  func loadBooks() async throws {
    act(2, "The company's books are imported")
    let reports = try await house.importBooks()
    var table = TextTable([.left(""), .right(""), .left("")])
    for report in reports {
      let rejected = report.counts.rejected
      table.add([
        report.kind.rawValue, AmountText.grouped(String(report.counts.inserted)),
        rejected == 0 ? "" : "\(rejected) rejected",
      ])
    }
    console.show(table.rendered(headings: false))
    tell(
      "All dates count from today. Acme Corp owes $5,000.00 on invoice INV-2024-001, 60 days "
        + "overdue.")
  }

  /// Analyses the books and lists what is proposed.
  /// - Returns: the action for INV-2024-001.
  func analyse() async throws -> ActionID {
    act(3, "The analysis, and what it proposes (Action Recommender)")
    let report = try await house.analyse()
    let view = AnalysisView(report: report, isDryRun: false)
    console.show(view.rendered(style: style, showsCustomers: false))
    let pairs = zip(report.recommendation.proposals, report.outcomes)
    for (proposal, outcome) in pairs {
      guard case .email(_, let email) = proposal.operation,
        email.subject.contains("INV-2024-001"), let state = outcome.state
      else { continue }
      return state.id
    }
    throw DemoHouse.missing("the reminder for INV-2024-001")
  }
}
