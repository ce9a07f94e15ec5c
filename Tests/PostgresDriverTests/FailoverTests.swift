import ActionProtocol
import Decisions
import Engine
import Store
import Synchronization
import TestSupport
import Testing

@testable import PostgresDriver

/// A server that takes writes and a standby that confirms each commit; then the first one dies.
@Suite(.onPostgres, .serialized, .cluster(.pair)) struct FailoverTests {
  private func cluster() throws -> TestCluster { try #require(ClusterTrait.current) }

  private func world(_ count: Int) async throws -> (url: String, org: OrgID) {
    try await Nodes.world(count, on: try await cluster().schema())
  }

  @Test func `a standby that takes over in mid-flight loses nothing, and nothing goes out twice`()
    async throws
  {
    let (cluster, count) = (try self.cluster(), 40)
    let (url, org) = try await world(count)
    let channels = (0..<2).map { _ in ScriptedChannel() }
    let hasDied = Mutex(false)
    for channel in channels {
      // While a message is on its way: its intent is committed, its result is not.
      channel.duringCall { _ in
        let isFirst = hasDied.withLock { died in
          defer { died = true }
          return !died
        }
        if isFirst { await #expect(throws: Never.self) { try await cluster.failOver() } }
      }
    }
    let nodes = try channels.map { try Nodes.node(url, $0, epoch: ServerMemory()) }
    let running = nodes.map { node in
      Task { try await EngineLoop(node, poll: .milliseconds(200)).run() }
    }
    let store = nodes[0].store
    try await eventually {
      let states = try? await store.read { try $0.actions(org, ActionFilter(limit: 1000)) }
      return states?.allSatisfy { $0.status == .completed || $0.hold?.reason == .outcomeUnknown }
        ?? false
    }
    for task in running { task.cancel() }
    for task in running { _ = await task.result }
    // What could not be recorded is found at the provider.
    let calls = channels.flatMap(\.calls).map(\.operation)
    let found = calls.map { ($0.rawValue, "provider-\($0.rawValue)") }
    let looking = ScriptedChannel()
    looking.find(.found(Dictionary(uniqueKeysWithValues: found)))
    _ = try await Reconciler(try Nodes.node(url, looking)).reconcile(org)
    #expect(calls.count == count)
    #expect(Set(calls.map(\.action)).count == count)
    #expect(try await store.read { try $0.actionCounts(org) } == [.completed: count])
    #expect(hasDied.withLock { $0 })
    // It was a promotion without loss, not a database that went back.
    #expect(try await store.read { try $0.stops() }.isEmpty)
  }

  @Test func `a process that starts after the failover is not stopped by it`() async throws {
    let (url, org) = try await world(2)
    let (memory, channel) = (ServerMemory(), ScriptedChannel())
    #expect(try await begin(url, memory).isEmpty)
    try await cluster().failOver()
    #expect(try await begin(url, memory).isEmpty)
    _ = try await Nodes.run(try Nodes.node(url, channel, epoch: memory), org)
    #expect(channel.calls.count == 2)
  }

  @Test func `where nothing is remembered a server that took over is not trusted`() async throws {
    let (url, org) = try await world(1)
    #expect(try await begin(url, ServerMemory()).isEmpty)
    try await cluster().failOver()
    let (memory, channel) = (ServerMemory(), ScriptedChannel())
    #expect(try await begin(url, memory).map(\.reason) == ["database_on_another_timeline"])
    _ = try await Nodes.run(try Nodes.node(url, channel, epoch: memory), org)
    #expect(channel.calls.isEmpty)
  }

  /// As after the promotion of a standby that confirmed nothing: the last transactions may be gone.
  @Test func `a running process makes no call on a server that may lack commits`() async throws {
    let (url, org) = try await world(1)
    let (memory, channel) = (ServerMemory(), ScriptedChannel())
    let node = try Nodes.node(url, channel, epoch: memory)
    let life = ProcessLife(node)
    try await life.begin()
    #expect(life.mayCall)
    try await unconfirm(node.store)
    try await cluster().failOver()
    // It knows that it lost its server before it begins anything.
    try await eventually { !life.mayCall }
    _ = try await Pipeline(node, process: life).run(org: org)
    #expect(channel.calls.isEmpty)
    let stops = try await node.store.read { try $0.stops() }
    #expect(stops.map(\.reason) == ["database_on_another_timeline"])
    #expect(stops.map(\.cause) == [.restored])
    try await life.end()
  }

  @Test func `what one node found out the others take over, without stopping everything anew`()
    async throws
  {
    let (url, _) = try await world(1)
    let (first, second) = (ServerMemory(), ServerMemory())
    #expect(try await begin(url, first).isEmpty)
    #expect(try await begin(url, second).isEmpty)
    try await unconfirm(try Nodes.node(url, ScriptedChannel()).store)
    try await cluster().failOver()
    let stops = try await begin(url, first)
    #expect(stops.map(\.reason) == ["database_on_another_timeline"])
    #expect(try await begin(url, second) == stops)
    #expect(try second.read()?.epoch == (try first.read()?.epoch))
  }

  @Test func `a copy of the database under another name is stopped`() async throws {
    let cluster = try self.cluster()
    let address = cluster.url
    let source = address.replacing("/postgres?", with: "/source?")
    let admin = try PostgresDatabase(url: address, limits: TestPostgres.smallLimits)
    _ = try await admin.direct { try $0.command("CREATE DATABASE source") }
    try await isThere(source)
    let memory = ServerMemory()
    _ = try await Nodes.world(1, on: source)
    #expect(try await begin(source, memory).isEmpty)
    // PostgreSQL copies only what nobody is connected to.
    try await eventually {
      do {
        _ = try await admin.direct { try $0.command("CREATE DATABASE copy TEMPLATE source") }
        return true
      } catch let error as StoreError where error.code == "busy" {
        return false
      }
    }
    let copy = address.replacing("/postgres?", with: "/copy?")
    try await isThere(copy)
    #expect(try await begin(copy, memory).map(\.reason) == ["database_on_another_server"])
    #expect(try await begin(source, ServerMemory()).isEmpty)
  }

  /// Waits for the standby, which libpq may ask first: it has confirmed the new database, and perhaps
  /// not yet made it.
  private func isThere(_ url: String) async throws {
    let database = try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
    try await eventually { (try? await database.integers("SELECT 1")) == [1] }
    database.close()
  }

  /// Registers a process and ends it.
  /// - Returns: what is stopped then.
  private func begin(_ url: String, _ memory: ServerMemory) async throws -> [Stop] {
    let node = try Nodes.node(url, ScriptedChannel(), epoch: memory)
    let life = ProcessLife(node)
    try await life.begin()
    try await life.end()
    return try await node.store.read { try $0.stops() }
  }

  /// Lets the database say that no standby confirmed what it has.
  private func unconfirm(_ store: any StorePort) async throws {
    try await store.write { store in
      let text = try #require(try store.installationValue("server"))
      #expect(text.hasSuffix(" confirmed"))
      let other = text.replacing(" confirmed", with: " unconfirmed")
      try store.setInstallationValue("server", to: other)
    }
  }
}

/// A node's memory.
private final class ServerMemory: EpochPort {
  private let mark = Mutex<EpochMark?>(nil)
  let isAlone = false
  let file: String? = nil

  func read() throws -> EpochMark? { mark.withLock { $0 } }
  func begin(_ mark: EpochMark) throws { self.mark.withLock { $0 = mark } }

  func raise(_ epoch: String, to auditTotal: Int64) throws {
    mark.withLock { mark in
      guard let known = mark, known.epoch == epoch else { return }
      mark?.auditTotal = max(known.auditTotal, auditTotal)
    }
  }
}
