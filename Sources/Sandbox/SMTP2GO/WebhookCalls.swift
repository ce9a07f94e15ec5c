import Foundation

/// `/webhook/*`: who wants to be told of events.
struct WebhookCalls {
  /// On a paid plan.
  private static let maximum = 10

  private let call: VendorCall
  private let store: MailboxStore

  init(_ call: VendorCall, _ store: MailboxStore) {
    self.call = call
    self.store = store
  }

  func add() throws(VendorRefusal) -> JSONValue {
    guard store.account({ $0.webhooks.count }) < Self.maximum else {
      throw .business("Your plan can have a maximum of \(Self.maximum) webhooks")
    }
    var webhook = SandboxWebhook(id: 0, url: try call.payload.requiredString("url"))
    // What a webhook without any list of events gets is not documented; here it gets all.
    if call.payload.present("events") == nil, call.payload.present("sms_events") == nil {
      webhook.events = SandboxWebhook.mailEvents
      webhook.smsEvents = SandboxWebhook.smsEvents
    }
    try fill(&webhook)
    webhook.id = store.nextWebhookID()
    try store.keep(.webhook(webhook))
    return webhook.json
  }

  /// What is not named stays as it is.
  func edit() throws(VendorRefusal) -> JSONValue {
    var webhook = try named()
    try fill(&webhook)
    try store.keep(.webhook(webhook))
    return webhook.json
  }

  func remove() throws(VendorRefusal) -> JSONValue {
    let webhook = try named()
    try store.keep(.webhookRemoved(id: webhook.id))
    return webhook.json
  }

  /// An array, as seen live; the documents show one object.
  func view() -> JSONValue {
    .array(store.account(\.webhooks).map(\.json))
  }

  private func named() throws(VendorRefusal) -> SandboxWebhook {
    let id = try call.payload.requiredInteger("id")
    guard let webhook = store.account({ account in account.webhooks.first { $0.id == id } })
    else {
      throw .business("A webhook matching the passed 'id' was not found")
    }
    return webhook
  }

  private func fill(_ webhook: inout SandboxWebhook) throws(VendorRefusal) {
    let payload = call.payload
    if let url = try payload.string("url") { webhook.url = url }
    guard let parts = URLComponents(string: webhook.url), parts.host?.isEmpty == false,
      ["http", "https"].contains(parts.scheme?.lowercased())
    else {
      throw .payload("url", "was expecting an http or https address")
    }
    if call.body["events"] != nil {
      webhook.events = try payload.strings("events").filter(SandboxWebhook.mailEvents.contains)
    }
    if call.body["sms_events"] != nil {
      webhook.smsEvents = try payload.strings("sms_events")
        .filter(SandboxWebhook.smsEvents.contains)
    }
    if call.body["headers"] != nil { webhook.headers = try payload.oneOrMore("headers") }
    if call.body["usernames"] != nil { webhook.usernames = try payload.oneOrMore("usernames") }
    let formats = SandboxWebhook.Format.allCases.map(\.rawValue)
    if let format = try payload.choice("output_format", from: formats) {
      webhook.format = SandboxWebhook.Format(rawValue: format) ?? .form
    }
    try fillAuthentication(&webhook)
  }

  private func fillAuthentication(_ webhook: inout SandboxWebhook) throws(VendorRefusal) {
    let payload = call.payload
    if call.body["auth_header_type"] != nil {
      let types = SandboxWebhook.Authentication.allCases.map(\.rawValue)
      let name = try payload.choice("auth_header_type", from: types) ?? ""
      webhook.authentication = SandboxWebhook.Authentication(rawValue: name) ?? .none
    }
    if call.body["auth_header_value"] != nil {
      let value = try payload.string("auth_header_value") ?? ""
      guard !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
        throw .payload("auth_header_value", "was expecting a single line of text")
      }
      webhook.credential = value
    }
  }
}
