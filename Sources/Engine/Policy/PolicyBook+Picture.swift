import ActionProtocol
import Decisions

/// How an org's policy stands: what is in force, what was, what waits to become it.
public struct PolicyPicture: Sendable {
  public var policy: Policy
  /// Nil where the org has none yet and begins with ``policy``.
  public var version: PolicyVersion?
  /// In which of the latest decisions each rule had a say.
  public var hits: RuleHits
  /// The newest first, at most ``PolicyBook/mostVersions``.
  public var versions: [PolicyVersion]
  /// The oldest first.
  public var waiting: [Waiting]
  public var now: Instant

  /// A policy that somebody asked for.
  public struct Waiting: Sendable {
    public var request: ApprovalRequest
    /// To the policy in force; nil where what was asked for cannot be read any more.
    public var difference: PolicyDifference?
    /// Whether another policy became active since: it cannot be approved any more.
    public var isOutdated: Bool

    public var canBeApproved: Bool { !isOutdated && difference != nil }
  }
}

/// A version of an org's policy, and what it changed.
public struct PolicyStep: Sendable {
  public var version: PolicyVersion
  public var policy: Policy
  /// To the version before.
  public var difference: PolicyDifference
  public var isActive: Bool
}

extension PolicyBook {
  /// How many versions and requests are listed.
  public static let mostVersions = 50
  /// Among how many of the newest decisions hits are counted.
  public static let decisionsCounted = 1000

  /// How the org's policy stands.
  /// - Throws: ``EngineFault/unreadablePolicy``.
  public func picture(_ org: OrgID) async throws -> PolicyPicture {
    try await context.store.read { store in
      let version = try store.policyVersion(org, nil)
      let policy = try version?.policy() ?? .initial
      let open = try store.openRequests(org, .policy, limit: Self.mostVersions)
      return PolicyPicture(
        policy: policy, version: version,
        hits: try store.ruleHits(
          org, version: version?.number ?? 1, amongNewest: Self.decisionsCounted),
        versions: try store.policyVersions(org, limit: Self.mostVersions),
        waiting: open.filter { $0.expiresAt > store.now }.map { request in
          PolicyPicture.Waiting(
            request: request,
            // One that nobody can read must not hide the others, nor the way to refuse it.
            difference: (try? Self.policy(of: request)).map {
              PolicyDifference(from: policy, to: $0)
            },
            isOutdated: request.version != (version?.number ?? 1))
        },
        now: store.now)
    }
  }

  /// A version with what it changed; nil where there is none of the number.
  /// - Throws: ``EngineFault/unreadablePolicy``.
  public func step(_ org: OrgID, _ number: Int64) async throws -> PolicyStep? {
    try await context.store.read { store in
      guard number > 0, let version = try store.policyVersion(org, number) else { return nil }
      let policy = try version.policy()
      let before = number > 1 ? try store.policyVersion(org, number - 1)?.policy() : nil
      return PolicyStep(
        version: version, policy: policy,
        difference: PolicyDifference(from: before, to: policy),
        isActive: try store.policyVersion(org, nil)?.number == number)
    }
  }
}
