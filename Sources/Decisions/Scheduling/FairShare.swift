import ActionProtocol

/// Due actions of one org with one priority on one channel, as far as somebody has looked.
public struct DueLane: Hashable, Sendable {
  public var lane: SlotLane
  public var priority: ActionPriority
  /// Since when each of them could have gone, in the order in which they go.
  public var waiting: [Instant]

  public init(_ lane: SlotLane, _ priority: ActionPriority, waiting: [Instant]) {
    self.lane = lane
    self.priority = priority
    self.waiting = waiting
  }
}

/// Chooses whose due actions make up the next batch.
///
/// Between orgs: weighted round robin. Each org has a virtual time that a pick moves on by 1/weight;
/// the org that is furthest behind comes next, and of several the one that was served longest ago.
/// An org that had nothing to do begins where the others are: it saves nothing up, and waits for
/// nobody's backlog.
///
/// Within an org: critical before high before normal before low. Every eighth pick goes to whoever
/// has waited longest, whatever its priority, so that nothing starves.
///
/// A value without any clock. It remembers one line per org.
public struct FairShare: Hashable, Sendable {
  /// A place in a lane.
  public struct Pick: Hashable, Sendable {
    /// The index of the lane.
    public let lane: Int
    /// The index within it.
    public let place: Int

    public init(lane: Int, place: Int) {
      self.lane = lane
      self.place = place
    }
  }

  private struct Standing: Hashable {
    var time: Int64 = 0
    /// The number of the last pick; 0: none yet.
    var servedAt: Int64 = 0
    var picks = 0
  }

  /// Of so many picks of an org one goes to whoever has waited longest.
  public static let ageingTurn = 8
  /// A weight of 1 moves on by this; divisible by most weights, so that shares are exact.
  private static let step: Int64 = 5_040_000

  private var standings: [OrgID: Standing] = [:]
  /// The virtual time of the last pick.
  private var time: Int64 = 0
  private var pickCount: Int64 = 0

  public init() {}

  /// Picks up to `limit` actions.
  ///
  /// - Parameters:
  ///   - lanes: each in its own order; several may share the room of one lane.
  ///   - weights: 1 to 100; an org that is left out has 1.
  ///   - room: how many calls may begin; a lane that is left out has no limit.
  /// - Returns: no place twice, in the order in which they were picked.
  public mutating func pick(
    _ lanes: [DueLane], weights: [OrgID: Int] = [:], room: [SlotLane: Int] = [:], limit: Int
  ) -> [Pick] {
    var queues = Dictionary(grouping: lanes.indices, by: { lanes[$0].lane.org })
      .mapValues { Queue(lanes, $0) }
    var room = room
    var picks: [Pick] = []
    while picks.count < limit, let org = next(queues, room) {
      var standing = standings[org] ?? Standing()
      let isOldestsTurn = standing.picks % Self.ageingTurn == Self.ageingTurn - 1
      guard let pick = queues[org]?.take(room, oldest: isOldestsTurn) else { break }
      time = max(time, standing.time)
      pickCount += 1
      standing.time = time + Self.step / Int64(max(1, weights[org] ?? 1))
      standing.servedAt = pickCount
      standing.picks += 1
      standings[org] = standing
      room[lanes[pick.lane].lane]? -= 1
      picks.append(pick)
    }
    return picks
  }

  /// The org that is furthest behind among those that have something to do now.
  private func next(_ queues: [OrgID: Queue], _ room: [SlotLane: Int]) -> OrgID? {
    queues.lazy.filter { $0.value.hasMore(room) }.map(\.key)
      .min { order($0) < order($1) }
  }

  private func order(_ org: OrgID) -> (Int64, Int64, String) {
    let standing = standings[org] ?? Standing()
    return (max(standing.time, time), standing.servedAt, org.rawValue)
  }

  /// What one org has to do.
  private struct Queue {
    private let lanes: [DueLane]
    private let own: [Int]
    private var places: [Int: Int] = [:]

    init(_ lanes: [DueLane], _ own: [Int]) {
      self.lanes = lanes
      self.own = own
    }

    func hasMore(_ room: [SlotLane: Int]) -> Bool { own.contains { head($0, room) != nil } }

    mutating func take(_ room: [SlotLane: Int], oldest: Bool) -> Pick? {
      let heads = own.compactMap { lane in head(lane, room).map { (lane: lane, since: $0) } }
      let chosen = heads.min { left, right in
        let ranks = oldest ? (0, 0) : (rank(left.lane), rank(right.lane))
        return (ranks.0, left.since, rank(left.lane)) < (ranks.1, right.since, rank(right.lane))
      }
      guard let chosen else { return nil }
      let place = places[chosen.lane] ?? 0
      places[chosen.lane] = place + 1
      return Pick(lane: chosen.lane, place: place)
    }

    private func rank(_ lane: Int) -> Int { lanes[lane].priority.rawValue }

    /// Since when the next of the lane waits; nil where it has none, or no room.
    private func head(_ lane: Int, _ room: [SlotLane: Int]) -> Instant? {
      let place = places[lane] ?? 0
      guard place < lanes[lane].waiting.count, room[lanes[lane].lane] ?? 1 > 0 else { return nil }
      return lanes[lane].waiting[place]
    }
  }
}
