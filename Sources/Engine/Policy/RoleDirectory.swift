import ActionProtocol
import Decisions

/// Who may decide in an org. Asked inside the decision's transaction.
public protocol RoleDirectory: Sendable {
  /// Everybody who can decide in the org, with their roles: `owner`, `finance`, `sales`, `approver` and
  /// the org's own ones. One author for each person, whatever the channel.
  ///
  /// - Returns: nil while the installation has no person; each `person:local:…` is owner then.
  func deciders(
    of org: OrgID, _ store: any StoreReading
  ) throws -> [Author: Set<String>]?

  /// The person who answers for an agent; nil where nobody does. A requirement of somebody else than
  /// the proposer binds that person too.
  func owner(of agent: Author, in org: OrgID, _ store: any StoreReading) throws -> Author?
}

/// As long as there are no persons: whoever runs the program on this machine is the owner.
public struct LocalOwners: RoleDirectory {
  public init() {}

  public func deciders(
    of org: OrgID, _ store: any StoreReading
  ) throws -> [Author: Set<String>]? { nil }

  public func owner(
    of agent: Author, in org: OrgID, _ store: any StoreReading
  ) throws -> Author? { nil }
}

/// How somebody proved, beyond being signed in, who it is. Verified by whoever makes it; stored with the
/// approval.
public struct StepUpEvidence: Hashable, Sendable {
  public var method: StepUp
  public var at: Instant
  /// What proves it, such as an assertion whose challenge holds the action's digest.
  public var evidence: [UInt8]

  public init(method: StepUp, at: Instant, evidence: [UInt8]) {
    self.method = method
    self.at = at
    self.evidence = evidence
  }
}
