import ActionProtocol

/// What happened, before it has its number.
public struct AuditEvent: Hashable, Sendable {
  /// A stable word such as `action.approved` or `execution.intended`.
  public var kind: String
  /// The actor's id: `person:local:ann`, `system:engine`, `agent:x`.
  public var actor: String
  /// How the actor came in: `cli`, `engine`, `import`, `demo`.
  public var via: String
  /// What it is about: `action:<id>`, `org:<id>`, `import:<id>`, `boot:<id>`.
  public var subject: String
  public var actionID: ActionID?
  public var revision: Int?
  public var digest: Digest?
  /// What was decided, without personal data: codes, integers, instants as text.
  public var details: JSONObject
  /// Personal data, by slot; it stands apart and can be erased without breaking the proof.
  public var personal: [String: [UInt8]]

  public init(
    kind: String, actor: String, via: String, subject: String, actionID: ActionID? = nil,
    revision: Int? = nil, digest: Digest? = nil, details: JSONObject = [:],
    personal: [String: [UInt8]] = [:]
  ) {
    self.kind = kind
    self.actor = actor
    self.via = via
    self.subject = subject
    self.actionID = actionID
    self.revision = revision
    self.digest = digest
    self.details = details
    self.personal = personal
  }
}

/// An entry as it is stored: its bytes are what is hashed, never rebuilt from columns.
public struct AuditLeaf: Hashable, Sendable {
  /// Canonical JSON (RFC 8785) without floating point.
  public let bytes: [UInt8]
  /// SHA-256 over 0x00 and the bytes (RFC 9162's leaf hash).
  public let hash: Digest

  /// Makes the leaf of an event.
  /// - Parameters:
  ///   - log: the log's name, one per org.
  ///   - sequence: gapless from 1 within the log.
  ///   - salts: 32 fresh random bytes for every slot of `event.personal`.
  public init(
    _ event: AuditEvent, log: String, sequence: Int64, at: Instant, salts: [String: [UInt8]]
  ) {
    // In canonical order, so that nothing has to be sorted.
    var leaf = JSONObject()
    if let digest = event.digest { leaf["action_digest"] = .string(digest.hex) }
    leaf["actor"] = .string(event.actor)
    leaf["at"] = .string(at.rfc3339)
    if !event.personal.isEmpty {
      var commits = JSONObject()
      for (slot, payload) in event.personal {
        let commitment = Commitment(
          payload: payload, slot: slot, sequence: sequence, salt: salts[slot] ?? [])
        commits[slot] = .string(commitment.digest.hex)
      }
      leaf["commits"] = .object(commits)
    }
    if !event.details.isEmpty { leaf["decision"] = .object(event.details) }
    leaf["kind"] = .string(event.kind)
    leaf["log"] = .string(log)
    leaf["on"] = .string(event.subject)
    if let revision = event.revision { leaf["rev"] = .integer(Int64(revision)) }
    leaf["seq"] = .integer(sequence)
    leaf["v"] = .integer(1)
    leaf["via"] = .string(event.via)
    bytes = CanonicalJSON.encode(.object(leaf))
    hash = Digest.sha256([0] + bytes)
  }
}

/// A salted commitment to personal data: equal values never look equal, and padding hides lengths.
public struct Commitment: Hashable, Sendable {
  public let digest: Digest

  /// SHA-256 over 0x10, the salt, the sequence (big-endian 64 bit), the slot, 0x00, the payload's
  /// length (big-endian 64 bit), the payload, and zeros up to 256·2ᵏ bytes of payload.
  public init(payload: [UInt8], slot: String, sequence: Int64, salt: [UInt8]) {
    var padded = 256
    while padded < payload.count { padded *= 2 }
    var bytes: [UInt8] = [0x10]
    bytes.reserveCapacity(64 + slot.utf8.count + padded)
    bytes += salt
    bytes += Self.bigEndian(UInt64(bitPattern: sequence))
    bytes += Array(slot.utf8)
    bytes.append(0)
    bytes += Self.bigEndian(UInt64(payload.count))
    bytes += payload
    bytes += [UInt8](repeating: 0, count: padded - payload.count)
    digest = Digest.sha256(bytes)
  }

  private static func bigEndian(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * UInt64($0))) }
  }
}
