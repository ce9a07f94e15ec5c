import ActionProtocol
import Logging

/// Keeps a process informed of stops, and gives its word once nothing more leaves it.
///
/// Polling is the truth: one read of one row, seven times a second.
struct StopWatch: Sendable {
  /// How often the board is read. A stop is noticed within this and the time of one read.
  static let interval: Duration = .milliseconds(150)

  let context: EngineContext
  let boot: BootID
  let gate: CallGate

  /// Watches until cancelled.
  ///
  /// A store that does not answer keeps the process silent, and then whoever stops is told that it
  /// cannot be reached.
  /// - Parameter known: the board's number that the process began with.
  func run(since known: Int64) async {
    var acknowledged = known
    while !Task.isCancelled {
      do {
        let board = try await context.store.read { try $0.stopBoard() }
        acknowledged = try await look(board, acknowledged)
        // Between leave and the kernel lie microseconds.
        let isOwing = board.number > acknowledged
        try await Task.sleep(for: isOwing ? .milliseconds(2) : Self.interval)
      } catch is CancellationError {
        return
      } catch {
        context.logger.warning("stops could not be looked at", metadata: ["error": "\(error)"])
        do { try await Task.sleep(for: Self.interval) } catch { return }
      }
    }
  }

  /// - Returns: the number that is acknowledged now.
  private func look(_ board: StopBoard, _ acknowledged: Int64) async throws -> Int64 {
    if gate.observe(board) { try await Self.tell(context) }
    guard board.number > acknowledged, gate.isQuiet else { return acknowledged }
    let (boot, inFlight) = (boot, gate.inFlight)
    try await context.store.write { store in
      try store.acknowledge(
        StopAcknowledgement(
          boot: boot, number: board.number, inFlight: inFlight, at: store.now))
    }
    return board.number
  }

  /// Logs what is stopped, since when and by whom. The reason is a person's words: the audit log has
  /// it as personal data, `aiom doctor` shows it.
  static func tell(_ context: EngineContext) async throws {
    let stops = try await context.store.read { try $0.stops() }
    guard !stops.isEmpty else { return context.logger.notice("not stopped any more") }
    for stop in stops {
      context.logger.warning(
        "stopped",
        metadata: [
          "scope": "\(stop.scope.rawValue)", "since": "\(stop.at.rfc3339)",
          "by": "\(stop.by.rawValue)",
        ])
    }
  }
}
