/// A JSON value as the provider sends it, read leniently: accessors answer nil instead of failing
/// where a field is missing, null or of another type.
enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  struct Member: Sendable, Equatable {
    let key: String
    let value: JSON
  }

  /// A member's value. Of a key that occurs twice the first counts.
  subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The first of several spellings that has a value other than null.
  func first(_ keys: String...) -> JSON? {
    for key in keys {
      if let value = self[key], value != .null { return value }
    }
    return nil
  }

  /// A text, or a number written as one: the provider swaps the two in places.
  var text: String? {
    switch self {
    case .string(let text): text
    case .number(let number):
      Int64(exactly: number).map { String($0) } ?? String(number)
    default: nil
    }
  }

  var nonEmptyText: String? { text.flatMap { $0.isEmpty ? nil : $0 } }

  var integer: Int? {
    switch self {
    case .number(let number): Int(exactly: number)
    case .string(let text): Int(text)
    default: nil
    }
  }

  /// A number, also one written as a text: percentages come as `"0.00"`.
  var decimal: Double? {
    switch self {
    case .number(let number): number
    case .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  /// A list of texts, also one that comes as a single text.
  var texts: [String] {
    if let array { return array.compactMap(\.nonEmptyText) }
    return nonEmptyText.map { [$0] } ?? []
  }

  var bool: Bool? {
    switch self {
    case .bool(let value): value
    case .number(let number): number != 0
    case .string(let text):
      ["true": true, "1": true, "false": false, "0": false][text.lowercased()]
    default: nil
    }
  }

  var array: [JSON]? {
    if case .array(let elements) = self { return elements }
    return nil
  }

  var members: [Member]? {
    if case .object(let members) = self { return members }
    return nil
  }
}
