import ActionProtocol
import Addressing
import OracleSupport
import Testing

@Suite("Digests")
struct DigestTests {
  @Test func `SHA-256 is SHA-256`() {
    #expect(
      Digest.sha256(Array("abc".utf8)).hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest(hex: String(repeating: "A", count: 64)) == nil)
    #expect(Digest(hex: "ab") == nil)
  }

  typealias Change = @Sendable (inout Proposal) throws -> Void

  static let outsideProposalDigest: [Change] = [
    { $0.actionID = ActionID(rawValue: "act-0000000001") }, { $0.expiresAt = Examples.now },
    { $0.reasoning = "Another reason altogether." }, { $0.analysisID = "run 2" },
    { $0.metadata = ["a": 1] },
  ]

  static let insideProposalDigest: [Change] = [
    { $0.orgID = try Examples.org("other") },
    { $0.operation = try Examples.email(.sendDealCheckIn) },
    { $0.riskLevel = .medium }, { $0.requiresApproval = true }, { $0.channels = [.email] },
    { $0.idempotencyKey = IdempotencyKey(rawValue: "k") },
    { $0.expectedEffect = "Something else will happen." },
    { $0.affectedRecords.ids = [43] },
    {
      $0.proposedChanges = [
        ProposedChange(path: "a.b", before: 1, after: 2, changeType: .set)
      ]
    },
    {
      $0.revalidationPlan = [
        RevalidationCheck(
          checkID: "x", description: "quiet hours", severity: .block,
          predicate: .quietHours(try Examples.quietHours()))
      ]
    },
    { $0.externalEffects[0].preview = "other" }, { $0.rollbackStrategy = .none },
    { $0.estimatedImpact = EstimatedImpact(timeSavedHours: 1) },
  ]

  @Test(arguments: outsideProposalDigest)
  func `what may differ between two runs is outside the proposal's digest`(
    change: Change
  ) throws {
    var proposal = try Examples.reminder()
    let before = proposal.proposalDigest
    try change(&proposal)
    #expect(proposal != (try Examples.reminder()))
    #expect(proposal.proposalDigest == before)
  }

  @Test(arguments: insideProposalDigest)
  func `everything else is inside it`(change: Change) throws {
    var proposal = try Examples.reminder()
    let before = proposal.proposalDigest
    try change(&proposal)
    #expect(proposal.proposalDigest != before)
  }

  static func revision(
    _ proposal: Proposal, number: Int = 1, sender: String? = "a@acme.example",
    replyTo: String? = nil, expiresAt: Instant = Examples.now, action: String = "act-0000000001"
  ) throws -> Revision {
    Revision(
      proposal: proposal, actionID: try #require(ActionID(rawValue: action)), number: number,
      sender: try sender.map { try Mailbox($0) }, replyTo: try replyTo.map { try Mailbox($0) },
      expiresAt: expiresAt)
  }

  @Test func `the number over an SMS is its sender, and none is as it always was`() throws {
    func revision(_ number: String?) throws -> Revision {
      Revision(
        proposal: try Examples.reminder(),
        actionID: try #require(ActionID(rawValue: "act-0000000001")), number: 1, sender: nil,
        replyTo: nil, smsSender: try number.map { try PhoneNumber(e164: $0) },
        expiresAt: Examples.now)
    }
    let none = try revision(nil)
    #expect(none.digest == (try Self.revision(Examples.reminder(), sender: nil)).digest)
    #expect(none.digestInput["sender"] == .null)
    let own = try revision("+16175550199")
    #expect(own.digestInput["sender"] == "+16175550199")
    #expect(own.digest != none.digest)
    #expect(own.digests.request != none.digests.request)
  }

  @Test func `the revision's digest covers what ENGINE lists`() throws {
    let keys = try Self.revision(Examples.reminder()).digestInput.keys
    #expect(
      keys.sorted() == [
        "action_id", "action_type", "affected_records", "attachments", "expires_at",
        "external_effects", "operation", "org_id", "proposed_changes", "reply_to",
        "revalidation_plan", "revision", "sender", "version",
      ])
  }

  @Test func `another sender, answer address, number, expiry or id voids the approval`() throws {
    let proposal = try Examples.reminder()
    let digests = [
      try Self.revision(proposal), try Self.revision(proposal, number: 2),
      try Self.revision(proposal, sender: "b@acme.example"),
      try Self.revision(proposal, sender: nil),
      try Self.revision(proposal, replyTo: "a@acme.example"),
      try Self.revision(proposal, expiresAt: Instant(milliseconds: 1)),
      try Self.revision(proposal, action: "act-0000000002"),
    ].map(\.digest)
    #expect(Set(digests).count == digests.count)
  }

  @Test func `another file voids the approval`() throws {
    func revision(_ content: UInt8, bytes: Int64) throws -> Revision {
      var proposal = try Examples.reminder()
      guard case .email(let type, var email) = proposal.operation else {
        throw Oracle.Failure(description: "no email")
      }
      email.attachments = [
        Attachment(
          blobSHA256: .sha256([content]), filename: "a.pdf", mediaType: "application/pdf",
          bytes: bytes)
      ]
      proposal.operation = .email(type, email)
      return try Self.revision(proposal)
    }
    #expect(try revision(1, bytes: 1).digest != revision(2, bytes: 1).digest)
    #expect(try revision(1, bytes: 1).digest != revision(1, bytes: 2).digest)
    #expect(try revision(1, bytes: 1).digest == revision(1, bytes: 1).digest)
  }

  @Test(
    arguments: [
      { $0.operation = try Examples.email(.sendDealCheckIn) },
      { $0.externalEffects[0].recipient = "x@y.example" }, { $0.affectedRecords.ids = [1] },
      { $0.proposedChanges = [ProposedChange(path: "a", before: 1, after: 2, changeType: .set)] },
      { $0.revalidationPlan = [] }, { $0.orgID = try Examples.org("other") },
    ] as [Change])
  func `any change of what is seen or checked voids the approval`(change: Change) throws {
    var proposal = try Examples.reminder()
    proposal.revalidationPlan = MinimumPlan.complete(proposal, facts: PlanFacts())
    let before = try Self.revision(proposal).digest
    try change(&proposal)
    #expect(try Self.revision(proposal).digest != before)
  }

  @Test(arguments: OperationType.allCases)
  func `both digests are those of their canonical documents`(
    operation: OperationType
  ) throws {
    let proposal = try Examples.proposal(of: operation)
    for sender in ["a@acme.example", nil] {
      let revision = try Self.revision(proposal, sender: sender, replyTo: sender)
      #expect(revision.digests.revision == .ofCanonical(.object(revision.digestInput)))
      let request: JSONObject = [
        "sender": sender.map { .string($0) } ?? .null,
        "reply_to": sender.map { .string($0) } ?? .null,
        "operation": revision.proposal.operation.json,
      ]
      #expect(revision.digests.request == .ofCanonical(.object(request)))
    }
  }

  @Test(arguments: Seeds.all)
  func `a stored document has the digests of the proposal in it`(seed: UInt64) throws {
    var generator = ProposalGenerator(seed: seed)
    for _ in 0..<100 {
      let stored = try StoredProposal.read(
        StoredProposal(generator.proposal()).bytes
      ).get()
      let revision = try Self.revision(stored.proposal)
      #expect(stored.bytes == CanonicalJSON.encode(stored.proposal.json))
      #expect(revision.digests(of: stored) == revision.digests)
      #expect(revision.digest == .ofCanonical(.object(revision.digestInput)))
    }
  }

  @Test func `a document in another form has another digest`() throws {
    let stored = StoredProposal(try Examples.reminder())
    let spaced = try StoredProposal.read(
      Array(String(decoding: stored.bytes, as: UTF8.self).replacing("\":{", with: "\": {").utf8)
    ).get()
    let revision = try Self.revision(stored.proposal)
    #expect(spaced.proposal == stored.proposal)
    #expect(revision.digests(of: spaced).revision != revision.digest)
  }

  @Test func `the digest is that of a fixed document`() throws {
    let input = try Self.revision(Examples.reminder()).digestInput
    #expect(
      CanonicalJSON.text(.object(input)).hasPrefix(
        #"{"action_id":"act-0000000001","action_type":"send_invoice_reminder","affected_records":"#
          + #"{"odoo_ids":[42],"odoo_model":"account.move","partner_id":7,"#))
  }

  @Test(arguments: Seeds.all)
  func `both digests survive the wire`(seed: UInt64) throws {
    var generator = ProposalGenerator(seed: seed)
    for _ in 0..<100 {
      let proposal = try generator.proposal()
      let wire = CanonicalJSONTests.shuffled(proposal.json, &generator.random)
      let read = try ProposalReader.read(Array(PrettyJSON.encode(wire).utf8)).get()
      #expect(read.proposalDigest == proposal.proposalDigest, "seed \(seed)")
      #expect(try Self.revision(read).digest == Self.revision(proposal).digest, "seed \(seed)")
    }
  }
}
