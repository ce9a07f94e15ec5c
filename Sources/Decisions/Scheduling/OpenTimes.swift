import ActionProtocol
import Foundation

/// Several windows that all have to be open: the hours of every zone that a recipient may be in, what
/// the approved plan asks, and what the law of a country allows.
public struct OpenTimes: Hashable, Sendable {
  public let windows: [BusinessWindow]

  /// - Parameter windows: none is always open.
  public init(_ windows: [BusinessWindow]) { self.windows = windows }

  /// Whether every window is open.
  public func isOpen(at instant: Instant) -> Bool {
    windows.allSatisfy { $0.isOpen(at: instant) }
  }

  /// The first instant from `instant` on at which every window is open.
  /// - Returns: nil when there is none within a year: the windows never open together.
  public func nextOpening(from instant: Instant) -> Instant? {
    guard windows.count > 1 else {
      return windows.first.map { $0.nextOpening(from: instant) } ?? instant
    }
    if let soon = opening(in: week(0, from: instant), celebrating: true) { return soon }
    return laterOpening(from: instant)
  }

  /// The end of the last window to close on the `count`-th business day after the day of `instant`.
  public func end(ofBusinessDay count: Int, after instant: Instant) -> Instant? {
    let ends = windows.map { $0.end(ofBusinessDay: count, after: instant) }
    return ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
  }

  /// What is celebrated at `instant` in the first zone whose window stays closed for it.
  public func holiday(at instant: Instant) -> Holiday? {
    windows.lazy.compactMap { $0.holiday(at: instant) }.first
  }

  /// Hours and weekdays repeat each week while no clock is changed, so only weeks with a change and
  /// those after them are searched, until one would be open but for a holiday; from then on all.
  private func laterOpening(from instant: Instant) -> Instant? {
    var canOpen = opening(in: week(0, from: instant), celebrating: false) != nil
    var before = offsets(at: instant)
    for number in 1...(BusinessWindow.horizonDays / 7) {
      let week = week(number, from: instant)
      let offsets = offsets(at: week.lowerBound)
      if offsets != before || offsets != self.offsets(at: week.upperBound) {
        canOpen = opening(in: week, celebrating: false) != nil
      }
      before = offsets
      if canOpen, let found = opening(in: week, celebrating: true) { return found }
    }
    return nil
  }

  /// Nine days, because a window over midnight belongs to the day before.
  private func week(_ number: Int, from instant: Instant) -> Range<Instant> {
    let start = instant.advanced(by: .seconds(number * 7 * 86_400))
    return start..<start.advanced(by: .seconds(9 * 86_400))
  }

  /// Goes from one window's opening to the next one's until a round changes nothing.
  private func opening(in span: Range<Instant>, celebrating: Bool) -> Instant? {
    var at = span.lowerBound
    while at < span.upperBound {
      let before = at
      for window in windows {
        guard let next = window.nextOpening(from: at, celebrating: celebrating) else { return nil }
        at = next
      }
      if at == before { return at }
    }
    return nil
  }

  private func offsets(at instant: Instant) -> [Int] {
    let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
    return windows.map { $0.zone.secondsFromGMT(for: date) }
  }
}
