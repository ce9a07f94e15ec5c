import ActionProtocol
import Decisions
import Engine
import Foundation
import Glibc
import Sandbox
import Spawning
import TestSupport
import Testing

/// A process that was frozen beyond its lease while the server freed its lock: another one has taken
/// over what it had. It must notice when it wakes, and end.
///
/// (On a file it cannot come to this: the kernel holds the lock for as long as the process exists.)
@Suite(.serialized) struct DeclaredDeadTests {
  private static let hasServer = DatabaseUnderTest.Kind.available.contains(.server)

  @Test(.enabled(if: hasServer, "no PostgreSQL: scripts/test starts one where it is installed"))
  func `a frozen process that was taken over ends itself when it wakes, and has done no harm`()
    async throws
  {
    let house = try await Installation(on: .server)
    let slowly = await ServingProcess.ask(
      "POST", house.url.replacing("/v3", with: "/_sandbox/settings"),
      ["Content-Type": "application/json"], body: #"{"slow_byte_milliseconds": 30}"#)
    #expect(slowly.hasPrefix("HTTP/1.1 200"), "\(slowly.prefix(40))")
    let name = "frozen-\(UUID().uuidString.prefix(8))"
    let frozen = try Binary.start(["worker", "--json"], house.environment(of: name))
    defer { frozen.kill() }
    // A call whose message is with the provider, and whose answer comes while the process is frozen.
    house.sandbox.setFault(.slowAnswer, count: 1)
    _ = try await house.approvedMessages(1)
    try await eventually("the first message") { await house.sandbox.mailbox.count == 1 }
    let boot = try #require(try await house.store.read { try $0.liveBoots().first?.id })
    kill(frozen.process.processIdentifier, SIGSTOP)
    _ = try await house.approvedMessages(2...6)
    try await house.place.cutOff(name)
    let heir = try Binary.start(["worker", "--json"], house.environment)
    defer { heir.kill() }
    try await eventually("the takeover") {
      try await house.store.read { try !$0.liveBoots().contains { $0.id == boot } }
    }
    try await eventually("the other messages") { await house.sandbox.mailbox.count == 6 }
    kill(frozen.process.processIdentifier, SIGCONT)
    let result = try await frozen.end()
    #expect(result.status == 5)
    #expect(result.output.contains("\"process.declared_dead\""), "\(result.output)")
    #expect(result.output.contains("Nothing is lost. Start it again."))
    kill(heir.process.processIdentifier, SIGTERM)
    #expect(try await heir.end().status == 0)
    try await check(house)
    try await house.close()
  }

  /// Each message once, and none in doubt: the late answer is proof, or else the provider's activity.
  private func check(_ house: Installation) async throws {
    _ = try await Reconciler(house.context).reconcile(house.org)
    let arrived = try await house.arrived()
    #expect(arrived.count == 6)
    #expect(Set(arrived.map(Installation.revision)).count == 6)
    let states = try await house.states()
    #expect(states.count == 6)
    #expect(states.allSatisfy { $0.status == .completed }, "\(states.map(\.errorCode))")
  }
}
