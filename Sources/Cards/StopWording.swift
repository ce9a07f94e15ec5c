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

  /// What may still be on its way, in sentences; none where everybody has acknowledged.
  public static func rest(_ halt: StopSummary) -> [String] {
    var lines: [String] = []
    if !halt.silent.isEmpty {
      let names = halt.silent.prefix(3).map { "process \($0.processID) on \($0.host)" }
      let more = halt.silent.count > 3 ? " and \(halt.silent.count - 3) more" : ""
      lines.append(
        "Not reached so far: \(names.joined(separator: ", "))\(more). Something may still leave "
          + "from there.")
    }
    if halt.inFlight > 0 {
      let calls = halt.inFlight == 1 ? "1 call was" : "\(halt.inFlight) calls were"
      lines.append("\(calls) on the way out when it was stopped.")
    }
    return lines
  }
}
