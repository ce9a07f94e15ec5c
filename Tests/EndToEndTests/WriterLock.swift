import Dispatch
import Store

/// Holds a database's writer lock until released, as a slow transaction of another process would.
final class WriterLock: Sendable {
  private let hold = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  init(_ place: DatabaseUnderTest) throws {
    let database = try place.reopened()
    let taken = DispatchSemaphore(value: 0)
    let hold = hold
    let done = done
    Task.detached {
      _ = try? await database.write { _ in
        taken.signal()
        hold.wait()
        return true
      }
      done.signal()
    }
    taken.wait()
  }

  func release() {
    hold.signal()
    done.wait()
  }
}
