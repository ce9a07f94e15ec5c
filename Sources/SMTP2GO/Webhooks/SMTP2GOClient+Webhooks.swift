import Foundation

extension SMTP2GOClient {
  /// Registers a webhook (`/webhook/add`). Plans allow 1 or 10 of them.
  public func addWebhook(
    _ draft: WebhookDraft, subaccountID: String? = nil
  ) async -> CallResult<Webhook> {
    guard draft.url?.isEmpty == false else {
      return refuse(.webhookAdd, .local("no_url", "The webhook has no address."))
    }
    if let refusal = draft.refusal { return refuse(.webhookAdd, refusal) }
    return await call(
      .webhookAdd, draft.encoded(id: nil, subaccountID), reader: .webhook(draft: draft))
  }

  /// Changes a webhook (`/webhook/edit`): what the draft holds, and nothing else.
  public func editWebhook(
    _ id: Int, _ draft: WebhookDraft, subaccountID: String? = nil
  ) async -> CallResult<Webhook> {
    if let refusal = draft.refusal { return refuse(.webhookEdit, refusal) }
    return await call(
      .webhookEdit, draft.encoded(id: id, subaccountID), reader: .webhook(draft: draft, id: id))
  }

  /// Removes a webhook (`/webhook/remove`).
  public func removeWebhook(
    _ id: Int, subaccountID: String? = nil
  ) async -> CallResult<Acknowledgement> {
    let body = JSONWriter.object { writer in
      writer.field("id", id)
      writer.field("subaccount_id", subaccountID)
    }
    return await call(.webhookRemove, body, reader: .acknowledgement)
  }

  /// Reads all webhooks (`/webhook/view`).
  public func webhooks(subaccountID: String? = nil) async -> CallResult<[Webhook]> {
    let body = JSONWriter.object { $0.field("subaccount_id", subaccountID) }
    return await call(.webhookView, body, reader: .webhooks)
  }
}

extension AnswerReader where Value == [Webhook] {
  /// The contract shows one object, live it is a list; nothing registered may be an empty object.
  static let webhooks = AnswerReader(
    reading: { data in
      if let list = data.array ?? data["webhooks"]?.array { return list.compactMap { Webhook($0) } }
      guard let members = data.members else { return nil }
      if let webhook = Webhook(data) { return [webhook] }
      return members.allSatisfy { $0.key == "request_id" } ? [] : nil
    },
    takesBareList: true)
}

extension AnswerReader where Value == Webhook {
  /// The object, or a list of one.
  static func webhook(draft: WebhookDraft, id: Int? = nil) -> AnswerReader {
    AnswerReader(reading: { data in
      if let webhook = Webhook(data.array?.first ?? data) { return webhook }
      guard let id, data.members != nil else { return nil }
      return Webhook(draft, id: id)
    })
  }
}

extension Webhook {
  /// What a webhook is where the provider acknowledges a change without repeating it.
  fileprivate init(_ draft: WebhookDraft, id: Int) {
    self.init(
      id: id, url: draft.url, events: draft.events, smsEvents: draft.smsEvents,
      headers: draft.headers, usernames: draft.usernames, outputFormat: draft.outputFormat,
      authHeaderType: draft.authorization?.wire.type)
  }
}

extension WebhookDraft {
  fileprivate var refusal: Refusal? {
    if let url, !url.isEmpty, !url.hasPrefix("http://"), !url.hasPrefix("https://") {
      return .local("webhook_url", "The webhook's address is not http or https.")
    }
    if case .basic(let user, _) = authorization, user.contains(":") {
      return .local("webhook_user", "The user name of basic authentication has a colon.")
    }
    return .header(headers + [authorization?.wire.value ?? ""])
  }

  fileprivate func encoded(id: Int?, _ subaccountID: String?) -> RequestBody {
    JSONWriter.object { writer in
      writer.field("id", id)
      writer.field("url", url)
      writer.field("events", events.map(\.rawValue))
      writer.field("sms_events", smsEvents.map(\.rawValue))
      writer.field("headers", headers)
      writer.field("usernames", usernames)
      writer.field("output_format", outputFormat?.rawValue)
      // Empty is the contract's word for no authentication, and the only empty text ever sent: a
      // new webhook has none anyway.
      if let wire = authorization?.wire, id != nil || !wire.type.isEmpty {
        writer.key("auth_header_type")
        writer.string(wire.type)
        writer.key("auth_header_value")
        writer.string(wire.value)
      }
      writer.field("subaccount_id", subaccountID)
    }
  }
}

extension Webhook.Authorization {
  fileprivate var wire: (type: String, value: String) {
    switch self {
    case .none: ("", "")
    case .bearer(let token): ("bearer", token)
    case .basic(let user, let password):
      ("basic", Data("\(user):\(password)".utf8).base64EncodedString())
    }
  }
}
