import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights

extension DemoHouse {
  /// A reminder for the customer who can only be written to at night: proposed by a person, with that
  /// customer's hours. The analysis will find it and not propose it again.
  func proposeForNightOwl() async throws -> ActionID {
    let dry = try await Analyst(house.context).analyze(
      org, asOf: nil, dryRun: true, by: desk.author(.propose), via: "demo")
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
    let outcome = try await Intake(house.context).submit(
      proposal, by: desk.author(.propose), via: "demo")
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

  /// Analyses the books, as the job does.
  func analyse() async throws -> AnalysisReport {
    guard let analyzer = Author(.system, "analyzer") else { throw Self.missing("the analyzer") }
    return try await Analyst(house.context).analyze(
      org, asOf: nil, dryRun: false, by: analyzer, via: "demo")
  }

  static func missing(_ what: String) -> Failure {
    Failure(
      .internalError, "demo.incomplete", "The demo did not find \(what).",
      remedy: "This is a fault of the program; please report it.")
  }
}
