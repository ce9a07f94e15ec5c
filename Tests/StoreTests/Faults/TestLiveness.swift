import Engine
import Synchronization

/// Locks and a monotonic clock that a test moves, so that a process can die between two statements.
final class TestLiveness: LivenessPort {
  private struct State {
    var held: Set<BootID> = []
    var now: Int64
  }

  private let state: Mutex<State>
  let kernelBoot = "test-kernel"

  init(now: Int64) { state = Mutex(State(now: now)) }

  /// All processes end as the kernel ends them, and their leases run out.
  func everybodyDies() {
    state.withLock { state in
      state.held = []
      state.now += 60_000
    }
  }

  func monotonicNow() -> Int64 { state.withLock { $0.now } }
  func hold(_ boot: BootID) { state.withLock { _ = $0.held.insert(boot) } }
  func release(_ boot: BootID) { state.withLock { _ = $0.held.remove(boot) } }
  func isFree(_ boot: BootID) -> Bool { state.withLock { !$0.held.contains(boot) } }
}
