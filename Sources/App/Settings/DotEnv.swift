/// Reads files in the manner of `.env`: `NAME=value` lines as shells write them.
///
/// Swift Configuration's own reader keeps quotation marks and remarks as part of the value; the
/// files that people have use both, so the text is read here and handed over as a dictionary.
enum DotEnv {
  /// The variables of a file; the last one of a name wins.
  ///
  /// Understood: empty lines, `#` lines, `export `, single and double quotes (with `\n`, `\"` and
  /// `\\` inside the double ones), a remark after a quoted value or after a space.
  static func parse(_ text: String) -> [String: String] {
    var values: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let (name, value) = variable(String(line).trimmingSpaces) else { continue }
      values[name] = value
    }
    return values
  }

  /// The numbers of lines that say something and set nothing, counted from 1: most often a typing
  /// error, such as `NAME: value`.
  static func unreadLines(_ text: String) -> [Int] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .compactMap { index, line in
        let line = String(line).trimmingSpaces
        return line.isEmpty || line.hasPrefix("#") || variable(line) != nil ? nil : index + 1
      }
  }

  private static func variable(_ line: String) -> (String, String)? {
    guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { return nil }
    var name = String(line[..<equals]).trimmingSpaces
    if name.hasPrefix("export ") { name = String(name.dropFirst(7)).trimmingSpaces }
    guard !name.isEmpty, name.utf8.allSatisfy(isNameByte) else { return nil }
    let value = String(line[line.index(after: equals)...]).trimmingSpaces
    return (name, unquoted(value))
  }

  private static func unquoted(_ value: String) -> String {
    guard let quote = value.first, quote == "\"" || quote == "'" else {
      return withoutRemark(value)
    }
    var result = ""
    var escaped = false
    for character in value.dropFirst() {
      if escaped {
        result.append(character == "n" ? "\n" : character)
        escaped = false
      } else if character == "\\", quote == "\"" {
        escaped = true
      } else if character == quote {
        return result
      } else {
        result.append(character)
      }
    }
    return value
  }

  private static func withoutRemark(_ value: String) -> String {
    if value.hasPrefix("#") { return "" }
    var previous: Character = "x"
    for index in value.indices {
      if value[index] == "#", previous.isWhitespace {
        return String(value[..<index]).trimmingSpaces
      }
      previous = value[index]
    }
    return value
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == 0x5F
  }
}
