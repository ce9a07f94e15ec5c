import ActionProtocol
import Decisions

/// Who is asked about: a customer of the books, or an address.
public enum OutreachQuery: Hashable, Sendable {
  case partner(PartnerID)
  case address(SuppressionAddress)
}

/// What somebody got on one channel, and what that means for the next message.
public struct OutreachPicture: Hashable, Sendable {
  public var channel: OutreachChannel
  /// The messages that count, the latest first.
  public var entries: [OutreachEntry]
  /// How many of them are younger than an hour and a day.
  public var inHour: Int
  public var inDay: Int
  /// When the cool-down after the last one ends; nil: it has ended, or there was none.
  public var coolDownEnds: Instant?
  /// What forbids messages to the address; none is looked up for a customer.
  public var suppressions: [Suppression]
}

/// How people look at what was sent to somebody; changes nothing.
///
/// What counts is what was sent where the org's messages reach whom they are for, with what is on its
/// way and what nobody knows the outcome of.
public struct OutreachReader: Sendable {
  /// Entries of one page at most.
  public static let mostEntries = 1000

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Parameters:
  ///   - before: older messages alone; nil: all.
  ///   - limit: on each channel, 1 to ``mostEntries``.
  /// - Throws: ``DecisionError`` where there is no such org; store errors.
  public func pictures(
    _ org: OrgID, of query: OutreachQuery, before: Instant? = nil, limit: Int = 20
  ) async throws -> (pictures: [OutreachPicture], now: Instant) {
    try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let pictures = try OutreachChannel.allCases.filter { query.has($0) }.map { channel in
        try Self.picture(organisation, channel, query, before, limit, store)
      }
      return (pictures, store.now)
    }
  }

  private static func picture(
    _ organisation: Organisation, _ channel: OutreachChannel, _ query: OutreachQuery,
    _ before: Instant?, _ limit: Int, _ store: any StoreReading
  ) throws -> OutreachPicture {
    let (org, delivery, now) = (organisation.id, organisation.mode.ownDelivery, store.now)
    let after = now.advanced(by: .milliseconds(1))
    let history = { (before: Instant, limit: Int) in
      try store.outreachHistory(
        org, channel, to: query.subject, delivery, before: before, limit: limit)
    }
    let day = try history(after, mostEntries).filter { $0.at.advanced(by: .seconds(86_400)) > now }
    let facts = try store.outreachFacts(
      org, channel: channel, partners: try partners(query, org, store),
      addresses: query.addresses, scopes: [], delivery: delivery)
    let last = [facts.lastToPartner, facts.lastToAddress].compactMap { $0 }.max()
    let end = last.map {
      OutreachGuard.nextAllowed(after: $0, channel: channel, coolDowns: organisation.coolDowns)
    }
    return OutreachPicture(
      channel: channel, entries: try history(before ?? after, limit),
      inHour: day.count { $0.at.advanced(by: .seconds(3600)) > now }, inDay: day.count,
      coolDownEnds: end.flatMap { $0 > now ? $0 : nil },
      suppressions: try query.suppressions(org, channel, store))
  }

  /// A message to a contact counts for its company too.
  private static func partners(
    _ query: OutreachQuery, _ org: OrgID, _ store: any StoreReading
  ) throws -> [PartnerID] {
    guard case .partner(let partner) = query else { return [] }
    return try PartnerLine.of(partner) { try store.record(org, $0) }
  }
}

extension OutreachQuery {
  fileprivate func has(_ channel: OutreachChannel) -> Bool {
    if case .address(let address) = self { address.channel == channel } else { true }
  }

  fileprivate var subject: OutreachSubject {
    switch self {
    case .partner(let partner): .partners([partner])
    case .address(let address): .address(address.digest)
    }
  }

  fileprivate var addresses: [Digest] {
    if case .address(let address) = self { [address.digest] } else { [] }
  }

  fileprivate func suppressions(
    _ org: OrgID, _ channel: OutreachChannel, _ store: any StoreReading
  ) throws -> [Suppression] {
    guard case .address(let address) = self else { return [] }
    return try store.suppressions(org, channel, of: address.digests, at: store.now)
  }
}
