/// Text that comes from records and proposers, made safe for a terminal.
enum DisplayText {
  /// One line: control characters (and with them every escape sequence) and characters that turn
  /// the direction of the text become visible.
  static func line(_ text: String) -> String { clean(text, keepsLines: false) }

  /// The same for text of several lines, whose line breaks and tabs stay.
  static func block(_ text: String) -> String { clean(text, keepsLines: true) }

  private static func clean(_ text: String, keepsLines: Bool) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x09:
        shown.append(keepsLines ? scalar : " ")
      case 0x0D where keepsLines:
        continue
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
        shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default:
        shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// Breaks text into lines of at most `width` columns at spaces; longer words stay whole.
  static func wrap(_ text: String, width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
      wrapParagraph(paragraph, width: max(width, 20))
    }
  }

  private static func wrapParagraph(_ paragraph: Substring, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
      if line.isEmpty {
        line = String(word)
      } else if columns(line) + 1 + columns(String(word)) <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return lines + [line]
  }

  /// How many columns a text takes: East Asian wide characters take two, combining marks none.
  static func columns(_ text: String) -> Int {
    text.reduce(0) { $0 + ($1.unicodeScalars.first.map(width) ?? 0) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      2
    default:
      scalar.properties.generalCategory == .nonspacingMark ? 0 : 1
    }
  }

  /// Shortens a line to so many columns, with an ellipsis.
  static func shortened(_ text: String, to limit: Int) -> String {
    guard columns(text) > limit, limit > 1 else { return text }
    var shown = ""
    for character in text {
      if columns(shown) + columns(String(character)) > limit - 1 { break }
      shown.append(character)
    }
    return shown + "…"
  }
}
