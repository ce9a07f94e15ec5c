import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

/// Adding, changing and removing senders.
@Suite struct SenderIdentityTests {
  private func refusal(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch let error as DecisionError {
      return error.code
    } catch {
      return "\(error)"
    }
  }

  @Test func `a salesperson's sender stands over follow-ups and check-ins`() async throws {
    let house = try await EngineHouse.withDeals()
    let sender = try await house.addSender(sms: "+16175550199")
    #expect(sender.purposes == [.dealFollowUp, .dealCheckIn, .customerCheckIn])
    #expect(sender.salesperson?.name == "Ann Lee")
    #expect(sender.standing == .unknown)
    let org = house.org
    let stored = try await house.store.read { try $0.organisation(org)?.identities }
    #expect(stored == [sender])
  }

  @Test func `a salesperson is the ledger's, whatever the letter case`() async throws {
    let house = try await EngineHouse.withDeals()
    let ann = try await house.addSender("ann", of: "ANN LEE")
    #expect(ann.salesperson?.name == "Ann Lee")
    let bob = try await house.addSender("bob", "Bob <bob@harbor.example>", of: "Bob Ray")
    #expect(bob.salesperson?.userID != ann.salesperson?.userID)
    let id = try await house.pendingMessage(deals: [2])
    #expect(try await house.choice(id)?.sender == bob.id)
    let unseen = try await house.addSender("eve", "Eve <eve@harbor.example>", of: "Eve Fox")
    #expect(Set([ann, bob, unseen].compactMap { $0.salesperson?.userID }).count == 3)
  }

  @Test func `every change stands in the audit trail, with the mailbox apart`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    let service = SenderIdentities(house.context)
    _ = try await service.set(
      house.org, .test("ann"),
      SenderIdentities.Change(mailbox: try Mailbox("Ann <ann.lee@harbor.example>")),
      by: .tester, via: "test")
    _ = try await service.remove(house.org, .test("ann"), by: .tester, via: "test")
    let kinds = try await house.kinds().filter { $0.hasPrefix("sender.") }
    #expect(kinds == ["sender.added", "sender.changed", "sender.removed"])
    let org = house.org
    let entries = try await house.store.read { try $0.audit(org, action: nil, after: 0, limit: 99) }
    let own = entries.filter { $0.personal["mailbox"] != nil }
    #expect(own.count == 3)
    for entry in own {
      let leaf = String(decoding: entry.leaf, as: UTF8.self)
      #expect(!leaf.contains("harbor.example"))
      #expect(!leaf.contains("Ann"))
    }
  }

  @Test func `what nothing changes leaves no trace`() async throws {
    let house = try await EngineHouse.withDeals()
    let sender = try await house.addSender()
    let before = try await house.kinds().count
    let (same, asked) = try await SenderIdentities(house.context).set(
      house.org, sender.id, SenderIdentities.Change(mailbox: sender.mailbox), by: .tester,
      via: "test")
    #expect(same == sender)
    #expect(asked == 0)
    #expect(try await house.kinds().count == before)
  }

  @Test(
    arguments: [
      ("ann", "Other <other@harbor.example>", "Eve Fox", "sender.exists"),
      ("other", "Ann Lee <ann@harbor.example>", "Eve Fox", "sender.same_mailbox"),
      ("other", "Harbor Books <billing@harbor.example>", "Eve Fox", "sender.same_mailbox"),
      ("other", "Other <other@harbor.example>", "Ann Lee", "sender.kind_taken"),
      ("other", "Other <other@harbor.example>", nil, "sender.no_kind"),
      ("other", "Us <noreply@yourdomain.com>", "Eve Fox", "sender.placeholder"),
      ("other", "Us <noreply@mail.YourDomain.com>", "Eve Fox", "sender.placeholder"),
    ] as [(String, String, String?, String)])
  func `what cannot be a sender is refused, and nothing is stored`(
    _ id: String, _ mailbox: String, _ person: String?, _ code: String
  ) async throws {
    let house = try await EngineHouse.withDeals()
    let ann = try await house.addSender()
    let found = await refusal { try await house.addSender(id, mailbox, of: person) }
    #expect(found == code)
    let org = house.org
    #expect(try await house.store.read { try $0.organisation(org)?.identities } == [ann])
  }

  @Test func `the example's address is no place for answers either`() async throws {
    let house = try await EngineHouse.withDeals()
    #expect(
      await refusal { try await house.addSender(replyTo: "noreply@yourdomain.com") }
        == "sender.placeholder")
  }

  @Test func `a sender of SMS alone needs a number`() async throws {
    let house = try await EngineHouse.withDeals()
    #expect(
      await refusal { try await house.addSender("it", of: nil, [.smsAlert]) }
        == "sender.no_number")
  }

  @Test func `agents and the system change no sender`() async throws {
    let house = try await EngineHouse.withDeals()
    let agent = try #require(Author(.agent, "planner"))
    let service = SenderIdentities(house.context)
    let wish = SenderIdentities.Wish(
      mailbox: try Mailbox("a@harbor.example"), purposes: [.customMessage])
    await #expect(throws: DecisionError.self) {
      _ = try await service.add(house.org, .test("a"), wish, by: agent, via: "test")
    }
    await #expect(throws: DecisionError.self) {
      _ = try await service.remove(house.org, .test("a"), by: agent, via: "test")
    }
  }

  @Test func `what waits under a changed sender asks again with the new one`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    let pending = try await house.pendingMessage(deals: [1], key: "one")
    let before = try await house.state(pending)
    let (_, asked) = try await SenderIdentities(house.context).set(
      house.org, .test("ann"),
      SenderIdentities.Change(replyTo: .some(try Mailbox("sales@harbor.example"))),
      by: .tester, via: "test")
    #expect(asked == 1)
    let after = try await house.state(pending)
    #expect(after.revision == before.revision + 1)
    #expect(after.digest != before.digest)
    #expect(try await house.card(pending).revision.replyTo == "sales@harbor.example")
  }

  @Test func `another address has to be verified anew, another name has not`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    try await house.mark("ann", .verified)
    let service = SenderIdentities(house.context)
    let renamed = try await service.set(
      house.org, .test("ann"),
      SenderIdentities.Change(mailbox: try Mailbox("Ann <ann@harbor.example>")), by: .tester,
      via: "test")
    #expect(renamed.sender.standing == .verified)
    let moved = try await service.set(
      house.org, .test("ann"),
      SenderIdentities.Change(mailbox: try Mailbox("Ann <ann@other.example>")), by: .tester,
      via: "test")
    #expect(moved.sender.standing == .unknown)
    #expect(moved.sender.checkedAt == nil)
  }

  @Test func `senders of another org are not there`() async throws {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    let other = Organisation(
      profile: .sample("other"), mode: .sandbox, sender: try Mailbox("other@other.example"),
      createdAt: house.clock.now)
    try await house.store.write { try $0.save(other) }
    #expect(try await house.store.read { try $0.organisation(other.id)?.identities } == [])
    #expect(
      await refusal {
        _ = try await SenderIdentities(house.context).remove(
          other.id, .test("ann"), by: .tester, via: "test")
      } == "sender.unknown")
  }

  @Test(arguments: ["", "org", "-a", "Ann", "a b", "a_b", "ä", String(repeating: "a", count: 51)])
  func `what is no short name`(_ text: String) {
    #expect(SenderID(rawValue: text) == nil)
  }
}
