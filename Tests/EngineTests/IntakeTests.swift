import ActionProtocol
import Decisions
import Engine
import Insights
import Testing
import TestSupport

@Suite struct IntakeTests {
  /// The action that AIOM's seed shows, word for word.
  private static let seedSample = """
    {
      "action_type": "send_invoice_reminder",
      "operation": {
        "type": "send_email",
        "inputs": {
          "to": "billing@acmecorp.com",
          "subject": "Payment Reminder: Invoice INV-2024-001",
          "body_text": "Your invoice is 60 days overdue...",
          "body_html": "<p>Your invoice is <strong>60 days overdue</strong>...</p>"
        }
      },
      "external_effects": [{ "type": "email", "recipient": "billing@acmecorp.com" }]
    }
    """

  private func pasted(for org: OrgID) throws -> Proposal {
    let bytes = [UInt8](Self.seedSample.utf8)
    var document = try JSONReader.read(bytes).get()
    for issue in ProtocolValidation.issues(in: bytes) {
      document = document.setting(issue.pointer, to: try #require(issue.suggestion))
    }
    let place = JSONPointer.root.appending("org_id")
    return try ProposalReader.read(document.setting(place, to: .string(org.rawValue))).get()
  }

  @Test func `the seed's sample with what validation gives to paste runs end to end`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let proposal = try pasted(for: house.org)
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    guard case .created(let state) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(state.partner == PartnerID(rawValue: 1))
    #expect(state.title == "Acme Corp · INV-2024-001")
    try await house.approve(state.id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(house.channel.calls.count == 1)
    guard
      case .existing(_, .sameProposal) = try await Intake(house.context).submit(
        proposal, by: .tester, via: "test")
    else {
      Issue.record("the same proposal is not the same action")
      return
    }
  }

  @Test func `records of two customers name none`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "bolt", name: "Bolt", email: nil, country: "US", zone: "America/New_York")),
      Books.invoice("INV-9", due: "2026-01-03", cents: 100, partner: "bolt"),
    ])
    var proposal = try pasted(for: house.org)
    proposal.affectedRecords.ids = [1, 2]
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    guard case .invalid(let issues) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(issues.map(\.pointer.rawValue).contains("/affected_records/partner_id"))
  }

  @Test func `a dry run says what is there already and stores nothing`() async throws {
    let house = try await EngineHouse.withAcme()
    func dry() async throws -> [IntakeOutcome] {
      try await Analyst(house.context).analyze(
        house.org, asOf: nil, dryRun: true, by: .tester, via: "test"
      ).outcomes
    }
    guard case .created? = try await dry().first else {
      Issue.record("not new")
      return
    }
    #expect(try await house.kinds() == ["policy.activated"])
    let id = try await house.propose()
    _ = try await Approvals(house.context).reject(
      house.org, id, reason: "agreed otherwise", by: .tester, via: "test")
    let entries = try await house.kinds()
    guard case .existing(let state, .rejectedBefore)? = try await dry().first else {
      Issue.record("not there already")
      return
    }
    #expect(state.id == id)
    #expect(try await house.kinds() == entries)
  }

  @Test func `a customer that is never to be reminded is not, whatever is imported later`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    _ = try await Approvals(house.context).reject(
      house.org, id, reason: "A friend of the house.", quiet: .never, by: .tester, via: "test")
    house.clock.advance(by: .seconds(40 * 86_400))
    try await house.books(try Books.acme(due: "2026-01-03"))
    try await house.books([Books.invoice("INV-2024-077", due: "2026-02-01", cents: 90_000)])
    let report = try await house.analyze()
    #expect(report.outcomes.isEmpty)
    #expect(report.recommendation.skipped.map(\.reason) == [.partnerNeverRemind])
  }
}
