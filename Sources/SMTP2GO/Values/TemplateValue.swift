/// A value for a template's placeholder.
public enum TemplateValue: Sendable, Hashable {
  /// A text.
  case string(String)
  /// A finite number; others are refused before sending.
  case number(Double)
  /// True or false.
  case bool(Bool)
  /// A list.
  case array([TemplateValue])
  /// Values with names.
  case object([String: TemplateValue])

  /// True where JSON can carry the value.
  var isWritable: Bool {
    switch self {
    case .string, .bool: true
    case .number(let number): number.isFinite
    case .array(let elements): elements.allSatisfy(\.isWritable)
    case .object(let members): members.values.allSatisfy(\.isWritable)
    }
  }

  /// Nil for null, which a template cannot show.
  init?(_ json: JSON) {
    switch json {
    case .null: return nil
    case .bool(let flag): self = .bool(flag)
    case .number(let number): self = .number(number)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .array(elements.compactMap { TemplateValue($0) })
    case .object(let members): self = .object(Self.members(members))
    }
  }

  static func members(_ members: [JSON.Member]) -> [String: TemplateValue] {
    var result: [String: TemplateValue] = [:]
    for member in members where result[member.key] == nil {
      result[member.key] = TemplateValue(member.value)
    }
    return result
  }
}

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
}

extension TemplateValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only: values are what a message says.
  public var description: String { "TemplateValue(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
