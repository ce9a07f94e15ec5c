import Dispatch
import Foundation
import Store
import Synchronization

/// Threads with a connection each that take jobs from one line, in order.
///
/// libpq waits in the thread that calls it. These are threads of their own, so that Swift's few
/// cooperative ones never stand still for a database. A thread and its connection begin when there is
/// work for them and last until ``close()``.
final class SessionPool: Sendable {
  typealias Job = @Sendable (SessionKeeper) -> Void

  private struct State {
    var jobs: [Job] = []
    var threads = 0
    var idle = 0
    var isClosed = false
  }

  private let name: String
  private let size: Int
  private let address: PostgresAddress
  private let limits: PostgresLimits
  private let losses: ConnectionLosses
  private let state = Mutex(State())
  private let available = DispatchSemaphore(value: 0)

  init(
    name: String, size: Int, _ address: PostgresAddress, _ limits: PostgresLimits,
    _ losses: ConnectionLosses
  ) {
    self.name = name
    self.size = size
    self.address = address
    self.limits = limits
    self.losses = losses
  }

  /// Lets a thread run `job`. Never waits.
  /// - Returns: false when the pool is closed; the job never runs then.
  func submit(_ job: @escaping Job) -> Bool {
    let (isTaken, needsThread) = state.withLock { state in
      guard !state.isClosed else { return (false, false) }
      state.jobs.append(job)
      guard state.idle < state.jobs.count, state.threads < size else { return (true, false) }
      state.threads += 1
      return (true, true)
    }
    guard isTaken else { return false }
    if needsThread { start() }
    available.signal()
    return true
  }

  /// Runs `body` on one of the threads.
  func run<Value: Sendable>(
    _ body: @escaping @Sendable (SessionKeeper) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = submit { keeper in
        continuation.resume(with: Result { try body(keeper) })
      }
      if !isTaken { continuation.resume(throwing: Self.closed) }
    }
  }

  /// Lets the threads end, with their connections, once the line is empty.
  func close() {
    let threads = state.withLock { state in
      state.isClosed = true
      return state.threads
    }
    for _ in 0..<threads { available.signal() }
  }

  static let closed = StoreError(code: "closed", detail: "the database was closed")

  private func start() {
    let thread = Thread { self.work() }
    thread.name = name
    thread.start()
  }

  private func work() {
    let keeper = SessionKeeper(address, limits, losses)
    while let job = next() { job(keeper) }
  }

  /// The next job; nil when the pool is closed and the line empty.
  private func next() -> Job? {
    while true {
      let (job, isOver) = state.withLock { state -> (Job?, Bool) in
        if !state.jobs.isEmpty { return (state.jobs.removeFirst(), false) }
        if !state.isClosed { state.idle += 1 }
        return (nil, state.isClosed)
      }
      if let job { return job }
      if isOver { return nil }
      available.wait()
      state.withLock { $0.idle -= 1 }
    }
  }
}
