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
    OutreachWording(time, now: now).next(picture).joined(separator: "\n") + "\n"
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
        OutreachWording.state(entry),
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

  private static func json(_ picture: OutreachPicture) -> JSONValue {
    [
      "channel": .string(picture.channel.rawValue),
      "cool_down_until": picture.coolDownEnds.map { .string($0.rfc3339) } ?? .null,
      "counted_in_hour": .integer(Int64(picture.inHour)),
      "counted_in_day": .integer(Int64(picture.inDay)),
      "next": .object(JSONObject(VerdictView.members(picture.next))),
      "counted_with": .array(picture.countedWith.map { .integer($0.rawValue) }),
      "suppressions": .array(picture.suppressions.map(\.json)),
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
