import ActionProtocol
import Decisions

/// A policy that was in force from a moment on. Immutable; the org's highest number is the active one.
public struct PolicyVersion: Hashable, Sendable {
  public var org: OrgID
  /// From 1, without gaps.
  public var number: Int64
  /// The policy's hash.
  public var hash: Digest
  /// The canonical JSON of the policy as a file would have it.
  public var document: [UInt8]
  public var author: Author
  /// Why, 1 to 1000 characters.
  public var reason: String
  /// Where it comes from: `default`, `file`, `rollback:N`.
  public var source: String
  /// What it differs in from the version before: the JSON of a ``PolicyDifference``.
  public var difference: [UInt8]
  public var at: Instant

  public init(
    org: OrgID, number: Int64, hash: Digest, document: [UInt8], author: Author, reason: String,
    source: String, difference: [UInt8], at: Instant
  ) {
    self.org = org
    self.number = number
    self.hash = hash
    self.document = document
    self.author = author
    self.reason = reason
    self.source = source
    self.difference = difference
    self.at = at
  }
}

/// What a policy said of a revision, and the facts that it was said on. The first of the four records.
public struct DecisionRecord: Hashable, Sendable {
  public var org: OrgID
  public var action: ActionID
  public var revision: Int
  /// The version of the policy that decided.
  public var version: Int64
  public var verdict: PolicyVerdict.Kind
  /// The canonical JSON of ``PolicyFacts``.
  public var facts: [UInt8]
  /// The rules that decided, by id.
  public var winning: [String]
  /// What rules in shadow would have made of it; nil where there is none.
  public var shadow: PolicyVerdict.Kind?
  /// Whom caps count it for.
  public var keys: [PolicyCap.Key: String]
  /// The amount that it is about, in the org's currency; nil for none or another currency.
  public var amount: Int64?
  public var at: Instant

  public init(
    org: OrgID, action: ActionID, revision: Int, version: Int64, verdict: PolicyVerdict.Kind,
    facts: [UInt8], winning: [String], shadow: PolicyVerdict.Kind?,
    keys: [PolicyCap.Key: String], amount: Int64?, at: Instant
  ) {
    self.org = org
    self.action = action
    self.revision = revision
    self.version = version
    self.verdict = verdict
    self.facts = facts
    self.winning = winning
    self.shadow = shadow
    self.keys = keys
    self.amount = amount
    self.at = at
  }
}

/// A decision of the past with what came of it, for a backtest.
public struct PastRecord: Hashable, Sendable {
  public var decision: DecisionRecord
  public var outcome: PastDecision.Outcome

  public init(decision: DecisionRecord, outcome: PastDecision.Outcome) {
    self.decision = decision
    self.outcome = outcome
  }
}

/// Asks persons. The second of the four records; immutable.
public struct ApprovalRequest: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// A revision of an action.
    case action
    /// A new version of the org's policy.
    case policy
  }

  public var org: OrgID
  /// Unique in the org: of an action `ID:revision:version`.
  public var id: String
  public var kind: Kind
  public var action: ActionID?
  public var revision: Int?
  /// What an entry has to name.
  public var digest: Digest
  public var requirement: PolicyRequirement
  /// The version of the policy that asks.
  public var version: Int64
  public var requestedBy: Author
  public var at: Instant
  public var expiresAt: Instant
  /// Of a policy: the document that would be activated, where it is from, and why.
  public var document: [UInt8]?
  public var source: String?
  public var reason: String?

  public init(
    org: OrgID, id: String, kind: Kind, action: ActionID? = nil, revision: Int? = nil,
    digest: Digest, requirement: PolicyRequirement, version: Int64, requestedBy: Author,
    at: Instant, expiresAt: Instant, document: [UInt8]? = nil, source: String? = nil,
    reason: String? = nil
  ) {
    self.org = org
    self.id = id
    self.kind = kind
    self.action = action
    self.revision = revision
    self.digest = digest
    self.requirement = requirement
    self.version = version
    self.requestedBy = requestedBy
    self.at = at
    self.expiresAt = expiresAt
    self.document = document
    self.source = source
    self.reason = reason
  }

  /// The request about a revision of an action, by the version that asks.
  static func id(_ action: ActionID, _ revision: Int, _ version: Int64) -> String {
    "\(action.rawValue):\(revision):\(version)"
  }
}

