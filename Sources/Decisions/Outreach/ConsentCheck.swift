import ActionProtocol

/// On what somebody's permission rests.
public enum ConsentBasis: String, CaseIterable, Hashable, Sendable {
  /// They said so. Holds until it is withdrawn, or ends where it was given for a time.
  case express
  /// It follows from a purchase or an inquiry; ends by itself.
  case implied
  /// A contract is carried out. Allows what the contract needs, never marketing.
  case contract
}

/// A person's permission to be written to, as far as the guard needs it.
public struct ConsentFact: Hashable, Sendable {
  public let basis: ConsentBasis
  /// What it allows: everything, marketing, or one purpose.
  public let scope: SuppressionScope
  public let obtainedAt: Instant
  /// Nil: not by itself.
  public let expiresAt: Instant?
  /// Nil: never.
  public let withdrawnAt: Instant?
  /// The digest of the address.
  public let address: Digest

  public init(
    basis: ConsentBasis, scope: SuppressionScope, obtainedAt: Instant, expiresAt: Instant?,
    withdrawnAt: Instant?, address: Digest
  ) {
    self.basis = basis
    self.scope = scope
    self.obtainedAt = obtainedAt
    self.expiresAt = expiresAt
    self.withdrawnAt = withdrawnAt
    self.address = address
  }

  /// So long a purchase implies consent where nobody says otherwise (CASL section 10(10)(a)).
  public static let longestImplied: Duration = .seconds(730 * 86_400)

  /// When it ends by itself. An implied one always does.
  public var end: Instant? {
    guard basis == .implied else { return expiresAt }
    let longest = obtainedAt.advanced(by: Self.longestImplied)
    return expiresAt.map { min($0, longest) } ?? longest
  }
}

/// On which channels marketing asks for a recorded consent: a setting of the org.
public enum ConsentRequirement: String, CaseIterable, Hashable, Sendable {
  case sms, email, both, none

  /// Texts alone: United States law and most others ask for it there without exception; by e-mail it
  /// depends on who is written to.
  public static let standard = ConsentRequirement.sms

  public func binds(_ channel: OutreachChannel) -> Bool {
    switch (self, channel) {
    case (.both, _), (.sms, .sms), (.email, .email): true
    case (.none, _), (.sms, .email), (.email, .sms): false
    }
  }
}

/// Whether a message has the consent that it needs (ENGINE, "Outreach guard"; never overridden by
/// priority).
///
/// Only ``MessageClass/marketing`` needs one, which is also every message of one's own words. Each
/// recipient without one that holds asks for a person, who records it or leaves the message.
public enum ConsentCheck {
  /// Whether a message needs any consent at all.
  public static func isNeeded(
    _ type: ActionType, _ channel: OutreachChannel, _ requirement: ConsentRequirement
  ) -> Bool {
    requirement.binds(channel) && MessageClass(type) == .marketing
  }

  /// - Parameters:
  ///   - recipients: the digests of all addresses that would receive it.
  ///   - consents: all that is on record of them on this channel.
  /// - Returns: `consent.missing`, `consent.expired`, `consent.withdrawn` or `consent.not_for_marketing`,
  ///   one for each recipient without a consent.
  public static func reasons(
    _ type: ActionType, _ channel: OutreachChannel, recipients: [Digest],
    consents: [ConsentFact], requirement: ConsentRequirement, now: Instant
  ) -> [GuardReason] {
    guard isNeeded(type, channel, requirement) else { return [] }
    return recipients.compactMap { address in
      let own = consents.filter { $0.address == address }
      return own.contains { isValid($0, type, now) } ? nil : reason(address, own, now)
    }
  }

  private static func isValid(_ fact: ConsentFact, _ type: ActionType, _ now: Instant) -> Bool {
    allows(fact, type) && fact.obtainedAt <= now
      && (fact.withdrawnAt.map { $0 > now } ?? true) && (fact.end.map { $0 > now } ?? true)
  }

  private static func allows(_ fact: ConsentFact, _ type: ActionType) -> Bool {
    guard fact.basis != .contract else { return false }
    switch fact.scope {
    case .all, .marketing: return true
    case .purpose(let purpose):
      return purpose == type.rawValue || purpose == MessageClass(type).rawValue
    }
  }

  /// The nearest to a consent that there is.
  private static func reason(_ address: Digest, _ own: [ConsentFact], _ now: Instant) -> GuardReason
  {
    let withdrawn = own.compactMap(\.withdrawnAt).filter { $0 <= now }.max()
    let ended = own.filter { $0.basis != .contract }.compactMap(\.end).filter { $0 <= now }.max()
    if let withdrawn { return reason("consent.withdrawn", address, since: withdrawn) }
    if let ended { return reason("consent.expired", address, since: ended) }
    return reason(own.isEmpty ? "consent.missing" : "consent.not_for_marketing", address)
  }

  private static func reason(
    _ rule: String, _ address: Digest, since: Instant? = nil
  ) -> GuardReason {
    GuardReason(
      rule: rule, hold: .needsPerson, limit: .consent, until: nil, since: since, address: address)
  }
}
