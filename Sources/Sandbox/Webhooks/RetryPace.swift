/// When an event that was not taken is posted again.
///
/// At most 35 times, as documented: five times in half an hour, hourly for a day, six-hourly for a
/// day, twelve-hourly for a day. (The documented total of 48 hours does not fit these parts.)
enum RetryPace {
  static let seconds: [Double] =
    Array(repeating: 360, count: 5) + Array(repeating: 3600, count: 24)
    + Array(repeating: 21_600, count: 4) + Array(repeating: 43_200, count: 2)

  /// The wait after the `attempt`th failure, counted from 1; `nil` when it was the last.
  static func wait(after attempt: Int, scale: Double) -> Duration? {
    guard seconds.indices.contains(attempt - 1) else { return nil }
    return .milliseconds(Int64((seconds[attempt - 1] * scale * 1000).rounded()))
  }
}
