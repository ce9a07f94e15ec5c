/// Takes what the provider reports about messages.
public protocol WebhookReceiving: Sendable {
  /// Looks for the endpoint before any body is read.
  ///
  /// - Parameters:
  ///   - pathToken: the unguessable part of the path, as it stood there.
  ///   - authorization: the header's value.
  /// - Returns: a locked door also where there is no such endpoint: which of the two secrets is wrong
  ///   is nobody's business.
  func door(pathToken: String, authorization: String?) async throws -> WebhookDoor
}

/// What stands behind the path of a webhook.
public enum WebhookDoor: Sendable {
  /// The path or the authorization is wrong.
  case locked
  /// Takes the body; durable when it returns.
  case open(@Sendable (_ body: [UInt8], _ contentType: String?) async throws -> WebhookReceipt)
}

/// What became of an event.
public enum WebhookReceipt: String, Hashable, Sendable {
  case stored
  /// It had arrived before.
  case duplicate
  /// It was kept as it is, for a person to look at.
  case unreadable
}
