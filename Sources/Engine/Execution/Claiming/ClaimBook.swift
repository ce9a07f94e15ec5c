import ActionProtocol
import Decisions
import Synchronization

/// Whose turn it is in this process, and which calls of it are under way. Thread-safe.
///
/// Every process is fair by itself, so that all together are; nothing of it is stored.
final class ClaimBook: Sendable {
  private struct State {
    var share = FairShare()
    var slots: CallSlots
    /// Behind which org the next look at the lanes begins; nil: from the beginning.
    var cursor: OrgID?
  }

  private let state: Mutex<State>
  private let gauge: MetricFamily

  init(_ context: EngineContext) {
    let slots = CallSlots(perLane: context.configuration.concurrentCalls)
    state = Mutex(State(slots: slots))
    gauge = context.metrics.slots
  }

  var cursor: OrgID? { state.withLock { $0.cursor } }

  func look(after cursor: OrgID?) { state.withLock { $0.cursor = cursor } }

  /// Picks whose due actions make up a batch, and counts the picks.
  func pick(
    _ lanes: [DueLane], weights: [OrgID: Int], room: [SlotLane: Int], limit: Int
  ) -> [FairShare.Pick] {
    state.withLock { $0.share.pick(lanes, weights: weights, room: room, limit: limit) }
  }

  /// How many calls of a lane may begin now.
  func room(_ lane: SlotLane, limit: Int?) -> Int {
    state.withLock { $0.slots.room(lane, limit: limit) }
  }

  /// Whether claiming for a lane is worth a commit now.
  func isOpen(_ lane: SlotLane, limit: Int? = nil) -> Bool {
    state.withLock { $0.slots.isOpen(lane, limit: limit) }
  }

  /// Parts a batch into what may begin now and what has to wait for places.
  func part(_ batch: PreparedBatch) -> (now: PreparedBatch, later: PreparedBatch) {
    let lanes = batch.places
    let closed = state.withLock { state in
      lanes.filter { lane, wanted in
        wanted.count > state.slots.room(lane, limit: wanted.limit) && state.slots.used(lane) > 0
      }
    }
    guard !closed.isEmpty else { return (batch, PreparedBatch()) }
    // Asked at the end of each call: as long as nothing fits, nothing is parted.
    if closed.count == lanes.count, batch.invalid.isEmpty { return (PreparedBatch(), batch) }
    var (now, later) = (batch, PreparedBatch())
    now.prepared = batch.prepared.filter { closed[$0.slots] == nil }
    later.prepared = batch.prepared.filter { closed[$0.slots] != nil }
    return (now, later)
  }

  func begin(_ lane: SlotLane) {
    state.withLock { $0.slots.take(lane) }
    gauge.add(1, labels: Self.labels(lane))
  }

  func end(_ lane: SlotLane) {
    state.withLock { $0.slots.free(lane) }
    gauge.add(-1, labels: Self.labels(lane))
  }

  private static func labels(_ lane: SlotLane) -> [String] {
    [lane.org.rawValue, lane.channel?.rawValue ?? "none"]
  }
}

extension ActionState {
  /// Where its calls share slots, a pause and a rate.
  var slots: SlotLane { SlotLane(org, channel) }
}
