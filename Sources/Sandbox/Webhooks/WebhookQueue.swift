import NIOCore

/// What waits to be posted.
struct WebhookQueue: Sendable {
  /// Events of one message for one webhook: posted one after the other.
  struct Parcel: Sendable {
    var webhookID: Int
    var events: [WebhookEvent]
    /// How often it has failed.
    var failures = 0
  }

  private struct Waiting: Sendable {
    var due: ContinuousClock.Instant
    var parcel: Parcel
  }

  /// Beyond this, the oldest are forgotten.
  static let maximumEvents = 500_000

  private var ready = CircularBuffer<Parcel>()
  /// The next one due stands last.
  private var waiting: [Waiting] = []
  private(set) var eventCount = 0
  private(set) var forgotten = 0

  var waitingCount: Int { waiting.count }
  var nextDue: ContinuousClock.Instant? { waiting.last?.due }

  mutating func add(_ parcel: Parcel) {
    eventCount += parcel.events.count
    ready.append(parcel)
    while eventCount > Self.maximumEvents, let oldest = ready.popFirst() {
      eventCount -= oldest.events.count
      forgotten += oldest.events.count
    }
  }

  mutating func add(_ parcel: Parcel, due: ContinuousClock.Instant) {
    var low = 0
    var high = waiting.count
    while low < high {
      let middle = (low + high) / 2
      if waiting[middle].due > due { low = middle + 1 } else { high = middle }
    }
    waiting.insert(Waiting(due: due, parcel: parcel), at: low)
    eventCount += parcel.events.count
  }

  /// The next parcel to post; it is no longer counted.
  mutating func next(at now: ContinuousClock.Instant) -> Parcel? {
    while let last = waiting.last, last.due <= now {
      waiting.removeLast()
      ready.append(last.parcel)
    }
    guard let parcel = ready.popFirst() else { return nil }
    eventCount -= parcel.events.count
    return parcel
  }

  /// Nothing waits any longer.
  mutating func hurry() {
    for entry in waiting.reversed() { ready.append(entry.parcel) }
    waiting = []
  }

  mutating func removeAll() {
    ready.removeAll()
    waiting = []
    eventCount = 0
  }
}
