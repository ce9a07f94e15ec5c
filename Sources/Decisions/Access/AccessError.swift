/// Why somebody may not do something, or why a person, role or credential cannot be changed so.
///
/// Says nothing secret and nothing that tells whether an account exists.
public struct AccessError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// Nobody has shown who they are, or the credential is void: 401.
    case unauthenticated
    /// Known, and not allowed to: 403.
    case forbidden
    /// The request itself does not fit: 422.
    case invalid
    /// There is no such thing: 404.
    case unknown
    /// It is there already, or changed meanwhile: 409.
    case conflict
    /// Too many tries; whole seconds until the next one is looked at: 429.
    case tooMany(seconds: Int)
  }

  public let kind: Kind
  /// A stable code.
  public let code: String
  /// What happened, to what.
  public let message: String
  /// What to do next.
  public let remedy: String

  public init(_ kind: Kind, _ code: String, _ message: String, remedy: String) {
    self.kind = kind
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  public var description: String { code }
}
