import ActionProtocol

/// The order of day, month and year in a file's dates.
public enum DateFormat: String, CaseIterable, Sendable {
  case iso = "yyyy-mm-dd"
  case dayMonthYear = "dd/mm/yyyy"
  case monthDayYear = "mm/dd/yyyy"

  /// The format of a pattern such as `dd.mm.yyyy`, `mm-dd-yy` or `iso`; the marks do not matter.
  public init?(pattern: String) {
    let letters = pattern.lowercased().filter(\.isLetter)
    switch letters {
    case "iso", "yyyymmdd", "ymd": self = .iso
    case "ddmmyyyy", "dmy", "ddmmyy", "dmyyyy": self = .dayMonthYear
    case "mmddyyyy", "mdy", "mmddyy", "mdyyyy": self = .monthDayYear
    default: return nil
    }
  }
}

/// Reads days. What could be two different days is refused, never guessed.
struct DateReader: Sendable {
  /// What the source uses; nil where it has not been said.
  var format: DateFormat?

  func read(_ cell: String) throws -> LocalDate {
    let parts = parts(try Self.withoutTime(Substring(cell).trimmingSpace))
    guard parts.count == 3 else { throw Self.noDate }
    if let named = try Self.namedMonth(parts) { return named }
    guard parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }) else { throw Self.noDate }
    if parts[0].count == 4 { return try day(parts[0], parts[1], parts[2]) }
    guard format != .iso else { throw Self.noDate }
    return try numbered(parts, isDotted: cell.contains("."))
  }

  static let noDate = ValueProblem(
    "is no date", remedy: "Write it as 2026-01-31, or say how the file does: --date-format.")

  /// Day, month and year in the file's order, or in the only order that gives a day.
  private func numbered(_ parts: [Substring], isDotted: Bool) throws -> LocalDate {
    let (first, second, year) = (parts[0], parts[1], parts[2])
    switch format {
    case .dayMonthYear?: return try day(year, second, first)
    case .monthDayYear?: return try day(year, first, second)
    case .iso?: throw Self.noDate
    case nil: break
    }
    guard year.count == 4 else {
      throw ValueProblem(
        "has a year of two digits",
        remedy: "Say how the file writes dates: --date-format dd/mm/yyyy or mm/dd/yyyy.")
    }
    if isDotted { return try day(year, second, first) }
    let readings = [try? day(year, second, first), try? day(year, first, second)]
    let days = Set(readings.compactMap { $0 })
    guard days.count <= 1 else {
      throw ValueProblem(
        "could be two different days",
        remedy: "Say how the file writes dates: --date-format dd/mm/yyyy or mm/dd/yyyy.")
    }
    guard let day = days.first else { throw Self.noDate }
    return day
  }

  private func day(_ year: Substring, _ month: Substring, _ day: Substring) throws -> LocalDate {
    guard let number = Int(year), let month = Int(month), let day = Int(day),
      year.count == 4 || year.count == 2,
      let date = LocalDate(
        year: year.count == 2 ? 2000 + number : number, month: month, day: day),
      (1900...2200).contains(date.year)
    else { throw Self.noDate }
    return date
  }
}

extension DateReader {
  /// The date before a time of day. A moment in another zone than ours could be another day.
  private static func withoutTime(_ text: Substring) throws -> Substring {
    guard let mark = text.firstIndex(of: ":") else { return text }
    let separator = text[..<mark].lastIndex { $0 == "T" || $0 == " " }
    guard let separator else { throw noDate }
    let time = text[text.index(after: separator)...]
    let isMidnight = time.allSatisfy { "0:.".contains($0) }
    let hasZone = time.contains { "Zz+-".contains($0) }
    if hasZone, !time.prefix(while: { !"Zz+-".contains($0) }).allSatisfy({ "0:.".contains($0) }) {
      throw ValueProblem(
        "is a moment with a time zone, not a day", remedy: "Export the day alone: 2026-01-31.")
    }
    guard isMidnight || hasZone || time.allSatisfy({ "0123456789:. APMapm".contains($0) }) else {
      throw noDate
    }
    return text[..<separator].trimmingSpace
  }

  private func parts(_ text: Substring) -> [Substring] {
    if text.count == 8, text.allSatisfy(\.isASCIIDigit) {
      let lengths = format == nil || format == .iso ? (4, 2) : (2, 2)
      let rest = text.dropFirst(lengths.0)
      return [text.prefix(lengths.0), rest.prefix(lengths.1), rest.dropFirst(lengths.1)]
    }
    return text.split { "-/., ".contains($0) }
  }

  /// `5 Jan 2026` or `Jan 5, 2026`, with a year of four digits; nil where the month is a number.
  private static func namedMonth(_ parts: [Substring]) throws -> LocalDate? {
    guard let place = parts.firstIndex(where: { $0.allSatisfy(\.isLetter) }) else { return nil }
    let name = parts[place].lowercased()
    guard place < 2, name.count >= 3, let month = months.firstIndex(where: { $0.hasPrefix(name) }),
      let day = Int(parts[1 - place]), parts[2].count == 4, let year = Int(parts[2]),
      let date = LocalDate(year: year, month: month + 1, day: day)
    else { throw noDate }
    return date
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}
