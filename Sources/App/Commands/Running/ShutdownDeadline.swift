import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Sees to it that a process which is asked to stop does: calls under way that have not ended by a
/// deadline are cut off, and whoever asks a second time does not wait at all.
///
/// A call that is cut off ends as *not sent* where its first byte had not left, and as *unknown*
/// where it had; both are recorded before the process ends.
final class ShutdownDeadline: Service {
  private let limit: Duration
  private let logger: Logger
  private let cutOff: @Sendable () async -> Void
  private let waiting = Mutex<Task<Void, Never>?>(nil)

  /// - Parameter cutOff: ends every call under way and returns when none is left.
  init(
    after limit: Duration, _ logger: Logger, cutOff: @escaping @Sendable () async -> Void
  ) {
    self.limit = limit
    self.logger = logger
    self.cutOff = cutOff
  }

  /// Runs until the process is asked to stop; the deadline then runs beside what has to end.
  func run() async throws {
    do {
      try await gracefulShutdown()
    } catch is CancellationError {
      return
    }
    let (limit, logger, cutOff) = (limit, logger, cutOff)
    let task = Task {
      do { try await Task.sleep(for: limit) } catch { return }
      logger.warning("calls under way are cut off: the time to end is over")
      await cutOff()
    }
    waiting.withLock { $0 = task }
  }

  /// Everything has ended in time.
  func cancel() { waiting.withLock { $0 }?.cancel() }
}

/// Ends the process at the second signal, as it is. What was under way is taken over by the next
/// process like that of one that died.
enum SecondSignal {
  /// Listens until cancelled.
  static func listen() -> Task<Void, Never> {
    Task {
      var isAsked = false
      for await signal in await UnixSignalsSequence(trapping: [.sigterm, .sigint]) {
        if isAsked { _exit(signal == .sigint ? 130 : 143) }
        isAsked = true
      }
    }
  }
}
