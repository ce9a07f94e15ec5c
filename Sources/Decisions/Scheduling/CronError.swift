/// Why a text is no schedule.
public struct CronError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable word: `fields`, `number`, `range`, `step`, `empty`, `never`.
  public let code: String
  /// What is wrong, for a person; repeats nothing but the field's name and its limits.
  public let message: String

  init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The code alone, safe for logs.
  public var description: String { "schedule.\(code)" }

  /// What to write instead.
  public var remedy: String {
    "Five fields: minute hour day-of-month month day-of-week, such as \"0 * * * *\" (every hour), "
      + "\"*/15 8-17 * * MON-FRI\" or \"30 3 1 * *\"."
  }
}
