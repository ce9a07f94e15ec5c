/// A time of day in whole minutes, `00:00` to `24:00`; the last only ends a window.
public struct TimeOfDay: Hashable, Comparable, Sendable {
  /// Minutes since midnight, 0-1440.
  public let minutes: Int

  /// The time the given number of minutes after midnight, or nil outside 0-1440.
  public init?(minutes: Int) {
    guard (0...1440).contains(minutes) else { return nil }
    self.minutes = minutes
  }

  /// The time written as `HH:MM`, or nil where the text is not one.
  public init?(_ text: String) {
    let parsed = DigitScanner.scan(text) { scanner -> Int? in
      guard let hour = scanner.digits(2), scanner.take(":") != nil,
        let minute = scanner.digits(2), minute < 60, scanner.atEnd
      else { return nil }
      return hour * 60 + minute
    }
    guard let parsed else { return nil }
    self.init(minutes: parsed)
  }

  /// The time as `HH:MM`.
  public var rawValue: String {
    String(unsafeUninitializedCapacity: 8) { buffer in
      var writer = DigitWriter(buffer: buffer)
      writer.put(minutes / 60, width: 2)
      writer.put(":", minutes % 60, width: 2)
      return writer.count
    }
  }

  public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }
}
