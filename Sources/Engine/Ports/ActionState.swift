import ActionProtocol
import Decisions

/// Who let a revision happen.
public struct ApprovalRecord: Hashable, Sendable {
  public var by: Author
  public var at: Instant
  /// The delivery mode it was given in; an approval given in a rehearsal is void in `live`.
  public var delivery: DeliveryMode
  /// What was approved; nil in an approval from before policies were stored.
  public var digest: Digest?
  /// The version of the policy by which it was released; nil as for the digest.
  public var policy: Int64?

  public init(
    by: Author, at: Instant, delivery: DeliveryMode, digest: Digest? = nil, policy: Int64? = nil
  ) {
    self.by = by
    self.at = at
    self.delivery = delivery
    self.digest = digest
    self.policy = policy
  }

  /// Whether it lets exactly this happen under the policy that is active now. The first version binds
  /// what was approved before there was one.
  func binds(_ digest: Digest, under policy: Int64?) -> Bool {
    guard (self.policy ?? 1) == (policy ?? 1) else { return false }
    return self.digest == digest || self.digest == nil && self.policy == nil
  }
}

/// Who stopped an action, and why.
public struct RejectionRecord: Hashable, Sendable {
  public var by: Author
  public var at: Instant
  public var reason: String
  /// The finding is not proposed again before this; nil: until its facts or its level change.
  public var quietUntil: Instant?

  public init(by: Author, at: Instant, reason: String, quietUntil: Instant?) {
    self.by = by
    self.at = at
    self.reason = reason
    self.quietUntil = quietUntil
  }
}

/// Which process works on an action.
public struct Claim: Hashable, Sendable {
  public var boot: BootID
  /// Rises with every claim; every write of a worker names it.
  public var token: Int64

  public init(boot: BootID, token: Int64) {
    self.boot = boot
    self.token = token
  }
}

/// A process start.
public struct BootID: Hashable, Sendable {
  public let rawValue: String
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// The state of an action: the columns. The proposal itself is immutable and stands in its revision.
public struct ActionState: Hashable, Sendable {
  public var org: OrgID
  public var id: ActionID
  public var type: ActionType
  public var operation: OperationType
  public var risk: RiskLevel
  public var status: ActionStatus
  public var hold: Hold?
  public var revision: Int
  public var digest: Digest
  public var proposalDigest: Digest
  public var key: IdempotencyKey
  public var partner: PartnerID?
  /// A line for lists: the record's name, without addresses.
  public var title: String
  public var createdBy: Author
  public var createdAt: Instant
  public var expiresAt: Instant
  public var executeBy: Instant?
  public var approval: ApprovalRecord?
  public var rejection: RejectionRecord?
  public var claim: Claim?
  /// The highest token that was ever given.
  public var lastToken: Int64
  /// Calls that counted.
  public var attempts: Int
  /// All calls, also those that did not count; the next operation id is one higher.
  public var calls: Int
  public var providerID: String?
  public var errorCode: String?
  public var errorMessage: String?
  public var warnings: [String]
  public var executedAt: Instant?
  public var durationMilliseconds: Int64?
  /// What the proposer's finding was made of; tells whether its facts changed.
  public var facts: String?
  /// A person vouched for the facts of this revision where the books were too old to tell.
  public var factsConfirmed: Bool
  /// The delivery mode it was proposed in; it is decided about and carried out only there.
  public let delivery: DeliveryMode
  /// What goes first among the org's due actions. Changed by ``ClaimWriting/prioritize(_:_:_:)``
  /// alone: saving a state leaves it as it is.
  public var priority: ActionPriority

  public init(
    org: OrgID, id: ActionID, type: ActionType, operation: OperationType, risk: RiskLevel,
    status: ActionStatus, revision: Int, digest: Digest, proposalDigest: Digest,
    key: IdempotencyKey, partner: PartnerID?, title: String, createdBy: Author,
    createdAt: Instant, expiresAt: Instant, facts: String?, delivery: DeliveryMode = .sandbox
  ) {
    self.org = org
    self.id = id
    self.type = type
    self.operation = operation
    self.risk = risk
    self.status = status
    self.revision = revision
    self.digest = digest
    self.proposalDigest = proposalDigest
    self.key = key
    self.partner = partner
    self.title = title
    self.createdBy = createdBy
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.facts = facts
    self.delivery = delivery
    priority = ActionPriority(type)
    lastToken = 0
    attempts = 0
    calls = 0
    warnings = []
    factsConfirmed = false
  }

  /// What a compare-and-set compares.
  public var version: ActionVersion {
    ActionVersion(status: status, revision: revision, digest: digest, token: lastToken)
  }

  /// The channel whose limits bind the action; nil for operations that no customer sees.
  public var channel: OutreachChannel? { OutreachChannel(operation) }
}

/// The part of a state that every change is conditional on.
public struct ActionVersion: Hashable, Sendable {
  public var status: ActionStatus
  public var revision: Int
  public var digest: Digest
  public var token: Int64

  public init(status: ActionStatus, revision: Int, digest: Digest, token: Int64) {
    self.status = status
    self.revision = revision
    self.digest = digest
    self.token = token
  }
}

extension ActionState {
  /// Since when an approved action could have gone: since its hold ended, or since its approval.
  public var waitingSince: Instant {
    hold?.until ?? approval?.at ?? createdAt
  }

  /// Whether it is approved and nothing holds it at `now`.
  public func isDue(at now: Instant) -> Bool {
    guard status == .approved else { return false }
    guard let hold else { return true }
    return hold.until.map { $0 <= now } ?? false
  }
}

/// One immutable revision of a proposal.
public struct RevisionRecord: Hashable, Sendable {
  public var number: Int
  public var digest: Digest
  /// The proposal's canonical JSON.
  public var document: [UInt8]
  /// The sender and reply address that the digest covers: `Name <address>`, of an SMS the number.
  public var sender: String?
  public var replyTo: String?
  /// Which of the org's senders that is, and why; nil where the org had but one.
  public var choice: SenderChoice?
  public var expiresAt: Instant
  public var createdBy: Author
  public var createdAt: Instant
  /// Why the revision came to be: `proposed`, `edited`, `facts_changed`, `requeued`, `send_again`,
  /// `asked_again`, `sender_changed`.
  public var cause: String

  public init(
    number: Int, digest: Digest, document: [UInt8], sender: String?, replyTo: String?,
    choice: SenderChoice? = nil, expiresAt: Instant, createdBy: Author, createdAt: Instant,
    cause: String
  ) {
    self.number = number
    self.digest = digest
    self.document = document
    self.sender = sender
    self.replyTo = replyTo
    self.choice = choice
    self.expiresAt = expiresAt
    self.createdBy = createdBy
    self.createdAt = createdAt
    self.cause = cause
  }
}
