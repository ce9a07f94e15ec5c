import ActionProtocol
import Engine
import Foundation

/// Emergency stops in words.
public enum StopWording {
  public static func time(_ instant: Instant) -> String { LocalTime(.gmt).text(instant) }

  /// `everything, since …, by …: reason`
  public static func sentence(_ stop: Stop) -> String {
    let scope = if case .org(let org) = stop.scope { org.rawValue } else { "everything" }
    return "\(scope), since \(time(stop.at)), by \(stop.by.rawValue): \(reason(stop))"
  }

  public static func reason(_ stop: Stop) -> String {
    guard stop.cause == .restored else { return stop.reason }
    let known = stop.knownUntil.map { "; it knows nothing after \(time($0))" } ?? ""
    return "the database is a backup or a copy (\(stop.reason))\(known)"
  }

  /// What a list or card says first.
  public static func banner(_ stop: Stop) -> String {
    "STOPPED: \(sentence(stop)). Nothing goes out; `aiom resume` lifts it."
  }
}
