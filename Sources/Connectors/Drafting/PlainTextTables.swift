/// Lines up the tables of a plain-text message.
///
/// In a template, cells are separated by tab characters and a ruler says how columns are aligned, as
/// in Markdown: `---` left, `---:` right. Neighbouring lines with tabs are one table. Values cannot
/// hold tabs, so no value can add a column.
enum PlainTextTables {
  /// The text with every table padded with spaces; lines without tabs are left as they are.
  static func align(_ text: String) -> String {
    var lines: [String] = []
    var table: [[String]] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.contains("\t") {
        table.append(cells(line))
      } else {
        lines += rendered(table)
        table = []
        lines.append(String(line))
      }
    }
    lines += rendered(table)
    return lines.joined(separator: "\n")
  }

  private static func cells(_ line: Substring) -> [String] {
    line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }

  private static func rendered(_ rows: [[String]]) -> [String] {
    guard let columns = rows.map(\.count).max() else { return [] }
    let ruler = rows.first(where: isRuler) ?? []
    let widths = (0..<columns).map { column in
      rows.filter { !isRuler($0) }.map { column < $0.count ? width($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      let isRuler = isRuler(row)
      let cells = row.indices.map { column in
        if isRuler { return String(repeating: "-", count: widths[column]) }
        let alignsRight = column < ruler.count && ruler[column].hasSuffix(":")
        return padded(row[column], to: widths[column], right: alignsRight)
      }
      return cells.joined(separator: "  ").withoutTrailingSpaces
    }
  }

  private static func isRuler(_ row: [String]) -> Bool {
    row.allSatisfy { cell in
      let dashes = cell.hasSuffix(":") ? cell.dropLast() : cell[...]
      return dashes.count >= 3 && dashes.allSatisfy { $0 == "-" }
    }
  }

  private static func padded(_ cell: String, to size: Int, right: Bool) -> String {
    let padding = String(repeating: " ", count: max(0, size - width(cell)))
    return right ? padding + cell : cell + padding
  }

  /// Columns that a text takes in a fixed-width font: East Asian wide characters take two.
  private static func width(_ text: String) -> Int {
    text.reduce(0) { sum, character in
      sum + (character.unicodeScalars.first.map(isWide) == true ? 2 : 1)
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

extension String {
  fileprivate var withoutTrailingSpaces: String {
    lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
  }
}
