import ActionProtocol
import Decisions
import Engine
import Store
import TestSupport
import Testing

@Suite struct ApprovalTests {
  private static let three = FixedRoles(persons: [
    .ann: ["finance"], .bob: ["finance", "owner"], .cem: ["sales"],
  ])

  @Test func `two different persons with the role approve, and only then it goes`() async throws {
    let house = try await PolicyHouse(.twoOfFinance, Self.three)
    let state = try await house.propose()
    let first = try await house.approve(state, by: .ann)
    #expect(first.status == .pendingApproval && first.approval == nil)
    #expect(try await house.card(state)?.approval?.missing == ["finance": 1])
    #expect(try await house.run().isEmpty)
    let second = try await house.approve(state, by: .bob)
    #expect(second.status == .approved && second.approval?.by == .bob)
    #expect(second.approval?.digest == state.digest && second.approval?.policy == 1)
    #expect(try await house.run().map(\.outcome) == [.completed])
    let picture = try #require(try await house.card(state)?.approval)
    #expect(picture.entries.map(\.person) == [.ann, .bob] && picture.missing.isEmpty)
    #expect(picture.resolution?.outcome == .approved && picture.resolution?.digest == state.digest)
    let kinds = try await house.house.kinds(state.id)
    #expect(kinds.prefix(3) == ["action.proposed", "action.approval_given", "action.approved"])
  }

