import ActionProtocol
import Engine
import Foundation
import TestSupport
import Testing

/// Guarantee G7: when a stop has returned, no first byte leaves any more.
@Suite struct StopUnderLoadTests {
  private static let isSoak = ProcessInfo.processInfo.environment["AIOM_SOAK"] == "1"
  private static let tries = isSoak ? 1000 : 100
  private static let processes = 4
  /// So many messages are ready at first for each try; a machine that stalls uses up more.
  private static let perTry = 8

  /// The time from a stop's return until it was lifted.
  private struct Silence {
    let from: ContinuousClock.Instant
    let to: ContinuousClock.Instant
  }

  @Test func `no first byte leaves four busy processes between a stop's return and its end`()
    async throws
  {
    let house = try await EngineHouse.bare()
    var ready = Self.tries * Self.perTry
    _ = try await house.approvedMessages(1...ready)
    let channel = GatedChannel(before: { await Task.yield() }, after: { await Task.yield() })
    let isOver = Latch()
    var random = SeededGenerator(seed: 20_261_122)
    var silences: [Silence] = []
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<Self.processes {
        let context = try house.another(channel)
        group.addTask {
          let process = ProcessLife(context)
          try await process.whileAlive {
            while !isOver.isOpen {
              try await Pipeline(context, process: process).run(org: nil)
              await Task.yield()
            }
          }
        }
      }
      try await until { try await house.store.read { try $0.liveBoots().count } == Self.processes }
      while silences.count < Self.tries {
        while channel.departed.count + 3 > ready {
          _ = try await house.approvedMessages(ready + 1...ready + 100)
          ready += 100
        }
        let wanted = channel.departed.count + Int.random(in: 1...3, using: &random)
        try await until { channel.departed.count >= wanted }
        let yields = Int.random(in: 0...50, using: &random)
        silences.append(try await Self.silence(house, yields: yields))
      }
      isOver.open()
      try await group.waitForAll()
    }
    let departed = channel.departed
    #expect(Set(departed.map(\.operation.action)).count == departed.count, "something went twice")
    print("stop under load: \(silences.count) tries, \(departed.count) calls, seed 20261122")
    let late = departed.filter { one in silences.contains { $0.from < one.at && one.at < $0.to } }
    #expect(late.isEmpty)
    #expect(try await house.count(.executing) == 0)
  }

  private static func silence(_ house: EngineHouse, yields: Int) async throws -> Silence {
    let service = EmergencyStop(house.context)
    for _ in 0..<yields { await Task.yield() }
    let order = try await service.stop(
      .everything, reason: "try", by: .tester, via: "test")
    let report = try await service.wait(order, for: .seconds(30), settling: .zero)
    let from = ContinuousClock.now
    #expect(report.isStopped)
    #expect(report.acknowledged.count == processes)
    for _ in 0..<100 { await Task.yield() }
    let to = ContinuousClock.now
    _ = try await service.resume(.everything, reason: nil, by: .tester, via: "test")
    return Silence(from: from, to: to)
  }
}
