/// A page of sections, each with a heading and indented lines.
struct CardPage {
  private var text = ""
  private let style: Style
  let width: Int

  init(style: Style, width: Int) {
    self.style = style
    self.width = width
  }

  var rendered: String { text }

  mutating func title(_ line: String) {
    text += style.bold(DisplayText.line(line)) + "\n"
    text += String(repeating: "=", count: min(width, DisplayText.columns(line))) + "\n"
  }

  mutating func heading(_ line: String) { text += "\n" + style.bold(line) + "\n" }

  /// Wrapped text, indented.
  mutating func paragraph(_ words: String) {
    for line in DisplayText.wrap(DisplayText.block(words), width: width - 2) {
      text += line.isEmpty ? "\n" : "  \(line)\n"
    }
  }

  /// A name and a value; long values continue under themselves.
  mutating func field(_ name: String, _ value: String) {
    let label = name.padding(to: 12)
    let lines = DisplayText.wrap(DisplayText.line(value), width: width - 14)
    for (index, line) in lines.enumerated() {
      text += "  \(index == 0 ? label : String(repeating: " ", count: 12))\(line)\n"
    }
  }

  /// Text shown as it is, each line behind a bar, nothing wrapped away.
  mutating func quote(_ words: String) {
    let block = DisplayText.block(words)
    for line in block.split(separator: "\n", omittingEmptySubsequences: false) {
      text += line.isEmpty ? "  |\n" : "  | \(line)\n"
    }
  }

  mutating func item(_ words: String) {
    for (index, line) in DisplayText.wrap(DisplayText.line(words), width: width - 4).enumerated() {
      text += (index == 0 ? "  - " : "    ") + line + "\n"
    }
  }

  mutating func table(_ table: TextTable, headings: Bool = true) {
    text += table.rendered(style: style, indent: 2, headings: headings)
  }
}

extension String {
  func padding(to columns: Int) -> String {
    self + String(repeating: " ", count: max(1, columns - DisplayText.columns(self)))
  }
}
