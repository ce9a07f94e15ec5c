/// One thing wrong with a document: where, what, and how to put it right.
///
/// `code` is stable across versions. `description` is safe for logs: it is the code alone, since a
/// pointer may contain text from the document.
public struct ProtocolIssue: Error, Hashable, Sendable {
  /// The place, as a JSON pointer.
  public let pointer: JSONPointer
  /// A stable code such as `field.required`.
  public let code: String
  /// What is wrong, for a person; never a value of the document.
  public let message: String
  /// What to do about it, for a person.
  public let remedy: String
  /// A value to paste at `pointer`, where one can be given.
  public let suggestion: JSONValue?

  /// An issue of the given place, code and words.
  public init(
    pointer: JSONPointer, code: String, message: String, remedy: String,
    suggestion: JSONValue? = nil
  ) {
    self.pointer = pointer
    self.code = code
    self.message = message
    self.remedy = remedy
    self.suggestion = suggestion
  }

  /// The issue as `{pointer, code, message, remedy, suggestion}`; suggestion only where given.
  public var json: JSONValue {
    var object: JSONObject = [
      "pointer": .string(pointer.rawValue), "code": .string(code), "message": .string(message),
      "remedy": .string(remedy),
    ]
    object.append("suggestion", suggestion)
    return .object(object)
  }
}

extension ProtocolIssue: CustomStringConvertible {
  /// The code.
  public var description: String { code }
}

/// Everything wrong with a document, at once.
public struct ProtocolIssues: Error, Hashable, Sendable {
  /// The issues; never empty.
  public let issues: [ProtocolIssue]

  /// The given issues.
  public init(_ issues: [ProtocolIssue]) { self.issues = issues }
}

extension ProtocolIssues: CustomStringConvertible {
  /// The codes.
  public var description: String { issues.map(\.code).joined(separator: ",") }
}
