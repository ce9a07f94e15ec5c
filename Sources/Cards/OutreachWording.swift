import ActionProtocol
import Decisions
import Engine

/// What somebody was sent, and what may be sent next, in words.
public struct OutreachWording: Sendable {
  let time: LocalTime
  private let now: Instant

  public init(_ time: LocalTime, now: Instant) {
    self.time = time
    self.now = now
  }

  /// What forbids or delays the next message on a channel, and what a reminder would meet now.
  public func next(_ picture: OutreachPicture) -> [String] {
    var lines = picture.suppressions.map(suppression)
    lines.append(
      picture.coolDownEnds.map {
        "Next after the cool-down: \(time.text($0)), \(LocalTime.distance($0, from: now))."
      } ?? "No cool-down runs.")
    lines += allowed(picture.next)
    if !picture.countedWith.isEmpty {
      let others = picture.countedWith.map { "\($0.rawValue)" }.joined(separator: ", ")
      lines.append("What these customers got counts too: \(others).")
    }
    lines.append("Counted: \(picture.inHour) in the last hour, \(picture.inDay) in the last day.")
    return lines
  }

  public func suppression(_ one: Suppression) -> String {
    let end = one.expiresAt.map { " until \(time.text($0))" } ?? ""
    return "Suppressed\(end): \(StateWording.reason(one.reason)), for \(Self.scope(one.scope)) "
      + "(\(one.id))."
  }

  /// What a reminder would meet now, with every reason.
  public func allowed(_ verdict: GuardVerdict) -> [String] {
    let sentence =
      switch verdict {
      case .send: "A reminder may go now."
      case .wait(let until, _):
        "A reminder may go from \(time.text(until)) on (\(LocalTime.distance(until, from: now)))."
      case .needsPerson: "A reminder would wait for a person."
      case .drop: "A reminder would never be sent."
      }
    return [sentence]
      + verdict.reasons.map { reason in
        let found = (reason.found ?? reason.since.map(time.text)).map { " (\($0))" } ?? ""
        let until = reason.until.map { ", until \(time.text($0))" } ?? ""
        return "  \(reason.rule): \(StateWording.rule(reason.rule))\(found)\(until)"
          + "; allowed: \(reason.limit.words)"
      }
  }

  /// Whether a counted message is known to have been taken.
  public static func state(_ entry: OutreachEntry) -> String {
    entry.isSent ? "sent" : "counts, not known to have arrived"
  }

  public static func scope(_ scope: SuppressionScope) -> String {
    switch scope {
    case .all: "every message"
    case .marketing: "what nobody has to send"
    case .purpose(let purpose): purpose
    }
  }
}
