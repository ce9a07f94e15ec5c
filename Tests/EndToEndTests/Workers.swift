import Engine
import Foundation
import Glibc
import Spawning
import Testing

/// Several `aiom worker` processes on one installation. A test that ends early leaves none behind.
final class Workers: Sendable {
  let runs: [Binary.Run]

  /// Starts them and waits until each has registered.
  init(_ count: Int, _ house: Installation, _ environment: [String: String] = [:]) async throws {
    let own = house.environment.merging(environment) { _, new in new }
    let before = try await house.store.read { try $0.liveBoots().count }
    runs = try (0..<count).map { _ in try Binary.start(["worker", "--json"], own) }
    try await eventually {
      try await house.store.read { try $0.liveBoots().count } == before + count
    }
  }

  deinit {
    for run in runs where run.process.isRunning { run.kill() }
  }

  var processes: [Int32] { runs.map(\.process.processIdentifier) }

  func signal(_ signal: Int32, _ index: Int) { Glibc.kill(processes[index], signal) }

  /// Asks all to stop, and waits until they have.
  func end() async throws {
    for index in runs.indices { signal(SIGTERM, index) }
    for run in runs { #expect(try await run.end().status == 0) }
  }

  /// Ends them as a power cut would.
  func kill() async throws {
    for run in runs { run.kill() }
    for run in runs { _ = try await run.end() }
  }
}

/// Asks again until it holds; gives up loudly after two minutes. Pauses in between, so that the
/// processes that are waited for get the machine.
func eventually(
  _ what: String = "it", _ holds: () async throws -> Bool
) async throws {
  let end = ContinuousClock.now.advanced(by: .seconds(120))
  while try await !holds() {
    try #require(ContinuousClock.now < end, "\(what) did not come to be within two minutes")
    try await Task.sleep(for: .milliseconds(10))
  }
}
