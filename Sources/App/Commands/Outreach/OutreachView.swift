import ActionProtocol
import Cards
import Decisions
import Engine

/// What somebody was sent, for people and programs.
struct OutreachView {
  let pictures: [OutreachPicture]
  let now: Instant
  let time: LocalTime
  let limit: Int

  var json: JSONValue {
    ["now": .string(now.rfc3339), "channels": .array(pictures.map(Self.json))]
  }

  func rendered(style: Style) -> String {
    pictures.map { picture in
      style.bold(Self.name(picture.channel)) + "\n" + next(picture) + table(picture, style)
    }.joined(separator: "\n")
  }

  private func next(_ picture: OutreachPicture) -> String {
    var lines: [String] = []
    for one in picture.suppressions {
      let end = one.expiresAt.map { " until \(time.text($0))" } ?? ""
      lines.append(
        "Suppressed\(end): \(StateWording.reason(one.reason)), for \(Self.scope(one.scope)) "
          + "(\(one.id)).")
    }
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
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a reminder would meet now, with every reason.
  private func allowed(_ verdict: GuardVerdict) -> [String] {
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
        let found = reason.found.map { " (\($0))" } ?? ""
        let until = reason.until.map { ", until \(time.text($0))" } ?? ""
        return "  \(reason.rule): \(StateWording.rule(reason.rule))\(found)\(until)"
      }
  }

  private func table(_ picture: OutreachPicture, _ style: Style) -> String {
    guard !picture.entries.isEmpty else { return "Nothing was sent.\n" }
    var table = TextTable([
      .left("WHEN"), .left("ACTION"), .left("PARTNER"), .left("ABOUT"), .left("STATE"),
    ])
    for entry in picture.entries {
      table.add([
        time.text(entry.at),
        entry.isImported ? "(imported)" : String(entry.operation.action.rawValue.prefix(8)),
        entry.partner.map { "\($0.rawValue)" } ?? "", entry.scope ?? "",
        entry.isSent ? "sent" : "counts, not known to have arrived",
      ])
    }
    let more =
      picture.entries.count == limit
      ? picture.entries.last.map { "More: --before \($0.at.rfc3339)\n" } ?? "" : ""
    return table.rendered(style: style) + more
  }

  private static func name(_ channel: OutreachChannel) -> String {
    switch channel {
    case .email: "E-MAIL"
    case .sms: "SMS"
    }
  }

  private static func scope(_ scope: SuppressionScope) -> String {
    switch scope {
    case .all: "every message"
    case .marketing: "what nobody has to send"
    case .purpose(let purpose): purpose
    }
  }

  private static func json(_ picture: OutreachPicture) -> JSONValue {
    [
      "channel": .string(picture.channel.rawValue),
      "cool_down_until": picture.coolDownEnds.map { .string($0.rfc3339) } ?? .null,
      "counted_in_hour": .integer(Int64(picture.inHour)),
      "counted_in_day": .integer(Int64(picture.inDay)),
      "next": .object(JSONObject(VerdictView.members(picture.next))),
      "counted_with": .array(picture.countedWith.map { .integer($0.rawValue) }),
      "suppressions": .array(picture.suppressions.map(SuppressionView.json)),
      "messages": .array(
        picture.entries.map { entry in
          [
            "at": .string(entry.at.rfc3339),
            "action_id": entry.isImported ? .null : .string(entry.operation.action.rawValue),
            "imported": .bool(entry.isImported),
            "partner_id": entry.partner.map { .integer($0.rawValue) } ?? .null,
            "scope": entry.scope.map { .string($0) } ?? .null, "sent": .bool(entry.isSent),
          ]
        }),
    ]
  }
}
