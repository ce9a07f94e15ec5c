/// One of the five fields of a schedule: what it is called, what it may hold, how it is read.
enum CronField: CaseIterable, Sendable {
  case minute, hour, day, month, weekday

  var name: String {
    switch self {
    case .minute: "minute"
    case .hour: "hour"
    case .day: "day of the month"
    case .month: "month"
    case .weekday: "day of the week"
    }
  }

  /// What a number may be. Sunday is 0 and 7.
  var range: ClosedRange<Int> {
    switch self {
    case .minute: 0...59
    case .hour: 0...23
    case .day: 1...31
    case .month: 1...12
    case .weekday: 0...7
    }
  }

  /// What `*` stands for.
  private var all: ClosedRange<Int> { self == .weekday ? 1...7 : range }

  private var names: [String] {
    switch self {
    case .minute, .hour, .day: []
    case .month:
      ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    case .weekday: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    }
  }

  /// Reads a field: `*`, numbers, names, ranges `a-b`, steps `*/n`, `a-b/n` and `a/n` (from `a` to
  /// the end), lists of these with commas.
  /// - Returns: the numbers, each once; Sunday as 7.
  func values(_ text: Substring) throws(CronError) -> Set<Int> {
    var values: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      values.formUnion(try one(part))
    }
    return self == .weekday ? Set(values.map { $0 == 0 ? 7 : $0 }) : values
  }

  private func one(_ text: Substring) throws(CronError) -> Set<Int> {
    let pieces = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let base = pieces.first, !base.isEmpty else {
      throw CronError("empty", "The field for the \(name) has an empty part.")
    }
    guard pieces.count == 2 else { return Set(try span(base, isStepped: false)) }
    guard let step = Self.number(pieces[1]), step > 0 else {
      throw CronError("step", "The step of the \(name) is not a number from 1 on.")
    }
    return Set(
      try Array(span(base, isStepped: true)).enumerated()
        .filter { $0.offset % step == 0 }.map(\.element))
  }

  private func span(
    _ text: Substring, isStepped: Bool
  ) throws(CronError) -> ClosedRange<Int> {
    if text == "*" { return all }
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let low = try value(ends[0])
    guard ends.count == 2 else { return low...(isStepped ? max(low, all.upperBound) : low) }
    var high = try value(ends[1])
    // A week may end on its Sunday: FRI-SUN.
    if self == .weekday, high == 0, low > 0 { high = 7 }
    guard low <= high else {
      throw CronError("range", "A range of the \(name) ends before it begins.")
    }
    return low...high
  }

  private func value(_ text: Substring) throws(CronError) -> Int {
    if let place = names.firstIndex(of: text.uppercased()) {
      return place + (self == .month ? 1 : 0)
    }
    guard let number = Self.number(text), range.contains(number) else {
      let orName = names.isEmpty ? "" : ", or \(names[0]) and so on"
      throw CronError(
        "number",
        "The \(name) is from \(range.lowerBound) to \(range.upperBound)\(orName).")
    }
    return number
  }

  /// One or two ASCII digits.
  private static func number(_ text: Substring) -> Int? {
    let bytes = text.utf8
    guard (1...2).contains(bytes.count), bytes.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}
