/// Writes a letter's blocks as plain text: paragraphs on one line each, so that every reader wraps
/// them to its own width, and tables by tabs and rulers (see ``PlainTextTables``).
enum LetterText {
  static func make(_ blocks: [Letter.Block]) -> String {
    blocks.map(text).joined()
  }

  private static func text(_ block: Letter.Block) -> String {
    switch block {
    case .paragraph(let words): "\(plain(words))\n\n"
    case .table(let table): "\(text(table))\n"
    case .when(let flag, let inner): "{{#\(flag)}}\n\(make(inner)){{/\(flag)}}\n"
    case .unless(let flag, let inner): "{{^\(flag)}}\n\(make(inner)){{/\(flag)}}\n"
    case .each(let list, let inner): "{{#\(list)}}\n\(make(inner)){{/\(list)}}\n"
    case .signature(let closing, let signer, let letterhead):
      signature(closing, signer, letterhead)
    }
  }

  private static func signature(
    _ closing: String, _ signer: String?, _ letterhead: Bool
  ) -> String {
    let name = signer.map { "\($0)\n" } ?? ""
    let house = "{{legal_name}}\n{{#address_lines}}\n{{line}}\n{{/address_lines}}\n"
    return "\(closing)\n\n\(name)\(letterhead ? house : "")"
  }

  private static func text(_ table: Letter.Table) -> String {
    let ruler = row(table.columns.map { $0.alignsRight ? "---:" : "---" })
    var text = row(table.columns.map(\.title)) + ruler
    text += "{{#\(table.list)}}\n\(row(table.columns.map(\.value))){{/\(table.list)}}\n"
    if let total = table.total {
      let blanks = Array(repeating: "", count: max(0, table.columns.count - 2))
      text += ruler + row([total.title] + blanks + [total.value])
    }
    return text
  }

  private static func row(_ cells: [String]) -> String { cells.joined(separator: "\t") + "\n" }

  private static func plain(_ words: String) -> String { words.replacing("**", with: "") }
}
