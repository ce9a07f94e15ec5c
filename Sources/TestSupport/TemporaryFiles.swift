import Foundation

extension FileManager {
  /// Removes a test's own folder or file with all that is in it. What was closed a moment ago may
  /// still be removing its own files on another thread (a socket, a database's log), and a removal
  /// that meets one of them gives up half-way: so it is tried again, for ten seconds.
  ///
  /// - Returns: whether nothing is left there.
  @discardableResult
  public func removeTemporary(_ path: String) -> Bool {
    let end = ContinuousClock.now.advanced(by: .seconds(10))
    while fileExists(atPath: path) {
      try? removeItem(atPath: path)  // looked at again, whatever it says
      guard fileExists(atPath: path) else { break }
      guard ContinuousClock.now < end else { return false }
      sched_yield()
    }
    return true
  }
}
