import ActionProtocol
import Decisions
import Testing

@Suite struct PolicyStandardTests {
  private let engine = PolicyEngine(.standard)

  private func decide(
    _ type: ActionType, _ values: [PolicyField: PolicyValue] = [:], caps: [String: CapUse] = [:]
  ) -> PolicyExplanation {
    var facts = PolicyFacts.typical(type).with(values)
    for (rule, _) in engine.caps(on: type) { facts.caps[rule.id] = CapUse() }
    facts.caps.merge(caps) { $1 }
    return engine.explain(facts)
  }

  @Test func `it has no error and no warning, and its cases hold`() {
    #expect(PolicyCheck.issues(.standard).isEmpty)
    let failing = engine.runCases().filter { !$0.holds }
    #expect(failing.isEmpty)
    #expect(Set(Policy.standard.rules.map(\.id)).count == Policy.standard.rules.count)
  }

  /// The ten sample actions of docs/reference/policy.md.
  @Test(
    arguments: [
      (
        ActionType.sendInvoiceReminder, [:], .require,
        ["messages-ask", "money-asks", "office-hours"]
      ),
      (.sendPaymentConfirmation, [:], .require, ["messages-ask", "money-asks", "office-hours"]),
      (.xSendCustomMessage, [.recipientCount: .integer(11)], .deny, ["ten-recipients"]),
      (.sendDealCheckIn, [.optedOut: .flag(true)], .deny, ["opted-out-never"]),
      (.createFollowUpTask, [:], .auto, ["inside-goes"]),
      (.createFollowUpTask, [.proposerKind: .text("agent")], .require, []),
      (.createCollectionTask, [:], .require, ["risk-asks"]),
      (
        .xSendTaskNotification,
        [.recipientKind: .text("internal"), .proposerKind: .text("system")], .auto,
        ["colleagues-are-told"]
      ),
      (
        .xSendSMSAlert,
        [
          .recipientKind: .text("internal"), .proposerKind: .text("system"), .hour: .integer(3),
        ], .auto, ["colleagues-are-told"]
      ),
      (
        .xSendSMSAlert, [.recipientKind: .text("internal"), .proposerKind: .text("agent")],
        .require, ["messages-ask", "risky-messages-ask", "office-hours"]
      ),
      (.updateDealStage, [:], .require, ["deals-ask", "risk-asks"]),
      (.xCreateNote, [.records: .integer(11)], .require, ["bulk-asks"]),
      (
        .xSendSMSAlert, [.hour: .integer(22)], .require,
        ["messages-ask", "risky-messages-ask", "office-hours"]
      ),
    ] as [(ActionType, [PolicyField: PolicyValue], PolicyVerdict.Kind, [String])])
  func `ten sample actions are decided as its sentences say`(
    _ type: ActionType, _ facts: [PolicyField: PolicyValue], _ kind: PolicyVerdict.Kind,
    _ rules: [String]
  ) {
    let explanation = decide(type, facts)
    #expect(explanation.decision.verdict.kind == kind)
    #expect(Set(explanation.winning) == Set(rules))
  }

  @Test(
    arguments: [
      ("emails-per-hour", ActionType.sendDealCheckIn, 100),
      ("emails-per-day", .sendDealCheckIn, 500),
      ("texts-per-hour", .xSendSMSAlert, 20), ("texts-per-day", .xSendSMSAlert, 50),
      ("emails-per-customer", .sendDealCheckIn, 3), ("texts-per-customer", .xSendSMSAlert, 2),
      ("email-pause", .sendDealCheckIn, 1), ("text-pause", .xSendSMSAlert, 1),
      ("follow-up-pause", .scheduleCustomerCheckIn, 1),
    ] as [(String, ActionType, Int64)])
  func `one too many waits`(_ rule: String, _ type: ActionType, _ most: Int64) {
    let before = decide(type, caps: [rule: CapUse(count: most - 1)])
    let after = decide(type, caps: [rule: CapUse(count: most)])
    #expect(!before.winning.contains(rule) && after.winning.contains(rule))
    #expect(before.decision.verdict == after.decision.verdict)
  }

  @Test func `the numbers are those of the predecessor's limits`() {
    let caps = Policy.standard.rules.compactMap { rule -> String? in
      guard case .cap(let cap) = rule.then, case .count(let count) = cap.limit else { return nil }
      return "\(rule.id) \(count)/\(cap.per.text) \(cap.key.rawValue)"
    }
    #expect(
      caps == [
        "emails-per-hour 100/1h org", "emails-per-day 500/1d org", "texts-per-hour 20/1h org",
        "texts-per-day 50/1d org", "emails-per-customer 3/1d partner",
        "texts-per-customer 2/1d partner", "email-pause 1/4h partner", "text-pause 1/6h partner",
        "follow-up-pause 1/3h partner",
      ])
  }

  @Test(arguments: ActionType.allCases)
  func `no message and nothing about money goes without a person`(_ type: ActionType) {
    let kind = decide(type).decision.verdict.kind
    let isInside = PolicyScope.Group.inside.types.contains(type)
    if !isInside || PolicyScope.Group.money.types.contains(type) { #expect(kind == .require) }
    #expect(decide(type, [.proposerKind: .text("agent")]).decision.verdict.kind == .require)
  }

  @Test func `sentences say who, when and how much`() {
    let sentences = Dictionary(
      uniqueKeysWithValues: Policy.standard.rules.map { ($0.id, PolicySentences.sentence($0)) })
    #expect(
      sentences["messages-ask"]?.contains(
        "when not (the recipient is internal and the proposer is system), needs") == true)
    #expect(
      sentences["ten-recipients"]
        == "Every e-mail, when the number of recipients is more than 10, is refused.")
    #expect(
      sentences["inside-goes"]
        == "Every task, note, activity and follow-up of our own, when the proposer is one of system "
        + "or person, goes by itself, with 1 minute to undo it.")
    #expect(
      sentences["office-hours"]
        == "Every e-mail and text message, when not (the recipient is internal and the proposer is "
        + "system), waits until it is Monday to Friday, 09:00 to 17:00 on the recipient's clock, and "
        + "no holiday.")
    #expect(
      sentences["email-pause"]
        == "Every e-mail happens at most 1 time within 4 hours for each customer; one too many waits."
    )
  }
}
