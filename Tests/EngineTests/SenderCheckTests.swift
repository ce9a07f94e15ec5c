import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

/// What the provider says about senders, and what is kept of it.
@Suite struct SenderCheckTests {
  private func house(_ lists: ListedSenders?) async throws -> EngineHouse {
    let house = try await EngineHouse.withDeals()
    try await house.addSender()
    house.channel.list(senders: lists)
    return house
  }

  private func checked(_ house: EngineHouse) async throws -> SenderCheck.Report {
    try await SenderCheck(house.context).check(house.org, by: .tester, via: "test")
  }

  private func standing(_ house: EngineHouse) async throws -> SenderStanding? {
    let org = house.org
    return try await house.store.read { try $0.organisation(org)?.identities.first?.standing }
  }

  @Test(arguments: [
    (VendorSenderFacts.listing(senders: ["Ann@Harbor.example"]), SenderStanding.verified),
    (.listing(domains: ["HARBOR.example"]), .verified),
    (.listing(senders: ["bob@harbor.example"], domains: ["other.example"]), .unverified),
    (
      VendorSenderFacts(
        senders: .done([]), domains: .done([.of("harbor.example", dkim: false)])), .unverified
    ),
    (VendorSenderFacts(senders: .notPermitted, domains: .notPermitted), .unknown),
    (VendorSenderFacts(senders: .done([]), domains: .notPermitted), .unknown),
    (
      VendorSenderFacts(
        senders: .notPermitted, domains: .done([.of("harbor.example")])), .verified
    ),
  ])
  func `what is listed is verified, what is not is not, and what may not be seen is unknown`(
    _ facts: VendorSenderFacts, _ expected: SenderStanding
  ) async throws {
    let house = try await house(ListedSenders(facts))
    let report = try await checked(house)
    #expect(report.code == nil)
    #expect(try await standing(house) == expected)
    #expect(report.organisation.identities.first?.standing == expected)
    let entries = try await house.kinds().filter { $0 == "sender.checked" }
    #expect(entries.count == (expected == .unknown ? 0 : 1))
    _ = try await checked(house)
    #expect(try await house.kinds().filter { $0 == "sender.checked" } == entries)
  }

  @Test func `with a key that may only send everything says cannot tell and goes out`()
    async throws
  {
    let house = try await house(
      ListedSenders(VendorSenderFacts(senders: .notPermitted, domains: .notPermitted)))
    let report = try await checked(house)
    let verdict = report.verdict(try #require(report.organisation.identities.first))
    #expect(
      [verdict.sender, verdict.dkim, verdict.returnPath, verdict.spf]
        == Array(repeating: .cannotTell, count: 4))
    let id = try await house.pendingMessage()
    try await house.approve(id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(house.sentUnder == ["Ann Lee <ann@harbor.example>"])
  }

  @Test func `a provider that does not answer changes nothing that is known`() async throws {
    let lists = ListedSenders(domains: ["harbor.example"])
    let house = try await house(lists)
    _ = try await checked(house)
    lists.set(VendorSenderFacts(senders: .failed(code: "timeout"), domains: .failed(code: "x")))
    _ = try await checked(house)
    #expect(try await standing(house) == .verified)
    lists.set(VendorSenderFacts(senders: .notPermitted, domains: .notPermitted))
    _ = try await checked(house)
    #expect(try await standing(house) == .unknown)
  }

  @Test func `a sandbox that lists nobody takes everybody and says nothing`() async throws {
    let house = try await house(ListedSenders())
    _ = try await checked(house)
    #expect(try await standing(house) == .unknown)
  }

  @Test func `a rehearsal of a live org learns nothing from a sandbox`() async throws {
    let lists = ListedSenders(domains: ["other.example"])
    let house = try await house(lists)
    try await house.change { $0.mode = .live }
    let report = try await checked(house)
    #expect(report.code == "rehearsal")
    #expect(lists.asked == 0)
    #expect(try await standing(house) == .unknown)
  }

  @Test func `a provider without such lists is named`() async throws {
    let house = try await house(nil)
    #expect(try await checked(house).code == "no_list")
  }

  @Test func `the hourly timer asks where there are senders`() async throws {
    let lists = ListedSenders(domains: ["other.example"])
    let house = try await house(lists)
    let org = house.org
    try await house.store.write { store in
      try store.put(
        DurableTimer(
          org: org, kind: .syncSuppressions, subject: org.rawValue, due: store.now))
    }
    _ = try await TimerService(house.context).runDue(TimerService.background)
    #expect(lists.asked == 1)
    #expect(try await standing(house) == .unverified)
  }

  @Test(
    arguments: [
      (true, true, SenderVerdict.Fact.ok, "ok ok ok"),
      (true, false, .missing, "ok missing missing"),
      (false, true, .missing, "missing ok ok"),
      (nil, true, .missing, "cannot_tell ok ok"),
    ] as [(Bool?, Bool?, SenderVerdict.Fact, String)])
  func `each record is told by itself, SPF by the return path`(
    _ dkim: Bool?, _ returnPath: Bool?, _ sender: SenderVerdict.Fact, _ records: String
  ) throws {
    let verdict = SenderVerdict(
      try EmailAddress("ann@harbor.example"),
      VendorSenderFacts(
        senders: .done([]),
        domains: .done([.of("harbor.example", dkim: dkim, returnPath: returnPath)])))
    #expect(verdict.sender == sender)
    let found = [verdict.dkim, verdict.returnPath, verdict.spf].map(\.rawValue)
    #expect(found.joined(separator: " ") == records)
  }

  @Test func `an international domain is found in either spelling`() throws {
    let address = try EmailAddress("ann@bücher.example")
    for name in ["bücher.example", "xn--bcher-kva.example", "Bücher.Example"] {
      #expect(SenderVerdict(address, .listing(domains: [name])).sender == .ok, "\(name)")
    }
    #expect(
      SenderVerdict(address, .listing(senders: ["Ann@BÜCHER.example"])).sender == .ok)
    #expect(SenderVerdict(address, .listing(domains: ["cher.example"])).sender == .missing)
  }

  @Test func `a domain is not its subdomain's, nor the other way round`() throws {
    let below = try EmailAddress("ann@mail.harbor.example")
    #expect(SenderVerdict(below, .listing(domains: ["harbor.example"])).sender == .missing)
    let above = try EmailAddress("ann@harbor.example")
    #expect(SenderVerdict(above, .listing(domains: ["mail.harbor.example"])).sender == .missing)
  }
}
