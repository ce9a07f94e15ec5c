import ActionProtocol
import Synchronization

/// Through which every call of a process goes right before its first byte.
///
/// Checking and going through are one step, so that after ``observe(_:)`` has returned with a stop,
/// and ``isQuiet`` holds, nothing more leaves where it is stopped. Thread-safe.
final class CallGate: Sendable {
  /// One call.
  struct Call: Hashable, Sendable {
    let org: OrgID
    let operation: OperationID

    init(org: OrgID, operation: OperationID) { (self.org, self.operation) = (org, operation) }

    init(_ intent: AttemptIntent) { (org, operation) = (intent.org, intent.operation) }
  }

  private enum Phase {
    /// → departing; nothing has left.
    case waiting
    /// → departed: it may go out at any moment.
    case departing
    /// The first byte was handed to the kernel. → departing, where a further request follows.
    case departed
  }

  private struct State {
    var board = StopBoard()
    var calls: [Call: Phase] = [:]
  }

  private let state = Mutex(State())

  /// What is known of stops.
  var board: StopBoard { state.withLock { $0.board } }

  /// Takes notice of stops and resumptions. What is older than what is known changes nothing.
  /// - Returns: whether it was news.
  @discardableResult
  func observe(_ board: StopBoard) -> Bool {
    state.withLock { state in
      guard board.number > state.board.number else { return false }
      state.board = board
      return true
    }
  }

  // MARK: - Calls

  func begin(_ calls: [Call]) {
    state.withLock { state in
      for call in calls { state.calls[call] = .waiting }
    }
  }

  func end(_ calls: [Call]) {
    state.withLock { state in
      for call in calls { state.calls[call] = nil }
    }
  }

  func isUnderWay(_ call: Call) -> Bool { state.withLock { $0.calls[call] != nil } }

  /// Asks for leave to let the first byte go. From a true on the call counts as departing.
  func depart(_ call: Call) -> Bool {
    state.withLock { state in
      guard !state.board.covers(call.org), state.calls[call] == .waiting else { return false }
      state.calls[call] = .departing
      return true
    }
  }

  /// Asks for leave to let a further request of a call go that was given leave before.
  func departAgain(_ call: Call) -> Bool {
    state.withLock { state in
      guard !state.board.covers(call.org), state.calls[call] != nil else { return false }
      state.calls[call] = .departing
      return true
    }
  }

  /// Says that the first byte is out.
  func left(_ call: Call) {
    state.withLock { state in
      if state.calls[call] == .departing { state.calls[call] = .departed }
    }
  }

  // MARK: - Stopping

  /// Whether no call is on its way out where it is stopped: then nothing more leaves there.
  var isQuiet: Bool {
    state.withLock { state in
      !state.calls.contains { $1 == .departing && state.board.covers($0.org) }
    }
  }

  /// The calls where it is stopped whose first byte has left and that are not over.
  var inFlight: [OperationID] {
    state.withLock { state in
      state.calls.filter { $1 == .departed && state.board.covers($0.org) }.map(\.key.operation)
    }
  }
}

/// Leave to let the first byte of a call go, asked at the last moment before.
///
/// A way out that asks makes a stop precise: what has not left does not leave, and what has is known.
public struct Departure: Sendable {
  /// Asked right before the first byte. False: nothing may leave, now or later.
  public let isAllowed: @Sendable () -> Bool
  /// Asked before each further request of the same call; nothing of it may leave where it is false.
  public let mayGoOn: @Sendable () -> Bool
  /// Told once the first byte of a request was handed to the kernel.
  public let left: @Sendable () -> Void

  /// - Parameter mayGoOn: nil: as the first request.
  public init(
    isAllowed: @escaping @Sendable () -> Bool, left: @escaping @Sendable () -> Void,
    mayGoOn: (@Sendable () -> Bool)? = nil
  ) {
    self.isAllowed = isAllowed
    self.left = left
    self.mayGoOn = mayGoOn ?? isAllowed
  }
}
