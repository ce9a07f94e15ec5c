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

  /// A reminder for the customer who can only be written to at night: proposed by a person, with that
  /// customer's hours. The analysis will find it and not propose it again.
  func proposeForNightOwl() async throws -> ActionID {
    let dry = try await Analyst(house.house.context).analyze(
      house.org, asOf: nil, dryRun: true, by: house.desk.author(.propose), via: "demo")
    let found = dry.recommendation.proposals.first {
      $0.affectedRecords.partnerName == DemoCompany.quietCustomer
    }
    guard var proposal = found else { throw Self.missing(DemoCompany.quietCustomer) }
    let hours = try nightHours()
    proposal.revalidationPlan = proposal.revalidationPlan.map { check in
      guard case .quietHours = check.predicate else { return check }
      var changed = check
      changed.description =
        "It is within the customer's hours, \(hours.start.rawValue) to \(hours.end.rawValue)"
      changed.predicate = .quietHours(hours)
      return changed
    }
    let outcome = try await Intake(house.house.context).submit(
      proposal, by: house.desk.author(.propose), via: "demo")
    guard case .created(let state) = outcome else { throw Self.missing("Night Owl's reminder") }
    return state.id
  }

  /// Eight hours that begin three hours from now, every day: closed now, whatever the hour.
  private func nightHours() throws -> QuietHours {
    let zone = desk.organisation.profile.zone
    let start = (WallClock.minutes(SystemClock.now(), in: zone) + 180) % 1440
    guard let from = TimeOfDay(minutes: start), let to = TimeOfDay(minutes: (start + 480) % 1440)
    else { throw Self.missing("the hours") }
    return QuietHours(
      timezone: zone.identifier, start: from, end: to, days: [1, 2, 3, 4, 5, 6, 7])
  }

  /// Analyses the books and lists what is proposed.
  /// - Returns: the action for INV-2024-001.
  func analyse() async throws -> ActionID {
    act(3, "The analysis, and what it proposes (Action Recommender)")
    let report = try await Analyst(house.house.context).analyze(
      house.org, asOf: nil, dryRun: false, by: Self.analyzer(), via: "demo")
    let view = AnalysisView(report: report, isDryRun: false)
    console.show(view.rendered(style: style, showsCustomers: false))
    let pairs = zip(report.recommendation.proposals, report.outcomes)
    for (proposal, outcome) in pairs {
      guard case .email(_, let email) = proposal.operation,
        email.subject.contains("INV-2024-001"), let state = outcome.state
      else { continue }
      return state.id
    }
    throw Self.missing("the reminder for INV-2024-001")
  }

  private static func analyzer() throws -> Author {
    guard let author = Author(.system, "analyzer") else { throw missing("the analyzer") }
    return author
  }

  static func missing(_ what: String) -> Failure {
    Failure(
      .internalError, "demo.incomplete", "The demo did not find \(what).",
      remedy: "This is a fault of the program; please report it.")
  }
}
