import ActionProtocol
import Engine
import Foundation
import Glibc
import Sandbox
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct StopProcessTests {
  private static let isSoak = ProcessInfo.processInfo.environment["AIOM_SOAK"] == "1"
  private static let tries = isSoak ? 1000 : 12

  /// The time from a stop's return until somebody began to lift it.
  private struct Silence {
    let from: Date
    let to: Date
    /// What the stop said had left before it returned; a provider under load may still be reading it.
    let inFlight: Set<String>
  }

  @Test func `after a stop has returned nothing arrives at the provider, with four busy processes`()
    async throws
  {
    let house = try await Installation()
    let workers = try await Workers(4, house)
    let isOver = Mutex(false)
    // Messages are approved all the time, before, during and after every stop.
    async let approved = Self.approve(house, until: { isOver.withLock { $0 } })
    var silences: [Silence] = []
    for _ in 1...Self.tries {
      let seen = await house.sandbox.mailbox.count
      try await eventually("the next message") { await house.sandbox.mailbox.count > seen }
      let stop = try await Binary.run(
        ["stop", "--reason", "try", "--wait", "60", "--json"], house.environment)
      let from = Date()
      #expect(stop.status == 0, "\(stop.output)")
      try await Self.linger(house)
      let to = Date()
      let named = try #require(Self.object(stop.output))["in_flight"]?.arrayValue ?? []
      silences.append(
        Silence(from: from, to: to, inFlight: Set(named.compactMap(\.stringValue))))
      #expect(try await Binary.run(["resume"], house.environment).status == 0)
    }
    isOver.withLock { $0 = true }
    let count = try await approved
    try await eventually("the last message") { await house.sandbox.mailbox.count == count }
    try await workers.end()
    let messages = await house.sandbox.mailbox.messages()
    let late = messages.filter { one in
      silences.contains {
        $0.from < one.receivedAt && one.receivedAt < $0.to
          && !$0.inFlight.contains(one.header("X-AIOM-Operation") ?? "")
      }
    }
    #expect(late.isEmpty)
    let arrived = try await house.arrived()
    #expect(arrived.count == count)
    #expect(Set(arrived).count == count)
    let named = silences.reduce(0) { $0 + $1.inFlight.count }
    print(
      "stop: \(Self.tries) tries, 4 processes, \(count) messages, \(late.count) late, "
        + "\(named) named in flight")
    try await house.close()
  }

  /// Gives a request that should not leave the time to do it: a whole round of everybody.
  private static func linger(_ house: Installation) async throws {
    for _ in 0..<2 {
      #expect(try await Binary.run(["action", "list", "--json"], house.environment).status == 0)
    }
  }

  private static func approve(
    _ house: Installation, until isOver: @escaping @Sendable () -> Bool
  ) async throws -> Int {
    var number = 0
    while !isOver() {
      // Enough to keep four processes busy, little enough to be sent soon afterwards.
      if number - (await house.sandbox.mailbox.count) > 60 {
        try await Task.sleep(for: .milliseconds(5))
        continue
      }
      _ = try await house.approvedMessages((number + 1)...(number + 4))
      number += 4
    }
    return number
  }

  @Test func `a process that is frozen is named, and the exit code says that it is not over`()
    async throws
  {
    let house = try await Installation()
    let workers = try await Workers(4, house)
    _ = try await house.approvedMessages(40)
    workers.signal(SIGSTOP, 2)
    let stop = try await Binary.run(
      ["stop", "--reason", "drill", "--wait", "4", "--json"], house.environment)
    #expect(stop.status == 5)
    let report = try #require(Self.object(stop.output))
    #expect(report["stopped"] == .bool(false))
    #expect(Self.processes(report, "unreachable") == [workers.processes[2]])
    #expect(Self.processes(report, "acknowledged").count == 3)
    let list = try await Binary.run(["action", "list"], house.environment)
    #expect(list.output.contains("STOPPED: everything"))
    #expect(list.output.contains("drill"))
    workers.signal(SIGCONT, 2)
    let again = try await Binary.run(
      ["stop", "--reason", "drill", "--wait", "60", "--json"], house.environment)
    #expect(again.status == 0, "\(again.output)")
    let arrived = await house.sandbox.mailbox.count
    #expect(try await Binary.run(["action", "run", "--all"], house.environment).status == 5)
    #expect(await house.sandbox.mailbox.count == arrived)
    try await workers.end()
    try await house.close()
  }

  @Test func `a process that was killed counts once its lease is over`() async throws {
    let house = try await Installation()
    let workers = try await Workers(2, house)
    workers.signal(SIGKILL, 0)
    let stop = try await Binary.run(
      ["stop", "--reason", "drill", "--wait", "60", "--json"], house.environment)
    #expect(stop.status == 0, "\(stop.output)")
    _ = try await workers.runs[0].end()
    workers.signal(SIGTERM, 1)
    #expect(try await workers.runs[1].end().status == 0)
    try await house.close()
  }

  static func object(_ text: String) -> JSONObject? {
    guard case .success(.object(let object)) = JSONReader.read(Array(text.utf8)) else { return nil }
    return object
  }

  private static func processes(_ report: JSONObject, _ key: String) -> [Int32] {
    guard case .array(let all)? = report[key] else { return [] }
    return all.compactMap { one in
      guard case .object(let boot) = one, case .integer(let id)? = boot["process_id"] else {
        return nil
      }
      return Int32(id)
    }
  }
}
