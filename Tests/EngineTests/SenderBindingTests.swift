import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

/// What becomes of an approval when its sender is no longer what it was: nothing ever goes out under
/// another name without being asked about.
@Suite struct SenderBindingTests {
  private static let ann = "Ann Lee <ann@harbor.example>"

  private func house() async throws -> EngineHouse {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    return house
  }

  private func approved(_ house: EngineHouse, from: String? = nil) async throws -> ActionID {
    let id = try await house.pendingMessage(from: from)
    try await house.approve(id)
    return id
  }

  /// Takes the sender away where nobody can be asked first: as another process would, between two
  /// statements of this one.
  private func takeAway(_ house: EngineHouse, _ id: String = "ann") async throws {
    let (org, id) = (house.org, try SenderID.test(id))
    try await house.store.write { _ = try $0.removeSender(id, org: org) }
  }

  @Test func `a sender removed after the approval asks again at once, under the org's`()
    async throws
  {
    let house = try await house()
    let id = try await approved(house)
    let (_, asked) = try await SenderIdentities(house.context).remove(
      house.org, .test("ann"), by: .tester, via: "test")
    #expect(asked == 1)
    let state = try await house.state(id)
    #expect(state.status == .pendingApproval)
    #expect(state.approval == nil)
    let card = try await house.card(id)
    #expect(card.revision.cause == "sender_changed")
    #expect(card.revision.sender == "Harbor Books <billing@harbor.example>")
    #expect(card.senderProblem == nil)
    #expect(try await house.run().isEmpty)
    try await house.approve(id)
    try await house.run()
    #expect(house.sentUnder == ["Harbor Books <billing@harbor.example>"])
  }

  @Test func `a sender that is gone in the moment of sending voids the approval`() async throws {
    let house = try await house()
    let id = try await approved(house)
    try await takeAway(house)
    #expect(try await house.card(id).senderProblem == .withdrawn)
    #expect(try await house.run().map(\.outcome) == [.reapproval(code: "sender_withdrawn")])
    #expect(house.channel.calls.isEmpty)
    let card = try await house.card(id)
    #expect(card.state.status == .pendingApproval)
    #expect(card.revision.sender == "Harbor Books <billing@harbor.example>")
    #expect(card.revision.cause == "sender_changed")
    #expect(card.revisions.map(\.sender).first == Self.ann)
  }

  @Test func `a sender of the same name that is another mailbox voids the approval`() async throws {
    let house = try await house()
    let id = try await approved(house)
    let org = house.org
    try await house.store.write { store in
      var sender = try #require(try store.organisation(org)?.identities.first)
      sender.mailbox = try Mailbox("Ann Lee <ann@elsewhere.example>")
      try store.save(sender, org: org)
    }
    #expect(try await house.run().map(\.outcome) == [.reapproval(code: "digest_changed")])
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.card(id).revision.sender == "Ann Lee <ann@elsewhere.example>")
  }

  @Test(arguments: ["reply", "kinds", "owner"])
  func `a sender that stands for something else voids the approval`(_ part: String) async throws {
    let house = try await house()
    let id = try await approved(house)
    let org = house.org
    try await house.store.write { store in
      var sender = try #require(try store.organisation(org)?.identities.first)
      switch part {
      case "reply": sender.replyTo = try Mailbox("sales@harbor.example")
      case "kinds": sender.purposes = [.customMessage]
      default: sender.salesperson = nil
      }
      try store.save(sender, org: org)
    }
    let outcomes = try await house.run().map(\.outcome)
    if part == "owner" {
      // Whose it is decides when a sender is chosen; what was approved under it is still what is sent.
      #expect(outcomes == [.completed])
      #expect(house.sentUnder == [Self.ann])
    } else {
      #expect(
        outcomes == [.reapproval(code: part == "reply" ? "digest_changed" : "sender_withdrawn")])
      #expect(house.channel.calls.isEmpty)
      #expect(try await house.state(id).status == .pendingApproval)
    }
  }

  @Test func `an unverified sender holds what is approved, and says what to do`() async throws {
    let house = try await house()
    let id = try await approved(house)
    try await house.mark("ann", .unverified)
    #expect(
      try await house.run().map(\.outcome)
        == [.held(Hold(reason: .configuration, until: nil))])
    let state = try await house.state(id)
    #expect(state.status == .approved)
    #expect(state.errorCode == "sender_unverified")
    #expect(state.errorMessage?.contains("aiom sender check") == true)
    #expect(try await house.card(id).senderProblem == .unverified)
    // It is not looked at again and again.
    #expect(try await house.run().isEmpty)
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `a check that finds it verified lets it go on`() async throws {
    let house = try await house()
    let id = try await approved(house)
    let lists = ListedSenders(domains: ["else.example"])
    house.channel.list(senders: lists)
    _ = try await SenderCheck(house.context).check(house.org, by: .tester, via: "test")
    try await house.run()
    #expect(try await house.state(id).hold?.reason == .configuration)
    lists.set(.listing(domains: ["harbor.example"]))
    _ = try await SenderCheck(house.context).check(house.org, by: .tester, via: "test")
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(house.sentUnder == [Self.ann])
    let state = try await house.state(id)
    #expect(state.errorCode == nil)
    #expect(state.errorMessage == nil)
  }

  @Test func `removing a sender that holds frees what waited, to be asked about`() async throws {
    let house = try await house()
    let id = try await approved(house)
    try await house.mark("ann", .unverified)
    try await house.run()
    _ = try await SenderIdentities(house.context).remove(
      house.org, .test("ann"), by: .tester, via: "test")
    let state = try await house.state(id)
    #expect(state.status == .pendingApproval)
    #expect(state.errorCode == nil)
  }

  @Test func `a sender that the proposal names and that is gone ends the action`() async throws {
    let house = try await house()
    let id = try await approved(house, from: Self.ann)
    let (_, asked) = try await SenderIdentities(house.context).remove(
      house.org, .test("ann"), by: .tester, via: "test")
    #expect(asked == 0)
    #expect(try await house.card(id).senderProblem == .notOwn)
    #expect(try await house.run().map(\.outcome) == [.failed(code: "sender_not_own")])
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.state(id).errorMessage?.contains("aiom sender add") == true)
  }

  @Test func `the org's own sender, named and then changed, ends the action`() async throws {
    let house = try await house()
    let id = try await approved(house, from: "billing@harbor.example")
    try await house.change { $0.sender = $0.identities.first?.mailbox }
    #expect(try await house.run().map(\.outcome) == [.failed(code: "sender_not_own")])
    #expect(house.channel.calls.isEmpty)
    _ = id
  }

  @Test func `a sender added later changes nothing that was approved`() async throws {
    let house = try await EngineHouse.withDeals()
    let id = try await approved(house)
    try await house.addSender()
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(house.sentUnder == ["Harbor Books <billing@harbor.example>"])
    _ = id
  }

  @Test func `a sender is bound in the transaction of the intent`() async throws {
    let house = try await house()
    let id = try await approved(house)
    let org = house.org
    let first = try await house.store.read { store in
      (
        try store.due(org, ids: [id], in: .sandbox, at: store.now, limit: 1),
        try #require(try store.organisation(org))
      )
    }
    try await takeAway(house)
    let now = try await house.store.read { try $0.organisation(org) }
    // What was read ahead of the transaction is compared with what is: the senders are part of it.
    #expect(first.0.count == 1)
    #expect(first.1 != now)
  }
}
