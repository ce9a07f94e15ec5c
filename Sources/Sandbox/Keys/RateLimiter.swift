import Foundation
import HTTPTypes
import Synchronization

/// Counts calls in sliding windows.
final class RateLimiter: Sendable {
  /// Where a caller stands, in the words of the vendor's old `X-RateLimit-*` headers.
  struct Standing: Sendable, Equatable {
    var limit: Int
    var remaining: Int
    /// Seconds until the oldest call leaves the window, rounded up.
    var reset: Int

    var headers: HTTPFields {
      var headers = HTTPFields()
      for (name, value) in [("Limit", limit), ("Remaining", remaining), ("Reset", reset)] {
        if let name = HTTPField.Name("X-RateLimit-" + name) { headers[name] = String(value) }
      }
      return headers
    }
  }

  private let calls = Mutex<[String: [Date]]>([:])

  /// Counts a call, unless the window is full.
  ///
  /// - Returns: the standing after the call, and whether it was admitted.
  func admit(
    _ name: String, requests: Int, seconds: Int, at now: Date
  ) -> (standing: Standing, isAdmitted: Bool) {
    calls.withLock { calls in
      var recent = calls[name, default: []].filter {
        now.timeIntervalSince($0) < Double(seconds)
      }
      let isAdmitted = recent.count < requests
      if isAdmitted { recent.append(now) }
      calls[name] = recent
      let oldest = recent.first.map { now.timeIntervalSince($0) } ?? 0
      let standing = Standing(
        limit: requests, remaining: max(0, requests - recent.count),
        reset: Int((Double(seconds) - oldest).rounded(.up)))
      return (standing, isAdmitted)
    }
  }
}
