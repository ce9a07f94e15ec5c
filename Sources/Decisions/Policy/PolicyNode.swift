import ActionProtocol

/// A place of a document that a policy is read from, whatever it is written in. Numbers and words are
/// kept as they stand: what `no` or `010` means is decided by the field, never by the document.
public struct PolicyNode: Hashable, Sendable {
  /// What stands there.
  public indirect enum Content: Hashable, Sendable {
    /// A text; `isQuoted` where it stood in quotes.
    case scalar(String, isQuoted: Bool)
    case list([PolicyNode])
    case map([Member])
  }

  /// A key with its value.
  public struct Member: Hashable, Sendable {
    public let key: String
    /// The line of the key, from 1; 0 where nobody knows.
    public let line: Int
    public let value: PolicyNode

    public init(key: String, line: Int, value: PolicyNode) {
      self.key = key
      self.line = line
      self.value = value
    }
  }

  /// What stands there.
  public let content: Content
  /// The line where it begins, from 1; 0 where nobody knows.
  public let line: Int

  public init(_ content: Content, line: Int) {
    self.content = content
    self.line = line
  }

  /// The same document written in JSON, without lines.
  public init(_ json: JSONValue) {
    let content: Content =
      switch json {
      case .null: .scalar("null", isQuoted: false)
      case .bool(let flag): .scalar(flag ? "true" : "false", isQuoted: false)
      case .integer(let number): .scalar(String(number), isQuoted: false)
      case .number: .scalar(CanonicalJSON.text(json), isQuoted: false)
      case .string(let text): .scalar(text, isQuoted: true)
      case .array(let items): .list(items.map { PolicyNode($0) })
      case .object(let object):
        .map(object.members.map { Member(key: $0.key, line: 0, value: PolicyNode($0.value)) })
      }
    self.init(content, line: 0)
  }
}

/// One thing wrong with a policy: where, what, and how to put it right.
public struct PolicyIssue: Error, Hashable, Sendable {
  /// Whether a policy with it can be used.
  public enum Severity: String, Hashable, Sendable {
    /// The policy is refused.
    case error
    /// It can be used; somebody should look.
    case warning
  }

  public let severity: Severity
  /// The line in the file, from 1; 0 where nobody knows.
  public let line: Int
  /// The place, as `rules[2].then.require.role` or `rules[opted-out].when`.
  public let path: String
  /// Stable, for programs.
  public let code: String
  /// What is wrong, for a person.
  public let message: String
  /// What to do about it.
  public let remedy: String

  public init(
    _ severity: Severity = .error, line: Int, path: String, code: String, message: String,
    remedy: String
  ) {
    self.severity = severity
    self.line = line
    self.path = path
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  /// `{severity, line, path, code, message, remedy}`; line where it is known.
  public var json: JSONValue {
    var object: JSONObject = [
      "severity": .string(severity.rawValue), "path": .string(path), "code": .string(code),
      "message": .string(message), "remedy": .string(remedy),
    ]
    if line > 0 { object["line"] = .integer(Int64(line)) }
    return .object(object)
  }
}
