import ActionProtocol
import Decisions

/// One call to the outside: `action.revision.number`. It travels with the message.
public struct OperationID: Hashable, Sendable {
  public let action: ActionID
  public let revision: Int
  public let call: Int

  public init(action: ActionID, revision: Int, call: Int) {
    self.action = action
    self.revision = revision
    self.call = call
  }

  public var rawValue: String { "\(action.rawValue).\(revision).\(call)" }
}

/// What is durable before the first byte goes out.
public struct AttemptIntent: Hashable, Sendable {
  public var org: OrgID
  public var operation: OperationID
  public var boot: BootID
  public var token: Int64
  public var at: Instant
  public var channel: OutreachChannel?
  public var delivery: DeliveryMode
  /// Digest of the request as it was approved, without what only the execution adds.
  public var requestDigest: Digest

  public init(
    org: OrgID, operation: OperationID, boot: BootID, token: Int64, at: Instant,
    channel: OutreachChannel?, delivery: DeliveryMode, requestDigest: Digest
  ) {
    self.org = org
    self.operation = operation
    self.boot = boot
    self.token = token
    self.at = at
    self.channel = channel
    self.delivery = delivery
    self.requestDigest = requestDigest
  }
}

/// How an attempt stands.
public struct AttemptRecord: Hashable, Sendable {
  public var intent: AttemptIntent
  /// Nil while nobody knows anything yet; `unknown` is an outcome too.
  public var outcome: String?
  public var detail: String?
  public var providerID: String?
  public var endedAt: Instant?
  /// How many times it was looked for after its outcome was unknown.
  public var looks: Int
  /// When it was proven that the provider had accepted it after all.
  public var provenAt: Instant?
  /// When a person was asked what became of it, and why.
  public var askedAt: Instant?
  public var askedWhy: String?

  public init(
    intent: AttemptIntent, outcome: String?, detail: String?, providerID: String?,
    endedAt: Instant?, looks: Int, provenAt: Instant? = nil, askedAt: Instant? = nil,
    askedWhy: String? = nil
  ) {
    self.intent = intent
    self.outcome = outcome
    self.detail = detail
    self.providerID = providerID
    self.endedAt = endedAt
    self.looks = looks
    self.provenAt = provenAt
    self.askedAt = askedAt
    self.askedWhy = askedWhy
  }

  /// Whether it was settled as accepted, wholly or in part.
  public var isAccepted: Bool { outcome == "accepted" || outcome == "accepted_in_part" }
}

/// The six stages, in order. The raw value is the word people see.
public enum Stage: String, CaseIterable, Hashable, Sendable {
  case validation
  case approvalCheck = "approval_check"
  case revalidation
  case execution
  case recording
  case completed
}

/// One stage of one attempt.
public struct StageRecord: Hashable, Sendable {
  public var stage: Stage
  public var startedAt: Instant
  public var microseconds: Int64
  /// `ok`, or the code of what stopped it.
  public var result: String
  /// Codes and ids only.
  public var detail: String?

  public init(
    stage: Stage, startedAt: Instant, microseconds: Int64, result: String, detail: String? = nil
  ) {
    self.stage = stage
    self.startedAt = startedAt
    self.microseconds = microseconds
    self.result = result
    self.detail = detail
  }
}

/// Something that says how an attempt ended; kept for ever, whoever brought it and however late.
public struct Evidence: Hashable, Sendable {
  /// `worker`, `webhook`, `activity_search`, `sms_report`, `books_search`, `person`, `recovery`.
  public var source: String
  /// The outcome it speaks for.
  public var outcome: String
  public var providerID: String?
  public var at: Instant
  /// Codes and ids only.
  public var detail: String?

  public init(
    source: String, outcome: String, providerID: String?, at: Instant, detail: String?
  ) {
    self.source = source
    self.outcome = outcome
    self.providerID = providerID
    self.at = at
    self.detail = detail
  }
}

/// A counted message to a customer.
public struct OutreachReservation: Hashable, Sendable {
  public var org: OrgID
  public var operation: OperationID
  public var channel: OutreachChannel
  /// Every customer it reaches, the affected one first.
  public var partners: [PartnerID]
  /// Digests of the normalised addresses, so that limits work without keeping the address here.
  public var addresses: [Digest]
  /// The scopes of the plan's duplicate checks, each as `partner_<id>:<context>`.
  public var scopes: [String]
  public var delivery: DeliveryMode
  public var at: Instant
  public var audience: OutreachAudience
  /// Of the first address of each domain that is counted the domain's digest.
  public var domains: [Digest: Digest]
  /// In the unit of the channel's ledger (``SpentMonth/spent``).
  public var cost: Int64
  /// The month that bears the cost; nil: none, it cost nothing here.
  public var month: SpendingMonth?

  public init(
    org: OrgID, operation: OperationID, channel: OutreachChannel, partners: [PartnerID],
    addresses: [Digest], scopes: [String], delivery: DeliveryMode, at: Instant,
    audience: OutreachAudience = .customer, domains: [Digest: Digest] = [:], cost: Int64 = 0,
    month: SpendingMonth? = nil
  ) {
    self.org = org
    self.operation = operation
    self.channel = channel
    self.partners = partners
    self.addresses = addresses
    self.scopes = scopes
    self.delivery = delivery
    self.at = at
    self.audience = audience
    self.domains = domains
    self.cost = cost
    self.month = month
  }
}

/// Something that is due later, kept in a table so that no restart forgets it.
public struct DurableTimer: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Look for attempts of unknown outcome; subject: the channel.
    case reconcile
    /// Look in the books outside for changes of unknown outcome; subject: `odoo`.
    case reconcileBooks = "reconcile_books"
    /// Put an internal note on the invoices of a reminder that was sent; subject: the action's id.
    case noteReminder = "note_reminder"
    /// Turn a stored follow-up into a proposal; subject: the follow-up's id.
    case followUp = "follow_up"
    /// Bring the provider's suppressions and ours together; subject: the channel.
    case syncSuppressions = "sync_suppressions"
    /// Read what customers answered; subject: the channel.
    case readReplies = "read_replies"
  }

  public var org: OrgID
  public var kind: Kind
  public var subject: String
  public var due: Instant

  public init(org: OrgID, kind: Kind, subject: String, due: Instant) {
    self.org = org
    self.kind = kind
    self.subject = subject
    self.due = due
  }
}

/// A process as the store remembers it.
public struct BootRecord: Hashable, Sendable {
  public var id: BootID
  public var host: String
  public var processID: Int
  public var life: BootLife
  public var startedAt: Instant

  public init(id: BootID, host: String, processID: Int, life: BootLife, startedAt: Instant) {
    self.id = id
    self.host = host
    self.processID = processID
    self.life = life
    self.startedAt = startedAt
  }
}