/// What one person said to a request. The third of the four records; immutable, one per person.
public struct ApprovalEntry: Hashable, Sendable {
  public enum Word: String, CaseIterable, Sendable {
    case approve, reject
  }

  public var org: OrgID
  public var request: String
  public var person: Author
  public var word: Word
  /// What the person was shown.
  public var digest: Digest
  /// The roles that the person counts for.
  public var roles: Set<String>
  public var channel: ApprovalChannel
  public var via: String
  public var stepUp: StepUpEvidence?
  public var at: Instant
  /// How the person came to it.
  public var manner: DecisionManner

  public init(
    org: OrgID, request: String, person: Author, word: Word, digest: Digest, roles: Set<String>,
    channel: ApprovalChannel, via: String, stepUp: StepUpEvidence? = nil, at: Instant,
    manner: DecisionManner = .alone
  ) {
    self.manner = manner
    self.org = org
    self.request = request
    self.person = person
    self.word = word
    self.digest = digest
    self.roles = roles
    self.channel = channel
    self.via = via
    self.stepUp = stepUp
    self.at = at
  }
}

/// How a person came to a decision: kept to tell looking from rubber-stamping.
public struct DecisionManner: Hashable, Sendable {
  /// How many were decided in the same stroke, at least 1.
  public var together: Int
  /// How long the card was before the person, as the channel measured it; nil where it did not.
  public var considered: Duration?

  public init(together: Int = 1, considered: Duration? = nil) {
    self.together = max(1, together)
    self.considered = considered.map { max(.zero, $0) }
  }

  /// One by itself, and nobody measured.
  public static let alone = DecisionManner()
}

/// How a request ended. The fourth of the four records; immutable, one per request. Only `approved`
/// lets anything happen.
public struct ApprovalResolution: Hashable, Sendable {
  public enum Outcome: String, CaseIterable, Sendable {
    case approved, rejected, expired
    /// Another revision or another policy took its place.
    case superseded
    /// The policy itself let it go.
    case auto
    /// The policy itself refused.
    case denied
  }

  public var org: OrgID
  public var request: String
  public var outcome: Outcome
  public var digest: Digest
  public var version: Int64
  public var by: Author
  public var at: Instant

  public init(
    org: OrgID, request: String, outcome: Outcome, digest: Digest, version: Int64, by: Author,
    at: Instant
  ) {
    self.org = org
    self.request = request
    self.outcome = outcome
    self.digest = digest
    self.version = version
    self.by = by
    self.at = at
  }
}

/// Where a page of the past begins: behind this decision.
public struct PastPlace: Hashable, Sendable {
  public var at: Instant
  public var action: String
  public var revision: Int

  public init(at: Instant, action: String, revision: Int) {
    self.at = at
    self.action = action
    self.revision = revision
  }
}

/// How often rules had a say lately.
public struct RuleHits: Hashable, Sendable {
  /// How many decisions were looked at.
  public var decisions: Int64 = 0
  /// By the rule's id; a rule that had no say is not there.
  public var hits: [String: Int64] = [:]

  public init() {}
}

/// What one cap counted within its span.
public struct CapQuestion: Hashable, Sendable {
  public var rule: String
  public var key: String
  public var after: Instant

  public init(rule: String, key: String, after: Instant) {
    self.rule = rule
    self.key = key
    self.after = after
  }
}

/// An action that a cap counts.
public struct CapCount: Hashable, Sendable {
  public var rule: String
  public var key: String
  /// The moment at which it goes; that of a waiting action is ahead.
  public var at: Instant
  public var amount: Int64
  public var action: ActionID
  public var revision: Int

  public init(
    rule: String, key: String, at: Instant, amount: Int64, action: ActionID, revision: Int
  ) {
    self.rule = rule
    self.key = key
    self.at = at
    self.amount = amount
    self.action = action
    self.revision = revision
  }
}

/// What policies look at that only sums tell.
public struct HistoryFacts: Hashable, Sendable {
  public var toPartnerDay: Int64 = 0
  public var toPartnerWeek: Int64 = 0
  public var toPartnerMonth: Int64 = 0
  public var toRecipientDay: Int64 = 0
  public var byOrgHour: Int64 = 0
  public var byOrgDay: Int64 = 0
  public var byProposerHour: Int64 = 0
  public var rejections: Int64 = 0
  public var autoAmountDay: Int64 = 0

  public init() {}
}

