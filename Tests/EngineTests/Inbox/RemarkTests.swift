import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@Suite struct RemarkTests {
  @Test func `a question goes to the proposer, stands until it is answered, and decides nothing`()
    async throws
  {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let state = try await house.propose(by: .bot)
    let remarks = Remarks(house.context)
    let question = try await remarks.ask(
      house.org, state.id, "Is it Monday in Boston, too?", by: .ann, via: "test")
    #expect(question.to == .bot && question.number == 1 && question.revision == 1)
    #expect(try await house.card(state)?.mark?.hasQuestion == true)
    try await remarks.comment(house.org, state.id, "I would say so.", by: .cem, via: "test")
    #expect(try await house.card(state)?.mark?.hasQuestion == true)
    try await remarks.answer(house.org, state.id, "Yes.", by: .bot, via: "test")
    let card = try #require(try await house.card(state))
    #expect(card.mark?.hasQuestion == false)
    #expect(card.remarks.map(\.kind) == [.question, .comment, .answer])
    #expect(card.remarks.map(\.by) == [.ann, .cem, .bot])
    #expect(card.state.status == .pendingApproval && card.state.digest == state.digest)
    let again = try await refusal {
      try await remarks.answer(house.org, state.id, "Yes!", by: .bot, via: "test")
    }
    #expect(again == "answer.no_question")
    let kinds = try await house.house.kinds(state.id)
    #expect(kinds.dropFirst() == ["action.asked", "action.commented", "action.answered"])
  }

  @Test func `only who decides, or who proposed, is asked`() async throws {
    let house = try await PolicyHouse(
      EngineHouse.everythingAsks, FixedRoles(persons: [.ann: ["owner"], .cem: ["sales"]]))
    let state = try await house.propose(by: .bot)
    let remarks = Remarks(house.context)
    for stranger in [Author.bob, Author(.agent, "other-bot").unsafelyUnwrapped] {
      let refused = try await refusal {
        try await remarks.ask(house.org, state.id, "Why?", to: stranger, by: .ann, via: "test")
      }
      #expect(refused == "ask.addressee")
    }
    #expect(
      try await remarks.ask(house.org, state.id, "Why?", to: .cem, by: .ann, via: "test").to == .cem
    )
    #expect(try await house.card(state)?.remarks.count == 1)
  }

  @Test func `a login from before there were persons is asked nothing`() async throws {
    for (proposer, code) in [(Author.tester, "ask.addressee"), (.bob, nil)] {
      let house = try await PolicyHouse(
        EngineHouse.everythingAsks, FixedRoles(persons: [.ann: ["owner"]]))
      let state = try await house.propose(by: proposer)
      let refused = try await refusal {
        try await Remarks(house.context).ask(house.org, state.id, "Why?", by: .ann, via: "test")
      }
      #expect(refused == code)
    }
  }

  @Test(arguments: ["", String(repeating: "x", count: 1001), "bell \u{7}"])
  func `words that are none are refused`(_ text: String) async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let state = try await house.propose()
    let refused = try await refusal {
      try await Remarks(house.context).comment(house.org, state.id, text, by: .ann, via: "test")
    }
    #expect(refused == "reason.length")
    #expect(try await house.card(state)?.remarks.isEmpty == true)
  }

  @Test func `words stand sealed in the audit, not in its leaves`() async throws {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let state = try await house.propose()
    try await Remarks(house.context).comment(
      house.org, state.id, "Mr. Planted is ill.", by: .ann, via: "test")
    let leaves = try await house.house.store.read { [org = house.org] store in
      try store.audit(org, action: nil, after: 0, limit: 100)
        .map { String(decoding: $0.leaf, as: UTF8.self) }.joined()
    }
    #expect(leaves.contains("action.commented") && !leaves.contains("Planted"))
  }
}
