import ActionProtocol

/// A stop that was ordered, and who has to acknowledge it.
public struct StopOrder: Sendable {
  public let stop: Stop
  /// Whether it was not stopped before.
  public let isNew: Bool
  /// The processes that lived when the stop was written. One that begins later finds the stop in the
  /// transaction of its first intent.
  public let boots: [BootRecord]
}

/// How it stands with a stop.
public struct StopReport: Sendable {
  public let stop: Stop
  public let isNew: Bool
  public var acknowledged: [BootRecord] = []
  /// Ended, or proven dead.
  public var dead: [BootRecord] = []
  /// Neither heard of nor proven dead: something may still leave from there.
  public var unreachable: [UnreachableBoot] = []
  /// Calls whose first byte had left before the stop, and that nobody has heard the end of.
  public var inFlight: [OperationID] = []
  /// Calls that were in flight at the stop and have ended since.
  public var ended: [OperationID] = []

  init(_ order: StopOrder) {
    stop = order.stop
    isNew = order.isNew
  }

  /// Whether nothing more leaves.
  public var isStopped: Bool { unreachable.isEmpty }
}

/// A process that does not answer and is not proven dead.
public struct UnreachableBoot: Sendable {
  public let boot: BootRecord
  /// Its calls in the stop's scope that have not ended; they may or may not have left.
  public let open: [OperationID]
}
