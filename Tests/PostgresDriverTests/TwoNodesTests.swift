import ActionProtocol
import Addressing
import Decisions
import Engine
import Insights
import PostgresDriver
import Store
import TestSupport
import Testing

/// Nodes that share nothing but the database, with locks, leases and time of the server.
@Suite(.onPostgres, .serialized) struct TwoNodesTests {
  private static let count = 200

  @Test func `three nodes on one database make every call exactly once`() async throws {
    let (url, org) = try await Nodes.world(Self.count)
    let channels = (0..<3).map { _ in ScriptedChannel() }
    let nodes = try channels.map { try Nodes.node(url, $0) }
    let reports = try await withThrowingTaskGroup(of: [ExecutionReport].self) { tasks in
      for node in nodes { tasks.addTask { try await Nodes.run(node, org) } }
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
      let (url, org) = try await Nodes.world(1)
      let relay = try CuttingRelay(serverFolder: try TestPostgres.socketFolder)
      let (channel, other) = (ScriptedChannel(), ScriptedChannel())
      let cutting = try Nodes.node(
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
        _ = try await Nodes.run(try Nodes.node(url, other), org)
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
    let (url, org) = try await Nodes.world(1)
    let dying = ScriptedChannel()
    let context = try Nodes.node(url, dying, leaseSeconds: 2)
    let life = ProcessLife(context)
    let boot = try await life.begin()
    let survivor = try Nodes.node(url, ScriptedChannel(), leaseSeconds: 2)
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
    #expect(try await Nodes.run(survivor, org).isEmpty)
  }

  @Test func `a process that lost its lock begins no call until it has it again`() async throws {
    let (url, _) = try await Nodes.world(1)
    let context = try Nodes.node(url, ScriptedChannel())
    let life = ProcessLife(context)
    let boot = try await life.begin()
    #expect(life.mayCall)
    let database = try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
    let thief = LockThief()
    try await thief.take(boot, database)
    try await eventually { !life.mayCall }
    try await thief.end()
    // It has to look at the server again before it trusts the lock that it got back.
    try await eventually { context.liveness.isHeld(boot) }
    #expect(!life.mayCall)
    try await eventually {
      try await life.heartbeat()
      return life.mayCall
    }
    try await life.end()
  }

  /// The store is busy with approvals on one node; the loop of the other hears of them.
  @Test func `an approval on one node wakes the loop of another`() async throws {
    let (url, org) = try await Nodes.world(1)
    let channel = ScriptedChannel()
    let worker = try Nodes.node(url, channel)
    // Without being woken it would look again in an hour.
    let loop = EngineLoop(worker, poll: .seconds(3600))
    let running = Task { try await loop.run() }
    try await eventually { channel.calls.count == 1 }
    let desk = try Nodes.node(url, ScriptedChannel())
    try await desk.store.write { store in
      let partner = PartnerRow(
        externalID: "p2", name: "Customer 2", email: try EmailAddress(Nodes.address(2)))
      _ = try store.upsert(org, .partner(partner), asOf: store.now)
    }
    try await Nodes.approved(2, org, desk)
    try await eventually { channel.calls.count == 2 }
    running.cancel()
    _ = await running.result
  }
}
