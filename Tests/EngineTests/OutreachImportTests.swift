import ActionProtocol
import Addressing
import Decisions
@testable import Engine
import Testing
import TestSupport

@Suite struct OutreachImportTests {
  private struct Rows: RowSource {
    var rows: [OutreachRow]
    let digest = Digest.sha256([7])

    mutating func next() -> ParsedRow<OutreachRow>? {
      rows.isEmpty ? nil : .row(rows.removeFirst(), line: 2)
    }
  }

  private func run(
    _ house: EngineHouse, _ rows: [OutreachRow], dryRun: Bool = false
  ) async throws -> RowImportReport {
    try await OutreachImport(house.context).run(
      Rows(rows: rows), org: house.org, dryRun: dryRun, by: .tester, via: "test")
  }

  private func facts(_ house: EngineHouse, _ partner: Int64, _ address: String) async throws
    -> OutreachFacts
  {
    let org = house.org
    let partners = [PartnerID(rawValue: partner)].compactMap { $0 }
    let digest = AddressDigest.of(address, .email)
    return try await house.store.read {
      try $0.outreachFacts(
        org, channel: .email, partners: partners, addresses: [digest],
        scopes: ["partner_\(partner):invoice"], delivery: .sandbox)
    }
  }

  @Test func `a contact made elsewhere counts for its address, its customer and its matter`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let at = house.clock.now.advanced(by: .seconds(-3600))
    let row = OutreachRow(
      at: at, channel: .email, address: AddressDigest.of("billing@acmecorp.com", .email),
      partner: PartnerID(rawValue: 77), context: "invoice")
    #expect(try await run(house, [row, row]).counts == ["added": 1, "known": 1])
    let found = try await facts(house, 77, "billing@acmecorp.com")
    #expect(found.lastToPartner == at)
    #expect(found.lastToAddress == at)
    #expect(found.lastInScope == ["partner_77:invoice": at])
    #expect(try await run(house, [row]).counts == ["known": 1])
    #expect(try await house.kinds().count { $0 == "outreach.imported" } == 2)
  }

  @Test func `a message waits for the end of the cool-down that it began`() async throws {
    let house = try await EngineHouse.withAcme()
    let at = house.clock.now.advanced(by: .seconds(-60))
    let address = AddressDigest.of("billing@acmecorp.com", .email)
    _ = try await run(house, [OutreachRow(at: at, channel: .email, address: address)])
    let id = try await house.propose()
    try await house.approve(id)
    _ = try await house.run([id])
    #expect(house.channel.calls.isEmpty)
    let org = house.org
    let state = try await house.store.read { try $0.action(org, id) }
    #expect(state?.hold?.reason == .coolDown)
    #expect(state?.hold?.until == at.advanced(by: .seconds(240 * 60)))
  }

  @Test func `a dry run counts nothing`() async throws {
    let house = try await EngineHouse.withAcme()
    let row = OutreachRow(
      at: house.clock.now, channel: .email, partner: PartnerID(rawValue: 77))
    #expect(try await run(house, [row], dryRun: true).counts == ["added": 1])
    #expect(try await facts(house, 77, "x@y.example").lastToPartner == nil)
    #expect(try await run(house, [row]).counts == ["added": 1])
    #expect(try await facts(house, 77, "x@y.example").lastToPartner == house.clock.now)
  }

  @Test func `what counts is listed, the latest first, page by page`() async throws {
    let house = try await EngineHouse.withAcme()
    let now = house.clock.now
    let partner = try #require(PartnerID(rawValue: 77))
    let address = AddressDigest.of("ann@acmecorp.com", .email)
    let rows = (1...5).map { day in
      OutreachRow(
        at: now.advanced(by: .seconds(-day * 86_400)), channel: .email, address: address,
        partner: day.isMultiple(of: 2) ? partner : nil)
    }
    _ = try await run(house, rows)
    let org = house.org
    let (all, page, named) = try await house.store.read { store in
      let all = try store.outreachHistory(
        org, .email, to: .address(address), .sandbox, before: now, limit: 10)
      let page = try store.outreachHistory(
        org, .email, to: .address(address), .sandbox, before: all[1].at, limit: 2)
      return (
        all, page,
        try store.outreachHistory(
          org, .email, to: .partners([partner]), .sandbox, before: now, limit: 10)
      )
    }
    #expect(all.map(\.at) == rows.map(\.at))
    #expect(page.map(\.at) == rows[2...3].map(\.at))
    #expect(named.map(\.at) == [rows[1].at, rows[3].at])
    #expect(all.allSatisfy { $0.isImported && $0.isSent })
  }
}
