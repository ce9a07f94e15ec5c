import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct SharedProcessTests {
  @Test func `a second pipeline of the process leaves the calls of the first alone`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    let (context, org) = (house.context, house.org)
    let process = ProcessLife(context)
    try await process.begin()
    house.channel.duringCall { _ in
      _ = try? await Pipeline(context, process: process).run(org: org)
    }
    let reports = try await Pipeline(context, process: process).run(org: org)
    try await process.end()
    #expect(reports.map(\.outcome) == [.completed])
    #expect(try await !house.kinds(id).contains("execution.outcome_unknown"))
    let sources = try await house.store.read { try $0.evidence(org, id).map(\.source) }
    #expect(sources == ["worker"])
  }

  @Test func `the answer to an earlier attempt does not prove the end of this one`() async throws {
    let house = try await EngineHouse.withAcme()
    house.channel.answer(with: .throttled(retryAfter: .seconds(1)))
    let id = try await house.propose()
    try await house.approve(id)
    try await house.run()
    house.clock.advance(by: .seconds(2))
    let (context, org) = (house.context, house.org)
    let refusal = Refusal()
    house.channel.duringCall { message in
      do {
        try await context.store.write { store in
          guard var state = try store.action(org, id) else { return }
          let old = state.version
          state.hold = Hold(reason: .outcomeUnknown, until: nil)
          _ = try store.save(state, replacing: old)
          _ = try store.settle(
            org, message.operation, outcome: "unknown", detail: nil, providerID: nil,
            at: store.now)
          try store.count(looks: 1, org, message.operation)
        }
        _ = try await Approvals(context).settle(
          org, id, answer: .sendAgain, reason: "nothing arrived", by: .tester, via: "test")
      } catch {
        await refusal.note((error as? DecisionError)?.code ?? "\(error)")
      }
    }
    try await house.run()
    #expect(await refusal.code == "attempt.process_not_dead")
  }

  private actor Refusal {
    private(set) var code: String?
    func note(_ code: String) { self.code = code }
  }

  @Test(arguments: [1, 300, 320])
  func `a redirected SMS stays within the limit of the protocol`(_ length: Int) async throws {
    var configuration = EngineConfiguration(delivery: .redirect)
    configuration.redirectPhone = try PhoneNumber(e164: "+16175550199")
    let house = try await EngineHouse.withAcme(configuration: configuration)
    let proposal = Proposal(
      orgID: house.org,
      operation: .sms(
        .xSendSMSAlert,
        SendSMS(
          to: try PhoneNumber(e164: "+16175550123"), body: String(repeating: "é", count: length))),
      idempotencyKey: IdempotencyKey(rawValue: "alert"),
      expectedEffect: "The customer is warned.", reasoning: "The delivery is late.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [1], partnerID: PartnerID(rawValue: 1)))
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    let id = try #require(outcome.state).id
    try await house.approve(id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    guard case .sms(let sent, _)? = house.channel.calls.first?.content else {
      Issue.record("no SMS")
      return
    }
    #expect(sent.body.hasPrefix("[for +16175550123] "))
    #expect(sent.body.unicodeScalars.count <= 320)
    #expect(sent.body.contains("é"))
  }
}
