import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct UnknownOutcomeTests {
  /// A house with one reminder whose call ended without an answer.
  private func unknown() async throws -> (EngineHouse, ActionID) {
    let house = try await EngineHouse.withAcme()
    house.channel.answer(with: .unknown(code: "deadline"))
    let id = try await house.propose()
    try await house.approve(id)
    try await house.run()
    return (house, id)
  }

  @Test func `an unknown outcome holds the action, keeps counting and is never sent again`()
    async throws
  {
    let (house, id) = try await unknown()
    let state = try await house.state(id)
    #expect(state.status == .executing)
    #expect(state.hold == Hold(reason: .outcomeUnknown, until: nil))
    for _ in 0..<5 {
      house.clock.advance(by: .seconds(3600))
      try await Recovery(house.context).recover()
      try await Expiry(house.context).expire()
      try await TimerService(house.context).runDue()
      try await house.run()
    }
    #expect(house.channel.calls.count == 1)
    #expect(try await house.state(id).status == .executing)
  }

  @Test func `the first search that shows it completes it`() async throws {
    let (house, id) = try await unknown()
    #expect(try await Reconciler(house.context).reconcile(house.org) == 0)
    house.channel.find(.found(["\(id.rawValue).1.1": "vendor-7"]))
    #expect(try await Reconciler(house.context).reconcile(house.org) == 1)
    let state = try await house.state(id)
    #expect(state.status == .completed)
    #expect(state.providerID == "vendor-7")
    #expect(house.channel.calls.count == 1)
  }

  @Test func `looks are spaced out and go on after a search that failed`() async throws {
    let (house, id) = try await unknown()
    house.channel.find(.failed(code: "throttled"))
    #expect(try await TimerService(house.context).runDue() == 0)
    house.clock.advance(by: .seconds(15))
    #expect(try await TimerService(house.context).runDue() == 1)
    #expect(try await TimerService(house.context).runDue() == 0)
    house.clock.advance(by: .seconds(45))
    house.channel.find(.found(["\(id.rawValue).1.1": "vendor-8"]))
    #expect(try await TimerService(house.context).runDue() == 1)
    #expect(try await house.state(id).status == .completed)
  }

  @Test func `a process that died between intent and answer leaves an unknown outcome`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    let process = ProcessLife(house.context)
    let boot = try await process.begin()
    let org = house.org
    let context = house.context
    let clock = house.clock
    let seen = SeenDuringCall()
    house.channel.duringCall { _ in
      // While its lock is held nobody takes over, however late it is.
      clock.advance(by: .seconds(60))
      let early = try? await Recovery(context).recover()
      // The lock goes as it does when the kernel ends the process.
      await context.liveness.release(boot)
      let taken = try? await Recovery(context).recover()
      let state = try? await context.store.read { try $0.action(org, id) }
      let isHeld = state?.hold?.reason == .outcomeUnknown
      await seen.note(state?.status, (early?.count ?? -1) + (taken?.count ?? -1), nil)
      await seen.note(held: isHeld)
    }
    try await Pipeline(context, process: process).run(org: org)
    #expect(await seen.status == .executing)
    #expect(await seen.attempts == 1)
    #expect(await seen.held)
    // The worker was only slow: its late answer is kept and settles what nobody knew.
    #expect(try await house.state(id).status == .completed)
    let sources = try await house.store.read { try $0.evidence(org, id).map(\.source) }
    #expect(sources == ["recovery", "worker"])
    #expect(house.channel.calls.count == 1)
  }

  @Test(arguments: UnknownAnswer.allCases)
  func `a person settles what nobody else can`(_ answer: UnknownAnswer) async throws {
    let (house, id) = try await unknown()
    try await Reconciler(house.context).reconcile(house.org)
    let state = try await Approvals(house.context).settle(
      house.org, id, answer: answer, reason: "asked the customer", by: .tester, via: "test")
    switch answer {
    case .arrived:
      #expect(state.status == .completed)
    case .leave:
      #expect(state.status == .failed)
    case .sendAgain:
      #expect(state.status == .pendingApproval)
      #expect(state.revision == 2)
      try await house.approve(id)
      try await house.run()
      #expect(house.channel.calls.count == 2)
      #expect(house.channel.calls.last?.operation.revision == 2)
    }
  }

  @Test func `late proof of the first message voids the second`() async throws {
    let (house, id) = try await unknown()
    let org = house.org
    await #expect(throws: DecisionError.self, "nobody has asked the provider yet") {
      _ = try await Approvals(house.context).settle(
        org, id, answer: .sendAgain, reason: "nothing arrived", by: .tester, via: "test")
    }
    try await Reconciler(house.context).reconcile(org)
    _ = try await Approvals(house.context).settle(
      org, id, answer: .sendAgain, reason: "nothing arrived", by: .tester, via: "test")
    try await house.approve(id)
    // The provider's search lags: only now it shows the first message.
    house.channel.find(.found(["\(id.rawValue).1.1": "vendor-9"]))
    #expect(try await Reconciler(house.context).reconcile(org) == 1)
    #expect(try await house.run().isEmpty)
    #expect(house.channel.calls.count == 1)
    #expect(try await house.state(id).status == .rejected)
  }

  @Test func `an agent cannot decide`() async throws {
    let (house, id) = try await unknown()
    let agent = try #require(Author(.agent, "helper"))
    await #expect(throws: DecisionError.self) {
      _ = try await Approvals(house.context).settle(
        house.org, id, answer: .sendAgain, reason: "please", by: agent, via: "test")
    }
  }
}
