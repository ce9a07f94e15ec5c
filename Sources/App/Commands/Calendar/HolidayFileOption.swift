import Decisions

/// A file of an org's own holidays.
enum HolidayFileOption {
  static func changes(_ path: String?) throws -> [HolidayChange] {
    guard let path else { return [] }
    let file = HolidayFile(try InputFile.text(path))
    guard file.rejections.isEmpty else {
      let lines = file.rejections.map { bad in
        let column = bad.column.isEmpty ? "" : ", \(bad.column)"
        return "line \(bad.line)\(column): \(bad.problem) \(bad.remedy)"
      }
      throw Failure(
        .refused, "holidays.lines", lines.joined(separator: "\n"),
        remedy: "Correct the lines; docs/reference/holidays.md describes them.")
    }
    return file.changes
  }
}
