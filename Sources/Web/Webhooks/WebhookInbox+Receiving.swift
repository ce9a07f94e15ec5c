import Engine

extension WebhookInbox: WebhookReceiving {
  public func door(pathToken: String, authorization: String?) async throws -> WebhookDoor {
    do {
      let found = try await endpoint(pathToken: pathToken, authorization: authorization)
      return .open { body, contentType in
        switch try await take(body, contentType: contentType, at: found) {
        case .stored: .stored
        case .duplicate: .duplicate
        case .unreadable: .unreadable
        }
      }
    } catch WebhookRefusal.unauthorized {
      return .locked
    }
  }
}
