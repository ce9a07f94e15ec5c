import Foundation
import Glibc
import Store
import Synchronization

/// A connection that is watched the whole time, on a thread of its own: its locks show the others that
/// this process lives, and notifications come in by it.
///
/// When the connection breaks, its locks are gone; that is known here at once, and they are taken
/// again on the next connection, unless somebody else holds them. Connects when it is first needed.
final class Attendant: Sendable {
  typealias Job = @Sendable (Result<PostgresSession, any Error>) -> Void

  private struct State {
    var jobs: [Job] = []
    var isRunning = false
    var isClosed = false
    /// Names of locks that are wanted, and whether they are held.
    var locks: [String: Bool] = [:]
    var listeners: [Int: @Sendable () -> Void] = [:]
    var nextListener = 0
  }

  private let address: PostgresAddress
  private let limits: PostgresLimits
  private let losses: ConnectionLosses
  private let state = Mutex(State())
  private let bell: Bell

  init(_ address: PostgresAddress, _ limits: PostgresLimits, _ losses: ConnectionLosses) throws {
    self.address = address
    self.limits = limits
    self.losses = losses
    bell = try Bell()
  }

  // MARK: - Jobs

  /// Runs `body` on the connection. Only short statements: nothing is heard meanwhile.
  func run<Value: Sendable>(
    _ body: @escaping @Sendable (PostgresSession) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = state.withLock { state in
        guard !state.isClosed else { return false }
        state.jobs.append { session in
          continuation.resume(with: Result { try body(try session.get()) })
        }
        return true
      }
      guard isTaken else { return continuation.resume(throwing: SessionPool.closed) }
      wake()
    }
  }

  // MARK: - Locks

  /// Takes a lock and keeps it, also over later connections.
  func hold(_ name: String) async throws {
    try await run { session in
      guard try Self.take(name, session) else {
        throw StoreError(code: "busy", detail: "the lock of a new boot could not be taken")
      }
      self.state.withLock { $0.locks[name] = true }
    }
  }

  /// Gives a lock back and keeps it no longer.
  func release(_ name: String) async throws {
    state.withLock { $0.locks[name] = nil }
    _ = try await run { try $0.command("SELECT pg_advisory_unlock(\(Self.key(name)))") }
  }

  /// Whether the lock is held here as far as this process knows, without asking anybody.
  func holds(_ name: String) -> Bool { state.withLock { $0.locks[name] ?? false } }

  /// Whether nobody holds the lock.
  func isFree(_ name: String) async throws -> Bool {
    if state.withLock({ $0.locks[name] != nil }) { return false }
    let key = Self.key(name)
    return try await run { session in
      try session.command(
        """
        SELECT CASE WHEN pg_try_advisory_lock(\(key)) THEN pg_advisory_unlock(\(key))
          ELSE false END
        """) == "t"
    }
  }

  private static func take(_ name: String, _ session: PostgresSession) throws -> Bool {
    try session.command("SELECT pg_try_advisory_lock(\(key(name)))") == "t"
  }

  /// The key of a lock of this schema. Names are the program's own and have no quotes.
  private static func key(_ name: String) -> String {
    "hashtextextended('\(name):' || current_schema(), 0)"
  }

  // MARK: - Notifications

  /// Calls `heard` whenever the schema is notified, and after each new connection, because something
  /// may have been missed.
  /// - Returns: what ``stopListening(_:)`` wants.
  func listen(_ heard: @escaping @Sendable () -> Void) -> Int {
    let number = state.withLock { state in
      state.nextListener += 1
      state.listeners[state.nextListener] = heard
      return state.nextListener
    }
    wake()
    return number
  }

  func stopListening(_ number: Int) {
    state.withLock { $0.listeners[number] = nil }
  }

  static func channel(_ session: PostgresSession) -> String { "aiom_\(session.schemaName)" }

  // MARK: - The thread

  /// Ends the thread and its connection; what it held is free then.
  func close() {
    state.withLock { $0.isClosed = true }
    bell.ring()
  }

  private func wake() {
    let mustStart = state.withLock { state in
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if mustStart {
      let thread = Thread { self.attend() }
      thread.name = "aiom.pg.attend"
      thread.start()
    }
    bell.ring()
  }

  private func attend() {
    var session: PostgresSession?
    while true {
      let (jobs, isClosed) = state.withLock { state in
        defer { state.jobs = [] }
        return (state.jobs, state.isClosed)
      }
      if session == nil, !isClosed || !jobs.isEmpty { session = open(refusing: jobs) }
      if let open = session {
        for job in jobs { job(.success(open)) }
      }
      if isClosed { return }
      session = session.flatMap { watch($0) }
    }
  }

  /// A new connection, listening, with the locks that are free; nil where there is none, after a pause.
  private func open(refusing jobs: [Job]) -> PostgresSession? {
    do {
      let session = try PostgresSession(address, limits)
      try session.command("LISTEN \(Self.channel(session))")
      try retake(session)
      notifyListeners()
      return session
    } catch {
      for job in jobs { job(.failure(error)) }
      // Jobs that were taken for this round are answered; new ones ring.
      bell.wait(with: nil, milliseconds: 500)
      return nil
    }
  }

  /// Takes locks that were lost with an earlier connection. One that the server still counts for that
  /// connection comes free a little later.
  private func retake(_ session: PostgresSession) throws {
    let lost = state.withLock { state in state.locks.filter { !$0.value }.map(\.key) }
    for name in lost where try Self.take(name, session) {
      state.withLock { state in
        if state.locks[name] != nil { state.locks[name] = true }
      }
    }
  }

  /// Waits for something to do or to hear.
  /// - Returns: the session, or nil where it broke; the locks are marked as lost then.
  private func watch(_ session: PostgresSession) -> PostgresSession? {
    // What came together with a job's answer is not announced at the descriptor any more.
    guard hear(session) else { return nil }
    let wantsLocks = state.withLock { $0.locks.values.contains(false) }
    if wantsLocks { try? retake(session) }  // a session that broke is found out below
    bell.wait(with: session.descriptor, milliseconds: wantsLocks ? 500 : 30_000)
    return hear(session) ? session : nil
  }

  /// Passes on what the server sent by itself.
  /// - Returns: false where the connection is lost.
  private func hear(_ session: PostgresSession) -> Bool {
    guard !session.isBroken, let count = session.notifications() else {
      losses.add()
      state.withLock { state in
        for name in state.locks.keys { state.locks[name] = false }
      }
      return false
    }
    if count > 0 { notifyListeners() }
    return true
  }

  private func notifyListeners() {
    let listeners = state.withLock { Array($0.listeners.values) }
    for heard in listeners { heard() }
  }
}
