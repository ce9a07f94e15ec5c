import ActionProtocol
import Decisions
import Logging

/// Where the provider's posts come in: each is checked, kept durably, and answered. Everything else
/// happens later, in ``TrackingService``.
public struct WebhookInbox: Sendable {
  /// What became of a post. Each is answered 200: a repetition would bring nothing new.
  public enum Receipt: Hashable, Sendable {
    /// Kept; durable when this is returned.
    case stored
    /// The same event was kept before.
    case duplicate
    /// No event could be read from it; its beginning was kept for a person to look at.
    case unreadable
  }

  /// So much is kept of a body that could not be read.
  static let keptOfUnreadable = 2048

  private let context: EngineContext
  private let reading: any ProviderEventReading

  public init(_ context: EngineContext, reading: any ProviderEventReading) {
    self.context = context
    self.reading = reading
  }

  /// The open endpoint of a path, once the Authorization header proves that the provider posts.
  ///
  /// Tokens have 256 bits and are looked up and compared as SHA-256 digests, the header's in constant
  /// time. A path that nobody has takes the same steps as one with a wrong header: neither the answer
  /// nor its time tells which was wrong.
  /// - Throws: ``WebhookRefusal/unauthorized`` where path or header is wrong: answer 401; store
  ///   errors: answer 503.
  public func endpoint(
    pathToken: String, authorization: String?
  ) async throws -> WebhookEndpoint {
    let token = Digest.sha256(Array(pathToken.utf8))
    let stored = try await context.store.read { try $0.webhook(token: token) }
    // What an unknown path is compared with opens nothing, whatever the header.
    let isProven = Self.proves(
      authorization ?? "", stored?.endpoint.scheme ?? .bearer, stored?.authorization ?? token)
    guard let stored, isProven else { throw WebhookRefusal.unauthorized }
    return stored.endpoint
  }

  /// Keeps a post: one small durable insert that shares its commit with others.
  /// - Throws: store errors; nothing is kept then, and the provider posts it again after a 503.
  public func take(
    _ body: [UInt8], contentType: String?, at endpoint: WebhookEndpoint
  ) async throws -> Receipt {
    let result: Result<ProviderEvent, ProviderEventFault>
    do throws(ProviderEventFault) {
      result = .success(try reading.read(body, contentType: contentType))
    } catch {
      result = .failure(error)
    }
    let isNew = try await context.store.write { store in
      switch result {
      case .success(let event):
        try store.insert(
          StoredEvent(
            org: endpoint.org, event: event, endpoint: endpoint.id, receivedAt: store.now))
      case .failure(let fault):
        try store.insert(Self.unreadable(body, fault, endpoint, at: store.now))
      }
    }
    switch result {
    case .success(let event):
      if isNew { context.arrivals.raise() }
      context.logger.debug(
        "event", metadata: ["kind": "\(event.kind.rawValue)", "new": "\(isNew)"])
      return isNew ? .stored : .duplicate
    case .failure(let fault):
      context.logger.warning(
        "a webhook's body could not be read",
        metadata: ["endpoint": "\(endpoint.id)", "code": "\(fault.code)"])
      return .unreadable
    }
  }

  private static func unreadable(
    _ body: [UInt8], _ fault: ProviderEventFault, _ endpoint: WebhookEndpoint, at now: Instant
  ) -> StoredEvent {
    let event = ProviderEvent(
      eventID: "unreadable.\(Digest.sha256(body).hex)", kind: .unknown, name: "unreadable",
      channel: .email, code: fault.code)
    return StoredEvent(
      org: endpoint.org, event: event, endpoint: endpoint.id, receivedAt: now, state: .done,
      attribution: .unreadable, body: Array(body.prefix(keptOfUnreadable)))
  }

  private static func proves(
    _ header: String, _ scheme: WebhookScheme, _ authorization: Digest
  ) -> Bool {
    let parts = header.split(separator: " ", maxSplits: 1)
    let isScheme = parts.first?.lowercased() == scheme.rawValue
    var value = parts.count == 2 ? parts[1][...] : ""
    while value.first == " " { value.removeFirst() }
    let found = Digest.sha256(Array(value.utf8))
    return isEqual(found, authorization) && isScheme
  }

  /// Compares every byte whatever the first ones say.
  private static func isEqual(_ left: Digest, _ right: Digest) -> Bool {
    zip(left.hex.utf8, right.hex.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
