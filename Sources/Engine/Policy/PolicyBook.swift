import ActionProtocol
import Decisions

/// An org's policies: what is active, what was, and the way to another one.
///
/// A policy becomes active by an approval: it is asked for like an action, by its hash, and an owner who
/// has seen the difference approves it. Going back is an activation too.
public struct PolicyBook: Sendable {
  let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// The active policy with its version; of an org without one that with which it will begin, whose
  /// version is nil.
  public func active(_ org: OrgID) async throws -> (policy: Policy, version: PolicyVersion?) {
    try await context.store.read { store in
      guard let version = try store.policyVersion(org, nil) else { return (.initial, nil) }
      return (try version.policy(), version)
    }
  }

  /// A version of the past.
  /// - Throws: ``DecisionError`` where there is none.
  public func version(_ org: OrgID, _ number: Int64) async throws -> PolicyVersion {
    guard let found = try await context.store.read({ try $0.policyVersion(org, number) }) else {
      throw DecisionError(
        .unknown, "policy.version_unknown", "The policy has no version \(number).",
        remedy: "List them with: aiom policy history.")
    }
    return found
  }

  /// The versions, the newest first, and the requests that wait for an approval.
  public func history(
    _ org: OrgID, limit: Int = 50
  ) async throws -> (versions: [PolicyVersion], open: [ApprovalRequest]) {
    try await context.store.read { store in
      (
        try store.policyVersions(org, limit: limit),
        try store.openRequests(org, .policy, limit: limit).filter { $0.expiresAt > store.now }
      )
    }
  }

  /// Asks for a policy to be activated.
  ///
  /// - Parameters:
  ///   - policy: without errors and with cases that hold; what is wrong is refused here too.
  ///   - source: `file`, or `rollback:N`.
  ///   - reason: 1 to 1000 characters.
  /// - Returns: the request; it is named by its id and approved by its digest, the policy's hash.
  /// - Throws: ``DecisionError``: not usable, the active one already, not a person.
  public func request(
    _ org: OrgID, _ policy: Policy, source: String, reason: String, by: Author, via: String
  ) async throws -> ApprovalRequest {
    try Approvals.mustBePerson(by)
    let reason = try Approvals.checked(reason)
    try Self.mustBeUsable(policy)
    let id = "policy:" + context.entropy.uuid7(try await context.store.read { $0.now })
    let hash = policy.hash
    return try await context.store.write { store in
      guard try store.organisation(org) != nil else { throw Approvals.noOrg(org) }
      try store.beginPolicy(of: org, by: .engine, via: "engine")
      let active = try store.policyVersion(org, nil)
      guard active?.hash != hash else {
        throw DecisionError(
          .conflict, "policy.active", "This policy is the active one already.",
          remedy: "Look at it with: aiom policy show.")
      }
      let request = ApprovalRequest(
        org: org, id: id, kind: .policy, digest: hash,
        requirement: try Self.requirement(active),
        version: active?.number ?? 1, requestedBy: by, at: store.now,
        expiresAt: store.now.advanced(by: .seconds(7 * 86_400)), document: policy.stored,
        source: source, reason: reason)
      try store.insert(request)
      try store.append(
        [Self.event("policy.requested", request, by, via, ["source": .string(source)])], org: org)
      return request
    }
  }

  /// An owner, and not who asks for it where there is a second person (DECISIONS 17), with the
  /// strongest proof that a rule in force asks for.
  private static func requirement(_ active: PolicyVersion?) throws -> PolicyRequirement {
    let policy = try active?.policy() ?? .initial
    return PolicyRequirement(role: "owner", notProposer: true, stepUp: policy.strongestStepUp)
  }

