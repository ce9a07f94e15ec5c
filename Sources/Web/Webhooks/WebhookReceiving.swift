/// Takes what the provider reports about messages.
public protocol WebhookReceiving: Sendable {
  /// Looks for the endpoint before any body is read.
  ///
  /// - Parameters:
  ///   - pathToken: the unguessable part of the path, as it stood there.
  ///   - authorization: the header's value.
  /// - Returns: nil when there is no such endpoint.
  func door(pathToken: String, authorization: String?) async throws -> WebhookDoor?
}

/// What stands behind the path of a webhook.
public enum WebhookDoor: Sendable {
  /// The authorization is missing or wrong.
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
