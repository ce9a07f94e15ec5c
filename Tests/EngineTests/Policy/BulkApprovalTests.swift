import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@Suite struct BulkApprovalTests {
  private static func choices(_ states: [ActionState]) -> [BulkChoice] {
    states.map { BulkChoice(id: $0.id, digest: $0.digest) }
  }

  @Test func `each is approved for itself, and one that changed keeps no other back`()
    async throws
  {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    var states: [ActionState] = []
    for number in Int64(1)...4 { states.append(try await house.proposeTask(number)) }
    let gone = try await house.approvals.reject(
      house.org, states[1].id, reason: "Done.", by: .tester, via: "test")
    let results = try await BulkApproval(house.context).approve(
      house.org, Self.choices(states), considered: .seconds(8), by: .tester, via: "test")
    #expect(results.map(\.id) == states.map(\.id))
    for (index, result) in results.enumerated() {
      switch result.outcome {
      case .success(let state): #expect(index != 1 && state.status == .approved)
      case .failure(let error): #expect(index == 1 && error.code == "action.rejected")
      }
    }
    #expect(gone.status == .rejected)
    let card = try #require(try await house.card(states[0]))
    let entry = try #require(card.approval?.entries.first)
    #expect(entry.manner == DecisionManner(together: 4, considered: .seconds(2)))
    let habits = try await DecisionHabits(house.context).since(
      house.org, house.house.clock.now.advanced(by: .seconds(-60)))
    let habit = try #require(habits.first)
    #expect(habits.count == 1 && habit.approved == 3 && habit.rejected == 1 && habit.together == 3)
    #expect(habit.measured == 3 && habit.medianConsidered == .seconds(2))
    let later = house.house.clock.now.advanced(by: .seconds(1))
    #expect(try await DecisionHabits(house.context).since(house.org, later).isEmpty)
  }

  @Test func `a choice that is no choice is refused as a whole`() async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let bulk = BulkApproval(house.context)
    let task = try await house.proposeTask(1)
    let other = try await house.proposeTask(2)
    let message = try await house.propose()
    let many = Array(repeating: task, count: 26)
    let unknown = ActionID(rawValue: "0193f2aa-0000-7000-8000-000000000000").unsafelyUnwrapped
    let cases: [([BulkChoice], String)] = [
      ([], "bulk.empty"), (Self.choices(many), "bulk.too_many"),
      (Self.choices([task, task]), "bulk.twice"),
      (Self.choices([task]) + [BulkChoice(id: unknown, digest: task.digest)], "action.unknown"),
      (Self.choices([task, other, message]), "bulk.kinds"),
    ]
    for (choices, code) in cases {
      let refused = try await refusal {
        _ = try await bulk.approve(house.org, choices, by: .tester, via: "test")
      }
      #expect(refused == code)
    }
    let agent = try await refusal {
      _ = try await bulk.approve(house.org, Self.choices([task]), by: .bot, via: "test")
    }
    #expect(agent == "decision.not_a_person")
    for state in [task, other, message] {
      #expect(try await house.house.state(state.id).status == .pendingApproval)
    }
  }

  @Test func `what has a high risk is looked at alone`() async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    for (number, risk) in [(Int64(1), RiskLevel.high), (2, .critical)] {
      let state = try await house.proposeTask(number, risk: risk)
      let refused = try await refusal {
        _ = try await BulkApproval(house.context).approve(
          house.org, Self.choices([state]), by: .tester, via: "test")
      }
      #expect(refused == "bulk.risk")
    }
  }

  @Test func `a digest that was not shown is not approved in a stroke`() async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let states = [try await house.proposeTask(1), try await house.proposeTask(2)]
    let swapped = [
      BulkChoice(id: states[0].id, digest: states[1].digest),
      BulkChoice(id: states[1].id, digest: states[1].digest),
    ]
    let results = try await BulkApproval(house.context).approve(
      house.org, swapped, by: .tester, via: "test")
    guard case .failure(let error) = results[0].outcome, case .success = results[1].outcome else {
      Issue.record("\(results)")
      return
    }
    #expect(error.code == "action.digest_changed")
    #expect(try await house.house.state(states[0].id).status == .pendingApproval)
  }

  @Test func `sending now ends the time to undo, and nothing else`() async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks, undoSeconds: 60)
    let state = try await house.approve(try await house.propose(), by: .tester)
    #expect(state.hold?.reason == .undoWindow)
    #expect(try await house.run().isEmpty)
    let wrong = try await refusal {
      try await house.approvals.sendNow(
        house.org, state.id, digest: .sha256([1]), by: .tester, via: "test")
    }
    #expect(wrong == "action.digest_changed")
    let agent = try await refusal {
      try await house.approvals.sendNow(
        house.org, state.id, digest: state.digest, by: .bot, via: "test")
    }
    #expect(agent == "decision.not_a_person")
    try await house.approvals.sendNow(
      house.org, state.id, digest: state.digest, by: .tester, via: "test")
    #expect(try await house.run().map(\.outcome) == [.completed])
    let again = try await refusal {
      try await house.approvals.sendNow(
        house.org, state.id, digest: state.digest, by: .tester, via: "test")
    }
    #expect(again == "send_now.no_window")
  }
}
