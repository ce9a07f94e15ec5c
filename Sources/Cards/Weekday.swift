/// Days of the week in three letters.
public enum Weekday {
  private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// - Parameter day: 1 is Monday.
  public static func short(_ day: Int) -> String {
    (1...7).contains(day) ? names[day - 1] : "?"
  }
}
