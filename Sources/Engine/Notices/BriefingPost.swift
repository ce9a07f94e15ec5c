import ActionProtocol
import Decisions
import Insights

/// Proposes to mail a briefing to the owners of an org, where the org wants its persons told.
struct BriefingPost: Sendable {
  private let context: EngineContext

  init(_ context: EngineContext) { self.context = context }

  /// - Returns: what became of each message; nil where the org does not want it.
  /// - Throws: ``DecisionError`` for an unknown org; ``DraftingError``; store errors.
  func send(_ briefing: Briefing, _ org: OrgID, via: String) async throws -> [IntakeOutcome]? {
    let (organisation, readers, now) = try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      return (organisation, try Self.owners(org, store), store.now)
    }
    guard organisation.tellsPersons else { return nil }
    let proposals = try BriefingMail(
      drafting: context.drafting, company: organisation.profile, now: now
    ).proposals(of: briefing, to: readers)
    return try await ProposalSubmission(context, .notices, via: via)
      .outcomes(of: proposals, dryRun: false)
  }

  /// Active owners with an address.
  private static func owners(
    _ org: OrgID, _ store: any StoreReading
  ) throws -> [(handle: String, colleague: Colleague)] {
    let owners = Set(try store.memberships(in: org).filter { $0.role == .owner }.map(\.person))
    return try store.persons().compactMap { person in
      guard person.isActive, owners.contains(person.id), let email = person.email else {
        return nil
      }
      return (person.id.rawValue, Colleague(name: person.name, email: email))
    }
  }
}
