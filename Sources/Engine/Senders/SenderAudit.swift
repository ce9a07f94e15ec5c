import ActionProtocol
import Addressing
import Decisions

/// The audit entries about senders.
struct SenderAudit {
  let store: any StoreTransaction
  let org: OrgID

  func append(
    _ kind: String, _ sender: SenderIdentity, fields: [String] = [], by author: Author,
    via: String
  ) throws {
    var details: JSONObject = [
      "kinds": .string(sender.purposes.sorted().map(\.rawValue).joined(separator: " ")),
      "standing": .string(sender.standing.rawValue),
      "user": sender.salesperson.map { .integer($0.userID) } ?? .null,
    ]
    if !fields.isEmpty { details["fields"] = .string(fields.joined(separator: " ")) }
    var personal = ["mailbox": Array(sender.mailbox.rawValue.utf8)]
    personal["reply_to"] = sender.replyTo.map { Array($0.rawValue.utf8) }
    personal["sms_sender"] = sender.smsSender.map { Array($0.e164.utf8) }
    personal["salesperson"] = sender.salesperson.map { Array($0.name.utf8) }
    try store.append(
      [
        AuditEvent(
          kind: kind, actor: author.rawValue, via: via, subject: "sender:\(sender.id.rawValue)",
          details: details, personal: personal)
      ], org: org)
  }
}
