/// What the provider, or this client before sending, has against a request.
public struct Refusal: Hashable, Sendable {
  /// What is not in order, where a refusal is about the operator's set-up.
  public enum Concern: String, Hashable, Sendable, CaseIterable {
    /// The key is missing, malformed, unknown, revoked, or belongs to another region.
    case key
    /// The key may not use this endpoint, or not from this network address.
    case permission
    /// The sender's address or domain is not verified.
    case sender
    /// The account is suspended, over its plan, or may not use this service.
    case account
  }

  /// The provider's error code without its prefix (`API_EXCEPTION`), `HTTP_401` and the like
  /// where it gave none, `FAILURES` for refusals inside a successful answer, or `client.…` where
  /// the request was refused before it was sent.
  public var code: String
  /// The provider's text, for a person. It may repeat addresses: never log it.
  public var message: String
  /// The field that the provider names.
  public var field: String?
  /// Set for outcomes of class configuration.
  public var concern: Concern?

  /// Builds a refusal.
  public init(code: String, message: String, field: String? = nil, concern: Concern? = nil) {
    self.code = code
    self.message = message
    self.field = field
    self.concern = concern
  }
}

extension Refusal: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Code and concern only.
  public var description: String { concern.map { "\(code) (\($0.rawValue))" } ?? code }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: the message may hold addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
