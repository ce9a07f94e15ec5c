import ActionProtocol
import Addressing
import Engine
import Foundation
import Sandbox
import Testing
import TestSupport

/// Senders against the sandbox over HTTP: what its lists say, and under which name mail arrives.
@Suite(.serialized) struct SenderSandboxTests {
  private func house(
    endpoints: [String]? = nil, senders: [String]? = nil, domains: [String]? = ["harbor.example"]
  ) async throws -> Installation {
    try await Installation { configuration in
      configuration.verifiedSenders = senders
      configuration.verifiedDomains = domains
      if let endpoints {
        configuration.keyPermissions = [SandboxConfiguration.defaultKey: endpoints]
      }
    }
  }

  private func addAnn(
    _ house: Installation, _ mailbox: String = "Ann Lee <ann@harbor.example>"
  ) async throws {
    let org = house.org
    try await house.store.write { store in
      let partner = PartnerRow(
        externalID: "acme", name: "Acme", email: try EmailAddress("buyer@acme.example"))
      _ = try store.upsert(org, .partner(partner), asOf: store.now)
      let deal = DealRow(
        externalID: "d1", name: "Big", partner: "acme", stage: "New", salesperson: "Ann Lee")
      _ = try store.upsert(org, .deal(deal), asOf: store.now)
    }
    _ = try await SenderIdentities(house.context).add(
      org, try #require(SenderID(rawValue: "ann")),
      SenderIdentities.Wish(
        mailbox: try Mailbox(mailbox), owner: .salesperson(named: "Ann Lee")),
      by: .tester, via: "test")
  }

  private func propose(_ house: Installation) async throws -> ActionState {
    let email = SendEmail(
      to: [try EmailAddress("buyer@acme.example")], subject: "Your offer", bodyText: "And now?")
    let proposal = Proposal(
      orgID: house.org, operation: .email(.followUpOnStaleDeal, email),
      idempotencyKey: IdempotencyKey(rawValue: "deal"), expectedEffect: "The customer answers.",
      reasoning: "The deal stands still.",
      affectedRecords: AffectedRecords(model: "crm.lead", ids: [1]))
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    guard case .created(let state) = outcome else {
      throw Installation.Refused(outcome: "\(outcome)")
    }
    return state
  }

  private func send(_ house: Installation) async throws -> ExecutionReport? {
    let state = try await propose(house)
    _ = try await Approvals(house.context).approve(
      house.org, state.id, digest: state.digest, by: .tester, via: "test")
    let process = ProcessLife(house.context)
    try await process.begin()
    let reports = try await Pipeline(house.context, process: process).run(org: house.org)
    try await process.end()
    return reports.first
  }

  private func check(_ house: Installation) async throws -> SenderCheck.Report {
    try await SenderCheck(house.context).check(house.org, by: .tester, via: "test")
  }

  @Test func `a verified salesperson's mail arrives under that name`() async throws {
    let house = try await house()
    try await addAnn(house)
    #expect(try await check(house).organisation.identities.map(\.standing) == [.verified])
    #expect(try await send(house)?.outcome == .completed)
    let message = try #require(await house.sandbox.mailbox.messages().first)
    #expect(message.sender == "Ann Lee <ann@harbor.example>")
    try await house.close()
  }