  /// Approves a request; the policy is active when enough persons have.
  /// - Returns: the new version; nil while others have to approve too.
  /// - Throws: ``DecisionError``: unknown, ended, another digest, another policy became active since, not
  ///   allowed.
  public func approve(
    _ org: OrgID, _ id: String, digest: Digest, stepUp: StepUpEvidence? = nil,
    channel: ApprovalChannel = .inApp, by: Author, via: String
  ) async throws -> PolicyVersion? {
    try Approvals.mustBePerson(by)
    let roles = context.roles
    let voice = ApprovalDesk.Voice(
      person: by, digest: digest, channel: channel, via: via, stepUp: stepUp)
    return try await context.store.write { store in
      let request = try Self.find(org, id, store)
      guard try store.policyVersion(org, nil)?.number == request.version else {
        throw DecisionError(
          .conflict, "policy.outdated",
          "Another policy became active since this one was asked for.",
          remedy: "Ask for it again, and look at the difference to the policy of now: "
            + "aiom policy activate.")
      }
      let progress = try ApprovalDesk(store: store, roles: roles).approve(request, voice)
      try store.append(
        [Self.event("policy.approval_given", request, by, via, progress.details)], org: org)
      guard progress.missing.isEmpty else { return nil }
      let policy = try Self.policy(of: request)
      return try store.activate(
        policy, of: org, by: by, via: via, source: request.source ?? "file",
        reason: request.reason ?? "-", request: request.id)
    }
  }

  /// A request by its id or the first characters of it.
  /// - Throws: ``DecisionError`` `policy.request_unknown`.
  public func waiting(_ org: OrgID, _ prefix: String) async throws -> ApprovalRequest {
    try await context.store.read { try Self.find(org, prefix, $0) }
  }

  /// Refuses a request.
  public func reject(
    _ org: OrgID, _ id: String, reason: String, by: Author, via: String
  ) async throws {
    try Approvals.mustBePerson(by)
    let reason = try Approvals.checked(reason)
    let roles = context.roles
    try await context.store.write { store in
      let request = try Self.find(org, id, store)
      guard try store.resolution(org, of: request.id) == nil else {
        throw DecisionError(
          .conflict, "approval.ended", "The request has ended.",
          remedy: "List what waits with: aiom policy history.")
      }
      let isOver = try ApprovalDesk(store: store, roles: roles).reject(
        request,
        ApprovalDesk.Voice(person: by, digest: request.digest, channel: .inApp, via: via))
      var event = Self.event(
        isOver ? "policy.rejected" : "policy.refusal_given", request, by, via, [:])
      event.personal = ["reason": Array(reason.utf8)]
      try store.append([event], org: org)
    }
  }

  /// The policy that a request asks for.
  /// - Throws: ``EngineFault`` where it cannot be read any more.
  public static func policy(of request: ApprovalRequest) throws -> Policy {
    guard let document = request.document,
      case .success(let json) = JSONReader.read(document),
      let policy = PolicyReader.read(PolicyNode(json)).policy, policy.hash == request.digest
    else { throw EngineFault.unreadablePolicy }
    return policy
  }

  private static func find(
    _ org: OrgID, _ prefix: String, _ store: any StoreReading
  ) throws -> ApprovalRequest {
    let open = try store.openRequests(org, .policy, limit: 1000)
    let found = open.filter { $0.id == prefix || $0.id.hasPrefix(prefix) }
    if found.count == 1 { return found[0] }
    if found.isEmpty, let ended = try store.request(org, prefix), ended.kind == .policy {
      return ended
    }
    throw DecisionError(
      .unknown, "policy.request_unknown",
      found.isEmpty
        ? "No policy waits for an approval under \(prefix)."
        : "Several requests begin with \(prefix).",
      remedy: "List what waits with: aiom policy history.")
  }

  private static func mustBeUsable(_ policy: Policy) throws {
    let errors = PolicyCheck.issues(policy).filter { $0.severity == .error }
    let failing = PolicyEngine(policy).runCases().filter { !$0.holds }
    guard errors.isEmpty, failing.isEmpty else {
      let words = errors.map(\.message) + failing.map { "The case “\($0.name)” does not hold." }
      throw DecisionError(
        .invalid, "policy.invalid", words.joined(separator: " "),
        remedy: "Correct it: aiom policy check FILE names each line.")
    }
  }

  private static func event(
    _ kind: String, _ request: ApprovalRequest, _ by: Author, _ via: String, _ details: JSONObject
  ) -> AuditEvent {
    AuditEvent(
      kind: kind, actor: by.rawValue, via: via, subject: request.id, digest: request.digest,
      details: details.setting("version_before", to: .integer(request.version)))
  }
}
