import ActionProtocol
import Decisions

/// Due actions, read and checked (stage 1) ahead of the transaction that writes their intents.
///
/// What changed in between is found there: the transaction compares version and org again.
struct PreparedBatch: Sendable {
  var prepared: [PreparedAction] = [] {
    didSet { places = Self.places(of: prepared) }
  }
  /// How many of them share each lane's slots, and the lane's limit.
  private(set) var places: [SlotLane: (count: Int, limit: Int?)] = [:]
  /// Those whose stored revision is not valid any more, with the code of why.
  var invalid: [(candidate: Candidate, code: String)] = []

  var isEmpty: Bool { prepared.isEmpty && invalid.isEmpty }

  /// The orgs whose SMS are among them.
  var textingOrgs: Set<OrgID> {
    Set(prepared.lazy.filter { $0.state.channel == .sms }.map(\.state.org))
  }

  /// Whether what comes behind it can be told before it is claimed: it is a full batch, and nothing that
  /// its claims take decides what else is due.
  func mayBeReadPast(_ limit: Int) -> Bool {
    prepared.count >= limit
      && prepared.allSatisfy { action in
        guard let channel = action.state.channel, channel != .sms else { return false }
        return action.organisation.limits[channel].rate == nil && !action.looksOutside
      }
  }

  /// Lanes that may have more that is due, for want of places in this batch or of slots.
  var more: Set<SlotLane> = []
  /// How long until a lane that waits for its rate or the end of a pause may go on.
  var nextRoom: Duration?

  /// Which actions are wanted.
  struct Wish: Sendable {
    /// Only this org's, or all orgs'.
    var org: OrgID?
    /// Only these actions of `org`, where given.
    var ids: [ActionID]?
    /// What is stopped is left out, so that it keeps nothing else waiting.
    var stops = StopBoard()
    /// Lanes of which enough has been read.
    var without: Set<SlotLane> = []
    /// Actions that are being claimed already.
    var excluding: Set<ActionID> = []
    /// Whether the batch is claimed only once there are slots for it.
    var ahead = false
    var limit: Int
  }

  /// Reads what is due now.
  @concurrent
  static func next(
    _ context: EngineContext, _ book: ClaimBook, _ wish: Wish
  ) async throws -> PreparedBatch {
    let delivery = context.configuration.delivery
    let (found, organisations) = try await context.store.read { store in
      let found = try Self.find(wish, store, book, in: delivery)
      let orgs = found.candidates.map(\.state.org)
      return (found, try Self.organisations(of: orgs, in: store))
    }
    var batch = PreparedBatch(more: found.more, nextRoom: found.nextRoom)
    var prepared: [PreparedAction] = []
    for validated in await validate(found.candidates, organisations) {
      switch validated {
      case .valid(let action): prepared.append(action)
      case .invalid(let candidate, let code): batch.invalid.append((candidate, code))
      }
    }
    batch.prepared = prepared
    return batch
  }

  /// What stage 1 says of a candidate.
  private enum Validated: Sendable {
    case valid(PreparedAction)
    case invalid(Candidate, code: String)
  }

  /// So many are validated in one go: others get their turn in between, and idle cores take part.
  private static let portion = 16

  /// Stage 1 of each, in their order.
  private static func validate(
    _ candidates: [Candidate], _ organisations: [OrgID: Organisation]
  ) async -> [Validated] {
    guard candidates.count > portion else { return validated(candidates[...], organisations) }
    return await withTaskGroup(of: (Int, [Validated]).self) { portions in
      for start in stride(from: 0, to: candidates.count, by: portion) {
        let own = candidates[start..<min(start + portion, candidates.count)]
        portions.addTask { (start, validated(own, organisations)) }
      }
      var found: [(Int, [Validated])] = []
      for await portion in portions { found.append(portion) }
      return found.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  private static func validated(
    _ candidates: ArraySlice<Candidate>, _ organisations: [OrgID: Organisation]
  ) -> [Validated] {
    candidates.compactMap { candidate in
      guard let organisation = organisations[candidate.state.org] else { return nil }
      do throws(ValidationFailure) {
        return .valid(try PreparedAction(candidate, organisation))
      } catch {
        return .invalid(candidate, code: error.code)
      }
    }
  }

  private static func places(
    of prepared: [PreparedAction]
  ) -> [SlotLane: (count: Int, limit: Int?)] {
    var places: [SlotLane: (count: Int, limit: Int?)] = [:]
    for action in prepared { places[action.slots, default: (0, action.limit)].count += 1 }
    return places
  }

  /// Named actions come as they are, in the order of their names; whether they may go is found in the
  /// transaction that writes their intents.
  private static func find(
    _ wish: Wish, _ store: any StoreReading, _ book: ClaimBook, in delivery: DeliveryMode
  ) throws -> ClaimSelection.Found {
    guard let ids = wish.ids else {
      return try ClaimSelection(
        store: store, delivery: delivery, stops: wish.stops, book: book, org: wish.org,
        without: wish.without, excluding: wish.excluding, ahead: wish.ahead
      ).find(limit: wish.limit)
    }
    let orgs = try wish.org.map { [$0] } ?? store.organisations().map(\.id)
    var found = ClaimSelection.Found()
    for org in orgs where !wish.stops.covers(org) && found.candidates.count < wish.limit {
      found.candidates += try store.due(
        org, ids: ids, in: delivery, at: store.now, limit: wish.limit - found.candidates.count)
    }
    if found.candidates.count >= wish.limit {
      found.more = Set(found.candidates.map(\.state.slots))
    }
    return found
  }

  /// The orgs of the batch as they are inside a transaction.
  func organisations(in store: any StoreReading) throws -> [OrgID: Organisation] {
    try Self.organisations(of: prepared.map(\.state.org), in: store)
  }

  private static func organisations(
    of orgs: [OrgID], in store: any StoreReading
  ) throws -> [OrgID: Organisation] {
    var organisations: [OrgID: Organisation] = [:]
    for id in Set(orgs) { organisations[id] = try store.organisation(id) }
    return organisations
  }
}
