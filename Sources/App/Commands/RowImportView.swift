import ActionProtocol
import ArgumentParser
import Cards
import Engine

/// What an import of a list did, for people and programs.
struct RowImportView {
  let report: RowImportReport
  /// What was imported: `suppressions`.
  let what: String
  /// The words for what came of a row, in the order in which they are told.
  let outcomes: [(key: String, word: String)]

  /// Tells it, and ends with exit code 1 where a row was rejected.
  /// - Parameter ignored: columns of the file that nobody knows.
  func tell(_ console: Console, ignored: [String]) throws {
    if !ignored.isEmpty {
      console.warn(
        "Columns that nobody knows were passed over: \(ignored.joined(separator: ", ")).")
    }
    console.emit(json)
    console.show(rendered(style: console.style))
    if report.rejected > 0 { throw ExitCode.refused }
  }

  var json: JSONValue {
    var counts = JSONObject()
    for outcome in outcomes { counts[outcome.key] = .integer(Int64(report[outcome.key])) }
    return [
      "run": .string(report.run), "dry_run": .bool(report.isDryRun),
      "rows": .integer(Int64(report.rows)), "counts": .object(counts),
      "rejected": .integer(Int64(report.rejected)), "file_sha256": .string(report.digest.hex),
      "rejections": .array(
        report.rejections.map { row in
          [
            "line": .integer(Int64(row.line)), "column": .string(row.column),
            "problem": .string(row.problem), "remedy": .string(row.remedy),
          ]
        }),
    ]
  }

  func rendered(style: Style) -> String {
    var lines = ""
    if !report.rejections.isEmpty {
      var table = TextTable([.right("LINE"), .left("COLUMN"), .left("PROBLEM"), .left("REMEDY")])
      for row in report.rejections {
        table.add([
          String(row.line), row.column.isEmpty ? "-" : row.column, row.problem, row.remedy,
        ])
      }
      lines += table.rendered(style: style)
      let more = report.rejected - report.rejections.count
      if more > 0 { lines += "… and \(number(more)) more rows\n" }
      lines += "\n"
    }
    let told = outcomes.map { "\(number(report[$0.key])) \($0.word)" }.joined(separator: ", ")
    lines += report.isDryRun ? "Nothing was stored. It would be: " : ""
    return lines + "\(number(report.rows)) \(what): \(told), \(number(report.rejected)) rejected.\n"
  }

  private func number(_ value: Int) -> String { AmountText.grouped(String(value)) }
}
