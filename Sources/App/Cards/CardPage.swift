import Cards

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

  /// A whole document.
  static func text(
    _ document: CardDocument, style: Style = .plain, width: Int = 100
  ) -> String {
    var page = CardPage(style: style, width: width)
    page.title(document.title)
    for block in document.blocks {
      switch block {
      case .heading(let line): page.heading(line.uppercased())
      case .paragraph(let words): page.paragraph(words)
      case .field(let name, let value): page.field(name, value)
      case .quote(let words): page.quote(words)
      case .item(let words): page.item(words)
      case .table(let table, let hasHeadings):
        page.text += table.rendered(style: style, indent: 2, headings: hasHeadings)
      }
    }
    return page.rendered
  }

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
}

extension String {
  func padding(to columns: Int) -> String {
    self + String(repeating: " ", count: max(1, columns - DisplayText.columns(self)))
  }
}

extension CardTable {
  /// As ``TextTable``.
  func rendered(style: Style = .plain, indent: Int = 0, headings: Bool = true) -> String {
    var table = TextTable(
      columns.map { $0.alignment == .left ? .left($0.title) : .right($0.title) })
    for row in rows { table.add(row) }
    return table.rendered(style: style, indent: indent, headings: headings)
  }
}

extension CardView {
  /// For a terminal.
  func rendered(style: Style = .plain, width: Int = 100) -> String {
    CardPage.text(document, style: style, width: width)
  }
}
