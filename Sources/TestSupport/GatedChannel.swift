import ActionProtocol
import Decisions
import Engine
import Synchronization

/// A way out that notes when each first byte leaves, and can be kept waiting before and after it.
public final class GatedChannel: MessageChannel, ChannelDirectory {
  /// A call's first byte.
  public struct Departed: Hashable, Sendable {
    public let operation: OperationID
    public let at: ContinuousClock.Instant
  }

  private struct State {
    var departed: [Departed] = []
    var heldBack = 0
  }

  public let asksLeave: Bool
  private let state = Mutex(State())
  private let before: @Sendable () async -> Void
  private let after: @Sendable () async -> Void

  /// - Parameters:
  ///   - asking: whether it asks for leave right before the first byte.
  ///   - before: runs before the first byte, and with it before leave is asked for.
  ///   - after: runs between the first byte and the answer.
  public init(
    asking: Bool = true, before: @escaping @Sendable () async -> Void = {},
    after: @escaping @Sendable () async -> Void = {}
  ) {
    asksLeave = asking
    self.before = before
    self.after = after
  }

  /// Every first byte, in the order they left.
  public var departed: [Departed] { state.withLock { $0.departed } }

  /// How many calls got no leave.
  public var heldBack: Int { state.withLock { $0.heldBack } }

  public func channel(for organisation: Organisation) -> Result<any MessageChannel, ChannelRefusal>
  {
    .success(self)
  }

  public func send(_ message: OutgoingMessage) async -> CallOutcome {
    await before()
    if asksLeave, let departure = message.departure {
      guard departure.isAllowed() else {
        state.withLock { $0.heldBack += 1 }
        return .notSent(code: "connection_closed")
      }
      // Between leave and the first byte others may run.
      await Task.yield()
      note(message)
      departure.left()
    } else {
      await Task.yield()
      note(message)
    }
    await after()
    return .accepted(providerID: "provider-\(message.operation.rawValue)", warnings: [])
  }

  private func note(_ message: OutgoingMessage) {
    state.withLock { $0.departed.append(Departed(operation: message.operation, at: .now)) }
  }

  public func search(
    _ org: OrgID, channel: OutreachChannel, since: Instant
  ) async -> SearchAnswer {
    .found([:])
  }
}
