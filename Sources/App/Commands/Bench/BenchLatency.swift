import ActionProtocol
import Decisions
import Engine
import Foundation
import Spawning

/// How long it takes from an approval in this process to the provider, when nothing else is to be
/// done: `aiom worker` in processes of their own carry out, and this process is the provider.
struct BenchLatency {
  private let house: House
  private let place: BenchPlace

  init(_ house: House, _ place: BenchPlace) {
    self.house = house
    self.place = place
  }

  /// The first ones start the connections.
  private static let warming = 3

  /// - Returns: milliseconds, sorted.
  func measure(_ states: [ActionState], workers: Int) async throws -> [Double] {
    let receiver = try BenchReceiver()
    defer { receiver.stop() }
    let processes = try (0..<workers).map { _ in try start(receiver.url) }
    defer { processes.forEach(Self.stop) }
    var taken: [Double] = []
    let approvals = Approvals(house.context)
    for state in states {
      let began = ContinuousClock.now
      _ = try await approvals.approve(
        state.org, state.id, digest: state.digest, by: house.author(.decide, in: state.org),
        via: "bench")
      let arrived = try await arrival(of: state, receiver)
      taken.append(Double((arrived - began) / .microseconds(1)) / 1000)
      try await completion(of: state)
    }
    return taken.dropFirst(Self.warming).sorted()
  }

  /// Asks until it is there: the receiver notes the time itself.
  private func arrival(
    of state: ActionState, _ receiver: BenchReceiver
  ) async throws -> ContinuousClock.Instant {
    let end = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < end {
      if let arrived = receiver.arrival(of: state.id) { return arrived }
      try await Task.sleep(for: .microseconds(500))
    }
    throw Failure(
      .internalError, "bench.no_arrival", "An approved message did not arrive within 30 s.",
      remedy: "Run `aiom worker` by hand on the same database and look at its log.")
  }

  private func completion(of state: ActionState) async throws {
    while try await house.store.read({ try $0.action(state.org, state.id)?.status == .executing }) {
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  private func start(_ url: String) throws -> ChildProcess {
    var environment = [
      "AIOM_HOME": place.home, "AIOM_LOG_LEVEL": "error", "SMTP2GO_URL": url,
      "AIOM_DELIVERY": "sandbox",
    ]
    if let database = place.database {
      let key: SettingKey = DatabasePlace.isServer(database) ? .databaseURL : .database
      environment[key.rawValue] = database
    }
    let (process, output) = try BenchPlace.child(["worker", "--json"], environment, in: place.home)
    // It says when it has begun.
    var text: [UInt8] = []
    while let data = try output.fileHandleForReading.read(upToCount: 1), !data.isEmpty {
      text += data
      if text.suffix(2) == Array("\n}".utf8) { break }
    }
    return process
  }

  private static func stop(_ process: ChildProcess) {
    process.terminate()
    process.waitUntilExit()
  }
}
