import Foundation

/// A webhook that was registered through the API.
struct SandboxWebhook: Sendable, Equatable {
  /// The names that may be subscribed to; others are ignored in silence, as the real service does.
  static let mailEvents = [
    "processed", "delivered", "open", "click", "bounce", "spam", "unsubscribe", "resubscribe",
    "reject",
  ]
  static let smsEvents = ["sending", "submitted", "delivered", "failed", "rejected"]

  enum Format: String, Sendable, CaseIterable {
    case form, json
  }

  enum Authentication: String, Sendable, CaseIterable {
    case none = ""
    case bearer, basic
  }

  var id: Int
  var url: String
  var events: [String]
  var smsEvents: [String]
  /// Mail headers that each event echoes, under exactly these names.
  var headers: [String]
  /// Keys whose messages it tells of; empty for all.
  var usernames: [String]
  var format: Format
  var authentication: Authentication
  var credential: String

  init(id: Int, url: String) {
    self.id = id
    self.url = url
    events = []
    smsEvents = []
    headers = []
    usernames = []
    format = .form
    authentication = .none
    credential = ""
  }

  init?(json: JSONValue) {
    guard let id = json["id"]?.integer, let url = json["url"]?.string else { return nil }
    self.init(id: id, url: url)
    events = json["events"]?.strings ?? []
    smsEvents = json["sms_events"]?.strings ?? []
    headers = json["headers"]?.strings ?? []
    usernames = json["usernames"]?.strings ?? []
    format = json["output_format"]?.string.flatMap(Format.init(rawValue:)) ?? .form
    authentication =
      json["auth_header_type"]?.string.flatMap(Authentication.init(rawValue:)) ?? .none
    credential = json["auth_header_value"]?.string ?? ""
  }

  /// As `/webhook/view` shows it.
  var json: JSONValue {
    [
      "id": .integer(id), "url": .string(url), "events": JSONValue(events),
      "sms_events": JSONValue(smsEvents), "headers": JSONValue(headers),
      "usernames": JSONValue(usernames), "output_format": .string(format.rawValue),
      "auth_header_type": .string(authentication.rawValue),
      "auth_header_value": .string(credential),
    ]
  }

  /// Whether it wants to hear of an event of this key's message.
  func wants(_ event: String, isSMS: Bool, of username: String) -> Bool {
    guard usernames.isEmpty || usernames.contains(username) else { return false }
    return isSMS
      ? smsEvents.contains(String(event.dropFirst("sms_".count))) : events.contains(event)
  }
}
