import ActionProtocol
import Engine
import Foundation
import Testing

@Suite struct DoubleSendTests {
  private static let isSoak = ProcessInfo.processInfo.environment["AIOM_SOAK"] == "1"
  /// `make soak` runs the full measure on a release build.
  private static let rounds = isSoak ? 20 : 2
  private static let actions = isSoak ? 500 : 60

  @Test(arguments: 1...rounds)
  func `two processes on one file send every message exactly once`(_ round: Int) async throws {
    let house = try await Installation()
    let ids = try await house.approvedMessages(Self.actions)
    let runs = try (0..<2).map { _ in
      try Binary.start(["action", "run", "--all"], house.environment)
    }
    for run in runs {
      #expect(try await run.end().status == 0)
    }
    let arrived = try await house.arrived()
    #expect(arrived.count == Self.actions)
    #expect(Set(arrived) == Set(ids.map { "\($0.rawValue).1.1" }))
    let states = try await house.states()
    #expect(states.count == Self.actions)
    let unfinished = states.filter { $0.status != .completed }
    #expect(unfinished.map(\.errorCode) == [], "\(unfinished.first?.hold?.reason.rawValue ?? "-")")
    try await house.close()
  }
}
