import ActionProtocol
import Addressing
import Decisions
import Insights
import Logging

/// Alerts the owners to critical findings at once: by text, or by e-mail whoever has no number. Each
/// message is a proposal like any other.
public struct CriticalAlerts: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Looks once. The messages, and that somebody was alerted, are one transaction.
  /// - Returns: how many messages are proposed now; nil where the org does not want its persons told.
  /// - Throws: ``DecisionError`` for an unknown org; ``DraftingError``; store errors.
  @discardableResult
  public func tell(_ org: OrgID, via: String) async throws -> Int? {
    let context = context
    let proposed = try await context.store.write { store -> Int? in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      guard organisation.tellsPersons else { return nil }
      let findings = try store.unalertedFindings(org)
      guard !findings.isEmpty else { return 0 }
      return try Look(context: context, store: store, organisation: organisation, via: via)
        .tell(findings)
    }
    if let proposed, proposed > 0 { await context.wake.ring() }
    return proposed
  }

  /// One look, inside its transaction.
  private struct Look {
    let context: EngineContext
    let store: any StoreTransaction
    let organisation: Organisation
    let via: String

    private var org: OrgID { organisation.id }

    func tell(_ findings: [FindingRecord]) throws -> Int {
      let admission = Admission(
        store: store, organisation: organisation, entropy: context.entropy, author: .notices,
        via: via, delivery: context.configuration.delivery, isFinding: false)
      var (proposed, isWaiting) = (0, false)
      for owner in try owners() {
        guard let proposal = try proposal(findings, to: owner) else { continue }
        switch try admission.admit(proposal) {
        case .created(let state) where state.status == .rejected: break
        case .created: proposed += 1
        // An earlier one to the person has not gone out yet: all is said at the next look.
        case .existing, .conflict: isWaiting = true
        case .invalid(let issues):
          context.logger.error(
            "an alert could not be proposed",
            metadata: [
              "org": "\(org.rawValue)",
              "issues": "\(issues.map(\.code).joined(separator: ","))",
            ])
        }
      }
      // Whom nothing reaches is tried again; who was reached is not told twice.
      if proposed > 0, !isWaiting { try store.setAlerted(org, findings.map(\.number)) }
      return proposed
    }

    private func owners() throws -> [Person] {
      let owners = Set(try store.memberships(in: org).filter { $0.role == .owner }.map(\.person))
      return try store.persons().filter { $0.isActive && owners.contains($0.id) }
    }

    private func proposal(_ findings: [FindingRecord], to owner: Person) throws -> Proposal? {
      let found = findings.map { (number: $0.number, title: $0.draft.title) }
      if let phone = owner.phone {
        return PersonText(
          drafting: context.drafting, company: organisation.profile, now: store.now
        ).proposal(alertedTo: found, to: owner.name, owner.id.rawValue, phone)
      }
      guard let email = owner.email else { return nil }
      return try AlertMail(
        drafting: context.drafting, company: organisation.profile, now: store.now
      ).proposal(
        of: findings.map { ($0.number, $0.draft.title, $0.draft.explanation) },
        to: Colleague(name: owner.name, email: email), owner.id.rawValue)
    }
  }
}
