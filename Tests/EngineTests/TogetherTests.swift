import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

/// Intents that are decided together, and results that come while others are being written.
@Suite struct TogetherTests {
  private static let customers = 12

  private func approved(_ house: EngineHouse) async throws -> [ActionID] {
    try await house.approvedReminders(Self.customers)
  }

  private func house() async throws -> EngineHouse {
    try await EngineHouse(
      drafting: try MustacheDrafting(),
      configuration: EngineConfiguration(concurrentCalls: 2 * Self.customers))
  }

  @Test func `results that come together are each recorded whole`() async throws {
    let house = try await house()
    let ids = try await approved(house)
    let reports = try await house.run()
    #expect(reports.map(\.outcome) == [.completed].repeated(Self.customers))
    let org = house.org
    for id in ids {
      let state = try await house.state(id)
      #expect(state.status == .completed && state.attempts == 1 && state.claim == nil)
      #expect(state.providerID == "provider-\(id.rawValue).1.1")
      let (evidence, stages) = try await house.store.read { store in
        (try store.evidence(org, id), try store.stages(org, id))
      }
      #expect(evidence.map(\.source) == ["worker"])
      #expect(stages.map(\.stage.stage) == Stage.allCases)
      #expect(
        try await house.kinds(id).suffix(2) == ["execution.intended", "execution.accepted"])
    }
  }

  @Test func `an id that the provider gives to all of them holds nothing up`() async throws {
    let house = try await house()
    let ids = try await approved(house)
    house.channel.answerAlways(with: .accepted(providerID: "p", warnings: []))
    let reports = try await house.run()
    #expect(reports.map(\.outcome) == [.completed].repeated(Self.customers))
    let org = house.org
    let attempts = try await house.store.read { store in
      try ids.flatMap { try store.attempts(org, $0) }
    }
    #expect(attempts.map(\.outcome) == ["accepted"].repeated(Self.customers))
    #expect(attempts.compactMap(\.providerID) == ["p"])
    let alerts = try await house.kinds().count { $0 == "alert.provider_id_repeated" }
    #expect(alerts == Self.customers - 1)
  }

  @Test func `one that a webhook settled before takes none of the others along`() async throws {
    let house = try await house()
    let ids = try await approved(house)
    let (store, org) = (house.store, house.org)
    house.channel.duringCall { message in
      _ = try? await store.write { store in
        try store.settle(
          org, message.operation, outcome: "accepted", detail: nil, providerID: "webhook",
          at: store.now)
      }
    }
    try await house.run()
    #expect(house.channel.calls.count == Self.customers)
    let attempts = try await store.read { store in
      try ids.flatMap { try store.attempts(org, $0) }
    }
    #expect(attempts.map(\.outcome) == ["accepted"].repeated(Self.customers))
    let settled = attempts.filter { $0.providerID == "webhook" }.map(\.intent.operation.action)
    #expect(settled.count == 1)
    for id in ids where !settled.contains(id) {
      #expect(try await house.state(id).status == .completed)
    }
  }

  @Test func `two messages to one customer are never decided on the same facts`() async throws {
    let house = try await EngineHouse.withAcme()
    let reminder = try await house.propose()
    let custom = try #require(try await house.custom("acme:custom:1").state).id
    for id in [reminder, custom] { try await house.approve(id) }
    try await house.run()
    #expect(house.channel.calls.count == 1)
    let states = try await [house.state(reminder), house.state(custom)]
    let sent = try #require(states.first { $0.status == .completed })
    let held = try #require(states.first { $0.status == .approved })
    #expect(held.hold?.reason == .coolDown)
    #expect(held.hold?.until == sent.executedAt?.advanced(by: .seconds(240 * 60)))
  }

  @Test func `an action whose hold changed after it was read is not claimed`() async throws {
    let house = try await house()
    let ids = try await approved(house)
    let org = house.org
    // As somebody else would, between the reading of a batch and the writing of its intents.
    let states = try await house.store.read { store in
      try ids.map { try store.action(org, $0) }.compactMap { $0 }
    }
    let claims = states.map { state in
      var claimed = state
      claimed.status = .executing
      claimed.lastToken += 1
      claimed.claim = Claim(boot: BootID("b"), token: claimed.lastToken)
      return ActionClaim(read: state, claimed: claimed)
    }
    try await house.store.write { store in
      var held = states[0]
      held.hold = Hold(reason: .needsPerson, until: nil)
      _ = try store.save(held, replacing: states[0].version)
      let claimed = try store.claim(claims)
      #expect(claimed == [false] + [true].repeated(Self.customers - 1))
    }
  }
}
