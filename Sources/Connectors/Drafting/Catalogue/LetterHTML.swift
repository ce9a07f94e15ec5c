/// Writes a letter as HTML for mail programs: tables for the frame, inline styles, nothing to load,
/// nothing to run.
enum LetterHTML {
  private static let font = "font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;"
  private static let cell = "padding:8px;border-bottom:1px solid #e4e4e7;"

  static func make(_ letter: Letter) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(letter.language)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{company_name}}</title>
    </head>
    <body style="margin:0;padding:0;background-color:#f4f4f5;">
    <div style="display:none;max-height:0;overflow:hidden;">\(letter.preview)\(filler)</div>
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
    <tr><td align="center" style="padding:24px 12px;background-color:#f4f4f5;">
    <table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" \
    style="width:100%;max-width:600px;background-color:#ffffff;border:1px solid #e4e4e7;">
    <tr><td style="\(font)padding:20px 28px;border-bottom:1px solid #e4e4e7;font-size:18px;\
    line-height:24px;font-weight:bold;color:#18181b;">{{company_name}}</td></tr>
    <tr><td style="\(font)padding:24px 28px;font-size:16px;line-height:24px;color:#18181b;">
    \(html(letter.blocks))</td></tr>
    </table>
    </td></tr>
    </table>
    </body>
    </html>

    """
  }

  /// Keeps the beginning of the letter out of the preview line.
  private static let filler = String(repeating: "&#847;&zwnj;&nbsp;", count: 40)

  private static func html(_ blocks: [Letter.Block]) -> String { blocks.map(html).joined() }

  private static func html(_ block: Letter.Block) -> String {
    switch block {
    case .paragraph(let words): "<p style=\"margin:0 0 16px 0;\">\(emphasised(words))</p>\n"
    case .table(let table): html(table)
    case .when(let flag, let inner): "{{#\(flag)}}\n\(html(inner)){{/\(flag)}}\n"
    case .unless(let flag, let inner): "{{^\(flag)}}\n\(html(inner)){{/\(flag)}}\n"
    case .each(let list, let inner): "{{#\(list)}}\n\(html(inner)){{/\(list)}}\n"
    case .signature(let closing, let signer, let letterhead):
      signature(closing, signer, letterhead)
    }
  }

  private static func signature(
    _ closing: String, _ signer: String?, _ letterhead: Bool
  ) -> String {
    let name = signer.map { "<br>\n\($0)" } ?? ""
    let house = """
      <p style="margin:0;padding-top:12px;border-top:1px solid #e4e4e7;font-size:13px;\
      line-height:19px;color:#52525b;">{{legal_name}}{{#address_lines}}<br>
      {{line}}{{/address_lines}}</p>

      """
    return "<p style=\"margin:0 0 16px 0;\">\(closing)\(name)</p>\n\(letterhead ? house : "")"
  }

  private static func html(_ table: Letter.Table) -> String {
    let head = table.columns.map { "<th \(style($0, "bold"))>\($0.title)</th>" }.joined()
    let row = table.columns.map { "<td \(style($0, "normal", isValue: true))>\($0.value)</td>" }
      .joined()
    return """
      <table width="100%" cellpadding="0" cellspacing="0" border="0" \
      style="margin:0 0 16px 0;border-collapse:collapse;font-size:14px;line-height:20px;">
      <tr>\(head)</tr>
      {{#\(table.list)}}
      <tr>\(row)</tr>
      {{/\(table.list)}}
      \(total(table))</table>

      """
  }

  private static func total(_ table: Letter.Table) -> String {
    guard let total = table.total, let last = table.columns.last else { return "" }
    let span = table.columns.count - 1
    return """
      <tr><td colspan="\(span)" align="left" style="\(cell)font-weight:bold;">\(total.title)</td>\
      <td \(style(last, "bold", isValue: true))>\(total.value)</td></tr>

      """
  }

  private static func style(
    _ column: Letter.Table.Column, _ weight: String, isValue: Bool = false
  ) -> String {
    let side = column.alignsRight ? "right" : "left"
    let isUnbroken = isValue && (column.alignsRight || column.isUnbroken)
    let wrap = isUnbroken ? "white-space:nowrap;" : ""
    return "align=\"\(side)\" style=\"\(cell)\(wrap)text-align:\(side);font-weight:\(weight);\""
  }

  /// `**words**` as `<strong>words</strong>`.
  private static func emphasised(_ words: String) -> String {
    words.split(separator: "**", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset.isMultiple(of: 2) ? String($0.element) : "<strong>\($0.element)</strong>" }
      .joined()
  }
}
