import ActionProtocol
import Decisions

/// How people and agents look at actions; nothing here changes anything.
public struct ActionReader: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// The newest actions of an org.
  public func list(_ org: OrgID, _ filter: ActionFilter) async throws -> [ActionState] {
    try await context.store.read { store in
      let holds = try ChannelHolds(org, store)
      return try store.actions(org, filter).map(holds.shown)
    }
  }

  /// How many actions are in each status.
  public func counts(_ org: OrgID) async throws -> [ActionStatus: Int] {
    try await context.store.read { try $0.actionCounts(org) }
  }

  /// The action of an id or of the beginning of one.
  /// - Throws: ``DecisionError`` when none or several begin so.
  public func resolve(_ org: OrgID, _ idOrPrefix: String) async throws -> ActionState {
    let found = try await context.store.read { store -> [ActionState] in
      if let id = ActionID(rawValue: idOrPrefix), let state = try store.action(org, id) {
        return [state]
      }
      return try store.actions(org, idPrefix: idOrPrefix)
    }
    guard let first = found.first else { throw DecisionError.unknown(idOrPrefix) }
    guard found.count == 1 else {
      throw DecisionError(
        .invalid, "action.ambiguous", "Several actions begin with \(idOrPrefix).",
        remedy: "Give more characters of the id; see: aiom action list.")
    }
    return first
  }

  /// Everything about one action; nil where there is none.
  public func card(_ org: OrgID, _ id: ActionID) async throws -> ActionCard? {
    let (delivery, prices) = (context.configuration.delivery, context.configuration.prices)
    let roles = context.roles
    return try await context.store.read { store in
      guard let state = try store.action(org, id), let organisation = try store.organisation(org),
        let revision = try store.revision(org, id, state.revision)
      else { return nil }
      let proposal = try Approvals.proposal(of: state, store)
      let reading = OutreachReadingPlan(proposal, state.partner)
      var card = ActionCard(
        state: try ChannelHolds(org, store).shown(state), proposal: proposal, revision: revision,
        organisation: organisation,
        delivery: delivery, now: store.now)
      card.guardVerdict = try reading.verdict(store, organisation, state, prices)
      if state.status.isLive {
        let bound = Senders.bound(revision, proposal, by: state.createdBy, organisation)
        card.senderProblem = bound.problem
      }
      card.lastOutreach = try Self.lastOutreach(reading, store, state)
      card.stop = try store.stops().first { $0.scope.covers(org) }
      card.attempts = try store.attempts(org, id)
      card.stages = try store.stages(org, id)
      card.evidence = try store.evidence(org, id)
      card.events = try store.events(org, id)
      card.policy = try PolicyHistory.explanation(org, id, state.revision, store)
      card.approval = try store.request(org, id, revision: state.revision).map {
        try ApprovalPicture($0, roles, active: organisation.policyVersion, store)
      }
      card.remarks = try store.remarks(org, id)
      card.mark = try store.inboxMark(org, id)
      card.revisions = try store.revisions(org, id)
      card.records = try proposal.affectedRecords.references.compactMap {
        try store.record(org, $0)
      }
      return card
    }
  }

  private static func lastOutreach(
    _ reading: OutreachReadingPlan, _ store: any StoreReading, _ state: ActionState
  ) throws -> Instant? {
    guard let channel = reading.channel else { return nil }
    let parties = try reading.parties { try store.record(state.org, $0) }
    let facts = try store.outreachFacts(
      state.org, channel: channel, partners: parties, addresses: reading.addresses,
      scopes: [], delivery: state.delivery)
    return [facts.lastToPartner, facts.lastToAddress].compactMap { $0 }.max()
  }
}
