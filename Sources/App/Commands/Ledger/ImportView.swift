import ActionProtocol
import Cards
import Engine

/// What an import did.
struct ImportView {
  let report: ImportReport
  /// Nobody said whether the file is complete.
  var isPartial = false
  /// Proposals that rest on nothing any more.
  var withdrawn = 0

  var json: JSONValue {
    let counts = report.counts
    func number(_ value: Int) -> JSONValue { .integer(Int64(value)) }
    return [
      "kind": .string(report.kind.rawValue), "run": .string(report.runID.rawValue),
      "as_of": .string(report.asOf.rfc3339), "dry_run": .bool(report.dryRun),
      "rows": number(counts.rows), "inserted": number(counts.inserted),
      "updated": number(counts.updated), "unchanged": number(counts.unchanged),
      "rejected": number(counts.rejected), "snapshot": .string(snapshotWord),
      "closed": number(closed), "withdrawn": number(withdrawn),
      "milliseconds": .integer(milliseconds),
      "rejections": .array(report.rejections.map(Self.json)),
    ]
  }

  func rendered(style: Style) -> String {
    let counts = report.counts
    func text(_ value: Int) -> String { AmountText.grouped(String(value)) }
    var lines = ""
    if !report.rejections.isEmpty {
      var table = TextTable([.right("LINE"), .left("COLUMN"), .left("PROBLEM"), .left("REMEDY")])
      for row in report.rejections {
        table.add([
          String(row.line), row.column.isEmpty ? "-" : row.column, row.problem, row.remedy,
        ])
      }
      lines += table.rendered(style: style)
      let more = counts.rejected - Set(report.rejections.map(\.line)).count
      if more > 0 { lines += "… and \(text(more)) more rows\n" }
      lines += "\n"
    }
    lines += report.dryRun ? "Nothing was stored. It would be: " : ""
    lines += "\(text(counts.rows)) \(report.kind.rawValue): \(text(counts.inserted)) new, "
    lines += "\(text(counts.updated)) changed, \(text(counts.unchanged)) unchanged, "
    lines += "\(text(counts.rejected)) rejected (\(duration)).\n"
    return lines + snapshotLine + withdrawnLine
  }

  private var duration: String {
    let tenths = milliseconds / 100
    return milliseconds < 1000 ? "\(milliseconds) ms" : "\(tenths / 10).\(tenths % 10) s"
  }

  private var milliseconds: Int64 {
    let parts = report.duration.components
    return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
  }

  private var closed: Int {
    switch report.snapshot {
    case .closed(let count), .wouldClose(let count): count
    case .notAsked, .withheldForEmptyFile, .withheldForRejections: 0
    }
  }

  private var snapshotWord: String {
    switch report.snapshot {
    case .notAsked: "not_asked"
    case .closed: "closed"
    case .wouldClose: "would_close"
    case .withheldForEmptyFile: "withheld_for_empty_file"
    case .withheldForRejections: "withheld_for_rejections"
    }
  }

  private var snapshotLine: String {
    switch report.snapshot {
    case .notAsked:
      isPartial
        ? "Invoices that the file does not name stay as they are; --snapshot yes would close them.\n"
        : ""
    case .closed(let count): "\(count) invoices that the file does not name are closed.\n"
    case .wouldClose(let count): "\(count) invoices that it does not name would be closed.\n"
    case .withheldForEmptyFile:
      "No invoice was closed: the file names none, which is more likely a mistake.\n"
    case .withheldForRejections:
      "No invoice was closed: a rejected row may be the very invoice that looks absent.\n"
    }
  }

  private var withdrawnLine: String {
    switch withdrawn {
    case 0: ""
    case 1: "1 proposal was withdrawn: what it is about is settled or not as it was.\n"
    default:
      "\(withdrawn) proposals were withdrawn: what they are about is settled or not as it was.\n"
    }
  }

  private static func json(_ row: RowRejection) -> JSONValue {
    [
      "line": .integer(Int64(row.line)), "column": .string(row.column),
      "problem": .string(row.problem), "remedy": .string(row.remedy),
    ]
  }
}
