import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let policies = [
    StoreConformance("versions of a policy follow each other, and the last one is the org's") {
      store in
      let organisation = try Sample.organisation()
      let first = version(organisation.id, 1, .initial)
      let second = version(organisation.id, 2, .standard)
      try await store.write { store in
        try store.save(organisation)
        try same(try store.organisation(organisation.id)?.policyVersion, nil, "none yet")
        try store.activate(first)
        try store.activate(second)
        try store.save(organisation)
        try same(try store.organisation(organisation.id)?.policyVersion, 2, "beside the org")
        try same(try store.policyVersion(organisation.id, nil), second, "active")
        try same(try store.policyVersion(organisation.id, 1), first, "an earlier one")
        try same(try store.policyHash(organisation.id, 1), first.hash, "its hash")
        try same(
          try store.policyVersions(organisation.id, limit: 9), [second, first], "newest first")
      }
      try await refused(store, "a gap") { try $0.activate(version(organisation.id, 4, .initial)) }
      try await refused(store, "the same again") { try $0.activate(second) }
    },
    StoreConformance("the four records of an approval come back as they were written") { store in
      let (state, request) = try await prepared(store)
      let org = state.org
      let evidence = StepUpEvidence(method: .totp, at: Sample.later(2), evidence: [1, 0, 255])
      let entry = ApprovalEntry(
        org: org, request: request.id, person: Sample.ann, word: .approve, digest: state.digest,
        roles: ["owner", "finance"], channel: .sms, via: "sms", stepUp: evidence,
        at: Sample.later(2),
        manner: DecisionManner(together: 3, considered: .milliseconds(1_234)))
      let end = ApprovalResolution(
        org: org, request: request.id, outcome: .approved, digest: state.digest, version: 1,
        by: Sample.ann, at: Sample.later(3))
      try await store.write { store in
        try same(try store.request(org, request.id), request, "by its id")
        try same(try store.request(org, state.id, revision: 1), request, "by its action")
        try same(try store.openRequests(org, .action, limit: 9), [request], "open")
        try same(try store.openRequests(org, .policy, limit: 9), [], "of another kind")
        try store.insert(entry)
        try same(try store.entries(org, of: request.id), [entry], "entry")
        try same(try store.resolution(org, of: request.id), nil, "not ended")
        try store.insert(end)
        try same(try store.resolution(org, of: request.id), end, "ended")
        try same(try store.openRequests(org, .action, limit: 9), [], "open no more")
      }
      try await refused(store, "a second entry of a person") { try $0.insert(entry) }
      try await refused(store, "a second end") { try $0.insert(end) }
    },
    StoreConformance("ending an action's requests ends those that are open, once") { store in
      let (state, request) = try await prepared(store)
      try await store.write { store in
        for outcome in [ApprovalResolution.Outcome.superseded, .expired] {
          try store.endRequests(state.org, state.id, as: outcome, by: Sample.ann)
        }
        let end = try store.resolution(state.org, of: request.id)
        try same(end?.outcome, .superseded, "the first end")
        try same(end?.digest, request.digest, "of what was asked")
        try same(end?.at, store.now, "at")
      }
    },
    StoreConformance("decisions come back page by page with what came of them") { store in
      let (state, request) = try await prepared(store)
      let org = state.org
      try await store.write { store in
        for revision in 1...3 {
          try store.insert(decision(state, revision, at: Sample.later(Int64(revision))))
        }
        try store.insert(
          ApprovalResolution(
            org: org, request: request.id, outcome: .rejected, digest: state.digest, version: 1,
            by: Sample.ann, at: Sample.later(3)))
        try same(
          try store.decision(org, state.id, revision: nil),
          decision(state, 3, at: Sample.later(3)), "the newest")
        try same(
          try store.decision(org, state.id, revision: 1), decision(state, 1, at: Sample.later(1)),
          "of a revision")
        let first = try store.pastDecisions(org, after: nil, limit: 2)
        try same(first.map(\.decision.revision), [1, 2], "first page")
        try same(first.map(\.outcome), [.rejected, .expired], "what came of them")
        let place = PastPlace(at: Sample.later(2), action: state.id.rawValue, revision: 2)
        let second = try store.pastDecisions(org, after: place, limit: 2)
        try same(second.map(\.decision.revision), [3], "second page")
        try same(try store.pastPlace(org, beforeNewest: 1), place, "before the newest")
        try same(try store.pastPlace(org, beforeNewest: 3), nil, "no more than that")
      }
    },
    StoreConformance("what caps counted is found by rule, key and span, and is taken back") {
      store in
      let (state, _) = try await prepared(store)
      let org = state.org
      let counts = [Int64(1), 5, 9].map { second in
        CapCount(
          rule: "r", key: "k", at: Sample.later(second), amount: second, action: state.id,
          revision: 1)
      }
      try await store.write { store in
        try store.insert(counts, org: org)
        let question = CapQuestion(rule: "r", key: "k", after: Sample.later(1))
        try same(try store.capCounts(org, question), Array(counts.dropFirst()), "after")
        for other in [("other", "k"), ("r", "other")] {
          let question = CapQuestion(rule: other.0, key: other.1, after: Sample.start)
          try same(try store.capCounts(org, question), [], "another one's")
        }
        try store.removeCapCounts(org, state.id)
        try same(try store.capCounts(org, question), [], "taken back")
      }
    },
    StoreConformance("policies and approvals of one org are not another's") { store in
      let (state, request) = try await prepared(store)
      let other = Sample.org("other")
      try await store.write { store in
        try store.save(try Sample.organisation(other))
        try same(try store.policyVersion(other, nil), nil, "version")
        try same(try store.request(other, request.id), nil, "request")
        try same(try store.requests(other, about: [state]), [:], "requests")
        try same(
          try store.requests(state.org, about: [state, Sample.action(2)]), [state.id: request],
          "its own, for those that have one")
        try same(try store.decision(other, state.id, revision: nil), nil, "decision")
        try same(try store.openRequests(other, .action, limit: 9), [], "open")
        try same(try store.pastPlace(other, beforeNewest: 0), nil, "past")
        try same(
          try store.ruleHits(other, version: 1, amongNewest: 9), RuleHits(), "what had a say")
        let question = HistoryQuestion(
          org: other, type: state.type, delivery: state.delivery, proposer: state.createdBy,
          partners: [], addresses: [])
        try same(try store.history(question), HistoryFacts(), "history")
      }
    },
  ]

  private static func version(_ org: OrgID, _ number: Int64, _ policy: Policy) -> PolicyVersion {
    PolicyVersion(
      org: org, number: number, hash: policy.hash, document: CanonicalJSON.encode(policy.json),
      author: Sample.ann, reason: "Because.", source: "file",
      difference: CanonicalJSON.encode([:]), at: Sample.start)
  }

  private static func decision(
    _ state: ActionState, _ revision: Int, at: Instant
  ) -> DecisionRecord {
    DecisionRecord(
      org: state.org, action: state.id, revision: revision, version: 1, verdict: .require,
      facts: CanonicalJSON.encode(PolicyFacts.typical(state.type).json), winning: ["a", "b"],
      shadow: .deny, keys: [.partner: "7", .recipient: "abc", .proposer: "agent:bot"], amount: 12,
      at: at)
  }

  /// An org with a policy, and an action that somebody is asked about.
  private static func prepared(
    _ store: any StorePort
  ) async throws -> (ActionState, ApprovalRequest) {
    let organisation = try Sample.organisation()
    let state = Sample.action(1, org: organisation.id)
    let request = ApprovalRequest(
      org: organisation.id, id: "\(state.id.rawValue):1:1", kind: .action, action: state.id,
      revision: 1, digest: state.digest,
      requirement: PolicyRequirement(role: "finance", n: 2, notProposer: true), version: 1,
      requestedBy: state.createdBy, at: Sample.start, expiresAt: Sample.later(60))
    try await store.write { store in
      try store.save(organisation)
      try store.activate(version(organisation.id, 1, .initial))
      try store.insert(state, Sample.revision(of: state), records: [])
      try store.insert(request)
    }
    return (state, request)
  }
}
