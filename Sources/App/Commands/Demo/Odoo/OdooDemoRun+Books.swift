import ActionProtocol
import Decisions
import Engine
import Insights

/// From Odoo's books to proposals.
extension OdooDemoRun {
  /// Makes what the demo works on, as the people of a company would.
  func furnish() async throws -> (debts: [OdooDemoBooks.Case], project: Int) {
    stage.act(2, "What the demo puts into Odoo")
    let today = LocalDate(SystemClock.now(), in: desk.organisation.profile.zone)
    var debts: [OdooDemoBooks.Case] = []
    var table = TextTable([.left("CUSTOMER"), .left("INVOICE"), .right("OPEN"), .right("OVERDUE")])
    for (name, amount) in [("Acme Corp", 1250), ("Payer Ltd", 480), ("Patient Inc", 930)] {
      let debt = try await books.owing(
        name, amount: amount, issued: today.adding(days: -50), due: today.adding(days: -20))
      table.add([debt.partnerName, debt.number, "\(amount).00", "20 days"])
      debts.append(debt)
    }
    let project = try await books.project()
    console.show(table.rendered(style: style))
    console.say("and an empty project for tasks (\(project))")
    return (debts, project)
  }

  /// Takes the books over.
  func sync() async throws -> OdooDemoRow {
    stage.act(3, "aiom odoo sync: the books are taken over for analysis")
    _ = try await SyncDesk(house.context).set(desk.org, by: desk.author(.settings), via: "demo") {
      $0.requestsPerMinute = 3000
    }
    guard let report = try await Syncer(house.context).run(desk.org) else {
      throw DemoHouse.missing("the organisation's Odoo")
    }
    console.show(OdooSyncView.rendered(report, style: style))
    let invoices = report.kinds.first { $0.kind == .invoices }
    let found = invoices.map { "\($0.read) invoices" } ?? "none"
    return OdooDemoRow(
      "synced", "Books taken over", expected: "with the three invoices", found: found,
      (invoices?.inserted ?? 0) >= 3)
  }

  /// Analyses the books; of everything that is proposed, the demo goes on with its own three.
  func analyse(_ debts: [OdooDemoBooks.Case]) async throws -> [ActionID] {
    stage.act(4, "The analysis, and what it proposes (Action Recommender)")
    guard let author = Author(.system, "analyzer") else { throw DemoHouse.missing("the analyzer") }
    let report = try await Analyst(house.context).analyze(
      desk.org, asOf: nil, dryRun: false, by: author, via: "demo")
    let view = AnalysisView(report: report, isDryRun: false)
    console.show(view.rendered(style: style, showsCustomers: false))
    let pairs = Array(zip(report.recommendation.proposals, report.outcomes))
    return try debts.map { debt in
      let mine = pairs.first { proposal, _ in
        proposal.actionType == .sendInvoiceReminder
          && proposal.affectedRecords.ids.contains(Int64(debt.invoice))
      }
      guard let state = mine?.1.state else {
        throw DemoHouse.missing("the reminder of \(debt.number)")
      }
      return state.id
    }
  }
}
