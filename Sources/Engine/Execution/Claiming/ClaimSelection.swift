import ActionProtocol
import Decisions

/// What the next batch is made of: read in one transaction, chosen by ``FairShare``.
///
/// Lanes that are stopped, paused, out of slots or out of rate are not looked into, so that a hundred
/// thousand actions that have to wait cost nothing and keep nobody else waiting.
struct ClaimSelection {
  /// What was found.
  struct Found {
    var candidates: [Candidate] = []
    /// Lanes that may have more that is due, for want of places in this batch or of slots.
    var more: Set<SlotLane> = []
    /// How long until a lane that waits for its rate or the end of a pause may go on.
    var nextRoom: Duration?
  }

  let store: any StoreReading
  let delivery: DeliveryMode
  let stops: StopBoard
  let book: ClaimBook
  /// Only this org's, or all orgs'.
  let org: OrgID?
  /// Lanes of which enough has been read.
  var without: Set<SlotLane> = []
  /// Actions that are being claimed already.
  var excluding: Set<ActionID> = []
  /// Whether the batch is claimed only once there are slots for it.
  var ahead = false

  /// The lanes of so many orgs are looked at in one transaction; where there are more, the next one
  /// goes on behind them.
  static let mostOrgs = 64

  func find(limit: Int) throws -> Found {
    var found = Found()
    let lanes = try listed()
    let terms = try store.claimTerms(at: store.now)
    var room: [SlotLane: Int] = [:]
    for lane in Set(lanes.map(\.slots)) where !without.contains(lane) && !stops.covers(lane.org) {
      room[lane] = self.room(lane, terms[lane.org] ?? ClaimTerms(), &found)
    }
    let open = lanes.filter { room[$0.slots] ?? 0 > 0 }
    let (heads, isCut) = try heads(open, limit: limit)
    let picks = book.pick(
      zip(open, heads).map { lane, states in
        DueLane(lane.slots, lane.priority, waiting: states.map(\.waitingSince))
      }, weights: terms.mapValues(\.limits.weight), room: room, limit: limit)
    for (lane, states) in heads.enumerated() {
      let picked = picks.count { $0.lane == lane }
      if picked < states.count || isCut[lane] { found.more.insert(open[lane].slots) }
    }
    let states = picks.map { heads[$0.lane][$0.place] }
    found.candidates = zip(states, try store.revisions(of: states)).compactMap { state, revision in
      revision.map { Candidate(state: state, revision: $0) }
    }
    return found
  }

  /// All lanes, or where there are very many orgs those of the next of them.
  private func listed() throws -> [ClaimLane] {
    let start = org == nil ? book.cursor : nil
    let lanes = try store.claimLanes(org, in: delivery, after: start, orgs: Self.mostOrgs)
    guard org == nil else { return lanes }
    let count = Set(lanes.map(\.org)).count
    book.look(after: count == Self.mostOrgs ? lanes.last?.org : nil)
    guard start != nil, count < Self.mostOrgs else { return lanes }
    // At the end the first ones have their turn again.
    let first = try store.claimLanes(
      nil, in: delivery, after: nil, orgs: Self.mostOrgs - count)
    book.look(after: first.last?.org)
    let seen = Set(lanes)
    return lanes + first.filter { !seen.contains($0) }
  }

  /// How many calls of a lane may begin; none where something says when it may go on.
  private func room(_ lane: SlotLane, _ terms: ClaimTerms, _ found: inout Found) -> Int {
    var most = Int.max
    var calls: Int?
    if let channel = lane.channel {
      let limit = terms.limits[channel]
      calls = limit.calls
      if let pause = terms.pauses[channel], let few = pause.calls(at: store.now) {
        if few == 0 { found.wait(until: pause.until, now: store.now) }
        calls = min(calls ?? few, few)
      }
      if let rate = limit.rate {
        let arrival = terms.arrivals[channel] ?? 0
        most = rate.available(arrival: arrival, now: store.now)
        if case .wait(let until) = rate.take(arrival: arrival, now: store.now) {
          found.wait(until: until, now: store.now)
        }
      }
    }
    guard most > 0, calls != 0 else { return 0 }
    if ahead { return min(most, calls ?? .max) }
    guard book.isOpen(lane, limit: calls) else {
      found.more.insert(lane)
      return 0
    }
    return min(most, book.room(lane, limit: calls))
  }

  /// What is due at the beginning of each lane, and whether there may be more behind it. Where there
  /// are many lanes, few of each are read; only where these do not fill the batch, more.
  private func heads(
    _ lanes: [ClaimLane], limit: Int
  ) throws -> (states: [[ActionState]], isCut: [Bool]) {
    let few = lanes.count <= 4 ? limit : max(2, 2 * limit / lanes.count)
    var heads = try store.due(
      lanes, in: delivery, at: store.now, limit: few, without: excluding)
    var isCut = heads.map { $0.count >= few }
    guard few < limit, heads.reduce(0, { $0 + $1.count }) < limit else { return (heads, isCut) }
    let full = lanes.indices.filter { isCut[$0] }
    let more = try store.due(
      full.map { lanes[$0] }, in: delivery, at: store.now, limit: limit, without: excluding)
    for (lane, states) in zip(full, more) {
      heads[lane] = states
      isCut[lane] = states.count >= limit
    }
    return (heads, isCut)
  }
}

extension ClaimSelection.Found {
  /// Remembers the earliest instant.
  fileprivate mutating func wait(until instant: Instant, now: Instant) {
    let wait = Duration.milliseconds(max(1, instant.milliseconds - now.milliseconds))
    nextRoom = nextRoom.map { min($0, wait) } ?? wait
  }
}
