import ActionProtocol
import Decisions

/// A person's word that a critical action may pass caps and budget; good for one revision.
public struct LimitWaiver: Hashable, Sendable {
  public var org: OrgID
  public var action: ActionID
  public var revision: Int
  public var by: Author
  public var at: Instant
  public var reason: String

  public init(
    org: OrgID, action: ActionID, revision: Int, by: Author, at: Instant, reason: String
  ) {
    self.org = org
    self.action = action
    self.revision = revision
    self.by = by
    self.at = at
    self.reason = reason
  }
}

/// A partner that became part of another: what was sent to it counts for both from then on.
public struct PartnerAlias: Hashable, Sendable {
  public var org: OrgID
  public var partner: PartnerID
  /// Who it is now. Never an alias itself.
  public var root: PartnerID

  public init(org: OrgID, partner: PartnerID, root: PartnerID) {
    self.org = org
    self.partner = partner
    self.root = root
  }
}

/// A partner of an org.
public struct OrgPartner: Hashable, Sendable {
  public var org: OrgID
  public var partner: PartnerID

  public init(_ org: OrgID, _ partner: PartnerID) {
    self.org = org
    self.partner = partner
  }
}

public protocol OutreachReading {
  /// The waiver of a revision; nil where nobody gave one.
  func limitWaiver(_ org: OrgID, _ id: ActionID, revision: Int) throws -> LimitWaiver?
  /// All that were merged into or from any of the partners, those included; a partner that is missing
  /// was never merged.
  func partnerFamilies(_ partners: Set<OrgPartner>) throws -> [OrgPartner: [PartnerID]]
  /// What messages of a channel cost in a month, in the unit of its ledger (``SpentMonth/spent``): sent,
  /// on their way, and of unknown outcome.
  func spent(
    _ org: OrgID, _ channel: OutreachChannel, _ delivery: DeliveryMode, month: SpendingMonth
  ) throws -> Int64
  /// The aliases of an org, by partner.
  func partnerAliases(_ org: OrgID) throws -> [PartnerAlias]
}

public protocol OutreachWriting {
  /// Stores a waiver; one that the revision has already stays.
  /// - Returns: whether it is new.
  func insert(_ waiver: LimitWaiver) throws -> Bool
  /// Takes the next turn of a lane in which each message waits for its own.
  /// - Returns: `earliest`, or a pace after the last turn that was taken.
  func takeTurn(
    _ org: OrgID, _ lane: String, from earliest: Instant, every pace: Duration
  ) throws -> Instant
  /// Turns are given out anew from now on, because limits changed.
  func forgetTurns(_ org: OrgID) throws
  /// Makes a partner part of another; all that were part of it follow.
  func merge(_ alias: PartnerAlias) throws
}
