import ActionProtocol
import Addressing
import Decisions
import Engine
import Synchronization
import Testing
import TestSupport

/// A sender goes while messages are going out under it.
@Suite struct SenderRaceTests {
  private static let count: Int64 = 9

  /// So many customers, each with a deal of Ann's and an approved message about it.
  private func house() async throws -> (EngineHouse, [ActionID]) {
    // One intent a transaction, and the next one read ahead while a call is under way.
    let house = try await EngineHouse.withDeals(
      configuration: EngineConfiguration(concurrentCalls: 2))
    for number in 1...Self.count {
      try await house.books([
        .partner(
          PartnerRow(
            externalID: "r\(number)", name: "Customer \(number)",
            email: try EmailAddress("buyer@customer\(number).example"))),
        .deal(
          DealRow(
            externalID: "r\(number)", name: "Race \(number)", partner: "r\(number)", stage: "New",
            salesperson: "Ann Lee")),
      ])
    }
    try await house.addSender()
    var ids: [ActionID] = []
    for number in 1...Self.count {
      // The house itself has four deals.
      let id = try await propose(house, deal: number + 4, to: number)
      try await house.approve(id)
      ids.append(id)
    }
    return (house, ids)
  }

  private func propose(_ house: EngineHouse, deal: Int64, to number: Int64) async throws -> ActionID
  {
    let email = SendEmail(
      to: [try EmailAddress("buyer@customer\(number).example")], subject: "Your offer",
      bodyText: "How does it stand?")
    let proposal = Proposal(
      orgID: house.org, operation: .email(.followUpOnStaleDeal, email),
      idempotencyKey: IdempotencyKey(rawValue: "race-\(number)"),
      expectedEffect: "The customer answers.", reasoning: "The deal stands still.",
      affectedRecords: AffectedRecords(model: "crm.lead", ids: [deal]))
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    return try #require(outcome.state, "\(outcome.codesForTest)").id
  }

  /// How a sender is taken away while a call is under way: with all that wait under it, or as if
  /// those had been too many to be asked about at once.
  enum Way: CaseIterable {
    case removed, gone, unverified
  }

  @Test(arguments: Way.allCases)
  func `after it is gone not one message more goes out under it`(_ way: Way) async throws {
    let (house, ids) = try await house()
    let org = house.org
    let (store, context) = (house.store, house.context)
    let intended = Mutex(0)
    house.channel.duringCall { _ in
      let id = SenderID(rawValue: "ann").unsafelyUnwrapped
      if way == .removed {
        _ = try? await SenderIdentities(context).remove(org, id, by: .tester, via: "test")
      }
      let before = try? await store.write { store -> Int in
        if way == .gone { _ = try store.removeSender(id, org: org) }
        if way == .unverified, var ann = try store.organisation(org)?.identity(id) {
          (ann.standing, ann.checkedAt) = (.unverified, store.now)
          try store.save(ann, org: org)
        }
        return try ids.map { try store.attempts(org, $0).count }.reduce(0, +)
      }
      intended.withLock { $0 = before ?? -1 }
    }
    try await house.run()
    let under = house.sentUnder
    #expect(under.allSatisfy { $0 == "Ann Lee <ann@harbor.example>" })
    let before = intended.withLock { $0 }
    #expect(before >= 1)
    if way == .removed {
      // Between the removal and the count another intent could have been written, under no name but
      // one that was asked about: there is none, for each of them asks again.
      #expect(under.count <= before)
    } else {
      #expect(under.count == before)
    }
    var waiting = 0
    for id in ids {
      let state = try await house.state(id)
      guard state.status != .completed else { continue }
      waiting += 1
      #expect(state.status == (way == .unverified ? .approved : .pendingApproval))
      if way == .unverified { #expect(state.hold?.reason == .configuration) }
    }
    #expect(waiting == ids.count - under.count)
    #expect(waiting > 0)
  }
}
