import ActionProtocol
import Decisions

/// A person's permission to be written to, with what it rests on.
public struct Consent: Hashable, Sendable {
  public var org: OrgID
  public var id: String
  public var channel: OutreachChannel
  public var address: Digest
  public var basis: ConsentBasis
  public var scope: SuppressionScope
  public var obtainedAt: Instant
  /// Nil: not by itself, unless it is implied (``ConsentFact/end``).
  public var expiresAt: Instant?
  public var withdrawnAt: Instant?
  /// What brought it: `cli`, `import`, `sms_reply`.
  public var source: String
  /// Where the proof is: a form, a call, a message's id. No personal data.
  public var evidence: String?
  public var recordedAt: Instant
  public var recordedBy: Author
  /// Nil where it was erased, or never known. Personal data.
  public var addressText: String?

  public init(
    org: OrgID, id: String, channel: OutreachChannel, address: Digest, basis: ConsentBasis,
    scope: SuppressionScope, obtainedAt: Instant, expiresAt: Instant? = nil,
    withdrawnAt: Instant? = nil, source: String, evidence: String? = nil, recordedAt: Instant,
    recordedBy: Author, addressText: String? = nil
  ) {
    self.org = org
    self.id = id
    self.channel = channel
    self.address = address
    self.basis = basis
    self.scope = scope
    self.obtainedAt = obtainedAt
    self.expiresAt = expiresAt
    self.withdrawnAt = withdrawnAt
    self.source = source
    self.evidence = evidence
    self.recordedAt = recordedAt
    self.recordedBy = recordedBy
    self.addressText = addressText
  }

  /// The part that the guard needs.
  public var fact: ConsentFact {
    ConsentFact(
      basis: basis, scope: scope, obtainedAt: obtainedAt, expiresAt: expiresAt,
      withdrawnAt: withdrawnAt, address: address)
  }

  /// Whether it holds at an instant.
  public func isInForce(at now: Instant) -> Bool {
    withdrawnAt == nil && obtainedAt <= now && (fact.end.map { $0 > now } ?? true)
  }

  /// Whether nothing that the other one allows is missing here: same kind, as early and as long.
  func covers(_ other: Consent) -> Bool {
    withdrawnAt == nil && basis == other.basis && scope == other.scope
      && obtainedAt <= other.obtainedAt
      && (fact.end.map { end in other.fact.end.map { end >= $0 } ?? false } ?? true)
  }
}

extension Consent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The id; never the address.
  public var description: String { "Consent(\(id))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: one is an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Consents inside a transaction: reading.
public protocol ConsentReading {
  /// All of an address on a channel, withdrawn and ended ones too, by id.
  func consents(_ org: OrgID, _ channel: OutreachChannel, of address: Digest) throws -> [Consent]
  /// Those that nobody withdrew, by id, from after one on.
  func consents(_ org: OrgID, after id: String?, limit: Int) throws -> [Consent]
  func consent(_ org: OrgID, _ id: String) throws -> Consent?
}

/// Consents inside a transaction: writing. What was recorded stays; a withdrawal is added to it.
public protocol ConsentWriting {
  func insert(_ consent: Consent) throws
  /// - Returns: false where there is none, or it was withdrawn before.
  func withdrawConsent(_ org: OrgID, _ id: String, at: Instant) throws -> Bool
}
