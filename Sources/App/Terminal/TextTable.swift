/// Rows under headings, aligned by columns.
struct TextTable {
  enum Alignment { case left, right }

  struct Column {
    let title: String
    let alignment: Alignment

    static func left(_ title: String) -> Column { Column(title: title, alignment: .left) }
    static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  var isEmpty: Bool { rows.isEmpty }

  mutating func add(_ cells: [String]) { rows.append(cells.map(DisplayText.line)) }

  /// The table, each line ending in a line break; headings bold where there is colour.
  func rendered(style: Style = .plain, indent: Int = 0, headings: Bool = true) -> String {
    let widths = columns.indices.map { index in
      let cells = rows.map { DisplayText.columns($0[index]) }
      return max(headings ? DisplayText.columns(columns[index].title) : 0, cells.max() ?? 0)
    }
    var lines: [String] = []
    if headings { lines.append(style.bold(line(columns.map(\.title), widths))) }
    lines += rows.map { line($0, widths) }
    let margin = String(repeating: " ", count: indent)
    return lines.map { margin + $0 + "\n" }.joined()
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = columns.indices.map { index in
      let gap = String(
        repeating: " ", count: max(0, widths[index] - DisplayText.columns(cells[index])))
      return columns[index].alignment == .left ? cells[index] + gap : gap + cells[index]
    }
    var text = padded.joined(separator: "  ")
    while text.last == " " { text.removeLast() }
    return text
  }
}
