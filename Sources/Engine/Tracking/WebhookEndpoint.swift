import ActionProtocol

/// How the provider proves who it is when it posts.
public enum WebhookScheme: String, CaseIterable, Hashable, Sendable {
  case bearer
  case basic
}

/// An address at which the provider posts an org's events. The secrets are kept as digests only.
public struct WebhookEndpoint: Hashable, Sendable {
  public var org: OrgID
  /// Names it for people; no secret.
  public var id: String
  public var scheme: WebhookScheme
  public var createdAt: Instant
  /// The provider's number of the webhook, once it is registered there.
  public var vendorID: String?

  public init(
    org: OrgID, id: String, scheme: WebhookScheme, createdAt: Instant, vendorID: String?
  ) {
    self.org = org
    self.id = id
    self.scheme = scheme
    self.createdAt = createdAt
    self.vendorID = vendorID
  }
}

/// A fresh endpoint with its secrets, which are shown this once and kept nowhere.
public struct NewWebhook: Sendable {
  public let endpoint: WebhookEndpoint
  /// The unguessable part of the path: `/hooks/smtp2go/<pathToken>`.
  public let pathToken: String
  /// The bearer token, or the password of ``user``.
  public let secret: String

  /// The user's name where the scheme is basic.
  public static let user = "aiom"

  /// What the provider is told to send after the scheme's name: a bearer token, or the base64 of
  /// `user:password`. SMTP2GO's `auth_header_value`.
  public var authorizationValue: String {
    switch endpoint.scheme {
    case .bearer: secret
    case .basic: Base64Text.standard(Array("\(Self.user):\(secret)".utf8))
    }
  }

  /// The whole header: `Bearer …` or `Basic …`.
  public var authorization: String {
    switch endpoint.scheme {
    case .bearer: "Bearer \(authorizationValue)"
    case .basic: "Basic \(authorizationValue)"
    }
  }
}

extension NewWebhook: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The endpoint's id only.
  public var description: String { "NewWebhook(\(endpoint.id))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they are secrets.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// An endpoint as the store keeps it.
public struct StoredWebhook: Hashable, Sendable {
  public var endpoint: WebhookEndpoint
  /// SHA-256 of the path's token.
  public var token: Digest
  /// SHA-256 of the value after the scheme's name.
  public var authorization: Digest

  public init(endpoint: WebhookEndpoint, token: Digest, authorization: Digest) {
    self.endpoint = endpoint
    self.token = token
    self.authorization = authorization
  }
}

/// Why a post is not taken.
public enum WebhookRefusal: Error, Hashable, Sendable {
  /// The path or the Authorization header is wrong: answer 401.
  case unauthorized
}
