import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct LedgerOperationTests {
  @Test func `a change that the ledger does not take fails and never is an unknown outcome`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      .deal(DealRow(externalID: "D1", name: "New shelves", partner: "acme", stage: "Proposal"))
    ])
    let proposal = Proposal(
      orgID: house.org,
      operation: .updateStage(
        .updateDealStage, UpdateStage(model: .lead, recordID: 1, stageID: 99)),
      expectedEffect: "The deal stands where it belongs.",
      reasoning: "The customer has signed the offer.",
      affectedRecords: AffectedRecords(model: "crm.lead", ids: [1]))
    guard
      case .created(let made) = try await Intake(house.context).submit(
        proposal, by: .tester, via: "test")
    else {
      Issue.record("not proposed")
      return
    }
    #expect(made.title == "Acme Corp · New shelves")
    try await house.approve(made.id)
    for _ in 0..<5 where try await house.state(made.id).status != .failed {
      _ = try await house.run()
      house.clock.advance(by: .seconds(3600))
      try await house.books([
        .deal(DealRow(externalID: "D1", name: "New shelves", partner: "acme", stage: "Proposal"))
      ])
    }
    let state = try await house.state(made.id)
    #expect(state.status == .failed)
    #expect(state.errorCode?.contains("ledger_refused") == true)
  }
}
