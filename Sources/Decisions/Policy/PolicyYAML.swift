import ActionProtocol

/// Writes a policy as YAML that ``PolicyReader`` reads back to the same policy. Texts stand in quotes.
public enum PolicyYAML {
  /// The file's text, with a final line break.
  public static func write(_ policy: Policy) -> String {
    var text = ""
    block(policy.json, indent: 0, to: &text)
    return text
  }

  private static func block(_ value: JSONValue, indent: Int, to text: inout String) {
    let margin = String(repeating: " ", count: indent)
    switch value {
    case .object(let object):
      for (key, value) in object { member(key, value, margin, indent, to: &text) }
    case .array(let items):
      for item in items {
        if let object = item.objectValue, !isShort(item) {
          var lines = ""
          block(.object(object), indent: indent + 2, to: &lines)
          text += margin + "- " + lines.dropFirst(indent + 2)
        } else {
          text += margin + "- " + flow(item) + "\n"
        }
      }
    default: text += margin + flow(value) + "\n"
    }
  }

  private static func member(
    _ key: String, _ value: JSONValue, _ margin: String, _ indent: Int, to text: inout String
  ) {
    let name = self.name(key)
    if isShort(value) {
      text += margin + name + ": " + flow(value) + "\n"
    } else {
      text += margin + name + ":\n"
      block(value, indent: indent + 2, to: &text)
    }
  }

  /// Whether it stands on one line: a value, a clause, a list of values, few members.
  private static func isShort(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let object):
      object.isEmpty
        || object.members.allSatisfy { isLeaf($0.value) } && flow(value).utf8.count <= 90
    case .array(let items): items.isEmpty || isLeaf(value) && flow(value).utf8.count <= 90
    default: true
    }
  }

  /// A value, or a list of values.
  private static func isLeaf(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let object): object.isEmpty
    case .array(let items): items.allSatisfy { $0.arrayValue == nil && $0.objectValue == nil }
    default: true
    }
  }

  private static func flow(_ value: JSONValue) -> String {
    switch value {
    case .object(let object):
      let members = object.members.map { name($0.key) + ": " + flow($0.value) }
      return members.isEmpty ? "{}" : "{ " + members.joined(separator: ", ") + " }"
    case .array(let items): return "[" + items.map(flow).joined(separator: ", ") + "]"
    case .string(let text): return isPlain(text) ? text : quoted(text)
    default: return CanonicalJSON.text(value)
    }
  }

  /// A key; `on` is one of ours.
  private static func name(_ key: String) -> String { key == "on" ? key : flow(.string(key)) }

  /// Words that every reader of YAML takes as text: lower-case, and none of its own words.
  private static func isPlain(_ text: String) -> Bool {
    let own = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"]
    guard let first = text.utf8.first, (0x61...0x7A).contains(first), !own.contains(text) else {
      return false
    }
    return text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
        || byte == 0x2D || byte == 0x2E
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case " "..."~": quoted.unicodeScalars.append(scalar)
      case "\u{A1}"..."\u{1FFF}", "\u{2010}"..."\u{2027}", "\u{2030}"..."\u{D7FF}",
        "\u{E000}"..."\u{FDCF}", "\u{10000}"..."\u{EFFFF}":
        quoted.unicodeScalars.append(scalar)
      default:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        quoted += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - hex.count)
        quoted += hex
      }
    }
    return quoted + "\""
  }
}
