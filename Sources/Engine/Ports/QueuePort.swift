import ActionProtocol
import Decisions

/// How many actions of an org stand in one place of the queue.
public struct QueueDepth: Hashable, Sendable {
  public var status: ActionStatus
  public var hold: HoldReason?
  public var count: Int

  public init(status: ActionStatus, hold: HoldReason?, count: Int) {
    self.status = status
    self.hold = hold
    self.count = count
  }
}

/// The queue in numbers, inside a transaction. Reads live actions alone: what is finished costs
/// nothing.
public protocol QueueReading {
  /// Actions that wait for a decision, for their execution or for its outcome.
  func queueDepth(_ org: OrgID) throws -> [QueueDepth]
}
