import ActionProtocol
import Decisions
import Insights

/// What the active policy says of a revision, with all that it was said on.
struct PolicyRuling: Sendable {
  let policy: ActivePolicy
  let facts: PolicyFacts
  /// Whom caps count it for.
  let keys: [PolicyCap.Key: String]
  let decision: PolicyDecision

  /// Who acts where the policy itself lets go or refuses.
  var author: Author { .policy(policy.number) }

  /// What persons are asked for; nil where nobody is.
  var requirement: PolicyRequirement? {
    if case .require(let requirement) = decision.verdict { requirement } else { nil }
  }

  /// For the audit trail: the version, the verdict and the rules that decided.
  var details: JSONObject {
    var details: JSONObject = [
      "policy_version": .integer(policy.number), "policy_hash": .string(policy.hash.hex),
      "decision": .string(decision.verdict.kind.rawValue),
      "winning": .array(policy.engine.winning(decision).map { .string($0) }),
      "facts_digest": .string(facts.digest.hex),
    ]
    if decision.isAlert { details["alert"] = true }
    if let shadow = policy.engine.shadowDecision(facts) {
      details["shadow"] = .string(shadow.verdict.kind.rawValue)
    }
    if let requirement { details["requirement"] = requirement.json }
    return details
  }
}

extension Author {
  /// The policy of a version: it lets go, or refuses, by itself.
  static func policy(_ version: Int64) -> Author { known("policy:\(version)") }

  /// Whether a policy decided, and no person.
  public var isPolicy: Bool { rawValue.hasPrefix("system:policy:") }
}

/// Asks an org's policy about revisions, inside the transaction that stores them.
struct PolicyGate {
  let store: any StoreTransaction
  /// As it stands in this transaction.
  let organisation: Organisation

  /// What is told about a proposal beside its content.
  struct Circumstances {
    /// Who proposes, from the credentials.
    var author: Author
    var delivery: DeliveryMode
    var asksForPerson: Bool
    /// Whether the text is what AIOM itself drafted just now from its own templates.
    var isOwnText: Bool
  }

  /// The decision of the active policy. An org without one gets the one that orgs begin with.
  func rule(_ proposal: Proposal, _ told: Circumstances) throws -> PolicyRuling {
    if organisation.policyVersion == nil {
      try store.beginPolicy(of: organisation.id, by: .engine, via: "engine")
    }
    let policy = try PolicyShelf(store: store, org: organisation.id)
      .active(organisation.policyVersion ?? 1)
    let found = try PolicyFactsReader(
      store: store, organisation: organisation, proposal: proposal, author: told.author,
      delivery: told.delivery, asksForPerson: told.asksForPerson, isOwnText: told.isOwnText
    ).read(policy.engine.caps(on: proposal.actionType))
    return PolicyRuling(
      policy: policy, facts: found.facts, keys: found.keys,
      decision: policy.engine.decide(found.facts))
  }

  /// The decision on a revision of an action that was decided on before: what its proposer wished, and
  /// whether the text is AIOM's own, stays as it was.
  func rule(
    again proposal: Proposal, _ state: ActionState, isSameText: Bool
  ) throws -> PolicyRuling {
    let before = try store.decision(organisation.id, state.id, revision: nil)?.readFacts()
    var asks = state.risk.alwaysRequiresApproval
    if case .flag(let flag)? = before?[.asksForPerson] { asks = flag }
    var isOwn = false
    if isSameText, case .text? = before?[.template] { isOwn = true }
    return try rule(
      proposal,
      Circumstances(
        author: state.createdBy, delivery: state.delivery, asksForPerson: asks, isOwnText: isOwn))
  }

  /// Stores the decision on the state's revision.
  func record(_ ruling: PolicyRuling, _ state: ActionState) throws {
    var amount: Int64?
    if case .money(let money)? = ruling.facts[.amount],
      money.currency == organisation.profile.currency
    {
      amount = money.minorUnits
    }
    try store.insert(
      DecisionRecord(
        org: state.org, action: state.id, revision: state.revision, version: ruling.policy.number,
        verdict: ruling.decision.verdict.kind, facts: CanonicalJSON.encode(ruling.facts.json),
        winning: ruling.policy.engine.winning(ruling.decision),
        shadow: ruling.policy.engine.shadowDecision(ruling.facts)?.verdict.kind,
        keys: ruling.keys, amount: amount, at: store.now))
  }

  /// Asks persons about the state's revision.
  @discardableResult
  func ask(
    _ requirement: PolicyRequirement, _ ruling: PolicyRuling, _ state: ActionState
  ) throws -> ApprovalRequest {
    let request = ApprovalRequest(
      org: state.org,
      id: ApprovalRequest.id(state.id, state.revision, ruling.policy.number), kind: .action,
      action: state.id, revision: state.revision, digest: state.digest, requirement: requirement,
      version: ruling.policy.number, requestedBy: state.createdBy, at: store.now,
      expiresAt: state.expiresAt)
    try store.insert(request)
    return request
  }

  /// Ends what nobody is asked about.
  func end(
    _ ruling: PolicyRuling, _ state: ActionState, as outcome: ApprovalResolution.Outcome
  ) throws {
    try store.insert(
      ApprovalResolution(
        org: state.org, request: ApprovalRequest.id(state.id, state.revision, ruling.policy.number),
        outcome: outcome, digest: state.digest, version: ruling.policy.number, by: ruling.author,
        at: store.now))
  }
}

extension DecisionRecord {
  /// The facts that were looked at; nil where they cannot be read any more.
  public func readFacts() -> PolicyFacts? {
    guard case .success(let json) = JSONReader.read(facts) else { return nil }
    return PolicyReader.readFacts(PolicyNode(json), assumingTypical: false).facts
  }
}
