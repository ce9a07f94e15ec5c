import ActionProtocol
import Testing

@testable import Decisions

@Suite struct ApprovalQuorumTests {
  private static let ann = Author(.person, "ann").unsafelyUnwrapped
  private static let bob = Author(.person, "bob").unsafelyUnwrapped
  private static let bot = Author(.agent, "bot").unsafelyUnwrapped

  @Test func `a person with two roles counts for both, and once for each`() {
    var requirement = PolicyRequirement(role: "finance", n: 2)
    requirement.roles["owner"] = 1
    let quorum = ApprovalQuorum(
      requirement, deciders: [Self.ann: ["owner", "finance"], Self.bob: ["finance"]])
    #expect(quorum.missing(after: []) == ["finance": 2, "owner": 1])
    #expect(quorum.missing(after: [Self.ann, Self.ann]) == ["finance": 1])
    #expect(quorum.missing(after: [Self.ann, Self.bob]).isEmpty)
  }

  @Test func `nobody counts who is no person, or no longer has the role`() {
    let quorum = ApprovalQuorum(
      PolicyRequirement(role: "owner"), deciders: [Self.bot: ["owner"], Self.ann: ["sales"]])
    #expect(quorum.missing(after: [Self.bot, Self.ann, Self.bob]) == ["owner": 1])
    let nobody = ApprovalQuorum(PolicyRequirement(role: "owner"), deciders: nil)
    #expect(nobody.roles(of: Self.bot).isEmpty && nobody.roles(of: Self.ann) == ["owner"])
  }

  @Test func `an escalation is over its time or not, to the instant`() {
    let requirement = PolicyRequirement(
      role: "finance", escalate: [Escalation(after: .hours(4), role: "sales")])
    let asked = Instant(milliseconds: 1_000_000)
    let end = asked.advanced(by: .seconds(4 * 3600))
    let before = Instant(milliseconds: end.milliseconds - 1)
    #expect(ApprovalQuorum.escalated(requirement, asked: asked, now: before).isEmpty)
    #expect(ApprovalQuorum.escalated(requirement, asked: asked, now: end) == ["sales"])
  }

  @Test func `a requirement is read back as it was written`() {
    var requirement = PolicyRequirement(
      role: "finance", n: 3, notProposer: true, stepUp: .totp, channels: [.inApp, .sms],
      expires: .hours(5), escalate: [Escalation(after: .days(1), role: "owner")])
    requirement.roles["sales"] = 2
    #expect(PolicyRequirement(json: requirement.json) == requirement)
    #expect(PolicyRequirement(json: PolicyRequirement.standard.json) == .standard)
    #expect(PolicyRequirement(json: ["roles": []]) == nil)
  }

  @Test func `the policy that orgs begin with leaves hours and limits to the settings`() {
    #expect(
      Policy.settingRules == [
        "office-hours", "emails-per-hour", "emails-per-day", "texts-per-hour", "texts-per-day",
        "emails-per-customer", "texts-per-customer", "email-pause", "text-pause",
      ])
    let failing = PolicyEngine(.initial).runCases().filter { !$0.holds }
    let errors = PolicyCheck.issues(.initial).filter { $0.severity == .error }
    #expect(failing.isEmpty && errors.isEmpty)
    let difference = PolicyDifference(from: .standard, to: .initial)
    #expect(Set(difference.removed.map(\.id)) == Policy.settingRules && difference.added.isEmpty)
  }
}
