import ActionProtocol
import Engine

/// The forms in which entries are taken away.
enum AuditFile: String {
  case csv, json

  func answer(_ page: AuditPage) -> WebAnswer {
    switch self {
    case .csv: .text(Self.csv(page.lines), mediaType: "text/csv; charset=utf-8")
    case .json:
      .json([
        "entries": .array(page.lines.map(\.json)),
        "next": page.next.map { .integer($0) } ?? .null,
        "examined": .integer(Int64(page.examined)),
      ])
    }
  }

  private static func csv(_ lines: [AuditLine]) -> String {
    let head = ["number", "at", "kind", "actor", "via", "on", "decided", "hash"]
    let rows = lines.map { line in
      [
        String(line.record.sequence), line.record.at.rfc3339, line.kind, line.actor, line.via,
        line.subject, line.decided, line.record.hash.hex,
      ]
    }
    return ([head] + rows).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }

  private static let formulas = Set("=+-@|\t\r\n".unicodeScalars)

  /// Quoted (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe.
  static func cell(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map(formulas.contains) ?? false
    return "\"\((isFormula ? "'" : "") + text.replacing("\"", with: "\"\""))\""
  }
}
