/// Why a text is not an address, a number or a message that may be sent.
///
/// The issue never contains the text it is about: `description` is the code alone, and `message`
/// and `remedy` are written for a person without repeating what was typed.
public struct AddressingIssue: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable, dotted code such as `email.no_at`.
  public let code: String
  /// What is wrong, as one sentence.
  public let message: String
  /// What to do about it, as one sentence.
  public let remedy: String

  /// Builds an issue from its three texts.
  public init(code: String, message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  /// The code alone, safe for logs and metrics.
  public var description: String { code }
}
