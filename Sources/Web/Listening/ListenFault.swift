/// Why a listener cannot begin, for a person.
public struct ListenFault: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// A setting has to be changed.
    case configuration
    /// Something else on the machine is in the way now.
    case unavailable
  }

  public let kind: Kind
  /// Stable, for programs.
  public let code: String
  /// What happened, to which listener.
  public let message: String
  public let remedy: String

  public var description: String { code }

  init(_ kind: Kind, _ code: String, _ message: String, remedy: String) {
    self.kind = kind
    self.code = code
    self.message = message
    self.remedy = remedy
  }
}
