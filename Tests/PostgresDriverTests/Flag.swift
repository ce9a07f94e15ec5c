import Dispatch
import Synchronization

/// Lets a thread of a database wait for a task, which Swift's own threads never may.
final class Flag: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let raised = Atomic<Bool>(false)

  var isRaised: Bool { raised.load(ordering: .acquiring) }

  func raise() {
    raised.store(true, ordering: .releasing)
    semaphore.signal()
  }

  /// Waits, but not for ever: a test that went wrong must end.
  func wait() { _ = semaphore.wait(timeout: .now() + .seconds(60)) }
}
