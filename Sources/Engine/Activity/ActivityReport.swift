import ActionProtocol
import Decisions

/// What happens, what comes, and what was.
public struct ActivityReport: Sendable {
  public var now: Instant
  /// Until when what comes is listed.
  public var until: Instant
  /// Being carried out at this moment.
  public var executing: [ActionState]
  /// Approved; each with the instant at which it may go, its channel's pause included. What is due and
  /// not begun comes first.
  public var coming: [ActionState]
  /// When stored follow-ups become proposals, with the action that scheduled each.
  public var followUps: [(at: Instant, action: ActionID)]
  /// What ended last, the latest first, with when it was recorded.
  public var recent: [(state: ActionState, at: Instant)]
  /// Whether more comes than is listed.
  public var isCut: Bool
}

/// How people look at what AIOM does; changes nothing.
public struct Activity: Sendable {
  static let hours = 2
  public static let most = 50
  /// So many entries of the audit log are looked through for what ended last.
  static let entries = 500

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  public func report(_ org: OrgID) async throws -> ActivityReport {
    let delivery = context.configuration.delivery
    return try await context.store.read { store in
      let now = store.now
      let until = now.advanced(by: .seconds(Self.hours * 3600))
      let coming = try Self.coming(org, delivery, until, store)
      let endings = try store.endings(org, within: Self.entries)
      let states = try store.actions(org, ids: endings.prefix(Self.most).map(\.action))
      let times = Dictionary(
        endings.map { ($0.action, $0.at) }, uniquingKeysWith: { first, _ in first })
      return ActivityReport(
        now: now, until: until,
        executing: try store.actions(
          org, ActionFilter(statuses: [.executing], limit: Self.most)),
        coming: Array(coming.prefix(Self.most)),
        followUps: try store.dueTimers([.followUp], at: until, limit: 200)
          .filter { $0.org == org }
          .compactMap { timer in ActionID(rawValue: timer.subject).map { (timer.due, $0) } },
        recent: states.compactMap { state in
          !state.status.isLive ? times[state.id].map { (state, $0) } : nil
        },
        isCut: coming.count > Self.most)
    }
  }

  /// Lane by lane, as they are claimed: what is finished or held for longer is not looked at.
  static func coming(
    _ org: OrgID, _ delivery: DeliveryMode, _ until: Instant, _ store: any StoreReading
  ) throws -> [ActionState] {
    let lanes = try store.claimLanes(org, in: delivery, after: nil, orgs: 1)
    let channels = try ChannelHolds(org, store)
    return try store.due(lanes, in: delivery, at: until, limit: most + 1)
      .flatMap(\.self).map(channels.shown)
      .sorted { ($0.waitingSince, $0.id.rawValue) < ($1.waitingSince, $1.id.rawValue) }
  }
}
