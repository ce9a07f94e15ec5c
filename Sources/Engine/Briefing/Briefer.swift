import ActionProtocol
import Decisions
import Insights

/// Composes briefings from what is stored, and keeps them. Nothing is sent from here.
public struct Briefer: Sendable {
  /// A morning tells what happened since the evening before, an evening since that morning.
  private static let span: Duration = .seconds(12 * 3600)

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// The briefing of this moment; nothing is stored.
  /// - Returns: nil where there is nothing to say.
  /// - Throws: ``DecisionError`` for an unknown org; store errors.
  public func compose(_ org: OrgID, _ kind: Briefing.Kind) async throws -> Briefing? {
    let (facts, organisation, now) = try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      return (try Self.facts(organisation, store), organisation, store.now)
    }
    var complete = facts
    complete.finance = try await FinanceAnalyst(context).analyze(org, asOf: nil)
    return Briefing.compose(
      kind, day: organisation.day(now), since: now.advanced(by: .zero - Self.span), complete,
      MessageFormats(localeIdentifier: organisation.profile.locale))
  }

  /// Composes and keeps it, with its audit entry. A second one of the day takes the place of the first.
  /// - Returns: nil where there is nothing to say; nothing is kept then.
  public func keep(
    _ org: OrgID, _ kind: Briefing.Kind, by author: Author, via: String
  ) async throws -> Briefing? {
    guard let briefing = try await compose(org, kind) else { return nil }
    try await context.store.write { store in
      try store.save(BriefingRecord(org: org, madeAt: store.now, briefing: briefing))
      try store.append(
        [
          AuditEvent(
            kind: "briefing.made", actor: author.rawValue, via: via,
            subject: "briefing:\(briefing.day.iso):\(kind.rawValue)",
            details: ["sections": .integer(Int64(briefing.sections.count))])
        ], org: org)
    }
    return briefing
  }

  /// The last one that was kept, of a day or of all.
  public func last(
    _ org: OrgID, _ kind: Briefing.Kind, on day: LocalDate? = nil
  ) async throws -> BriefingRecord? {
    try await context.store.read { try $0.briefing(org, kind, on: day) }
  }

  /// The newest of both kinds.
  public func archive(_ org: OrgID, limit: Int) async throws -> [BriefingRecord] {
    try await context.store.read { try $0.briefings(org, limit: limit) }
  }

  private static func facts(
    _ organisation: Organisation, _ store: any StoreReading
  ) throws -> BriefingFacts {
    let (org, now) = (organisation.id, store.now)
    let since = now.advanced(by: .zero - span)
    var facts = BriefingFacts()
    facts.done = try store.doneActions(org, from: since, to: now)
    facts.received = try store.paymentsKnown(org, since: since)
    for depth in try store.queueDepth(org) {
      switch depth.status {
      case .pendingApproval: facts.pending += depth.count
      case .approved: facts.approved[depth.hold?.rawValue ?? "", default: 0] += depth.count
      case .executing where depth.hold == .outcomeUnknown: facts.unknown += depth.count
      default: break
      }
    }
    facts.pendingTitles = try store.actions(
      org, ActionFilter(statuses: [.pendingApproval], limit: 7)
    ).map(\.title)
    let tomorrow = organisation.day(now).adding(days: 1)
    let midnight = WallClock.instant(tomorrow, minutes: 0, in: organisation.profile.zone)
    (facts.expiringToday, facts.followUps) = try store.comingUp(org, until: midnight)
    facts.findings = try store.findings(org, nil).filter { $0.state(at: now) == .open }.map {
      BriefedFinding(
        number: $0.number, severity: $0.draft.severity, title: $0.draft.title,
        explanation: $0.draft.explanation, isNew: $0.firstSeenAt >= since)
    }
    return facts
  }
}
