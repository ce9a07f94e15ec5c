import Foundation
import NIOHTTP1

/// How long an answer asks to wait. The provider documents no such header today; honoured are
/// `Retry-After` in both forms of RFC 9110 and the seconds in `X-RateLimit-Reset` of its old
/// documentation.
enum RetryDelay {
  private static let longest = 24 * 60 * 60

  static func read(_ headers: HTTPHeaders) -> Duration? {
    if let text = headers.first(name: "retry-after") {
      if let delay = seconds(text) { return delay }
      return date(text).flatMap { wait in
        let now = headers.first(name: "date").flatMap(date) ?? Date()
        return seconds(Int(wait.timeIntervalSince(now).rounded(.up)))
      }
    }
    return headers.first(name: "x-ratelimit-reset").flatMap { seconds($0) }
  }

  private static func seconds(_ text: String) -> Duration? {
    Int(text.trimmingCharacters(in: .whitespaces)).flatMap { seconds($0) }
  }

  private static func seconds(_ count: Int) -> Duration? {
    count < 0 ? nil : .seconds(min(count, longest))
  }

  private static func date(_ text: String) -> Date? {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return formatter.date(from: text)
  }
}
