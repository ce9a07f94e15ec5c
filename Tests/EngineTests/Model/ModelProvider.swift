import ActionProtocol
import Decisions
import Engine
import Foundation
import Synchronization

/// A provider that does what the commands say, counts what it has, and can let calls hang.
final class ModelProvider: MessageChannel, ChannelDirectory {
  enum Hanging: Sendable {
    case stopped
    case dead
    case all
  }

  struct DidNotCall: Error, CustomStringConvertible {
    let wanted: Int
    let found: Int
    var description: String { "\(wanted) calls were expected, \(found) came" }
  }

  private struct State {
    var ids: [Int: ActionID] = [:]
    var deeds: [Deed] = []
    var hang: Hanging?
    var calls: [OperationID] = []
    var seen: [OperationID] = []
    var hanging: [(Hanging, CheckedContinuation<Void, Never>)] = []
    var isClosed = false
  }

  private let state = Mutex(State())

  var ids: [Int: ActionID] { state.withLock { $0.ids } }
  var count: Int { state.withLock { $0.calls.count } }
  /// Every message that it has, ever.
  var seen: [OperationID] { state.withLock { $0.seen } }

  func know(_ number: Int, _ id: ActionID) { state.withLock { $0.ids[number] = id } }

  /// What the next calls come to.
  func will(_ deeds: [Deed], hang: Hanging?) {
    state.withLock { ($0.deeds, $0.hang) = (deeds, hang) }
  }

  /// Until so many calls were made, ever.
  func waits(for wanted: Int) async throws {
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while count < wanted {
      guard ContinuousClock.now < end else { throw DidNotCall(wanted: wanted, found: count) }
      await Task.yield()
    }
  }

  func release(_ which: Hanging) {
    let freed = state.withLock { state in
      if which == .all { state.isClosed = true }
      let freed = state.hanging.filter { which == .all || $0.0 == which }
      state.hanging.removeAll { which == .all || $0.0 == which }
      return freed
    }
    for (_, continuation) in freed { continuation.resume() }
  }

  func channel(for organisation: Organisation) -> Result<any MessageChannel, ChannelRefusal> {
    .success(self)
  }

  func send(_ message: OutgoingMessage) async -> CallOutcome {
    let operation = message.operation
    let (deed, hang) = state.withLock { state in
      let number = state.ids.first { $0.value == operation.action }?.key ?? 0
      let deed = state.deeds[number]
      if deed.isSeen { state.seen.append(operation) }
      state.calls.append(operation)
      return (deed, state.hang)
    }
    if let hang { await wait(hang) }
    switch deed {
    case .accept: return .accepted(providerID: "p-\(operation.rawValue)", warnings: [])
    case .refuse: return .refused(code: "bad_address", message: "no")
    case .loseAnswer, .loseRequest: return .unknown(code: "deadline")
    case .throttle: return .throttled(retryAfter: .seconds(60))
    }
  }

  private func wait(_ hang: Hanging) async {
    await withCheckedContinuation { continuation in
      let isClosed = state.withLock { state in
        if !state.isClosed { state.hanging.append((hang, continuation)) }
        return state.isClosed
      }
      if isClosed { continuation.resume() }
    }
  }

  func search(_ org: OrgID, channel: OutreachChannel, since: Instant) async -> SearchAnswer {
    .found(
      Dictionary(
        uniqueKeysWithValues: seen.map { ($0.rawValue, "p-\($0.rawValue)") }))
  }
}
