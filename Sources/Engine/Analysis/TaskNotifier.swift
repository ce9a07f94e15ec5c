import ActionProtocol
import Decisions
import Insights

/// Proposes to tell colleagues of their overdue tasks, where the org wants that.
struct TaskNotifier: Sendable {
  private let context: EngineContext

  init(_ context: EngineContext) { self.context = context }

  /// - Returns: what became of each message, and how many assignees could not be reached; nil where the
  ///   org does not want it.
  func notify(
    _ org: OrgID, of report: WorkReport, by author: Author, via: String
  ) async throws -> (outcomes: [IntakeOutcome], unreachable: Int)? {
    let (organisation, colleagues, now) = try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      guard organisation.notifiesTasks else { return (organisation, [Colleague](), store.now) }
      return (organisation, try Self.colleagues(org, store), store.now)
    }
    guard organisation.notifiesTasks else { return nil }
    let notices = try TaskNoticeRecommender(
      drafting: context.drafting, company: organisation.profile, now: now
    ).recommend(report, to: colleagues)
    let outcomes = try await ProposalSubmission(context, author, via: via)
      .outcomes(of: notices.proposals, dryRun: false)
    return (outcomes, notices.unreachable.count)
  }

  /// Active persons of the org who have an address.
  private static func colleagues(
    _ org: OrgID, _ store: any StoreReading
  ) throws -> [Colleague] {
    let members = Set(try store.memberships(in: org).map(\.person))
    return try store.persons().compactMap { person in
      guard person.isActive, members.contains(person.id), let email = person.email else {
        return nil
      }
      return Colleague(name: person.name, email: email)
    }
  }
}
