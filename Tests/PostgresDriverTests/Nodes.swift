import ActionProtocol
import Addressing
import Decisions
import Engine
import Insights
import Logging
import PostgresDriver
import Store
import TestSupport
import Testing

/// Nodes on one schema, and what they work on.
enum Nodes {
  static func address(_ number: Int) -> String { "billing@customer\(number).example" }

  /// A node on a schema.
  static func node(
    _ url: String, _ channel: ScriptedChannel, leaseSeconds: Int = 15, epoch: (any EpochPort)? = nil
  ) throws -> EngineContext {
    let database = try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
    var context = EngineContext(
      store: SQLStore(database: database, entropy: .system), channels: channel, blobs: NoBlobs(),
      drafting: NoDrafting(), liveness: AdvisoryLiveness(database), wake: PostgresWake(database),
      entropy: .system, configuration: EngineConfiguration(leaseSeconds: leaseSeconds),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    context.epoch = epoch
    return context
  }

  /// A schema with an org, and approved messages to as many customers.
  static func world(_ count: Int, on schema: String? = nil) async throws -> (
    url: String, org: OrgID
  ) {
    let url: String
    if let schema { url = schema } else { url = try await TestPostgres.schema() }
    let context = try node(url, ScriptedChannel())
    let store = SQLStore(
      database: try PostgresDatabase(url: url, limits: TestPostgres.smallLimits), entropy: .system)
    _ = try await store.migrate()
    let now = try await store.read { $0.now }
    let organisation = Organisation(
      profile: .sample("acme-books", zone: "UTC", window: CompanyProfile.aroundTheClock),
      mode: .sandbox, sender: try Mailbox("Harbor Books <billing@harbor.example>"),
      undoSeconds: 0, outreach: OutreachRules(caps: .none), createdAt: now)
    try await store.write { store in
      try store.save(organisation)
      for number in 1...count {
        let partner = PartnerRow(
          externalID: "p\(number)", name: "Customer \(number)",
          email: try EmailAddress(Self.address(number)))
        _ = try store.upsert(organisation.id, .partner(partner), asOf: now)
      }
    }
    for number in 1...count { try await approved(number, organisation.id, context) }
    return (url, organisation.id)
  }

  static func approved(_ number: Int, _ org: OrgID, _ context: EngineContext) async throws {
    let proposal = Proposal(
      orgID: org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress(Self.address(number))],
          subject: "Our new opening hours", bodyText: "We are open longer from Monday on.")),
      idempotencyKey: IdempotencyKey(rawValue: "hours-\(number)"),
      expectedEffect: "The customer knows our new hours.",
      reasoning: "The opening hours change next week.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [Int64(number)], partnerID: PartnerID(rawValue: Int64(number)),
        partnerName: "Customer \(number)"))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    let state = try #require(outcome.state)
    _ = try await Approvals(context).approve(
      org, state.id, digest: state.digest, by: .tester, via: "test")
  }

  static func run(_ context: EngineContext, _ org: OrgID) async throws -> [ExecutionReport] {
    let life = ProcessLife(context)
    try await life.begin()
    let reports = try await Pipeline(context, process: life).run(org: org)
    try await life.end()
    return reports
  }
}

/// Fills no template: for messages that a person wrote.
private struct NoDrafting: MessageDrafting {
  func resolvedLanguage(_ template: String, wanted language: String) -> String { language }

  func draft(
    _ template: String, language: String, values: JSONObject
  ) throws(DraftingError) -> DraftedMessage {
    throw DraftingError(code: "template.unknown", template: template, detail: "none in this test")
  }
}
