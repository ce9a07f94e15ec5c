import ActionProtocol
import Decisions

/// Takes what persons say to a request, inside one transaction: who may say it, how it is proven, and
/// whether it is enough.
struct ApprovalDesk {
  let store: any StoreTransaction
  let roles: any RoleDirectory

  /// What a person says, and how it came.
  struct Voice: Sendable {
    var person: Author
    var digest: Digest
    var channel: ApprovalChannel
    var via: String
    var stepUp: StepUpEvidence?
    var manner = DecisionManner.alone
  }

  /// What came of an approval.
  struct Progress {
    /// The persons that are still needed, by role; empty: the request is approved.
    var missing: [String: Int]
    /// For the audit trail: the request, the roles the person counts for, and what was let pass.
    var details: JSONObject
  }

  /// Takes one approval. The request is ended where it is enough.
  /// - Throws: ``DecisionError``: over, another digest, no role, the proposer, a channel that is not
  ///   allowed, not proven enough, given before.
  func approve(_ request: ApprovalRequest, _ voice: Voice) throws -> Progress {
    try mustBeOpen(request, voice.digest)
    let quorum = try ApprovalQuorum(request, roles, store)
    let roles = quorum.roles(of: voice.person)
    guard !roles.isEmpty else { throw Self.noRole(request, voice.person) }
    let isOwn = try mustBeAnother(request, voice.person, quorum)
    try mustBeProven(request.requirement, voice)
    let given = try store.entries(request.org, of: request.id)
    guard !given.contains(where: { $0.person == voice.person }) else {
      throw DecisionError(
        .conflict, "approval.given", "You have approved this already; one person counts once.",
        remedy: "Somebody else has to approve it: see aiom action show.")
    }
    try store.insert(
      ApprovalEntry(
        org: request.org, request: request.id, person: voice.person, word: .approve,
        digest: voice.digest, roles: roles, channel: voice.channel, via: voice.via,
        stepUp: voice.stepUp, at: store.now, manner: voice.manner))
    let missing = quorum.missing(
      after: given.filter { $0.word == .approve && $0.digest == request.digest }.map(\.person)
        + [voice.person])
    if missing.isEmpty { try end(request, .approved, by: voice.person) }
    return Progress(
      missing: missing,
      details: details(request, voice, roles, quorum.standsIn(voice.person), isOwn, missing))
  }

  /// Takes one refusal.
  /// - Returns: whether it ends the request, as one does unless the requirement wants more.
  /// - Throws: ``DecisionError`` `approval.given` where the person refused before, and more have to.
  func reject(_ request: ApprovalRequest, _ voice: Voice) throws -> Bool {
    let quorum = try ApprovalQuorum(request, roles, store)
    let given = try store.entries(request.org, of: request.id)
    guard try store.resolution(request.org, of: request.id) == nil else { return true }
    let refused = given.filter { $0.word == .reject }.map(\.person)
    let approved = given.filter { $0.word == .approve }.map(\.person)
    // Who approved first may still change their mind; the entry stands, the end says no.
    let takesBack = approved.contains(voice.person)
    guard takesBack || !refused.contains(voice.person) else {
      throw DecisionError(
        .conflict, "approval.given", "You have refused this already; one person counts once.",
        remedy: "Somebody else has to refuse it too: see aiom action show.")
    }
    if !given.contains(where: { $0.person == voice.person }) {
      try store.insert(
        ApprovalEntry(
          org: request.org, request: request.id, person: voice.person, word: .reject,
          digest: voice.digest, roles: quorum.roles(of: voice.person), channel: voice.channel,
          via: voice.via, stepUp: voice.stepUp, at: store.now, manner: voice.manner))
    }
    guard takesBack || quorum.ends(refusals: refused + [voice.person], approvals: approved) else {
      return false
    }
    try end(request, .rejected, by: voice.person)
    return true
  }

  private func end(
    _ request: ApprovalRequest, _ outcome: ApprovalResolution.Outcome, by: Author
  ) throws {
    try store.insert(
      ApprovalResolution(
        org: request.org, request: request.id, outcome: outcome, digest: request.digest,
        version: request.version, by: by, at: store.now))
  }

