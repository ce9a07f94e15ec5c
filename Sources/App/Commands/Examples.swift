/// The part of a help text that explains and shows how a command is used.
enum Examples {
  /// The text, then `EXAMPLES:` with each line indented.
  static func after(_ text: String, _ lines: String...) -> String {
    let examples = "EXAMPLES:\n" + lines.map { "  \($0)" }.joined(separator: "\n")
    return text.isEmpty ? examples : joined(text) + "\n\n" + examples
  }

  /// Joins the lines of each paragraph, because the terminal's width decides where they break.
  /// Indented lines stay as they are.
  static func joined(_ text: String) -> String {
    var lines: [String] = []
    var mayContinue = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let isPlain = !line.isEmpty && !line.hasPrefix(" ")
      if isPlain, mayContinue, let last = lines.indices.last {
        lines[last] += " " + line
      } else {
        lines.append(line)
      }
      mayContinue = isPlain
    }
    return lines.joined(separator: "\n")
  }
}
