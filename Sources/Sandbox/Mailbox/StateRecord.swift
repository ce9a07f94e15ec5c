import Foundation

/// What a line of the state file says.
enum StateRecord: Sendable {
  case email(SandboxMessage)
  case sms([SandboxSMS])
  case cleared
  /// The fates of a scheduled mail that has left.
  case settled(id: String, fates: [SandboxFate])
  case cancelled(id: String)
  case event(id: String, SandboxEvent)
  case suppressed(Suppression)
  case unsuppressed(address: String, reason: Suppression.Reason)
  case webhook(SandboxWebhook)
  case webhookRemoved(id: Int)
  case template(SandboxTemplate)
  case templateRemoved(id: String)
  case reply(SandboxReply)
  case senders([String]?, domains: [String]?)
  /// Webhooks, suppressions, templates and replies are gone.
  case accountCleared

  var json: JSONValue {
    switch self {
    case .email(let message): ["kind": "email", "email": message.json()]
    case .sms(let messages): ["kind": "sms", "sms": .array(messages.map { $0.json() })]
    case .cleared: ["kind": "cleared"]
    case .settled(let id, let fates):
      ["kind": "settled", "id": .string(id), "fates": .array(fates.map(\.json))]
    case .cancelled(let id): ["kind": "cancelled", "id": .string(id)]
    case .event(let id, let event): ["kind": "event", "id": .string(id), "event": event.json]
    case .suppressed(let suppression): ["kind": "suppressed", "suppression": suppression.json]
    case .unsuppressed(let address, let reason):
      [
        "kind": "unsuppressed", "address": .string(address), "reason": .string(reason.rawValue),
      ]
    case .webhook(let webhook): ["kind": "webhook", "webhook": webhook.json]
    case .webhookRemoved(let id): ["kind": "webhook_removed", "id": .integer(id)]
    case .template(let template): ["kind": "template", "template": template.json]
    case .templateRemoved(let id): ["kind": "template_removed", "id": .string(id)]
    case .reply(let reply): ["kind": "reply", "reply": reply.json]
    case .senders(let senders, let domains):
      [
        "kind": "senders", "senders": senders.map { JSONValue($0) } ?? .null,
        "domains": domains.map { JSONValue($0) } ?? .null,
      ]
    case .accountCleared: ["kind": "account_cleared"]
    }
  }

  init?(json: JSONValue) {
    guard let kind = json["kind"]?.string,
      let record = Self.aboutMessages(kind, json) ?? Self.aboutAccount(kind, json)
    else { return nil }
    self = record
  }

  private static func aboutMessages(_ kind: String, _ json: JSONValue) -> StateRecord? {
    let id = json["id"]?.string
    switch kind {
    case "email": return json["email"].flatMap(SandboxMessage.init(json:)).map(Self.email)
    case "sms":
      guard let items = json["sms"]?.array else { return nil }
      let messages = items.compactMap(SandboxSMS.init(json:))
      return messages.count == items.count ? .sms(messages) : nil
    case "cleared": return .cleared
    case "settled":
      guard let id, let items = json["fates"]?.array else { return nil }
      return .settled(id: id, fates: items.compactMap(SandboxFate.init(json:)))
    case "cancelled": return id.map { .cancelled(id: $0) }
    case "event":
      guard let id, let event = json["event"].flatMap(SandboxEvent.init(json:)) else {
        return nil
      }
      return .event(id: id, event)
    default: return nil
    }
  }

  private static func aboutAccount(_ kind: String, _ json: JSONValue) -> StateRecord? {
    switch kind {
    case "suppressed":
      return json["suppression"].flatMap(Suppression.init(json:)).map(Self.suppressed)
    case "unsuppressed":
      guard let address = json["address"]?.string,
        let reason = json["reason"]?.string.flatMap(Suppression.Reason.init(rawValue:))
      else { return nil }
      return .unsuppressed(address: address, reason: reason)
    case "webhook": return json["webhook"].flatMap(SandboxWebhook.init(json:)).map(Self.webhook)
    case "webhook_removed": return json["id"]?.integer.map { .webhookRemoved(id: $0) }
    case "template":
      return json["template"].flatMap(SandboxTemplate.init(json:)).map(Self.template)
    case "template_removed": return json["id"]?.string.map { .templateRemoved(id: $0) }
    case "reply": return json["reply"].flatMap(SandboxReply.init(json:)).map(Self.reply)
    case "senders":
      return .senders(
        json["senders"]?.array.map { $0.compactMap(\.string) },
        domains: json["domains"]?.array.map { $0.compactMap(\.string) })
    case "account_cleared": return .accountCleared
    default: return nil
    }
  }

  /// The line with its newline.
  var line: Data {
    var bytes = json.encoded
    bytes.append(UInt8(ascii: "\n"))
    return Data(bytes)
  }
}
