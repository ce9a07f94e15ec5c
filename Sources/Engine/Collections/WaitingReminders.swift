import ActionProtocol
import Decisions
import Insights

/// Reminders that wait for a decision or for their turn when somebody puts what they ask for on hold.
///
/// A convenience: cards disappear at once instead of at the next look. That nothing goes out does not
/// rest on it; the hold itself stops whatever is approved (``Revalidation``).
struct WaitingReminders: Sendable {
  private let context: EngineContext

  init(_ context: EngineContext) { self.context = context }

  /// Drafts anew without what is held; where nothing is left, withdraws.
  /// - Returns: the actions that were changed.
  func redraft(in org: OrgID, after hold: CollectionHold) async throws -> [ActionID] {
    var changed: [ActionID] = []
    for candidate in try await waiting(in: org, for: hold) {
      guard let organisation = try await context.store.read({ try $0.organisation(org) }) else {
        continue
      }
      let prepared: PreparedAction
      do throws(ValidationFailure) {
        prepared = try PreparedAction(candidate, organisation)
      } catch {
        // Stage 1 refuses it when its turn comes.
        continue
      }
      let report = try await Redraft(context).redraft(prepared, code: CollectionGate.code)
      if report.outcome != .skipped { changed.append(candidate.state.id) }
    }
    return changed
  }

  private static let most = 1000

  private func waiting(in org: OrgID, for hold: CollectionHold) async throws -> [Candidate] {
    let delivery = context.configuration.delivery
    return try await context.store.read { store in
      let own = OrgPartner(org, hold.subject.partner)
      let family = try store.partnerFamilies([own])[own] ?? [hold.subject.partner]
      let states = try family.flatMap { partner in
        try store.actions(
          org,
          ActionFilter(
            statuses: [.pendingApproval, .approved], partner: partner, limit: Self.most))
      }.filter { $0.type.asksForMoney && $0.delivery == delivery }
      return try states.compactMap { state in
        guard let revision = try store.revision(org, state.id, state.revision) else { return nil }
        let candidate = Candidate(state: state, revision: revision)
        guard let invoice = hold.subject.invoice else { return candidate }
        guard case .success(let stored) = StoredProposal.read(revision.document),
          stored.proposal.affectedRecords.ids.contains(invoice)
        else { return nil }
        return candidate
      }
    }
  }
}
