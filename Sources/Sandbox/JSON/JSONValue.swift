/// A JSON document as the sandbox reads and writes it.
///
/// Objects keep their order, so that what the sandbox answers looks the same on every run. The
/// sandbox has its own reader and writer because Foundation's cost more per message than the rest of
/// the send path together, and because it must share no wire type with the client it tests.
enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])

  /// The member of an object; the last one wins when a name stands twice.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var integer: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  var array: [JSONValue]? {
    guard case .array(let items) = self else { return nil }
    return items
  }

  var members: [JSONMember]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The strings of an array; everything else in it is left out.
  var strings: [String] {
    array?.compactMap(\.string) ?? []
  }

  /// What the vendor takes for "not given": `null`, `""`, `[]` and `{}`. Official clients send
  /// these for fields that their caller left out.
  var isAbsent: Bool {
    switch self {
    case .null: true
    case .string(let text): text.isEmpty
    case .array(let items): items.isEmpty
    case .object(let members): members.isEmpty
    case .bool, .integer, .number: false
    }
  }
}

/// One name and value of a JSON object.
struct JSONMember: Sendable, Equatable {
  var name: String
  var value: JSONValue
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { JSONMember(name: $0.0, value: $0.1) })
  }

  init(arrayLiteral elements: JSONValue...) {
    self = .array(elements)
  }

  init(stringLiteral value: String) {
    self = .string(value)
  }

  init(integerLiteral value: Int) {
    self = .integer(value)
  }

  init(booleanLiteral value: Bool) {
    self = .bool(value)
  }

  /// A text, or `null`.
  init(_ text: String?) {
    self = text.map(JSONValue.string) ?? .null
  }

  /// An array of texts.
  init(_ texts: [String]) {
    self = .array(texts.map(JSONValue.string))
  }
}
