/// A place in a JSON document (RFC 6901), such as `/operation/inputs/to`; the root is empty.
public struct JSONPointer: Hashable, Sendable {
  /// The pointer as text, `~` and `/` in keys escaped as `~0` and `~1`.
  public let rawValue: String

  /// The document's root.
  public static let root = JSONPointer(unchecked: "")

  /// The pointer of the text, or nil where RFC 6901 does not allow it.
  public init?(_ text: String) {
    if !text.isEmpty, text.utf8.first != UInt8(ascii: "/") { return nil }
    var escaped = false
    for byte in text.utf8 {
      if escaped, byte != UInt8(ascii: "0"), byte != UInt8(ascii: "1") { return nil }
      escaped = byte == UInt8(ascii: "~")
    }
    if escaped { return nil }
    rawValue = text
  }

  private init(unchecked text: String) { rawValue = text }

  /// The pointer to a member of the object this points to.
  public func appending(_ key: String) -> JSONPointer {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return JSONPointer(unchecked: rawValue + "/" + key)
    }
    var escaped = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return JSONPointer(unchecked: rawValue + "/" + escaped)
  }

  /// The pointer to an item of the array this points to.
  public func appending(_ index: Int) -> JSONPointer {
    JSONPointer(unchecked: rawValue + "/" + String(index))
  }

  /// The unescaped steps from the root.
  public var steps: [String] {
    rawValue.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { step in
      var plain = ""
      var escaped = false
      for scalar in step.unicodeScalars {
        if escaped {
          plain += scalar == "0" ? "~" : "/"
          escaped = false
        } else if scalar == "~" {
          escaped = true
        } else {
          plain.unicodeScalars.append(scalar)
        }
      }
      return plain
    }
  }
}

extension JSONValue {
  /// The value at a pointer, or nil where there is none.
  public subscript(pointer: JSONPointer) -> JSONValue? {
    var current = self
    for step in pointer.steps {
      switch current {
      case .object(let object):
        guard let next = object[step] else { return nil }
        current = next
      case .array(let items):
        guard let index = Self.index(step), items.indices.contains(index) else { return nil }
        current = items[index]
      default: return nil
      }
    }
    return current
  }

  /// This value with the place of the pointer set, or unchanged where its parent does not exist.
  public func setting(_ pointer: JSONPointer, to value: JSONValue) -> JSONValue {
    setting(pointer.steps[...], to: value)
  }

  /// The index a step denotes: digits without a sign or leading zeros.
  private static func index(_ step: String) -> Int? {
    guard let index = Int(step), String(index) == step, index >= 0 else { return nil }
    return index
  }

  private func setting(_ steps: ArraySlice<String>, to value: JSONValue) -> JSONValue {
    guard let step = steps.first else { return value }
    switch self {
    case .object(var object):
      guard steps.count == 1 || object[step] != nil else { return self }
      object[step] = (object[step] ?? .null).setting(steps.dropFirst(), to: value)
      return .object(object)
    case .array(var items):
      guard let index = Self.index(step), items.indices.contains(index) else { return self }
      items[index] = items[index].setting(steps.dropFirst(), to: value)
      return .array(items)
    default: return self
    }
  }
}
