import ActionProtocol
import Decisions

/// A record of an org's books.
public struct OrgRecord: Hashable, Sendable {
  public var org: OrgID
  public var reference: RecordReference

  public init(_ org: OrgID, _ reference: RecordReference) {
    self.org = org
    self.reference = reference
  }
}

/// What the guard asks about one message.
public struct OutreachQuestion: Hashable, Sendable {
  public var org: OrgID
  public var channel: OutreachChannel
  public var partners: [PartnerID]
  /// Digests of the recipients' addresses.
  public var addresses: [Digest]
  /// Digests of the recipients' domains; asked for suppressions alone.
  public var domains: [Digest]
  public var scopes: [String]
  public var delivery: DeliveryMode
  /// Whose caps bind it.
  public var audience: OutreachAudience
  /// Digests of the recipients' domains that have a cap of their own.
  public var cappedDomains: [Digest]
  /// Which past messages the caps have to know; a subject that is missing has none.
  public var ranks: [OutreachCap.Subject: [RankedSpan]]
  /// The month whose ledger binds it; nil where its channel has no budget.
  public var month: SpendingMonth?
  /// Whether consents are asked for.
  public var needsConsent: Bool

  public init(
    org: OrgID, channel: OutreachChannel, partners: [PartnerID], addresses: [Digest],
    domains: [Digest] = [], scopes: [String], delivery: DeliveryMode,
    audience: OutreachAudience = .customer, cappedDomains: [Digest] = [],
    ranks: [OutreachCap.Subject: [RankedSpan]] = [:], month: SpendingMonth? = nil,
    needsConsent: Bool = false
  ) {
    self.org = org
    self.channel = channel
    self.partners = partners
    self.addresses = addresses
    self.domains = domains
    self.scopes = scopes
    self.delivery = delivery
    self.audience = audience
    self.cappedDomains = cappedDomains
    self.ranks = ranks
    self.month = month
    self.needsConsent = needsConsent
  }
}

/// An approved action as it was read, and as its claim leaves it.
public struct ActionClaim: Sendable {
  public var read: ActionState
  public var claimed: ActionState

  public init(read: ActionState, claimed: ActionState) {
    self.read = read
    self.claimed = claimed
  }
}

/// A call that the provider accepted at the first answer, with all that is recorded of it.
public struct AcceptedCall: Sendable {
  public var intent: AttemptIntent
  /// As the intent's transaction left it.
  public var executing: ActionState
  public var completed: ActionState
  public var evidence: Evidence
  public var stages: [StageRecord]

  public init(
    intent: AttemptIntent, executing: ActionState, completed: ActionState, evidence: Evidence,
    stages: [StageRecord]
  ) {
    self.intent = intent
    self.executing = executing
    self.completed = completed
    self.evidence = evidence
    self.stages = stages
  }
}

/// The same questions for many actions, inside a transaction; a server is asked once for all of them.
public protocol BatchReading {
  /// Each action; nil where there is none of the id.
  func actions(_ org: OrgID, _ ids: [ActionID]) throws -> [ActionState?]
  /// The revision that each action is at; nil where there is none.
  func revisions(of states: [ActionState]) throws -> [RevisionRecord?]
  /// The records that there are, each read once.
  func records(_ wanted: Set<OrgRecord>) throws -> [OrgRecord: LedgerRecord]
  /// For each question what `ActionReading.outreachFacts` answers, and the suppressions that bind now.
  func outreachFacts(_ questions: [OutreachQuestion]) throws -> [OutreachFacts]
}

/// Changes of many actions, inside a transaction.
public protocol BatchWriting {
  /// Claims approved actions, each if all that decides about it still is as it was read: version,
  /// hold, approval, deadline and a person's word about its facts.
  /// - Returns: for each whether it was claimed; nothing else of it is changed otherwise.
  func claim(_ claims: [ActionClaim]) throws -> [Bool]
  /// Writes the intents of many calls.
  func insert(_ intents: [AttemptIntent]) throws
  /// Reserves for many calls what each of them counts as.
  func reserve(_ reservations: [OutreachReservation]) throws
  /// Records calls that were accepted: evidence, outcome with the provider's id, reservation sent,
  /// status and stages.
  ///
  /// INVARIANT: an attempt is settled only while it has no outcome, and its action completed only
  /// while it is executing under the attempt's fencing token.
  /// - Throws: where that does not hold for one of them, or a provider's id is taken: the caller
  ///   lets the transaction's body fail, and none is recorded.
  func complete(_ calls: [AcceptedCall]) throws
}
