import ActionProtocol
import Engine
import Foundation
import Testing

/// One round after the other: each has the machine to itself.
@Suite(.serialized) struct DoubleSendTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let isSoak = environment["AIOM_SOAK"] == "1"
  /// `make soak` runs the full measure on a release build; `AIOM_SOAK_ROUNDS` and
  /// `AIOM_SOAK_ACTIONS` set another one.
  private static let rounds = setting("AIOM_SOAK_ROUNDS") ?? (isSoak ? 20 : 2)
  private static let actions = setting("AIOM_SOAK_ACTIONS") ?? (isSoak ? 500 : 60)

  private static func setting(_ name: String) -> Int? {
    environment[name].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
  }

  @Test(arguments: DatabaseUnderTest.Kind.available, 1...rounds)
  func `two processes on one database send every message exactly once`(
    _ kind: DatabaseUnderTest.Kind, _ round: Int
  ) async throws {
    let began = ContinuousClock.now
    let house = try await Installation(on: kind)
    let ids = try await house.approvedMessages(Self.actions)
    let runs = try (0..<2).map { _ in
      try Binary.start(["action", "run", "--all"], house.environment)
    }
    for run in runs {
      #expect(try await run.end().status == 0)
    }
    // What a process did not begin, because it was not sure of its lease, waits for two seconds.
    for _ in 0..<30 {
      guard try await house.states().contains(where: { $0.hold?.reason == .retryBackoff }) else {
        break
      }
      let run = try Binary.start(["action", "run", "--all"], house.environment)
      #expect(try await run.end().status == 0)
    }
    let arrived = try await house.arrived()
    #expect(arrived.count == Self.actions)
    // A call that a process did not begin, because it was not sure of its lease, is the first of two.
    let actions = Set(arrived.compactMap { $0.split(separator: ".").first.map(String.init) })
    #expect(actions == Set(ids.map(\.rawValue)))
    let states = try await house.states()
    #expect(states.count == Self.actions)
    let unfinished = states.filter { $0.status != .completed }
    #expect(unfinished.map(\.errorCode) == [], "\(unfinished.first?.hold?.reason.rawValue ?? "-")")
    print(
      "double send on \(kind.rawValue), round \(round) of \(Self.rounds): \(Self.actions) approved, "
        + "\(arrived.count) arrived, \(Set(arrived).count) different, "
        + "\(states.count - unfinished.count) completed by \(runs.count) processes in "
        + "\((ContinuousClock.now - began).formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 1))))"
    )
    try await house.close()
  }
}
