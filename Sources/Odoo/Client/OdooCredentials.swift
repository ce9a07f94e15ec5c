/// What a user proves itself with. It prints as redacted everywhere.
public struct OdooCredentials: Sendable, Hashable {
  enum Secret: Sendable, Hashable {
    case password(String)
    case apiKey(String)
  }

  let login: String?
  let secret: Secret

  /// A login with its password. A user with two-factor login cannot use it from outside.
  public static func password(login: String, _ password: String) -> OdooCredentials {
    OdooCredentials(login: login, secret: .password(password))
  }

  /// An API key. The login is needed for JSON-RPC only; without it the server must be 19 or later.
  public static func apiKey(_ key: String, login: String? = nil) -> OdooCredentials {
    OdooCredentials(login: login, secret: .apiKey(key))
  }

  /// The secret itself, for the request and nothing else.
  func unredacted() -> String {
    switch secret {
    case .password(let text), .apiKey(let text): text
    }
  }

  var isAPIKey: Bool {
    if case .apiKey = secret { return true }
    return false
  }

  /// Keys go into a header; passwords are any text.
  var isSendable: Bool {
    switch secret {
    case .password(let text): !text.isEmpty && login?.isEmpty == false
    case .apiKey(let text):
      !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && login?.isEmpty != true
    }
  }
}

extension OdooCredentials: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Redacted.
  public var description: String { "OdooCredentials(redacted)" }
  /// Redacted like `description`.
  public var debugDescription: String { description }
  /// Without children, so that `dump` shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
