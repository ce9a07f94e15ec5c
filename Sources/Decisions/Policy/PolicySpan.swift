import ActionProtocol

/// A length of time in a policy: whole seconds, written as `90s`, `10m`, `4h` or `7d`.
public struct PolicySpan: Hashable, Comparable, Sendable {
  /// Whole seconds, 1 to 366 days.
  public let seconds: Int64

  /// The longest span.
  public static let longest: Int64 = 366 * 86_400

  /// The span of so many seconds, nil outside 1 s to 366 days.
  public init?(seconds: Int64) {
    guard (1...Self.longest).contains(seconds) else { return nil }
    self.seconds = seconds
  }

  private init(unchecked seconds: Int64) { self.seconds = seconds }

  static func minutes(_ count: Int64) -> PolicySpan { PolicySpan(unchecked: count * 60) }
  static func hours(_ count: Int64) -> PolicySpan { PolicySpan(unchecked: count * 3600) }
  static func days(_ count: Int64) -> PolicySpan { PolicySpan(unchecked: count * 86_400) }

  private static let units: [(letter: Character, seconds: Int64, word: String)] = [
    ("d", 86_400, "day"), ("h", 3600, "hour"), ("m", 60, "minute"), ("s", 1, "second"),
  ]

  /// The span written as a whole number and a letter, nil for anything else.
  public init?(_ text: String) {
    guard let unit = Self.units.first(where: { $0.letter == text.last }),
      let count = Int64(text.dropLast()), count > 0, String(count) == text.dropLast()
    else { return nil }
    let (seconds, overflow) = count.multipliedReportingOverflow(by: unit.seconds)
    guard !overflow else { return nil }
    self.init(seconds: seconds)
  }

  /// The shortest way to write it: `1d`, not `24h`.
  public var text: String { "\(seconds / unit.seconds)\(unit.letter)" }

  /// In words: `4 hours`.
  public var words: String {
    let count = seconds / unit.seconds
    return "\(count) \(unit.word)" + (count == 1 ? "" : "s")
  }

  /// As a duration.
  public var duration: Duration { .seconds(seconds) }

  public static func < (left: PolicySpan, right: PolicySpan) -> Bool {
    left.seconds < right.seconds
  }

  private var unit: (letter: Character, seconds: Int64, word: String) {
    Self.units.first { seconds % $0.seconds == 0 } ?? ("s", 1, "second")
  }
}
