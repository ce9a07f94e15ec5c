import ActionProtocol
import Decisions
import Insights

/// What asks for somebody's attention. Reads what is stored, and asks nobody outside.
public struct Attention: Sendable {
  /// Of each kind of actions.
  public static let most = 25
  /// How long a failure stays listed.
  public static let failureDays = 30

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Throws: ``DecisionError`` where there is no such org; store errors.
  public func report(_ org: OrgID) async throws -> AttentionReport {
    let configuration = context.configuration
    return try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let actions = try Self.actions(org, store)
      let rest = try Self.machinery(organisation, configuration, store)
      return AttentionReport(
        lookedAt: store.now, lines: actions.lines + rest, isCut: actions.isCut)
    }
  }

  // MARK: - Actions

  private static func actions(
    _ org: OrgID, _ store: any StoreReading
  ) throws -> (lines: [AttentionLine], isCut: Bool) {
    let cutoff = store.now.advanced(by: .seconds(-failureDays * 86_400))
    let failed = try store.actions(org, ActionFilter(statuses: [.failed], limit: most + 1))
      .filter { $0.createdAt > cutoff }
    let stuck = try store.stuckActions(org, limit: most + 1)
    let unknown = try unknowns(org, store)
    return (
      unknown.prefix(most) + failed.prefix(most).map(ended)
        + stuck.prefix(most).map { state in
          AttentionLine(.held(state, state.hold?.reason ?? .needsPerson), since: state.approval?.at)
        },
      max(failed.count, stuck.count, unknown.count) > most
    )
  }

  /// Carried out, and nobody knows whether it arrived; since the intent of the call.
  private static func unknowns(
    _ org: OrgID, _ store: any StoreReading
  ) throws -> [AttentionLine] {
    let since = Dictionary(
      try store.unsettledAttempts(org).map { ($0.intent.operation.action, $0.intent.at) },
      uniquingKeysWith: min)
    let ids = since.sorted { $0.value < $1.value }.map(\.key)
    return try store.actions(org, ids: Array(ids.prefix(most + 1)))
      .filter { $0.hold?.reason == .outcomeUnknown }
      .map { AttentionLine(.unknownOutcome($0), since: since[$0.id]) }
  }

  private static func ended(_ state: ActionState) -> AttentionLine {
    AttentionLine(.failed(state), since: state.executedAt ?? state.approval?.at ?? state.createdAt)
  }

  // MARK: - Channels, jobs, records, settings

  private static func machinery(
    _ organisation: Organisation, _ configuration: EngineConfiguration, _ store: any StoreReading
  ) throws -> [AttentionLine] {
    let org = organisation.id
    let pauses = try store.channelPauses(org).map {
      AttentionLine(.pausedChannel($0), since: $0.since)
    }
    let jobs = try store.failingJobs(org).map { AttentionLine(.failingJob($0), since: $0.since) }
    let allowed = configuration.ledgerMaximumAge
    let syncs = try store.syncMarks(org).sorted { $0.key.rawValue < $1.key.rawValue }
      .filter { store.now.duration(since: $1) > allowed }
      .map { AttentionLine(.staleSync($0, allowed: allowed), since: $1) }
    return pauses + jobs + syncs + (try settings(organisation, configuration, store))
  }

  private static func settings(
    _ organisation: Organisation, _ configuration: EngineConfiguration, _ store: any StoreReading
  ) throws -> [AttentionLine] {
    var gaps: [AttentionLine] = []
    func add(_ gap: SettingGap, since: Instant? = nil) {
      gaps.append(AttentionLine(.setting(gap), since: since))
    }
    if organisation.sender == nil { add(.noSender) }
    if organisation.profile.postalAddress == nil { add(.noPostalAddress) }
    if organisation.books.kind == .ledger,
      let oldest = try store.oldestOpenInvoice(organisation.id),
      store.now.duration(since: oldest) > configuration.ledgerMaximumAge
    {
      add(.oldInvoices, since: oldest)
    }
    guard configuration.delivery == .live else { return gaps }
    if configuration.publicURL == nil {
      add(.noPublicURL)
    } else if try store.webhooks(organisation.id).isEmpty {
      add(.noWebhook)
    }
    return gaps
  }
}
