import ActionProtocol
import Addressing
import Cards
import Engine

/// Senders for people and programs.
struct SenderView {
  let time: LocalTime

  func table(_ organisation: Organisation) -> TextTable {
    var table = TextTable([
      .left("ID"), .left("FROM"), .left("ANSWERS TO"), .left("SMS"), .left("WHOSE"),
      .left("KINDS"), .left("VERIFIED"),
    ])
    table.add([
      SenderID.reserved, organisation.sender?.rawValue ?? "none",
      organisation.replyTo?.rawValue ?? "", organisation.smsSender?.e164 ?? "",
      "the organisation", "everything else", "aiom smtp2go check",
    ])
    for sender in organisation.identities {
      table.add([
        sender.id.rawValue, sender.mailbox.rawValue, sender.replyTo?.rawValue ?? "",
        sender.smsSender?.e164 ?? "", sender.salesperson?.name ?? "the organisation",
        sender.purposes.sorted().map(\.rawValue).joined(separator: ", "), standing(sender),
      ])
    }
    return table
  }

  private func standing(_ sender: SenderIdentity) -> String {
    let since = sender.checkedAt.map { ", \(time.text($0))" } ?? ", never asked"
    return Self.word(sender.standing) + since
  }

  private static func word(_ standing: SenderStanding) -> String {
    switch standing {
    case .unknown: "cannot tell"
    case .verified: "ok"
    case .unverified: "missing"
    }
  }

  static func json(_ sender: SenderIdentity) -> JSONValue {
    [
      "id": .string(sender.id.rawValue), "mailbox": .string(sender.mailbox.rawValue),
      "reply_to": sender.replyTo.map { .string($0.rawValue) } ?? .null,
      "sms_sender": sender.smsSender.map { .string($0.e164) } ?? .null,
      "salesperson": sender.salesperson.map {
        ["user_id": .integer($0.userID), "name": .string($0.name)]
      } ?? .null,
      "kinds": .array(sender.purposes.sorted().map { .string($0.rawValue) }),
      "standing": .string(sender.standing.rawValue),
      "checked_at": sender.checkedAt.map { .string($0.rfc3339) } ?? .null,
      "created_at": .string(sender.createdAt.rfc3339),
    ]
  }

  /// The one in the organisation's settings.
  static func json(settingsOf organisation: Organisation) -> JSONValue {
    [
      "mailbox": organisation.sender.map { .string($0.rawValue) } ?? .null,
      "reply_to": organisation.replyTo.map { .string($0.rawValue) } ?? .null,
      "sms_sender": organisation.smsSender.map { .string($0.e164) } ?? .null,
    ]
  }
}
