import ActionProtocol
import Addressing
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
  /// What the guard would say of an invoice reminder now. Of an address alone nobody knows whose it is:
  /// the customer's caps and hours come on top.
  public var next: GuardVerdict
  /// Other customers whose messages count too: companies, and those that were merged.
  public var countedWith: [PartnerID]
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
    let prices = context.configuration.prices
    return try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let pictures = try OutreachChannel.allCases.filter { query.has($0) }.map { channel in
        try Self.picture(organisation, channel, query, before, limit, prices, store)
      }
      return (pictures, store.now)
    }
  }

  private static func picture(
    _ organisation: Organisation, _ channel: OutreachChannel, _ query: OutreachQuery,
    _ before: Instant?, _ limit: Int, _ prices: PriceTable, _ store: any StoreReading
  ) throws -> OutreachPicture {
    let (org, delivery, now) = (organisation.id, organisation.mode.ownDelivery, store.now)
    let after = now.advanced(by: .milliseconds(1))
    let history = { (before: Instant, limit: Int) in
      try store.outreachHistory(
        org, channel, to: query.subject, delivery, before: before, limit: limit)
    }
    let day = try history(after, mostEntries).filter { $0.at.advanced(by: .seconds(86_400)) > now }
    let line = try partners(query, org, store)
    let family = try store.partnerFamilies(Set(line.map { OrgPartner(org, $0) }))
      .values.flatMap { $0 }
    let (verdict, last) = try next(organisation, channel, query, line, prices, store)
    let end = last.map {
      OutreachGuard.nextAllowed(after: $0, channel: channel, coolDowns: organisation.coolDowns)
    }
    return OutreachPicture(
      channel: channel, entries: try history(before ?? after, limit),
      inHour: day.count { $0.at.advanced(by: .seconds(3600)) > now }, inDay: day.count,
      coolDownEnds: end.flatMap { $0 > now ? $0 : nil },
      suppressions: try query.suppressions(org, channel, store), next: verdict,
      countedWith: Set(line + family).subtracting(query.partners).sorted())
  }

  /// What the guard would say of a reminder now, and when the last message went.
  private static func next(
    _ organisation: Organisation, _ channel: OutreachChannel, _ query: OutreachQuery,
    _ line: [PartnerID], _ prices: PriceTable, _ store: any StoreReading
  ) throws -> (verdict: GuardVerdict, last: Instant?) {
    let (org, rules) = (organisation.id, organisation.outreach)
    let question = OutreachQuestion(
      org: org, channel: channel, partners: line, addresses: query.addresses,
      domains: query.domains, scopes: [], delivery: organisation.mode.ownDelivery,
      cappedDomains: query.cappedDomains, ranks: rules.caps.ranks(.customer, channel),
      month: rules.budget.limit(channel) == nil ? nil : organisation.month(of: store.now))
    var facts = try store.outreachFacts([question])[0]
    let reading = RecipientReading(
      example, channel, to: query.partners.first, phoneCountry: query.phoneCountry)
    facts.hours = try reading.hours(organisation) { try store.record(org, $0) }
    let units: MessageUnits =
      channel == .email ? .emails(1) : .texts(1, country: query.phoneCountry)
    let verdict = OutreachGuard.evaluate(
      OutreachMessage(
        example, channel, recipients: query.addresses,
        cost: units.cost(prices, organisation.mode.ownDelivery)),
      facts: facts, rules: rules, now: store.now)
    return (verdict, [facts.lastToPartner, facts.lastToAddress].compactMap { $0 }.max())
  }

  /// Most messages are of this kind.
  private static let example = ActionType.sendInvoiceReminder

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

  fileprivate var partners: [PartnerID] {
    if case .partner(let partner) = self { [partner] } else { [] }
  }

  fileprivate var phoneCountry: String? {
    guard case .address(let address) = self, address.channel == .sms else { return nil }
    return (try? PhoneNumber(e164: address.text))?.country
  }

  /// The digests of the address's domain.
  fileprivate var domains: [Digest] {
    if case .address(let address) = self { Array(address.digests.dropFirst()) } else { [] }
  }

  fileprivate var cappedDomains: [Digest] {
    guard case .address(let address) = self, let domain = address.text.split(separator: "@").last,
      !MailboxProviders.isOne(String(domain).lowercased())
    else { return [] }
    return domains
  }

  fileprivate func suppressions(
    _ org: OrgID, _ channel: OutreachChannel, _ store: any StoreReading
  ) throws -> [Suppression] {
    guard case .address(let address) = self else { return [] }
    return try store.suppressions(org, channel, of: address.digests, at: store.now)
  }
}