/// Whose history is asked for.
public struct HistoryQuestion: Hashable, Sendable {
  public var org: OrgID
  public var type: ActionType
  public var delivery: DeliveryMode
  public var proposer: Author
  public var partners: [PartnerID]
  public var addresses: [Digest]

  public init(
    org: OrgID, type: ActionType, delivery: DeliveryMode, proposer: Author, partners: [PartnerID],
    addresses: [Digest]
  ) {
    self.org = org
    self.type = type
    self.delivery = delivery
    self.proposer = proposer
    self.partners = partners
    self.addresses = addresses
  }
}

/// What a customer owes in one currency.
public struct PartnerDebt: Hashable, Sendable {
  /// All that is open on posted invoices, in minor units.
  public var balance: Int64
  /// How many of its invoices are overdue, whatever their currency.
  public var overdueInvoices: Int64

  public init(balance: Int64, overdueInvoices: Int64) {
    self.balance = balance
    self.overdueInvoices = overdueInvoices
  }
}

/// Policies and approvals inside a transaction: reading. No question costs more the longer an org's
/// history is, but for spans that it names.
public protocol PolicyReading {
  /// - Parameter number: nil for the active one.
  func policyVersion(_ org: OrgID, _ number: Int64?) throws -> PolicyVersion?
  /// The hash alone, by which a policy that was made ready is found.
  func policyHash(_ org: OrgID, _ number: Int64) throws -> Digest?
  /// The newest first.
  func policyVersions(_ org: OrgID, limit: Int) throws -> [PolicyVersion]
  /// The newest decision on an action; of a revision where one is named.
  func decision(_ org: OrgID, _ action: ActionID, revision: Int?) throws -> DecisionRecord?
  /// Decisions in order of time behind a place, with what came of them.
  func pastDecisions(_ org: OrgID, after: PastPlace?, limit: Int) throws -> [PastRecord]
  /// The place behind which an org's newest decisions begin; nil where there are no more than that.
  func pastPlace(_ org: OrgID, beforeNewest count: Int) throws -> PastPlace?
  /// How often each rule had a say in those of an org's newest decisions that a version took.
  func ruleHits(_ org: OrgID, version: Int64, amongNewest count: Int) throws -> RuleHits
  func request(_ org: OrgID, _ id: String) throws -> ApprovalRequest?
  /// The newest request about a revision of an action.
  func request(_ org: OrgID, _ action: ActionID, revision: Int) throws -> ApprovalRequest?
  /// Requests of a kind that have not ended, oldest first.
  func openRequests(
    _ org: OrgID, _ kind: ApprovalRequest.Kind, limit: Int
  ) throws -> [ApprovalRequest]
  /// In the order in which they came.
  func entries(_ org: OrgID, of request: String) throws -> [ApprovalEntry]
  func resolution(_ org: OrgID, of request: String) throws -> ApprovalResolution?
  /// The actions that a cap counted after a moment, oldest first.
  func capCounts(_ org: OrgID, _ question: CapQuestion) throws -> [CapCount]
  func history(_ question: HistoryQuestion) throws -> HistoryFacts
  /// What a customer owes, the company's contacts included.
  func debt(
    _ org: OrgID, of partner: PartnerID, in currency: Currency, on day: LocalDate
  ) throws -> PartnerDebt
  /// The name of a deal's stage, and whether it is the one of won deals.
  func dealStage(_ org: OrgID, _ id: Int64) throws -> (name: String, isWon: Bool)?
}

/// Policies and approvals inside a transaction: writing. Nothing that was written is ever changed.
public protocol PolicyWriting {
  /// Makes a version the active one.
  /// - Throws: a constraint error where its number is not the next.
  func activate(_ version: PolicyVersion) throws
  func insert(_ decision: DecisionRecord) throws
  func insert(_ request: ApprovalRequest) throws
  /// - Throws: a constraint error where the person has an entry already.
  func insert(_ entry: ApprovalEntry) throws
  /// - Throws: a constraint error where the request has ended.
  func insert(_ resolution: ApprovalResolution) throws
  /// Ends the requests about an action that have not ended.
  func endRequests(
    _ org: OrgID, _ action: ActionID, as outcome: ApprovalResolution.Outcome, by: Author
  ) throws
  func insert(_ counts: [CapCount], org: OrgID) throws
  /// Takes what caps counted for an action back.
  func removeCapCounts(_ org: OrgID, _ action: ActionID) throws
}
