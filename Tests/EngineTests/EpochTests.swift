import ActionProtocol
import Decisions
import Engine
import Synchronization
import TestSupport
import Testing

/// An installation's memory that a test can change.
private final class TestMemory: EpochPort {
  let isAlone: Bool
  private let state: Mutex<(mark: EpochMark?, file: String?)>

  init(isAlone: Bool = true, _ mark: EpochMark? = nil, file: String? = "file-1") {
    self.isAlone = isAlone
    state = Mutex((mark, file))
  }

  var file: String? { state.withLock { $0.file } }
  func read() throws -> EpochMark? { state.withLock { $0.mark } }
  func begin(_ mark: EpochMark) throws { state.withLock { $0.mark = mark } }

  func raise(_ epoch: String, to auditTotal: Int64) throws {
    state.withLock { state in
      let known = state.mark?.auditTotal ?? 0
      state.mark?.auditTotal = max(known, auditTotal)
    }
  }

  func change(_ body: (inout EpochMark?) -> Void) { state.withLock { body(&$0.mark) } }
  func move(to file: String) { state.withLock { $0.file = file } }
}

@Suite struct EpochTests {
  private static func begin(
    _ house: EngineHouse, _ memory: TestMemory
  ) async throws -> [Stop] {
    let context = try house.another(house.channel, epoch: memory)
    let process = ProcessLife(context)
    try await process.begin()
    try await process.end()
    return try await house.store.read { try $0.stops() }
  }

  @Test func `a database that nobody knows yet begins an epoch, and the next start finds it`()
    async throws
  {
    let house = try await EngineHouse.bare()
    let memory = TestMemory()
    #expect(try await Self.begin(house, memory).isEmpty)
    let mark = try #require(try memory.read())
    #expect(mark.epoch.utf8.count == 32 && mark.auditTotal == 0 && mark.file == "file-1")
    #expect(try await house.store.read { try $0.installationValue("epoch") } == mark.epoch)
    #expect(try await Self.begin(house, memory).isEmpty)
    #expect(try memory.read() == mark)
  }

  @Test func `what goes out raises the mark, never beyond what the database has`() async throws {
    let house = try await EngineHouse.bare()
    let memory = TestMemory()
    let channel = GatedChannel()
    _ = try await house.approvedMessages(1...5)
    _ = try await StopTests.run(try house.another(channel, epoch: memory), house.org)
    #expect(channel.departed.count == 5)
    let total = try await house.store.read { try $0.auditTotal() }
    let mark = try #require(try memory.read()).auditTotal
    // Two entries before each intent, one for each intent.
    #expect(mark >= 15 && mark <= total)
    #expect(try await Self.begin(house, memory).isEmpty)
  }

  @Test(arguments: [
    "database_older_than_last_use", "database_of_another_epoch", "database_used_elsewhere",
    "database_file_was_copied",
  ])
  func `a copy is stopped in a new epoch, with what it knows`(_ finding: String) async throws {
    let house = try await EngineHouse.bare()
    let memory = TestMemory()
    _ = try await house.approvedMessages(1...1)
    _ = try await Self.begin(house, memory)
    let known = house.clock.now
    house.clock.advance(by: .seconds(60))
    let before = try #require(try memory.read())
    switch finding {
    case "database_older_than_last_use": memory.change { $0?.auditTotal = 1000 }
    case "database_of_another_epoch": memory.change { $0?.epoch = "another" }
    case "database_used_elsewhere": memory.change { $0 = nil }
    default: memory.move(to: "file-2")
    }
    let stops = try await Self.begin(house, memory)
    #expect(stops.map(\.reason) == [finding])
    #expect(stops.map(\.cause) == [.restored])
    #expect(stops.map(\.knownUntil) == [known])
    let after = try #require(try memory.read())
    #expect(after.epoch != before.epoch)
    #expect(after.file == memory.file)
    #expect(try await house.run().isEmpty)
    #expect(house.channel.calls.isEmpty)
    // The next start knows the new epoch and leaves the stop alone.
    #expect(try await Self.begin(house, memory) == stops)
    #expect(try await house.kinds().filter { $0 == "engine.stopped" }.count == 1)
  }

  @Test func `a node that never saw the database takes its epoch over`() async throws {
    let house = try await EngineHouse.bare()
    _ = try await Self.begin(house, TestMemory(isAlone: false, file: nil))
    let other = TestMemory(isAlone: false, file: nil)
    #expect(try await Self.begin(house, other).isEmpty)
    #expect(
      try other.read()?.epoch
        == (try await house.store.read { try $0.installationValue("epoch") }))
  }

  @Test func `an epoch whose first start was not committed is begun anew`() async throws {
    let house = try await EngineHouse.bare()
    let memory = TestMemory(EpochMark(epoch: "lost", auditTotal: 0, file: "file-1"))
    #expect(try await Self.begin(house, memory).isEmpty)
    #expect(try memory.read()?.epoch != "lost")
  }
}
