import Synchronization

/// Keeps calls within a number per window of time, over all users of one client.
///
/// INVARIANT: in no window of the given length begin more calls than the limit.
final class CallPace: Sendable {
  /// The clock that calls wait by.
  struct Time: Sendable {
    var now: @Sendable () -> ContinuousClock.Instant
    var sleep: @Sendable (Duration) async throws -> Void

    static let system = Time(
      now: { ContinuousClock.now }, sleep: { try await Task.sleep(for: $0) })
  }

  private let limit: Int
  private let window: Duration
  private let time: Time
  /// The beginnings of the last `limit` calls, oldest first; later ones may lie ahead.
  private let beginnings = Mutex<[ContinuousClock.Instant]>([])

  init(limit: Int, window: Duration, time: Time) {
    self.limit = limit
    self.window = window
    self.time = time
  }

  /// The provider's limit on `/activity/search`: 60 a minute. The minute is counted a second longer,
  /// because a request arrives later than it begins, and not always by the same time.
  static func activity(_ time: Time) -> CallPace {
    CallPace(limit: 60, window: .seconds(61), time: time)
  }

  /// Waits until a call may begin, at most one window. Nil means that it may; otherwise nothing may
  /// begin before that time, and none was reserved.
  func turn() async -> Duration? {
    let now = time.now()
    let (wait, isReserved) = reserve(now)
    guard isReserved else { return wait }
    guard wait > .zero else { return nil }
    do {
      try await time.sleep(wait)
      return nil
    } catch {
      return wait
    }
  }

  private func reserve(_ now: ContinuousClock.Instant) -> (wait: Duration, isReserved: Bool) {
    beginnings.withLock { beginnings in
      beginnings.removeAll { $0 <= now - window }
      guard beginnings.count >= limit else {
        beginnings.append(now)
        return (.zero, true)
      }
      let next = beginnings[beginnings.count - limit] + window
      let wait = now.duration(to: next)
      guard wait <= window else { return (wait, false) }
      beginnings.append(next)
      return (wait, true)
    }
  }
}
