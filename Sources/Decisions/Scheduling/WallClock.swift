import ActionProtocol
import Foundation

/// Turns a wall-clock time of a zone into an instant.
public enum WallClock {
  /// The instant at which clocks in `zone` show `minutes` after midnight of `day`.
  ///
  /// In the gap of a spring change it is the first valid instant after the gap; in the overlap of an
  /// autumn change it is the first occurrence.
  /// - Parameter minutes: 0...2880; 1440 and more run into the next day.
  public static func instant(_ day: LocalDate, minutes: Int, in zone: TimeZone) -> Instant {
    let naive = Int64(day.epochDay) * 86_400 + Int64(minutes) * 60
    let before = offset(zone, naive - 86_400)
    let after = offset(zone, naive + 86_400)
    // No zone changes its clocks forth and back within two days.
    if before == after { return Instant(milliseconds: (naive - before) * 1000) }
    let candidates = [naive - before, naive - after].filter { offset(zone, $0) == naive - $0 }
    if let first = candidates.min() { return Instant(milliseconds: first * 1000) }
    return Instant(milliseconds: endOfGap(zone, from: naive - max(before, after)) * 1000)
  }

  /// Minutes after midnight that clocks in `zone` show at `instant`.
  public static func minutes(_ instant: Instant, in zone: TimeZone) -> Int {
    let seconds = floorDiv(instant.milliseconds, 1000)
    let local = seconds + offset(zone, seconds)
    return Int(floorMod(local, 86_400) / 60)
  }

  /// What clocks in `zone` show at `instant`: `Wed 22:30 in America/New_York`.
  static func words(_ instant: Instant, in zone: TimeZone) -> String {
    let day = OpenHours.name(LocalDate(instant, in: zone).weekday)
    return "\(day) \(OpenHours.clock(minutes(instant, in: zone))) in \(zone.identifier)"
  }

  private static func offset(_ zone: TimeZone, _ seconds: Int64) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
  }

  /// The first instant after the change that the gap belongs to, found by halving.
  private static func endOfGap(_ zone: TimeZone, from guess: Int64) -> Int64 {
    var low = guess - 86_400
    var high = guess + 86_400
    let target = offset(zone, high)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(zone, middle) == target { high = middle } else { low = middle }
    }
    return high
  }

  private static func floorDiv(_ value: Int64, _ by: Int64) -> Int64 {
    value >= 0 ? value / by : -((-value + by - 1) / by)
  }

  private static func floorMod(_ value: Int64, _ by: Int64) -> Int64 {
    value - floorDiv(value, by) * by
  }
}
