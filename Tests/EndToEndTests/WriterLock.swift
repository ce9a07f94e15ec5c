import Dispatch
import Foundation
import SQLiteDriver
import Store
import ActionProtocol

/// Holds SQLite's writer lock until released, as a slow transaction of another process would.
final class WriterLock: Sendable {
  private let hold = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  init(_ path: String) throws {
    let database = try SQLiteDatabase(path: path, clock: { Instant(milliseconds: 0) })
    let taken = DispatchSemaphore(value: 0)
    let hold = hold
    let done = done
    Task.detached {
      _ = try? await database.write { _ in
        taken.signal()
        hold.wait()
        return true
      }
      try? database.close()
      done.signal()
    }
    taken.wait()
  }

  func release() {
    hold.signal()
    done.wait()
  }
}
