import ActionProtocol
import Decisions
import Foundation
import Insights

/// What an org may send at this moment, how much of it is used, and what waits for it.
public struct OutreachStanding: Sendable {
  public var rules: OutreachRules
  public var hours: Hours
  public var now: Instant
  /// Every cap on all messages of the org, whether it has a limit or none.
  public var uses: [CapUsage]
  public var budgets: [BudgetUsage]
  public var pauses: [PausedChannel]
  /// Approved messages that wait, each with the instant from which it may go, at most
  /// ``OutreachDesk/most``.
  public var waiting: [ActionState]
  public var isCut: Bool
  /// What binds today, and promises that were broken.
  public var holds: [Hold]
  public var sync: SuppressionSyncState?

  /// When the org's messages go.
  public struct Hours: Sendable {
    /// From 1, Monday.
    public var days: [Int]
    /// `09:00`.
    public var start: String
    public var end: String
    /// The org's own; a recipient's hours are on the recipient's clock.
    public var zone: String
  }

  /// What somebody is not asked for.
  public struct Hold: Sendable {
    public var id: String
    public var kind: String
    public var customer: PartnerID
    public var invoice: Int64?
    public var explanation: String
    /// The last day on which it binds; nil: until somebody ends it.
    public var lastDay: LocalDate?
  }

  /// A cap on the org's messages.
  public struct CapUsage: Sendable {
    public var cap: OutreachCap
    /// Nil: no limit.
    public var limit: Int?
    public var used: Int64
  }

  /// A month's budget of a channel, in the unit of its ledger.
  public struct BudgetUsage: Sendable {
    public var channel: OutreachChannel
    /// Nil: no limit.
    public var limit: Int64?
    public var spent: Int64
  }
}

extension OutreachStanding.Hours {
  fileprivate init(_ profile: CompanyProfile) {
    self.init(
      days: profile.windowDays, start: profile.windowStart, end: profile.windowEnd,
      zone: profile.zone.identifier)
  }
}

extension OutreachStanding.Hold {
  fileprivate init(_ hold: CollectionHold) {
    self.init(
      id: hold.id, kind: hold.kind.rawValue, customer: hold.subject.partner,
      invoice: hold.subject.invoice, explanation: hold.explanation, lastDay: hold.lastDay)
  }
}

/// Suppressions of a page.
public struct SuppressionPage: Sendable {
  public var suppressions: [Suppression]
  /// Where the next page begins; nil: there is none.
  public var next: String?

  public init(suppressions: [Suppression], next: String?) {
    self.suppressions = suppressions
    self.next = next
  }
}

/// How people look at what may be sent; changes nothing.
public struct OutreachDesk: Sendable {
  /// How much of a list is shown at once.
  public static let most = 50

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Throws: ``DecisionError`` where there is no such org.
  public func standing(_ org: OrgID) async throws -> OutreachStanding {
    let delivery = context.configuration.delivery
    return try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let month = organisation.month(of: store.now)
      let coming = try Activity.coming(
        org, delivery, store.now.advanced(by: .seconds(366 * 86_400)), store)
      let messages = coming.filter { [.sendEmail, .sendSMS].contains($0.operation) }
      let today = organisation.day(store.now)
      return OutreachStanding(
        rules: organisation.outreach, hours: OutreachStanding.Hours(organisation.profile),
        now: store.now, uses: try Self.uses(organisation, store),
        budgets: try OutreachChannel.allCases.map { channel in
          OutreachStanding.BudgetUsage(
            channel: channel, limit: organisation.outreach.budget.limit(channel),
            spent: try store.spent(
              org, channel, organisation.mode.ownDelivery, month: month))
        },
        pauses: try store.channelPauses(org), waiting: Array(messages.prefix(Self.most)),
        isCut: messages.count > Self.most,
        holds: try store.collectionHolds(org, asOf: today).filter { $0.binds(on: today) }
          .map(OutreachStanding.Hold.init),
        sync: try store.suppressionSync(org))
    }
  }

  private static func uses(
    _ organisation: Organisation, _ store: any StoreReading
  ) throws -> [OutreachStanding.CapUsage] {
    let totals = try store.outreachTotals(organisation.id, organisation.mode.ownDelivery)
    return OutreachCaps.all.filter { $0.subject == .org }.map { cap in
      let total = totals.first { $0.audience == cap.audience && $0.channel == cap.channel }
      return OutreachStanding.CapUsage(
        cap: cap, limit: organisation.caps[cap],
        used: (cap.span == .hour ? total?.inHour : total?.inDay) ?? 0)
    }
  }

  /// The newest suppressions that bind now.
  /// - Parameter before: the `next` of a page.
  public func suppressions(
    _ org: OrgID, before: String? = nil, limit: Int = most
  ) async throws -> SuppressionPage {
    let found = try await context.store.read {
      try $0.newestSuppressions(org, before: before, limit: limit + 1)
    }
    return SuppressionPage(
      suppressions: Array(found.prefix(limit)),
      next: found.count > limit ? found[limit - 1].id : nil)
  }
}
