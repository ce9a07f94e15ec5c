import ActionProtocol
import Decisions

/// The active policy of an org inside a transaction, ready for deciding.
struct ActivePolicy: Sendable {
  let number: Int64
  let hash: Digest
  let engine: PolicyEngine
}

/// Where an org's policies stand, inside a transaction.
struct PolicyShelf {
  let store: any StoreReading
  let org: OrgID

  /// - Parameter number: as the org says; nil: the org has none yet.
  /// - Throws: ``EngineFault/unreadablePolicy``.
  func active(_ number: Int64?) throws -> ActivePolicy {
    guard let number else {
      return ActivePolicy(
        number: 1, hash: Self.initialHash, engine: Self.initialEngine)
    }
    guard let hash = try store.policyHash(org, number) else { throw EngineFault.unreadablePolicy }
    if let engine = PolicyLibrary.shared.engine(hash) {
      return ActivePolicy(number: number, hash: hash, engine: engine)
    }
    guard let version = try store.policyVersion(org, number) else {
      throw EngineFault.unreadablePolicy
    }
    let engine = PolicyEngine(try version.policy())
    PolicyLibrary.shared.keep(engine, hash)
    return ActivePolicy(number: number, hash: hash, engine: engine)
  }

  private static let initialEngine = PolicyEngine(.initial)
  private static let initialHash = Policy.initial.hash
}

extension StoreTransaction {
  /// Makes a policy the org's active one, with its audit entry.
  /// - Parameter request: the approval that it rests on; nil for an org's first policy.
  @discardableResult
  func activate(
    _ policy: Policy, of org: OrgID, by author: Author, via: String, source: String,
    reason: String, request: String? = nil
  ) throws -> PolicyVersion {
    let before = try policyVersion(org, nil)
    let difference = PolicyDifference(from: try before?.policy(), to: policy)
    let version = PolicyVersion(
      org: org, number: (before?.number ?? 0) + 1, hash: policy.hash, document: policy.stored,
      author: author, reason: reason, source: source,
      difference: CanonicalJSON.encode(difference.json), at: now)
    try activate(version)
    try append(
      [
        AuditEvent(
          kind: "policy.activated", actor: author.rawValue, via: via,
          subject: "policy:\(version.number)", digest: policy.hash,
          details: [
            "version": .integer(version.number), "source": .string(source),
            "before": before.map { .integer($0.number) } ?? .null,
            "request": request.map { .string($0) } ?? .null,
            "added": .integer(Int64(difference.added.count)),
            "removed": .integer(Int64(difference.removed.count)),
            "changed": .integer(Int64(difference.changed.count)),
          ], personal: ["reason": Array(reason.utf8)])
      ], org: org)
    return version
  }

  /// Stores the policy that an org begins with, unless it has one.
  public func beginPolicy(
    _ policy: Policy = .initial, of org: OrgID, by author: Author, via: String
  ) throws {
    guard try policyVersion(org, nil) == nil else { return }
    try activate(
      policy, of: org, by: author, via: via, source: "default",
      reason: "The policy that an organisation begins with.")
  }
}
