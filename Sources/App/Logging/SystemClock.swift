import ActionProtocol
import Foundation

/// The machine's clock.
enum SystemClock {
  @Sendable static func now() -> Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }
}
