import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Testing
import TestSupport

@Suite struct OperationTests {
  @Test func `an SMS goes out once and starts a cool-down of six hours`() async throws {
    let house = try await EngineHouse.withAcme()
    let first = try await text(house, "alert-1")
    try await house.approve(first)
    let sentAt = house.clock.now
    #expect(try await house.run().map(\.outcome) == [.completed])
    guard case .sms(let sms, _)? = house.channel.calls.first?.content else {
      Issue.record("no SMS")
      return
    }
    #expect(sms.to.e164 == "+16175550123")
    let second = try await text(house, "alert-2")
    try await house.approve(second)
    try await house.run()
    // Six hours after 10:00 is 16:00, inside the window.
    #expect(
      try await house.state(second).hold
        == Hold(reason: .coolDown, until: sentAt.advanced(by: .seconds(360 * 60))))
    #expect(house.channel.calls.count == 1)
  }

  @Test func `a text about the same matter holds the mail back`() async throws {
    let house = try await EngineHouse.withAcme()
    let sms = try await text(house, "alert-1")
    let mail = try #require(try await house.custom("mail-1").state).id
    try await house.approve(sms)
    let sentAt = house.clock.now
    #expect(try await house.run().map(\.outcome) == [.completed])
    try await house.approve(mail)
    try await house.run()
    // The channels count apart; the plan's duplicate check looks at the matter, whatever the channel.
    #expect(
      try await house.state(mail).hold
        == Hold(reason: .coolDown, until: sentAt.advanced(by: .seconds(240 * 60))))
  }

  @Test func `a follow-up becomes a proposal on its day, through the same door`() async throws {
    let house = try await EngineHouse.withAcme()
    let due = house.clock.now.advanced(by: .seconds(3 * 86_400))
    let plan = ScheduleFollowUp(
      contextType: .customer, contextID: "1", scheduledFor: due, actionType: .call)
    let outcome = try await Intake(house.context).submit(
      proposal(house, .scheduleFollowUp(.scheduleCustomerCheckIn, plan), key: "check-in"),
      by: .tester, via: "test")
    let id = try #require(outcome.state).id
    try await house.approve(id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(try await TimerService(house.context).runDue() == 0)
    house.clock.set(due)
    #expect(try await TimerService(house.context).runDue() == 1)
    #expect(try await TimerService(house.context).runDue() == 0)
    let org = house.org
    let pending = try await house.store.read { store in
      try store.actions(org, ActionFilter(statuses: [.pendingApproval]))
    }
    #expect(pending.map(\.type) == [.createFollowUpTask])
    #expect(pending.first?.createdBy.rawValue == "system:follow-ups")
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `mail goes out only under the org's own name`() async throws {
    let house = try await EngineHouse.withAcme()
    let email = SendEmail(
      to: [try EmailAddress("billing@acmecorp.com")],
      from: try Mailbox("Somebody <ceo@elsewhere.example>"), subject: "Hello", bodyText: "Hello.")
    let outcome = try await Intake(house.context).submit(
      proposal(house, .email(.xSendCustomMessage, email), key: "foreign"), by: .tester, via: "test")
    guard case .invalid(let issues) = outcome else {
      Issue.record("taken in")
      return
    }
    #expect(issues.map(\.code) == ["sender.not_own"])
  }

  private func text(_ house: EngineHouse, _ key: String) async throws -> ActionID {
    let sms = SendSMS(to: try PhoneNumber(e164: "+16175550123"), body: "Please call us.")
    let outcome = try await Intake(house.context).submit(
      proposal(house, .sms(.xSendSMSAlert, sms), key: key), by: .tester, via: "test")
    return try #require(outcome.state, "\(outcome)").id
  }

  private func proposal(
    _ house: EngineHouse, _ operation: TypedOperation, key: String
  ) -> Proposal {
    Proposal(
      orgID: house.org, operation: operation, idempotencyKey: IdempotencyKey(rawValue: key),
      expectedEffect: "The customer hears from us.", reasoning: "A test of the operation.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [1], partnerID: PartnerID(rawValue: 1),
        partnerName: "Acme Corp"))
  }
}
