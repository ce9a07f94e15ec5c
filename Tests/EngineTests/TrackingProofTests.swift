import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct TrackingProofTests {
  private static let proving: [ProviderEvent.Kind] = ProviderEvent.Kind.allCases.filter {
    $0.provesAcceptance && !$0.rawValue.hasPrefix("sms")
  }

  @Test(arguments: proving)
  func `an echo completes what was unknown`(_ kind: ProviderEvent.Kind) async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    try await house.arrive(
      Post(id: "1", kind: kind.rawValue, provider: "vendor-1", echo: house.echo(id)))
    let state = try await house.state(id)
    #expect(state.status == .completed)
    #expect(state.providerID == "vendor-1")
    let attempt = try #require(try await house.attempts(id).first)
    #expect(attempt.outcome == "accepted")
    #expect(attempt.providerID == "vendor-1")
    let org = house.org
    let evidence = try await house.store.read { try $0.evidence(org, id).map(\.source) }
    #expect(evidence == ["worker", "webhook"])
    #expect(try await house.kinds(id).filter { $0.hasPrefix("alert") }.isEmpty)
    #expect(house.channel.calls.count == 1)
  }

  @Test(arguments: ["unsubscribed", "resubscribed", "unheard_of"])
  func `what an address wants proves nothing about a message`(_ kind: String) async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    try await house.arrive(Post(id: "1", kind: kind, echo: house.echo(id)))
    #expect(try await house.state(id).hold?.reason == .outcomeUnknown)
  }

  @Test(arguments: [
    CallOutcome.accepted(providerID: "vendor-1", warnings: []), .unknown(code: "deadline"),
    .refused(code: "late", message: "no"), .notSent(code: "pool_closed"),
  ])
  func `an echo that is faster than the worker settles, whatever the worker says then`(
    _ late: CallOutcome
  ) async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    house.channel.answer(with: late)
    house.channel.duringCall { _ in
      _ = try? await house.arrive(
        Post(id: "1", kind: "processed", provider: "vendor-1", echo: house.echo(id)))
    }
    let reports = try await house.run()
    #expect(reports.map(\.outcome) == [.completed])
    let state = try await house.state(id)
    #expect(state.status == .completed)
    #expect(state.providerID == "vendor-1")
    #expect(house.channel.calls.count == 1)
    let kinds = try await house.kinds(id)
    #expect(kinds.count { $0 == "execution.accepted" } == 1)
    #expect(kinds.filter { $0.hasPrefix("alert") }.isEmpty)
    let org = house.org
    let (evidence, stages) = try await house.store.read { store in
      (try store.evidence(org, id).map(\.outcome), try store.stages(org, id).map(\.stage.stage))
    }
    #expect(evidence == ["accepted", late.name])
    #expect(stages.contains(.execution) && stages.contains(.recording))
    try await house.run()
    #expect(house.channel.calls.count == 1)
  }

  @Test(arguments: [
    CallOutcome.refused(code: "bad", message: "no"), .notSent(code: "refused_connection"),
    .throttled(retryAfter: nil), .configuration(code: "key", message: "no"),
  ])
  func `proof against what was recorded completes, counts again and raises an alert`(
    _ outcome: CallOutcome
  ) async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown(outcome)
    let before = try await house.state(id).status
    #expect(before == .failed || before == .approved)
    try await house.arrive(
      Post(id: "1", kind: "delivered", provider: "vendor-1", echo: house.echo(id)))
    let state = try await house.state(id)
    #expect(state.status == .completed)
    let attempt = try #require(try await house.attempts(id).first)
    #expect(attempt.outcome == outcome.name)
    #expect(attempt.provenAt != nil)
    #expect(attempt.providerID == "vendor-1")
    #expect(try await house.kinds(id).contains("alert.accepted_after_all"))
    let card = try #require(try await ActionReader(house.context).card(house.org, id))
    #expect(card.lastOutreach == attempt.intent.at)
    // Further proof changes nothing more.
    let entries = try await house.kinds(id).count
    try await house.arrive(
      Post(id: "2", kind: "opened", provider: "vendor-1", echo: house.echo(id)))
    #expect(try await house.kinds(id).count == entries)
    house.clock.advance(by: .seconds(3600))
    try await house.run()
    #expect(house.channel.calls.count == 1)
  }

  @Test func `proof voids a re-send that has no intent yet`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    try await Reconciler(house.context).reconcile(house.org)
    _ = try await Approvals(house.context).settle(
      house.org, id, answer: .sendAgain, reason: "nothing arrived", by: .tester, via: "test")
    try await house.approve(id)
    try await house.arrive(Post(id: "1", kind: "delivered", echo: house.echo(id)))
    #expect(try await house.state(id).status == .rejected)
    #expect(try await house.run().isEmpty)
    #expect(house.channel.calls.count == 1)
    #expect(try await house.kinds(id).contains("alert.accepted_after_all"))
  }

  @Test func `proof of the first after the second went out is an alert`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    try await Reconciler(house.context).reconcile(house.org)
    _ = try await Approvals(house.context).settle(
      house.org, id, answer: .sendAgain, reason: "nothing arrived", by: .tester, via: "test")
    try await house.approve(id)
    try await house.run()
    #expect(house.channel.calls.count == 2)
    try await house.arrive(
      Post(id: "1", kind: "delivered", provider: "vendor-1", echo: house.echo(id)))
    let state = try await house.state(id)
    #expect(state.status == .completed)
    #expect(state.providerID == "provider-\(id.rawValue).2.2")
    #expect(try await house.kinds(id).contains("alert.accepted_after_all"))
  }

  @Test func `what is proven to have arrived is not sent a third time`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    try await Reconciler(house.context).reconcile(house.org)
    _ = try await Approvals(house.context).settle(
      house.org, id, answer: .sendAgain, reason: "nothing arrived", by: .tester, via: "test")
    try await house.approve(id)
    let first = house.echo(id)
    house.channel.answer(with: .unknown(code: "deadline"))
    try await house.run()
    try await house.arrive(Post(id: "1", kind: "delivered", echo: first))
    #expect(try await house.state(id).hold?.reason == .outcomeUnknown)
    house.clock.advance(by: .seconds(20))
    try await Reconciler(house.context).reconcile(house.org)
    let refusal = await #expect(throws: DecisionError.self) {
      _ = try await Approvals(house.context).settle(
        house.org, id, answer: .sendAgain, reason: "nothing arrived", by: .tester, via: "test")
    }
    #expect(refusal?.code == "attempt.accepted_before")
    #expect(house.channel.calls.count == 2)
  }

  @Test func `left by a person, it is completed when it shows after all`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    _ = try await Approvals(house.context).settle(
      house.org, id, answer: .leave, reason: "nobody knows", by: .tester, via: "test")
    #expect(try await house.state(id).status == .failed)
    house.channel.find(.found(["\(id.rawValue).1.1": "vendor-9"]))
    #expect(try await Reconciler(house.context).reconcile(house.org) == 1)
    #expect(try await house.state(id).status == .completed)
    #expect(try await Reconciler(house.context).reconcile(house.org) == 0)
    let org = house.org
    let found = try await house.store.read {
      try $0.evidence(org, id).count { $0.source == "activity_search" }
    }
    #expect(found == 1)
  }

  @Test func `after five days what was left is not looked for any more`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    _ = try await Approvals(house.context).settle(
      house.org, id, answer: .leave, reason: "nobody knows", by: .tester, via: "test")
    house.channel.find(.found(["\(id.rawValue).1.1": "vendor-9"]))
    house.clock.advance(by: .seconds(5 * 86_400))
    #expect(try await Reconciler(house.context).reconcile(house.org) == 0)
    #expect(try await house.state(id).status == .failed)
  }

  @Test func `an id that the provider repeats is evidence and an alert, never a dead end`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let first = try await house.unknown(.accepted(providerID: "same", warnings: []))
    house.clock.advance(by: .seconds(5 * 3600))
    let outcome = try await house.custom("opening-hours")
    let second = try #require(outcome.state?.id)
    try await house.approve(second)
    house.channel.answer(with: .accepted(providerID: "same", warnings: []))
    let reports = try await house.run()
    #expect(reports.map(\.outcome) == [.completed])
    #expect(try await house.state(second).status == .completed)
    #expect(try await house.attempts(first).first?.providerID == "same")
    #expect(try await house.attempts(second).first?.providerID == nil)
    #expect(try await house.kinds(second).contains("alert.provider_id_repeated"))
    let org = house.org
    let evidence = try await house.store.read { try $0.evidence(org, second) }
    #expect(evidence.map(\.providerID) == ["same"])
  }

  @Test func `a search that shows a repeated id settles all the same`() async throws {
    let house = try await EngineHouse.withAcme()
    _ = try await house.unknown(.accepted(providerID: "same", warnings: []))
    house.clock.advance(by: .seconds(5 * 3600))
    let outcome = try await house.custom("opening-hours")
    let second = try #require(outcome.state?.id)
    try await house.approve(second)
    house.channel.answer(with: .unknown(code: "deadline"))
    try await house.run()
    house.channel.find(.found(["\(second.rawValue).1.1": "same"]))
    #expect(try await Reconciler(house.context).reconcile(house.org) == 1)
    #expect(try await house.state(second).status == .completed)
    #expect(try await house.kinds(second).contains("alert.provider_id_repeated"))
  }
}