  // MARK: - Refusals

  private func mustBeOpen(_ request: ApprovalRequest, _ digest: Digest) throws {
    guard request.digest == digest else {
      throw DecisionError(
        .conflict, "approval.digest_changed", "What you saw is not what is asked about.",
        remedy: "Look at it again and approve that.")
    }
    guard try store.resolution(request.org, of: request.id) == nil else {
      throw DecisionError(
        .conflict, "approval.ended", "The request has ended; nothing can be approved any more.",
        remedy: "Look at it with: aiom action show, or aiom policy history.")
    }
    guard store.now < request.expiresAt else {
      throw DecisionError(
        .conflict, "approval.expired",
        "The time to approve was over at \(request.expiresAt.rfc3339).",
        remedy: "Propose it again.")
    }
  }

  /// - Returns: whether the person approves their own proposal, which the only deciding person may.
  private func mustBeAnother(
    _ request: ApprovalRequest, _ person: Author, _ quorum: ApprovalQuorum
  ) throws -> Bool {
    let owner =
      request.requestedBy.kind == .agent
      ? try roles.owner(of: request.requestedBy, in: request.org, store) : nil
    guard person == request.requestedBy || person == owner else { return false }
    guard request.requirement.notProposer, !quorum.isSinglePerson else { return true }
    throw DecisionError(
      .forbidden, "approval.own_proposal",
      owner == person
        ? "You answer for the agent that proposed this; somebody else has to approve it."
        : "You proposed this; somebody else has to approve it.",
      remedy: "Ask another person with the role "
        + "\(request.requirement.roles.keys.sorted().joined(separator: " or ")).")
  }

  private func mustBeProven(_ requirement: PolicyRequirement, _ voice: Voice) throws {
    if let open = requirement.openChannels, !open.contains(voice.channel) {
      let names = open.map(\.rawValue).sorted().joined(separator: ", ")
      throw DecisionError(
        .forbidden, "approval.channel",
        "This cannot be approved by \(voice.channel.rawValue); the policy allows \(names).",
        remedy: "Approve it there.")
    }
    guard (voice.stepUp?.method ?? .none) >= requirement.stepUp else {
      let wanted = requirement.stepUp.rawValue
      throw DecisionError(
        .forbidden, "approval.step_up",
        "The policy wants this approval proven by \(wanted), and yours is not.",
        remedy: wanted == StepUp.totp.rawValue
          ? "Set a one-time code up for your account and give its code with the approval."
          : "Register a passkey for your account and approve with it in the app.")
    }
  }

  private static func noRole(_ request: ApprovalRequest, _ person: Author) -> DecisionError {
    let wanted = request.requirement.roles.keys.sorted().joined(separator: " or ")
    return DecisionError(
      .forbidden, "approval.no_role",
      "This needs \(PolicySentences.requirement(request.requirement)); "
        + "\(person.rawValue) has no such role.",
      remedy: "Ask somebody with the role \(wanted); the owner stands in where nobody has it.")
  }

  private func details(
    _ request: ApprovalRequest, _ voice: Voice, _ roles: Set<String>, _ standIn: Set<String>,
    _ isOwn: Bool, _ missing: [String: Int]
  ) -> JSONObject {
    let texts = { (set: Set<String>) in JSONValue.array(set.sorted().map { .string($0) }) }
    var details: JSONObject = [
      "request": .string(request.id), "policy_version": .integer(request.version),
      "roles": texts(roles), "channel": .string(voice.channel.rawValue),
    ]
    if !standIn.isEmpty { details["stands_in_for"] = texts(standIn) }
    if isOwn { details["own_proposal"] = true }
    if voice.manner.together > 1 { details["together"] = .integer(Int64(voice.manner.together)) }
    if let stepUp = voice.stepUp { details["step_up"] = .string(stepUp.method.rawValue) }
    if !missing.isEmpty {
      details["missing"] = .object(
        JSONObject(missing.sorted { $0.key < $1.key }.map { ($0.key, .integer(Int64($0.value))) }))
    }
    return details
  }
}
