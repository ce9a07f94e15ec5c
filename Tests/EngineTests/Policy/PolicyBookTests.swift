import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@Suite struct PolicyBookTests {
  private static let strict = Policy.testing(.all("two", .require(.standard)))

  @Test func `a policy becomes active when an owner approves its digest`() async throws {
    let house = try await PolicyHouse(.initial)
    let book = PolicyBook(house.context)
    let request = try await book.request(
      house.org, Self.strict, source: "file", reason: "Everything asks.", by: .tester, via: "test")
    #expect(try await book.active(house.org).version?.number == 1)
    #expect(
      try await refusal {
        _ = try await book.approve(
          house.org, request.id, digest: Policy.initial.hash, by: .tester, via: "test")
      } == "approval.digest_changed")
    let made = try await book.approve(
      house.org, request.id, digest: Self.strict.hash, by: .tester, via: "test")
    #expect(made?.number == 2 && made?.hash == Self.strict.hash && made?.source == "file")
    let (policy, version) = try await book.active(house.org)
    #expect(policy.hash == Self.strict.hash && version?.reason == "Everything asks.")
    #expect(try await book.history(house.org).versions.map(\.number) == [2, 1])
    #expect(try await book.history(house.org).open.isEmpty)
    let kinds = try await house.house.kinds()
    #expect(
      kinds == [
        "policy.activated", "policy.requested", "policy.approval_given", "policy.activated",
      ])
  }

  @Test func `where there is a second person, that one approves`() async throws {
    let roles = FixedRoles(persons: [.ann: ["owner"], .bob: ["owner"], .cem: ["sales"]])
    let house = try await PolicyHouse(.initial, roles)
    #expect(
      try await refusal { try await house.activate(Self.strict, by: [.ann]) }
        == "approval.own_proposal")
    #expect(
      try await refusal { try await house.activate(Self.strict, by: [.ann, .cem]) }
        == "approval.no_role")
    #expect(try await house.activate(Self.strict, by: [.ann, .bob]) == 2)
  }

  @Test func `what guards with a proof is changed with no less`() async throws {
    let guarded = Policy.testing(
      .all("proof", .require(PolicyRequirement(role: "owner", stepUp: .passkey))))
    let house = try await PolicyHouse(.initial)
    #expect(try await house.activate(guarded) == 2, "before, nothing asked for a proof")
    let book = PolicyBook(house.context)
    let request = try await book.request(
      house.org, Self.strict, source: "file", reason: "Less to do.", by: .tester, via: "test")
    #expect(request.requirement.stepUp == .passkey)
    func approve(_ proof: StepUpEvidence?) async throws -> String? {
      try await refusal {
        _ = try await book.approve(
          house.org, request.id, digest: request.digest, stepUp: proof, by: .tester, via: "test")
      }
    }
    let now = house.house.clock.now
    #expect(try await approve(nil) == "approval.step_up")
    #expect(
      try await approve(StepUpEvidence(method: .totp, at: now, evidence: [1]))
        == "approval.step_up")
    #expect(try await book.active(house.org).version?.number == 2)
    #expect(
      try await approve(StepUpEvidence(method: .passkey, at: now, evidence: [1])) == nil)
    #expect(try await book.active(house.org).version?.number == 3)
  }

  @Test func `only rules that decide ask for a proof, caps among them`() throws {
    func policy(_ status: PolicyRule.Status, _ then: PolicyOutcome) -> Policy {
      var rule = PolicyRule.all("one", then)
      rule.status = status
      return .testing(rule, .all("two", .deny))
    }
    let totp = PolicyRequirement(role: "owner", stepUp: .totp)
    let cap = PolicyCap(
      .count(3), per: try #require(PolicySpan("1d")), key: .org, over: .require(totp))
    #expect(policy(.active, .require(totp)).strongestStepUp == .totp)
    #expect(policy(.active, .cap(cap)).strongestStepUp == .totp)
    #expect(policy(.shadow, .require(totp)).strongestStepUp == .none)
    #expect(policy(.off, .cap(cap)).strongestStepUp == .none)
  }

  @Test func `back to the version before is a version of its own`() async throws {
    let house = try await PolicyHouse(.initial)
    try await house.activate(Self.strict)
    let book = PolicyBook(house.context)
    let first = try await book.version(house.org, 1).policy()
    #expect(try await house.activate(first) == 3)
    #expect(try await book.active(house.org).policy.hash == Policy.initial.hash)
    #expect(try await refusal { try await house.activate(first) } == "policy.active")
  }

  @Test func `what was asked for before another policy became active is asked for again`()
    async throws
  {
    let house = try await PolicyHouse(.initial)
    let book = PolicyBook(house.context)
    let request = try await book.request(
      house.org, Self.strict, source: "file", reason: "First.", by: .tester, via: "test")
    try await house.activate(.twoOfFinance)
    #expect(
      try await refusal {
        _ = try await book.approve(
          house.org, request.id, digest: request.digest, by: .tester, via: "test")
      } == "policy.outdated")
  }

  @Test func `a policy with an error, and one whose case does not hold, is not asked for`()
    async throws
  {
    let house = try await PolicyHouse(.initial)
    let always = PolicyRule(
      id: "always", title: "Always", on: [.group(.messages)], then: .auto(undo: nil),
      reason: "No.")
    #expect(try await refusal { try await house.activate(.testing(always)) } == "policy.invalid")
    var wrong = Self.strict
    wrong.cases = [PolicyCase(name: "goes", type: .xCreateNote, verdict: .auto)]
    let failing = wrong
    #expect(try await refusal { try await house.activate(failing) } == "policy.invalid")
    #expect(
      try await refusal { try await house.activate(Self.strict, by: [.bot]) }
        == "decision.not_a_person")
  }

  @Test func `a refused policy never becomes active`() async throws {
    let house = try await PolicyHouse(.initial)
    let book = PolicyBook(house.context)
    let request = try await book.request(
      house.org, Self.strict, source: "file", reason: "First.", by: .tester, via: "test")
    try await book.reject(house.org, request.id, reason: "No.", by: .tester, via: "test")
    #expect(
      try await refusal {
        _ = try await book.approve(
          house.org, request.id, digest: request.digest, by: .tester, via: "test")
      } == "approval.ended")
  }

  @Test func `the past of the org tries two policies`() async throws {
    let house = try await PolicyHouse(.testing(.all("ask", .require(.standard))))
    for number in 1...7 {
      let state = try await house.proposeTask(Int64(number))
      house.house.clock.advance(by: .seconds(60))
      if number <= 3 { try await house.approve(state, by: .tester) }
      if number == 4 {
        _ = try await house.approvals.reject(
          house.org, state.id, reason: "No.", by: .tester, via: "test")
      }
    }
    let goes = PolicyEngine(.testing(.all("go", .auto(undo: nil))))
    let asks = PolicyEngine(.testing(.all("ask", .require(.standard))))
    let test = try await PolicyHistory(house.context).backtest(
      house.org, old: asks, new: goes, pageSize: 2)
    #expect(test.count == 7 && test.matrix[.require]?[.auto] == 7)
    #expect(test.refusedWouldGo.count == 1)
    let never = PolicyEngine(.testing(.all("never", .deny)))
    let other = try await PolicyHistory(house.context).backtest(
      house.org, old: asks, new: never, pageSize: 3)
    #expect(other.approvedWouldBeRefused.count == 3)
  }

  @Test func `who waits before a page waits for the newest decisions alone`() async throws {
    let asks = Policy.testing(.all("ask", .require(.standard)))
    let house = try await PolicyHouse(asks)
    for number in 1...7 {
      _ = try await house.proposeTask(Int64(number))
      house.house.clock.advance(by: .seconds(60))
    }
    let goes = Policy.testing(.all("go", .auto(undo: nil)))
    let history = PolicyHistory(house.context)
    let some = try await history.recentBacktest(house.org, old: asks, new: goes, most: 3)
    #expect(some.isCut && some.test.count == 3)
    let all = try await history.recentBacktest(house.org, old: asks, new: goes, most: 7)
    #expect(!all.isCut && all.test.count == 7)
    let picture = try await PolicyBook(house.context).picture(house.org)
    #expect(picture.hits.decisions == 7 && picture.hits.hits == ["ask": 7])
  }
}
