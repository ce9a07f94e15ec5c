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

/// Nodes that share nothing but the database, with locks, leases and time of the server.
@Suite(.onPostgres, .serialized) struct TwoNodesTests {
  private static let count = 200

  private static func address(_ number: Int) -> String { "billing@customer\(number).example" }

  /// A node on a schema.
  private func node(
    _ url: String, _ channel: ScriptedChannel, leaseSeconds: Int = 15
  ) throws -> EngineContext {
    let database = try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
    return EngineContext(
      store: SQLStore(database: database, entropy: .system), channels: channel, blobs: NoBlobs(),
      drafting: NoDrafting(), liveness: AdvisoryLiveness(database), wake: PostgresWake(database),
      entropy: .system, configuration: EngineConfiguration(leaseSeconds: leaseSeconds),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// A schema with an org, and approved messages to as many customers.
  private func world(_ count: Int = Self.count) async throws -> (url: String, org: OrgID) {
    let url = try await TestPostgres.schema()
    let context = try node(url, ScriptedChannel())
    let store = SQLStore(
      database: try PostgresDatabase(url: url, limits: TestPostgres.smallLimits), entropy: .system)
    _ = try await store.migrate()
    let now = try await store.read { $0.now }
    let organisation = Organisation(
      profile: .sample("acme-books", zone: "UTC", window: CompanyProfile.aroundTheClock),
      mode: .sandbox, sender: try Mailbox("Harbor Books <billing@harbor.example>"),
      undoSeconds: 0, createdAt: now)
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

  private func approved(_ number: Int, _ org: OrgID, _ context: EngineContext) async throws {
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

  private func run(_ context: EngineContext, _ org: OrgID) async throws -> [ExecutionReport] {
    let life = ProcessLife(context)
    try await life.begin()
    let reports = try await Pipeline(context, process: life).run(org: org)
    try await life.end()
    return reports
  }

  @Test func `three nodes on one database make every call exactly once`() async throws {
    let (url, org) = try await world()
    let channels = (0..<3).map { _ in ScriptedChannel() }
    let nodes = try channels.map { try node(url, $0) }
    let reports = try await withThrowingTaskGroup(of: [ExecutionReport].self) { tasks in
      for node in nodes { tasks.addTask { try await run(node, org) } }
      return try await tasks.reduce(into: []) { $0 += $1 }
    }
    let calls = channels.flatMap(\.calls).map(\.operation)
    #expect(calls.count == Self.count)
    #expect(Set(calls).count == Self.count)
    #expect(reports.count { $0.outcome == .completed } == Self.count)
    let counts = try await nodes[0].store.read { try $0.actionCounts(org) }
    #expect(counts == [.completed: Self.count])
    let audit = try await nodes[0].store.read {
      try $0.audit(org, action: nil, after: 0, limit: 10 * Self.count).map(\.sequence)
    }
    #expect(audit == (1...Int64(audit.count)).map { $0 })
  }

  @Test func `an intent whose commit was not acknowledged is not sent, and goes on later`()
    async throws
  {
    for cut in [CuttingRelay.Cut.before, .after] {
      let (url, org) = try await world(1)
      let relay = try CuttingRelay(serverFolder: try TestPostgres.socketFolder)
      let (channel, other) = (ScriptedChannel(), ScriptedChannel())
      let cutting = try node(
        url.replacing(try TestPostgres.socketFolder, with: relay.folder), channel)
      let life = ProcessLife(cutting)
      try await life.begin()
      relay.arm(cut)
      let error = await #expect(throws: StoreError.self) {
        try await Pipeline(cutting, process: life).run(org: org)
      }
      #expect(error?.code == "commit_unknown")
      #expect(channel.calls.isEmpty)
      // Where it became durable after all it was given back: nobody has to ask what became of it.
      let state = try await cutting.store.read { try $0.actions(org, ActionFilter()) }.first
      #expect(state?.status == .approved)
      #expect(state?.hold?.reason == (cut == .before ? nil : .retryBackoff))
      #expect(try await cutting.store.read { try $0.unsettledAttempts(org) }.isEmpty)
      try await eventually {
        _ = try await run(try node(url, other), org)
        return !other.calls.isEmpty
      }
      try await life.end()
      let counts = try await cutting.store.read { try $0.actionCounts(org) }
      #expect(counts == [.completed: 1])
      #expect(channel.calls.isEmpty && other.calls.count == 1)
    }
  }

  /// A free lock is no proof: its connection may have broken while its process goes on.
  @Test func `a boot is dead when its lock is free and its lease over in the database's time`()
    async throws
  {
    let (url, org) = try await world(1)
    let dying = ScriptedChannel()
    let context = try node(url, dying, leaseSeconds: 2)
    let life = ProcessLife(context)
    let boot = try await life.begin()
    let survivor = try node(url, ScriptedChannel(), leaseSeconds: 2)
    dying.duringCall { _ in
      // Its connection breaks for good; the process itself goes on.
      await context.liveness.release(boot)
      #expect(!life.mayCall)
      let early = try? await Recovery(survivor).recover()
      #expect(early?.isEmpty == true)
      try? await eventually { try await !Recovery(survivor).recover().isEmpty }
    }
    _ = try await Pipeline(context, process: life).run(org: org)
    #expect(dying.calls.count == 1)
    await #expect(throws: ProcessLifeError.self) { try await life.heartbeat() }
    // The late answer is proof, and settles what was unknown.
    let counts = try await survivor.store.read { try $0.actionCounts(org) }
    #expect(counts == [.completed: 1])
    #expect(try await run(survivor, org).isEmpty)
  }

  @Test func `a process that lost its lock begins no call until it has it again`() async throws {
    let (url, _) = try await world(1)
    let context = try node(url, ScriptedChannel())
    let life = ProcessLife(context)
    let boot = try await life.begin()
    #expect(life.mayCall)
    let database = try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
    let thief = LockThief()
    try await thief.take(boot, database)
    try await eventually { !life.mayCall }
    try await thief.end()
    try await eventually { life.mayCall }
    try await life.end()
  }

  /// The store is busy with approvals on one node; the loop of the other hears of them.
  @Test func `an approval on one node wakes the loop of another`() async throws {
    let (url, org) = try await world(1)
    let channel = ScriptedChannel()
    let worker = try node(url, channel)
    // Without being woken it would look again in an hour.
    let loop = EngineLoop(worker, poll: .seconds(3600))
    let running = Task { try await loop.run() }
    try await eventually { channel.calls.count == 1 }
    let desk = try node(url, ScriptedChannel())
    try await desk.store.write { store in
      let partner = PartnerRow(
        externalID: "p2", name: "Customer 2", email: try EmailAddress(Self.address(2)))
      _ = try store.upsert(org, .partner(partner), asOf: store.now)
    }
    try await approved(2, org, desk)
    try await eventually { channel.calls.count == 2 }
    running.cancel()
    _ = await running.result
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
