import ActionProtocol
import Decisions
import Synchronization

/// Since when which org's books do not answer, in this process: the longer it lasts, the rarer they
/// are asked. Thread-safe.
final class BooksOutages: Sendable {
  private let since = Mutex<[OrgID: ContinuousClock.Instant]>([:])

  private static let shortest = Duration.seconds(15)
  private static let longest = Duration.seconds(300)

  /// Takes notice of a reading.
  /// - Returns: how long to wait before the next one, where this one had no answer; and whether an
  ///   outage ended with it.
  func note(_ org: OrgID, isDown: Bool) -> (pause: Duration, hasEnded: Bool) {
    since.withLock { since in
      guard isDown else { return (Self.shortest, since.removeValue(forKey: org) != nil) }
      let began = since[org] ?? .now
      since[org] = began
      return (Self.wait(after: began.duration(to: .now)), false)
    }
  }

  /// A quarter of the outage so far, from 15 seconds to 5 minutes.
  static func wait(after outage: Duration) -> Duration {
    min(max(outage / 4, shortest), longest)
  }
}
