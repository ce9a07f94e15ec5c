import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

/// Going live after a rehearsal, and back: nothing of the one stands in the way of the other.
@Suite struct RehearsalTests {
  private static let rehearsals = [DeliveryMode.sandbox, .redirect]

  /// The same installation under another delivery mode.
  private func context(
    _ house: EngineHouse, _ delivery: DeliveryMode
  ) throws -> EngineContext {
    var context = house.context
    context.configuration.delivery = delivery
    context.configuration.redirectEmail = try EmailAddress("operator@harbor.example")
    return context
  }

  private func house(_ delivery: DeliveryMode) async throws -> EngineHouse {
    var configuration = EngineConfiguration(delivery: delivery)
    configuration.redirectEmail = try EmailAddress("operator@harbor.example")
    return try await EngineHouse.withAcme(configuration: configuration)
  }

  private func outcomes(
    _ house: EngineHouse, _ context: EngineContext
  ) async throws -> [IntakeOutcome] {
    try await Analyst(context).analyze(
      house.org, asOf: nil, dryRun: false, by: Author(.system, "analyzer").unsafelyUnwrapped,
      via: "test"
    ).outcomes
  }

  private func analyze(_ house: EngineHouse, _ context: EngineContext) async throws -> IntakeOutcome
  {
    try #require(try await outcomes(house, context).first)
  }

  private func approve(
    _ house: EngineHouse, _ id: ActionID, _ context: EngineContext
  ) async throws {
    let state = try await house.state(id)
    _ = try await Approvals(context).approve(
      house.org, id, digest: state.digest, by: .tester, via: "test")
  }

  private func run(
    _ house: EngineHouse, _ context: EngineContext, _ ids: [ActionID]? = nil
  ) async throws -> [ExecutionReport] {
    let process = ProcessLife(context)
    try await process.begin()
    let reports = try await Pipeline(context, process: process).run(org: house.org, ids: ids)
    try await process.end()
    return reports
  }

  @Test(arguments: rehearsals)
  func `what a rehearsal sent is proposed again in live and goes out there once`(
    _ delivery: DeliveryMode
  ) async throws {
    let house = try await house(delivery)
    let rehearsed = try await house.propose()
    try await house.approve(rehearsed)
    #expect(try await house.run().map(\.outcome) == [.completed])
    let live = try context(house, .live)
    let outcome = try await analyze(house, live)
    guard case .created(let state) = outcome else {
      Issue.record("the rehearsal used the reminder up: \(outcome)")
      return
    }
    try await approve(house, state.id, live)
    #expect(try await run(house, live).map(\.outcome) == [.completed])
    #expect(house.channel.calls.map(\.operation.action) == [rehearsed, state.id])
    #expect(try await outcomes(house, live).isEmpty, "live forgets what it sent")
    #expect(try await outcomes(house, house.context).isEmpty, "the rehearsal forgets it")
  }

  @Test(arguments: rehearsals)
  func `a rejection in a rehearsal does not silence live`(_ delivery: DeliveryMode) async throws {
    let house = try await house(delivery)
    let rehearsed = try await house.propose()
    _ = try await Approvals(house.context).reject(
      house.org, rehearsed, reason: "Only trying.", by: .tester, via: "test")
    guard case .existing(_, .rejectedBefore) = try await analyze(house, house.context) else {
      Issue.record("the rehearsal forgets its own rejection")
      return
    }
    guard case .created = try await analyze(house, try context(house, .live)) else {
      Issue.record("silenced")
      return
    }
  }

  @Test func `a rehearsal's pending card neither blocks live nor can be approved there`()
    async throws
  {
    let house = try await house(.sandbox)
    let rehearsed = try await house.propose()
    let live = try context(house, .live)
    guard case .created(let state) = try await analyze(house, live) else {
      Issue.record("blocked")
      return
    }
    #expect(state.id != rehearsed)
    let refusal = await #expect(throws: DecisionError.self) {
      try await approve(house, rehearsed, live)
    }
    #expect(refusal?.code == "action.other_delivery")
    let back = await #expect(throws: DecisionError.self) {
      try await approve(house, state.id, house.context)
    }
    #expect(back?.code == "action.other_delivery")
  }

  @Test(arguments: [
    (DeliveryMode.sandbox, DeliveryMode.live), (.redirect, .live), (.live, .redirect),
    (.sandbox, .redirect),
  ])
  func `an action approved in one mode never leaves in another and waits for its own`(
    _ own: DeliveryMode, _ other: DeliveryMode
  ) async throws {
    let house = try await house(own)
    let id = try await house.propose()
    try await house.approve(id)
    let elsewhere = try context(house, other)
    #expect(try await run(house, elsewhere).isEmpty)
    #expect(try await run(house, elsewhere, [id]).isEmpty)
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.state(id).status == .approved)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `a follow-up planned in a rehearsal is not proposed in live`() async throws {
    let house = try await house(.sandbox)
    let plan = ScheduleFollowUp(
      contextType: .customer, contextID: "1",
      scheduledFor: house.clock.now.advanced(by: .seconds(3600)), actionType: .call)
    let proposal = Proposal(
      orgID: house.org, operation: .scheduleFollowUp(.scheduleCustomerCheckIn, plan),
      idempotencyKey: IdempotencyKey(rawValue: "check-in"),
      expectedEffect: "The customer is called.", reasoning: "We promised to call back.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [1], partnerID: PartnerID(rawValue: 1)))
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    let id = try #require(outcome.state).id
    try await house.approve(id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    house.clock.advance(by: .seconds(3600))
    try await TimerService(try context(house, .live)).runDue()
    let org = house.org
    #expect(try await house.store.read { try $0.actions(org, ActionFilter()) }.count == 1)
    // Back in the rehearsal it is.
    house.clock.advance(by: .seconds(3600))
    try await TimerService(house.context).runDue()
    #expect(try await house.store.read { try $0.actions(org, ActionFilter()) }.count == 2)
  }
}
