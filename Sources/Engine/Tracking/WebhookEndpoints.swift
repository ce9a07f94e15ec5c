import ActionProtocol
import Decisions

/// Makes and removes the addresses at which the provider posts events.
public struct WebhookEndpoints: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Makes an endpoint with fresh secrets of 256 bits each.
  public func create(
    _ org: OrgID, scheme: WebhookScheme, by: Author, via: String
  ) async throws -> NewWebhook {
    let pathToken = Base64Text.url(context.entropy.bytes(32))
    let secret = Base64Text.url(context.entropy.bytes(32))
    // Digits and letters only: an id that begins with a hyphen would look like an option.
    let id = String(Digest.sha256(context.entropy.bytes(16)).hex.prefix(12))
    return try await context.store.write { store in
      let endpoint = WebhookEndpoint(
        org: org, id: id, scheme: scheme, createdAt: store.now, vendorID: nil)
      let made = NewWebhook(endpoint: endpoint, pathToken: pathToken, secret: secret)
      try store.insert(
        StoredWebhook(
          endpoint: endpoint, token: .sha256(Array(pathToken.utf8)),
          authorization: .sha256(Array(made.authorizationValue.utf8))))
      try store.append([Self.event("webhook.created", endpoint, by, via)], org: org)
      return made
    }
  }

  /// The org's endpoints that take posts, oldest first.
  public func list(_ org: OrgID) async throws -> [WebhookEndpoint] {
    try await context.store.read { try $0.webhooks(org) }
  }

  /// Remembers the provider's own number of a webhook, by which it is removed there.
  public func setVendorID(_ org: OrgID, _ id: String, _ vendorID: String) async throws {
    try await context.store.write { try $0.setVendorID(org, webhook: id, vendorID) }
  }

  /// Closes an endpoint: from now on its path answers 404. What it brought stays.
  /// - Returns: false where there is no such open endpoint.
  @discardableResult
  public func remove(_ org: OrgID, _ id: String, by: Author, via: String) async throws -> Bool {
    try await context.store.write { store in
      guard let endpoint = try store.webhooks(org).first(where: { $0.id == id }) else {
        return false
      }
      try store.removeWebhook(org, id)
      try store.append([Self.event("webhook.removed", endpoint, by, via)], org: org)
      return true
    }
  }

  private static func event(
    _ kind: String, _ endpoint: WebhookEndpoint, _ by: Author, _ via: String
  ) -> AuditEvent {
    AuditEvent(
      kind: kind, actor: by.rawValue, via: via, subject: "webhook:\(endpoint.id)",
      details: ["scheme": .string(endpoint.scheme.rawValue)])
  }
}

/// RFC 4648 base64.
enum Base64Text {
  /// With the alphabet that may stand in a path, without padding.
  static func url(_ bytes: [UInt8]) -> String {
    encode(bytes, Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8))
  }

  /// With the standard alphabet and padding.
  static func standard(_ bytes: [UInt8]) -> String {
    let text = encode(
      bytes, Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8))
    return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }

  private static func encode(_ bytes: [UInt8], _ alphabet: [UInt8]) -> String {
    var text: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let joined = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for place in 0...group.count {
        text.append(alphabet[Int(joined >> (18 - 6 * UInt32(place)) & 63)])
      }
      start += 3
    }
    return String(decoding: text, as: UTF8.self)
  }
}