  @Test func `one person counts once, through whatever channel`() async throws {
    let house = try await PolicyHouse(.twoOfFinance, Self.three)
    let state = try await house.propose()
    try await house.approve(state, by: .ann)
    for channel in ApprovalChannel.allCases {
      #expect(
        try await refusal { try await house.approve(state, by: .ann, channel: channel) }
          == "approval.given")
    }
    #expect(try await house.house.state(state.id).status == .pendingApproval)
  }

  @Test func `who has no role, and who proposes, cannot approve`() async throws {
    let house = try await PolicyHouse(.twoOfFinance, Self.three)
    let state = try await house.propose(by: .ann)
    #expect(try await refusal { try await house.approve(state, by: .cem) } == "approval.no_role")
    #expect(try await refusal { try await house.approve(state, by: .tester) } == "approval.no_role")
    #expect(
      try await refusal { try await house.approve(state, by: .ann) } == "approval.own_proposal")
    #expect(try await house.card(state)?.approval?.entries.isEmpty == true)
  }

  @Test func `who answers for an agent does not approve what it proposes`() async throws {
    var roles = Self.three
    roles.owners = [.bot: .ann]
    let house = try await PolicyHouse(.twoOfFinance, roles)
    let state = try await house.propose(by: .bot)
    #expect(
      try await refusal { try await house.approve(state, by: .ann) } == "approval.own_proposal")
  }

  @Test func `an agent and the system never approve`() async throws {
    let house = try await PolicyHouse(.initial, FixedRoles(persons: [.bot: ["owner"]]))
    let state = try await house.propose()
    for author in [Author.bot, Author(.system, "policy:1").unsafelyUnwrapped] {
      #expect(
        try await refusal { try await house.approve(state, by: author) } == "decision.not_a_person")
    }
  }

  @Test func `the only deciding person approves what the same person proposed`() async throws {
    for roles in [FixedRoles(), FixedRoles(persons: [.ann: ["owner"]])] {
      let house = try await PolicyHouse(.initial, roles)
      let person: Author = roles.persons == nil ? .tester : .ann
      let state = try await house.propose(by: person)
      #expect(try await house.approve(state, by: person).status == .approved)
    }
  }

  @Test func `the owner stands in where nobody has the role`() async throws {
    let finance = Policy.testing(.all("one", .require(PolicyRequirement(role: "finance"))))
    let house = try await PolicyHouse(finance)
    #expect(try await house.approve(try await house.propose(), by: .tester).status == .approved)
    let held = try await PolicyHouse(
      finance, FixedRoles(persons: [.ann: ["finance"], .bob: ["owner"]]))
    let state = try await held.propose()
    #expect(try await refusal { try await held.approve(state, by: .bob) } == "approval.no_role")
  }

  @Test func `after a time without an answer somebody else may answer too`() async throws {
    let escalate: Set = [Escalation(after: try #require(PolicySpan("4h")), role: "sales")]
    let house = try await PolicyHouse(
      .testing(.all("one", .require(PolicyRequirement(role: "finance", escalate: escalate)))),
      Self.three)
    let state = try await house.propose()
    #expect(try await refusal { try await house.approve(state, by: .cem) } == "approval.no_role")
    house.house.clock.advance(by: .seconds(4 * 3600))
    #expect(try await house.approve(state, by: .cem).status == .approved)
  }

  @Test func `where a rule wants two refusals, one leaves it open and a second ends it`()
    async throws
  {
    let one = PolicyRequirement(role: "finance", rejections: 2)
    let persons: [Author: Set<String>] = [
      .ann: ["finance"], .bob: ["finance"], .cem: ["finance"],
    ]
    let house = try await PolicyHouse(
      .testing(.all("two", .require(one))), FixedRoles(persons: persons))
    func refuse(_ state: ActionState, _ by: Author) async throws -> ActionStatus {
      try await house.approvals.reject(
        house.org, state.id, reason: "not this customer", by: by, via: "test"
      ).status
    }
    let state = try await house.propose()
    #expect(try await refuse(state, .ann) == .pendingApproval)
    #expect(try await refusal { _ = try await refuse(state, .ann) } == "approval.given")
    #expect(try await refusal { try await house.approve(state, by: .ann) } == "approval.given")
    #expect(try await refuse(state, .bob) == .rejected)
    #expect(try await refusal { try await house.approve(state, by: .cem) } == "action.rejected")
    // One refused, and another approves: it goes.
    let other = try await house.propose("message-2", text: "We are closed on Friday.")
    #expect(try await refuse(other, .ann) == .pendingApproval)
    #expect(try await house.approve(other, by: .cem).status == .approved)
  }

  @Test func `anybody who decides may refuse where one refusal is enough`() async throws {
    let house = try await PolicyHouse(.twoOfFinance, Self.three)
    let state = try await house.propose()
    let refused = try await house.approvals.reject(
      house.org, state.id, reason: "not this customer", by: .cem, via: "test")
    #expect(refused.status == .rejected)
  }

  @Test func `a refusal after which nobody could approve any more ends it`() async throws {
    var two = PolicyRequirement(role: "finance", n: 2)
    two.rejections = 2
    let house = try await PolicyHouse(.testing(.all("two", .require(two))), Self.three)
    let state = try await house.propose()
    let refused = try await house.approvals.reject(
      house.org, state.id, reason: "no", by: .ann, via: "test")
    #expect(refused.status == .rejected)
  }

  @Test func `one refusal ends it, whoever approved before`() async throws {
    let house = try await PolicyHouse(.twoOfFinance, Self.three)
    let state = try await house.propose()
    try await house.approve(state, by: .ann)
    _ = try await house.approvals.reject(
      house.org, state.id, reason: "not this customer", by: .bob, via: "test")
    #expect(
      try await refusal { try await house.approve(state, by: .bob) } == "action.rejected")
    #expect(try await house.card(state)?.approval?.resolution?.outcome == .rejected)
  }

  @Test func `what has to be proven is refused without proof, saying how to get one`() async throws
  {
    let passkey = PolicyRequirement(role: "owner", stepUp: .passkey, channels: [.inApp])
    let house = try await PolicyHouse(.testing(.all("proof", .require(passkey))))
    let state = try await house.propose()
    #expect(try await refusal { try await house.approve(state, by: .tester) } == "approval.step_up")
    let weak = StepUpEvidence(method: .totp, at: house.house.clock.now, evidence: [1])
    #expect(
      try await refusal { try await house.approve(state, by: .tester, stepUp: weak) }
        == "approval.step_up")
    let proof = StepUpEvidence(method: .passkey, at: house.house.clock.now, evidence: [7, 8])
    #expect(
      try await refusal {
        try await house.approve(state, by: .tester, stepUp: proof, channel: .sms)
      } == "approval.channel")
    try await house.approve(state, by: .tester, stepUp: proof)
    #expect(try await house.card(state)?.approval?.entries.first?.stepUp == proof)
  }

  @Test func `approvals that come at once are counted once each`() async throws {
    let house = try await PolicyHouse(.twoOfFinance, Self.three)
    let state = try await house.propose()
    let answers = await withTaskGroup(of: String.self, returning: [String].self) { group in
      for person in [Author.ann, .ann, .bob, .bob, .ann, .bob] {
        group.addTask {
          do {
            return try await house.approve(state, by: person).status.rawValue
          } catch let error as DecisionError {
            return error.code
          } catch { return "\(error)" }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count { $0 == "approved" } == 1)
    #expect(answers.count { $0 == "pending_approval" } == 1)
    #expect(answers.count { ["approval.given", "action.approved"].contains($0) } == 4)
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(try await house.run().isEmpty)
    #expect(house.house.channel.calls.count == 1)
  }

  @Test func `an edit voids what was approved`() async throws {
    let house = try await PolicyHouse(.twoOfFinance, Self.three)
    let state = try await house.propose()
    try await house.approve(state, by: .ann)
    let edited = try await house.approvals.edit(
      house.org, state.id, ActionEdit(bodyText: "We are closed on Monday."), by: .bob, via: "test")
    #expect(
      try await refusal { try await house.approve(state, by: .bob) } == "action.digest_changed")
    #expect(try await house.card(edited)?.approval?.missing == ["finance": 2])
    try await house.approve(edited, by: .bob)
    #expect(try await house.approve(edited, by: .ann).status == .approved)
  }

  @Test func `another policy after the approval: not carried out, back to persons, saying why`()
    async throws
  {
    let house = try await PolicyHouse(.testing(.all("one", .require(.standard))))
    let state = try await house.approve(try await house.propose(), by: .tester)
    try await house.activate(.testing(.all("other", .require(PolicyRequirement(role: "finance")))))
    #expect(try await house.run().map(\.outcome) == [.reapproval(code: "policy_changed")])
    #expect(house.house.channel.calls.isEmpty)
    let again = try await house.house.state(state.id)
    #expect(again.status == .pendingApproval && again.revision == 2 && again.approval == nil)
    #expect(
      try await house.card(again)?.approval?.request.requirement.roles == ["finance": 1])
    try await house.approve(again, by: .tester)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `a policy that forbids after the approval ends it`() async throws {
    let house = try await PolicyHouse(.testing(.all("one", .require(.standard))))
    let state = try await house.approve(try await house.propose(), by: .tester)
    try await house.activate(.testing(.all("never", .deny)))
    _ = try await house.run()
    #expect(house.house.channel.calls.isEmpty)
    #expect(try await house.house.state(state.id).status == .rejected)
  }

  @Test func `another policy before the approval is asked when somebody approves`() async throws {
    let house = try await PolicyHouse(.testing(.all("one", .require(.standard))), Self.three)
    let state = try await house.propose()
    try await house.activate(.twoOfFinance, by: [.ann, .bob])
    #expect(try await house.card(state)?.approval?.isOutdated == true)
    #expect(try await house.approve(state, by: .bob).status == .pendingApproval)
    #expect(try await house.approve(state, by: .ann).status == .approved)
  }

  @Test func `an approval of something else lets nothing out`() async throws {
    let house = try await PolicyHouse(.testing(.all("one", .require(.standard))))
    let other = try await house.approve(try await house.propose(), by: .tester)
    let org = house.org
    // As somebody with access to the database might.
    try await house.house.store.write { store in
      var forged = other
      forged.approval?.digest = Digest.sha256([1, 2, 3])
      _ = try store.save(forged, replacing: other.version)
    }
    #expect(try await house.run().map(\.outcome) == [.reapproval(code: "policy_changed")])
    #expect(house.house.channel.calls.isEmpty)
    let kept = try await house.house.store.read {
      try $0.resolution(org, of: "\(other.id.rawValue):1:1")
    }
    #expect(kept?.digest == other.digest)
  }

  @Test func `a request is answered once`() async throws {
    let house = try await PolicyHouse(.testing(.all("one", .require(.standard))))
    let state = try await house.approve(try await house.propose(), by: .tester)
    let org = house.org
    let resolution = try #require(
      try await house.house.store.read { try $0.resolution(org, of: "\(state.id.rawValue):1:1") })
    await #expect(throws: StoreError.self) {
      try await house.house.store.write { try $0.insert(resolution) }
    }
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(try await refusal { try await house.approve(state, by: .tester) } == "action.completed")
  }
}
