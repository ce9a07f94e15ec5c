/// A JSON value as it goes over the wire, for calls that this library has no words for.
///
/// It prints as its kind only: a value is what a record says.
public enum OdooJSON: Sendable, Hashable {
  /// Null; what a method answers that returns nothing.
  case null
  /// True or false; false also stands for "nothing" in all but boolean fields.
  case bool(Bool)
  /// A number without fraction or exponent that fits.
  case int(Int)
  /// Any other finite number.
  case double(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([OdooJSON])
  /// Values with names.
  case object([String: OdooJSON])

  /// A member of an object; nil where it is missing or this is no object.
  public subscript(key: String) -> OdooJSON? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// The text, where it is one.
  public var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  /// The whole number, where it is one; `2.0` is 2.
  public var integer: Int? {
    switch self {
    case .int(let number): number
    case .double(let number): Int(exactly: number)
    default: nil
    }
  }

  /// The number, where it is one.
  public var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  /// The flag, where it is one.
  public var flag: Bool? {
    if case .bool(let flag) = self { return flag }
    return nil
  }

  /// The elements, where it is a list.
  public var elements: [OdooJSON]? {
    if case .array(let elements) = self { return elements }
    return nil
  }

  /// The members, where it is an object.
  public var members: [String: OdooJSON]? {
    if case .object(let members) = self { return members }
    return nil
  }

  /// A list of database ids, where every element is one.
  var ids: [Int]? {
    guard let elements else { return nil }
    let ids = elements.compactMap(\.id)
    return ids.count == elements.count ? ids : nil
  }

  /// A database id: a positive whole number.
  var id: Int? {
    if case .int(let number) = self, number > 0 { return number }
    return nil
  }
}

extension OdooJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A flag.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A list.
  public init(arrayLiteral elements: OdooJSON...) { self = .array(elements) }
  /// An object; of a key written twice the last counts.
  public init(dictionaryLiteral elements: (String, OdooJSON)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
}

extension OdooJSON: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The kind only.
  public var description: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int, .double: "number"
    case .string: "text"
    case .array(let elements): "array(\(elements.count))"
    case .object(let members): "object(\(members.count))"
    }
  }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