  @Test func `a single sender that is verified is enough`() async throws {
    let house = try await house(
      senders: ["ann@harbor.example", "billing@harbor.example"], domains: nil)
    try await addAnn(house)
    let report = try await check(house)
    let verdict = report.verdict(try #require(report.organisation.identities.first))
    #expect(verdict.isSingle)
    #expect(verdict.sender == .ok)
    #expect(verdict.dkim == .missing)
    #expect(try await send(house)?.outcome == .completed)
    try await house.close()
  }

  @Test func `one that the provider would refuse is passed over, and the mail arrives`()
    async throws
  {
    let house = try await house()
    try await addAnn(house, "Ann Lee <ann@elsewhere.example>")
    #expect(try await check(house).organisation.identities.map(\.standing) == [.unverified])
    #expect(try await send(house)?.outcome == .completed)
    let message = try #require(await house.sandbox.mailbox.messages().first)
    #expect(message.sender == "Harbor <billing@harbor.example>")
    try await house.close()
  }

  @Test func `with a key that may only send nobody can tell, and the mail arrives`() async throws {
    let house = try await house(endpoints: SendOnlyKey.endpoints)
    try await addAnn(house)
    let report = try await check(house)
    #expect(report.organisation.identities.map(\.standing) == [.unknown])
    #expect(
      report.verdict(try #require(report.organisation.identities.first)).sender == .cannotTell)
    #expect(try await send(house)?.outcome == .completed)
    let message = try #require(await house.sandbox.mailbox.messages().first)
    #expect(message.sender == "Ann Lee <ann@harbor.example>")
    try await house.close()
  }

  // MARK: The program

  private static let key = "api-FULL0000000000000000000000000000"
  private static let sending = "api-SENDING0000000000000000000000000"

  private func boxes(
    _ house: Installation, _ arguments: [String], key: String
  ) async throws -> (status: Int32, boxes: [String: [String: Any]]) {
    var environment = house.environment
    environment["SMTP2GO_API_KEY"] = key
    let result = try await Binary.run(arguments + ["--json"], environment)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any],
      "\(result.output)")
    let list = try #require(json["boxes"] as? [[String: Any]])
    return (
      result.status, Dictionary(uniqueKeysWithValues: list.map { ($0["id"] as? String ?? "", $0) })
    )
  }

  private func program(_ domains: [String]) async throws -> Installation {
    let house = try await Installation { configuration in
      configuration.verifiedDomains = domains
      configuration.furtherKeys = [
        SandboxKey(key: Self.key),
        SandboxKey(key: Self.sending, endpoints: SendOnlyKey.endpoints),
      ]
    }
    try await addAnn(house, "Ann Lee <ann@sales.harbor.example>")
    return house
  }

  @Test func `sender check tells each record of each sender`() async throws {
    let house = try await program(["harbor.example"])
    let missing = try await boxes(house, ["sender", "check"], key: Self.key)
    #expect(missing.status == 1)
    #expect(missing.boxes["sender.org"]?["state"] as? String == "ok")
    #expect(missing.boxes["sender.ann"]?["state"] as? String == "missing")
    #expect((missing.boxes["sender.ann"]?["fix"] as? String)?.contains("Verify") == true)
    #expect(missing.boxes["sender.ann.dkim"]?["state"] as? String == "missing")
    #expect(missing.boxes["sender.ann.dmarc"]?["state"] as? String == "cannot_tell")
    let own = try await boxes(house, ["sender", "check", "org"], key: Self.key)
    #expect(own.status == 0)
    #expect(own.boxes["sender.ann"] == nil)
    try await house.close()
  }

  @Test func `a sender that is verified by itself does without its domain's records`()
    async throws
  {
    let house = try await house(
      senders: ["ann@harbor.example", "billing@harbor.example"], domains: nil)
    try await addAnn(house)
    let found = try await boxes(house, ["sender", "check"], key: Self.key)
    #expect(found.status == 0)
    #expect(found.boxes["sender.ann"]?["state"] as? String == "ok")
    #expect(found.boxes["sender.ann.dkim"]?["state"] as? String == "missing")
    #expect(found.boxes["sender.ann.dkim"]?["optional"] as? Bool == true)
    try await house.close()
  }

  @Test(arguments: ["smtp2go check", "doctor"])
  func `check and doctor have a line for each sender`(_ command: String) async throws {
    let house = try await program(["harbor.example", "sales.harbor.example"])
    let words = command.split(separator: " ").map(String.init)
    let full = try await boxes(house, words, key: Self.key)
    let line = try #require(full.boxes["sender.ann"])
    #expect(line["state"] as? String == "ok")
    let found = try #require(line["found"] as? String)
    for part in ["DKIM ok", "return path ok", "SPF ok", "DMARC cannot tell"] {
      #expect(found.contains(part), "\(found)")
    }
    let sending = try await boxes(house, words, key: Self.sending)
    #expect(sending.boxes["sender.ann"]?["state"] as? String == "cannot_tell")
    #expect(sending.boxes["sender.ann"]?["optional"] as? Bool == true)
    try await house.close()
  }
}
