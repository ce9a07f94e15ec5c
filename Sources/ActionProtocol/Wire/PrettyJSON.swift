/// JSON for people: two spaces, one member a line, keys in the order they were given.
public enum PrettyJSON {
  /// The indented text of a value, without a final line break.
  public static func encode(_ value: JSONValue) -> String {
    var text = ""
    append(value, indent: 0, to: &text)
    return text
  }

  private static func append(_ value: JSONValue, indent: Int, to text: inout String) {
    switch value {
    case .array(let items) where !items.isEmpty:
      let lines = items.map { item in
        var line = ""
        append(item, indent: indent + 1, to: &line)
        return line
      }
      appendBlock("[", lines, "]", indent: indent, to: &text)
    case .object(let object) where !object.isEmpty:
      let lines = object.members.map { member in
        var line = CanonicalJSON.text(.string(member.key)) + ": "
        append(member.value, indent: indent + 1, to: &line)
        return line
      }
      appendBlock("{", lines, "}", indent: indent, to: &text)
    default:
      text += CanonicalJSON.text(value)
    }
  }

  private static func appendBlock(
    _ open: String, _ lines: [String], _ close: String, indent: Int, to text: inout String
  ) {
    let inner = String(repeating: "  ", count: indent + 1)
    text += open + "\n" + inner + lines.joined(separator: ",\n" + inner) + "\n"
    text += String(repeating: "  ", count: indent) + close
  }
}
