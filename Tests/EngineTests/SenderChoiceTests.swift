import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

/// Under whose name a message goes out.
@Suite struct SenderChoiceTests {
  private static let org = "Harbor Books <billing@harbor.example>"
  private static let ann = "Ann Lee <ann@harbor.example>"

  @Test func `an org with one sender needs no reason`() async throws {
    let house = try await EngineHouse.withDeals()
    let id = try await house.pendingMessage()
    let card = try await house.card(id)
    #expect(card.revision.sender == Self.org)
    #expect(card.revision.choice == nil)
    #expect(card.senderProblem == nil)
  }

  @Test(arguments: [EmailActionType.followUpOnStaleDeal, .sendDealCheckIn])
  func `a deal's message goes out under its salesperson's sender`(
    _ type: EmailActionType
  ) async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender(replyTo: "Sales <sales@harbor.example>")
    let id = try await house.pendingMessage(type)
    let card = try await house.card(id)
    #expect(card.revision.sender == Self.ann)
    #expect(card.revision.replyTo == "Sales <sales@harbor.example>")
    #expect(
      card.revision.choice
        == SenderChoice(.salesperson, sender: try .test("ann"), salesperson: "Ann Lee"))
    try await house.approve(id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(house.sentUnder == [Self.ann])
  }

  @Test func `the org's answer address is not the salesperson's`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.change { $0.replyTo = $0.sender }
    try await house.addSender()
    let id = try await house.pendingMessage()
    #expect(try await house.card(id).revision.replyTo == nil)
    let own = try await house.pendingMessage(
      .xSendCustomMessage, replyTo: "desk@harbor.example", key: "other")
    #expect(try await house.card(own).revision.replyTo == "desk@harbor.example")
  }

  @Test(
    arguments: [
      (EmailActionType.followUpOnStaleDeal, [2], .salespersonWithoutSender, "bob RAY"),
      (.followUpOnStaleDeal, [1, 2], .severalSalespeople, nil),
      (.followUpOnStaleDeal, [4], .noSalesperson, nil),
      (.xSendCustomMessage, [1], .orgDefault, nil),
      (.sendPaymentConfirmation, [1], .orgDefault, nil),
    ] as [(EmailActionType, [Int64], SenderReason, String?)])
  func `everything else goes out under the org's, and says why`(
    _ type: EmailActionType, _ deals: [Int64], _ reason: SenderReason, _ person: String?
  ) async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    let id = try await house.pendingMessage(type, deals: deals)
    let card = try await house.card(id)
    #expect(card.revision.sender == Self.org)
    #expect(card.revision.choice == SenderChoice(reason, salesperson: person))
  }

  @Test func `a deal that names nobody is its customer's salesperson's`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    let id = try await house.pendingMessage(deals: [3])
    #expect(try await house.choice(id)?.reason == .salesperson)
  }

  @Test func `a sender that the provider refuses is passed over, with the reason`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    try await house.mark("ann", .unverified)
    let id = try await house.pendingMessage()
    #expect(
      try await house.choice(id) == SenderChoice(.unverified, salesperson: "Ann Lee"))
    try await house.approve(id)
    try await house.run()
    #expect(house.sentUnder == [Self.org])
  }

  @Test func `the org may have a sender for a kind of message`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender(
      "desk", "Desk <desk@harbor.example>", of: nil, [.customMessage, .dealFollowUp])
    let custom = try await house.pendingMessage(.xSendCustomMessage, key: "custom")
    #expect(
      try await house.choice(custom) == SenderChoice(.orgKind, sender: try .test("desk")))
    let deal = try await house.pendingMessage(deals: [2])
    #expect(
      try await house.choice(deal)
        == SenderChoice(
          .salespersonWithoutSender, sender: try .test("desk"), salesperson: "bob RAY"))
    let confirmation = try await house.pendingMessage(.sendPaymentConfirmation, key: "paid")
    #expect(try await house.choice(confirmation) == SenderChoice(.orgDefault))
  }

  @Test func `a planned check-in is the customer's salesperson's, other messages are not`()
    async throws
  {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    let keeper = try #require(Author(.system, "follow-ups"))
    let planned = try await house.pendingMessage(.xSendCustomMessage, key: "planned", by: keeper)
    #expect(try await house.choice(planned)?.reason == .salesperson)
  }

  @Test func `an SMS goes out under a sender that has a number`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender("it", "IT <it@harbor.example>", of: nil, [.smsAlert, .customMessage])
    let plain = try await house.text("plain", "Please call us.")
    #expect(try await house.choice(plain)?.reason == .orgDefault)
    _ = try await SenderIdentities(house.context).set(
      house.org, .test("it"),
      SenderIdentities.Change(smsSender: .some(try PhoneNumber(e164: "+16175550199"))),
      by: .tester, via: "test")
    _ = try await Approvals(house.context).reject(
      house.org, plain, reason: "no", by: .tester, via: "test")
    let id = try await house.text("numbered", "Please call us again.")
    #expect(try await house.card(id).revision.sender == "+16175550199")
    #expect(try await house.choice(id)?.reason == .orgKind)
    try await house.approve(id)
    try await house.run()
    #expect(house.sentUnder == ["+16175550199"])
  }

  @Test(
    arguments: [
      ("Ann Lee <ann@harbor.example>", nil), ("ann@harbor.example", nil),
      ("billing@harbor.example", nil), ("Harbor Books <billing@harbor.example>", nil),
      ("The Boss <billing@harbor.example>", "sender.not_own"),
      ("The Boss <ann@harbor.example>", "sender.not_own"),
      ("else@harbor.example", "sender.not_own"), ("ann@elsewhere.example", "sender.not_own"),
    ] as [(String, String?)])
  func `a proposal may name exactly the org's senders`(
    _ from: String, _ code: String?
  ) async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    let outcome = try await house.proposeMessage(from: from)
    #expect(outcome.codesForTest.contains("sender.") == (code != nil))
    if let code { #expect(outcome.codesForTest == code) }
    guard case .created(let state) = outcome else { return }
    #expect(try await house.choice(state.id)?.reason == .named)
    try await house.approve(state.id)
    try await house.run()
    let sent = try #require(house.sentUnder.first)
    #expect([Self.org, Self.ann].contains(sent))
    #expect(sent.contains(try Mailbox(from).address.rawValue))
  }

  @Test func `a named sender must stand over the kind and be taken by the provider`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    let other = try await house.proposeMessage(
      .xSendCustomMessage, from: "ann@harbor.example", key: "kind")
    #expect(other.codesForTest == "sender.out_of_scope")
    try await house.mark("ann", .unverified)
    let refused = try await house.proposeMessage(from: "ann@harbor.example")
    #expect(refused.codesForTest == "sender.unverified")
  }

  @Test func `an org without any sender sends under no name that a proposal brings`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.change { $0.sender = nil }
    #expect(
      try await house.proposeMessage(from: "ceo@elsewhere.example").codesForTest
        == "sender.not_own")
    #expect(try await house.proposeMessage().codesForTest == "sender.missing")
    try await house.addSender()
    let id = try await house.pendingMessage()
    #expect(try await house.card(id).revision.sender == Self.ann)
  }

  @Test func `an address that several share names none of them without the name`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender("ann", "Ann Lee <sales@harbor.example>")
    try await house.addSender("bob", "Bob Ray <sales@harbor.example>", of: "Bob Ray")
    #expect(
      try await house.proposeMessage(from: "sales@harbor.example").codesForTest
        == "sender.not_own")
    let id = try await house.pendingMessage(
      deals: [2], from: "Bob Ray <sales@harbor.example>", key: "named")
    #expect(try await house.choice(id) == SenderChoice(.named, sender: try .test("bob")))
    let own = try await house.pendingMessage(deals: [1], key: "own")
    #expect(try await house.card(own).revision.sender == "Ann Lee <sales@harbor.example>")
  }

  @Test func `an international domain is the same sender in either spelling`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender("ann", "Ann Lee <ann@bücher.example>")
    let id = try await house.pendingMessage(from: "Ann Lee <ann@xn--bcher-kva.example>")
    #expect(try await house.choice(id)?.sender == .test("ann"))
  }
}
