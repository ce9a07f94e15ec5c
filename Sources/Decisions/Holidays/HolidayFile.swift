import ActionProtocol

/// An org's own holidays as a CSV file: `date,country,name,change`.
///
/// ```
/// date,country,name,change
/// 2026-06-15,GB-SCT,World Cup Bank Holiday,add
/// 2026-10-12,US,,remove
/// 2026-12-31,*,Stocktaking,add
/// ```
///
/// The header names the columns, in any order; `name` and `change` may be missing or empty (`add`).
/// A country is two letters of ISO 3166-1, with a region of ISO 3166-2 behind a hyphen, or `*`. A
/// name with commas stands in double quotes. Empty lines and lines that begin with `#` are skipped.
public struct HolidayFile: Hashable, Sendable {
  /// Why a line was not taken.
  public struct Rejection: Hashable, Sendable {
    /// From 1.
    public let line: Int
    /// `date`, `country`, `name`, `change`; empty where the whole line is meant.
    public let column: String
    public let problem: String
    public let remedy: String
  }

  /// More lines than this no org needs.
  public static let most = 500

  public let changes: [HolidayChange]
  /// Every problem of every line, in order; the good lines count nevertheless.
  public let rejections: [Rejection]

  public init(_ text: String) {
    var changes: [HolidayChange] = []
    var rejections: [Rejection] = []
    var header: [String]?
    // CR LF is one character.
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (number, line) in zip(1..., lines) {
      guard !line.allSatisfy(\.isWhitespace), !line.hasPrefix("#") else { continue }
      var row = HolidayRow(number: number, line)
      if let header {
        if let change = row.change(header) { changes.append(change) }
      } else {
        header = row.header()
      }
      rejections += row.rejections
      if header == nil { break }
    }
    self.changes = changes
    self.rejections = rejections
  }

  /// The file that holds these changes.
  public static func text(_ changes: [HolidayChange]) -> String {
    "date,country,name,change\n"
      + changes.map { change in
        let place = [change.country ?? "*", change.region].compactMap { $0 }.joined(separator: "-")
        let name = change.name.replacing("\"", with: "\"\"")
        return "\(change.day.iso),\(place),\"\(name)\",\(change.isAdded ? "add" : "remove")\n"
      }.joined()
  }
}

/// One line of the file.
private struct HolidayRow {
  let number: Int
  private let cells: [String]?
  private(set) var rejections: [HolidayFile.Rejection] = []

  private static let columns = ["date", "country", "name", "change"]

  init(number: Int, _ line: Substring) {
    self.number = number
    cells = Self.cells(line)
    if cells == nil { reject("", "A double quote is not closed.", "Close it, or double it: \"\".") }
  }

  /// The names of the columns; nil where the file cannot be read with them.
  mutating func header() -> [String]? {
    guard let names = cells?.map({ $0.lowercased() }) else { return nil }
    let remedy = "Begin the file with: date,country,name,change"
    for needed in ["date", "country"] where !names.contains(needed) {
      reject(needed, "The header has no column \(needed).", remedy)
    }
    for name in names where !Self.columns.contains(name) {
      reject(name, "There is no column of this name.", remedy)
    }
    if Set(names).count < names.count { reject("", "A column stands twice.", remedy) }
    return rejections.isEmpty ? names : nil
  }

  mutating func change(_ header: [String]) -> HolidayChange? {
    guard let cells else { return nil }
    guard cells.count <= header.count else {
      reject(
        "", "The line has \(cells.count) cells, the header \(header.count).",
        "Put a name with commas into double quotes.")
      return nil
    }
    let values = Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first })
    let day = day(values["date"] ?? "")
    let place = place(values["country"] ?? "")
    let isAdded = isAdded(values["change"] ?? "")
    let name = values["name"] ?? ""
    if isAdded == true, name.isEmpty {
      reject("name", "A day that is added has no name.", "Say what is celebrated.")
    }
    guard let day, let place, let isAdded, rejections.isEmpty else { return nil }
    return HolidayChange(
      day: day, country: place.country, region: place.region, name: name, isAdded: isAdded)
  }

  private mutating func day(_ text: String) -> LocalDate? {
    if let day = LocalDate(iso: text) { return day }
    reject("date", "This is no day of the calendar.", "Write it as 2026-01-31.")
    return nil
  }

  private mutating func place(_ text: String) -> (country: String?, region: String?)? {
    if text == "*" { return (nil, nil) }
    let parts = text.uppercased().split(
      separator: "-", maxSplits: 1, omittingEmptySubsequences: false
    ).map(String.init)
    let region = parts.count > 1 ? parts[1] : nil
    let isRegion = region.map { region in
      (1...3).contains(region.utf8.count)
        && region.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    guard let country = parts.first, !CountryZones.names(of: country).isEmpty,
      isRegion ?? true
    else {
      reject(
        "country", "This is no country or region.",
        "Write two letters such as DE, a region such as DE-BY, or * for everywhere.")
      return nil
    }
    return (country, region)
  }

  private mutating func isAdded(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "", "add": return true
    case "remove": return false
    default:
      reject("change", "This is neither add nor remove.", "Write add or remove.")
      return nil
    }
  }

  private mutating func reject(_ column: String, _ problem: String, _ remedy: String) {
    rejections.append(
      HolidayFile.Rejection(line: number, column: column, problem: problem, remedy: remedy))
  }

  /// The cells without the spaces around them; nil where a quote is not closed.
  private static func cells(_ line: Substring) -> [String]? {
    var cells = [""]
    var isQuoted = false
    var rest = line
    while let character = rest.popFirst() {
      switch character {
      case "\"" where isQuoted && rest.first == "\"":
        rest.removeFirst()
        cells[cells.count - 1].append("\"")
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return isQuoted ? nil : cells.map(trimmed)
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
