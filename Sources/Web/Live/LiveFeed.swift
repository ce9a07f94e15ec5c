import ActionProtocol
import Decisions
import Engine
import Logging
import Synchronization

/// Tells open pages what becomes of actions. One reader of the audit log for each org that somebody
/// looks at, shared by all its pages; nobody looks, nothing is read.
///
/// Polling is the truth; being woken only saves the wait. Thread-safe.
final class LiveFeed: Sendable {
  /// Open streams of one session or token; a further one ends the oldest, whose page was most likely
  /// left.
  static let perCredential = 4
  /// Of all together.
  static let most = 256
  /// Parts that wait for a slow reader; with more its stream ends, and it comes back.
  static let waiting = 64

  private struct Page {
    let standing: Standing
    /// What it was told last.
    var position: Int64
    let out: AsyncStream<[UInt8]>.Continuation
  }

  private struct State {
    var pages: [Int: Page] = [:]
    var next = 0
    var isOver = false
  }

  private let state = Mutex(State())
  private let joined = ArrivalSignal()
  private let woken = ArrivalSignal()
  private let context: EngineContext
  private let access: AccessViews
  private let feed: ActionFeed

  init(_ context: EngineContext, _ access: AccessViews) {
    self.context = context
    self.access = access
    feed = ActionFeed(context)
  }

  /// The number that a page begins at; what comes later is told.
  func last(_ org: OrgID) async throws -> Int64 { try await feed.last(org) }

  // MARK: - Pages

  /// - Parameters:
  ///   - position: what the page knows; nil: nothing, so it has to look again.
  ///   - last: the last number there is.
  /// - Returns: nil where no further page can be told, or the server is stopping.
  func open(_ standing: Standing, knowing position: Int64?, last: Int64) -> LiveStream? {
    let (parts, out) = AsyncStream.makeStream(
      of: [UInt8].self, bufferingPolicy: .bufferingOldest(Self.waiting))
    let knows = position.map { $0 <= last } ?? false
    let start = knows ? position ?? last : last
    out.yield(EventText.ready(start))
    if !knows { out.yield(EventText.again(last)) }
    let (number, displaced) = state.withLock { state -> (Int?, Page?) in
      let own = state.pages.filter { $0.value.standing.isOf(standing) }.keys.sorted()
      guard !state.isOver, state.pages.count < Self.most || !own.isEmpty else { return (nil, nil) }
      let oldest = own.count >= Self.perCredential ? state.pages.removeValue(forKey: own[0]) : nil
      defer { state.next += 1 }
      state.pages[state.next] = Page(standing: standing, position: start, out: out)
      return (state.next, oldest)
    }
    if let displaced {
      displaced.out.yield(EventText.displaced)
      displaced.out.finish()
    }
    guard let number else { return nil }
    joined.raise()
    return LiveStream(parts: parts) { [weak self] in
      out.finish()
      self?.leave(number)
    }
  }

  private func leave(_ number: Int) {
    _ = state.withLock { $0.pages.removeValue(forKey: number) }
  }

  /// How many pages are open.
  var count: Int { state.withLock { $0.pages.count } }

  /// Ends all streams and takes no further one: a server that stops waits for its answers.
  func close() {
    let pages = state.withLock { state in
      state.isOver = true
      defer { state.pages = [:] }
      return Array(state.pages.values)
    }
    for page in pages { page.out.finish() }
    joined.raise()
  }

  // MARK: - Telling

  /// Tells what is new since the last time.
  /// - Returns: whether somebody's access changed, after ``dismiss()``.
  @discardableResult
  func tell() async throws -> Bool {
    let known = state.withLock { state in
      Dictionary(state.pages.values.map { ($0.standing.org, $0.position) }, uniquingKeysWith: min)
    }
    var concernsAccess = false
    for (org, position) in known {
      do {
        guard let news = try await feed.news(org, after: position) else { continue }
        // Who lost access hears nothing more, not even of the same round.
        if news.concernsAccess { try await dismiss() }
        concernsAccess = concernsAccess || news.concernsAccess
        tell(news, org)
      } catch let error where !(error is CancellationError) {
        // One organisation's trouble is not the others'.
        context.logger.error(
          "open pages could not be told",
          metadata: ["org": "\(org.rawValue)", "error": "\(error)"])
      }
    }
    return concernsAccess
  }

  private func tell(_ news: ActionNews, _ org: OrgID) {
    let texts = news.items.map { ($0.sequence, EventText.action($0, news.organisation)) }
    let slow = state.withLock { state in
      var slow: [Page] = []
      for (number, page) in state.pages where page.standing.org == org {
        guard page.position < news.last else { continue }
        let isBehind = page.position < news.from
        let parts =
          isBehind
          ? [EventText.again(news.last)] : texts.filter { $0.0 > page.position }.map(\.1)
        state.pages[number]?.position = news.last
        // In one part, so that a page is told all of a round or nothing.
        let part = Array(parts.joined())
        guard !part.isEmpty, case .dropped = page.out.yield(part) else { continue }
        slow.append(page)
        state.pages[number] = nil
      }
      return slow
    }
    for page in slow { page.out.finish() }
  }

  /// Ends the streams of those who may look no longer: signed out, expired, revoked, another role.
  func dismiss() async throws {
    let all = state.withLock { Set($0.pages.values.map(\.standing)) }
    guard !all.isEmpty else { return }
    let staying = try await access.stillLooking(all)
    let gone = state.withLock { state in
      let gone = state.pages.filter {
        all.contains($0.value.standing) && !staying.contains($0.value.standing)
      }
      for number in gone.keys { state.pages[number] = nil }
      return Array(gone.values)
    }
    for page in gone { page.out.finish() }
  }

  private func beat() {
    let pages = state.withLock { Array($0.pages.values) }
    for page in pages { page.out.yield(EventText.heartbeat) }
  }

  // MARK: - By itself

  /// Something was changed here: there may be something to tell.
  func stir() { woken.raise() }

  /// Tells, until it is cancelled.
  func run(poll: Duration = .seconds(1), pulse: Duration = .seconds(15)) async {
    let listening = context.wake.listen { [woken] in woken.raise() }
    defer { listening.stop() }
    var beaten = ContinuousClock.now
    while !Task.isCancelled {
      if count == 0 { await joined.wait() }
      do {
        try await tell()
        if beaten.duration(to: .now) >= pulse {
          beaten = .now
          beat()
          try await dismiss()
        }
      } catch is CancellationError {
        return
      } catch {
        context.logger.error("open pages could not be told", metadata: ["error": "\(error)"])
      }
      // Many rings of a busy server are heard as one.
      try? await Task.sleep(for: poll / 4)
      await woken.wait(atMost: poll * 3 / 4)
    }
  }
}
