import ActionProtocol
import Decisions
import Foundation
import Testing

/// Compares random schedules with a calendar, minute by minute, over days on which clocks change.
@Suite struct CronPropertyTests {
  struct Span: Sendable, CustomTestStringConvertible {
    let zone: String
    let from: String
    var testDescription: String { "\(zone) from \(from)" }
  }

  static let spans = [
    Span(zone: "UTC", from: "2026-02-27T00:00:00Z"),
    Span(zone: "America/New_York", from: "2026-03-07T00:00:00Z"),
    Span(zone: "America/New_York", from: "2026-10-31T00:00:00Z"),
    Span(zone: "Europe/Zurich", from: "2026-03-28T00:00:00Z"),
    Span(zone: "Europe/Zurich", from: "2026-10-24T00:00:00Z"),
    Span(zone: "Asia/Kolkata", from: "2026-03-26T00:00:00Z"),
    Span(zone: "Australia/Lord_Howe", from: "2026-10-03T00:00:00Z"),
    Span(zone: "Australia/Lord_Howe", from: "2026-04-04T00:00:00Z"),
  ]

  /// A schedule as the sets it means.
  private struct Sample {
    var minutes: Set<Int>
    var hours: Set<Int>
    var weekdays: Set<Int>

    init(_ generator: inout Random) {
      minutes = Set((0...generator.below(3)).map { _ in generator.below(60) })
      hours =
        generator.below(3) == 0
        ? Set(0...23) : Set((0...generator.below(5)).map { _ in generator.below(24) })
      weekdays =
        generator.below(2) == 0
        ? Set(1...7) : Set((0...3).map { _ in 1 + generator.below(7) })
    }

    var text: String {
      func list(_ values: Set<Int>, all: Int) -> String {
        values.count == all ? "*" : values.sorted().map(String.init).joined(separator: ",")
      }
      return "\(list(minutes, all: 60)) \(list(hours, all: 24)) * * \(list(weekdays, all: 7))"
    }
  }

  private struct Random {
    var state: UInt64
    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  @Test(arguments: spans, 1...12 as ClosedRange<UInt64>)
  func `the next instant is the first that the clock on the wall shows`(
    _ span: Span, _ seed: UInt64
  ) throws {
    var random = Random(state: seed)
    let sample = Sample(&random)
    let schedule = try CronSchedule(sample.text)
    let zone = try #require(TimeZone(identifier: span.zone))
    let first = try #require(Instant(rfc3339: span.from))
    let expected = try happenings(sample, zone, first)
    var found: [Instant] = []
    var at = first.advanced(by: .milliseconds(-1))
    while let next = schedule.next(after: at, in: zone), next < end(first) {
      found.append(next)
      at = next
    }
    #expect(
      found.map(\.rfc3339) == expected.map(\.rfc3339), "seed \(seed): \(sample.text)")
  }

  private func end(_ first: Instant) -> Instant { first.advanced(by: .seconds(3 * 86_400)) }

  /// What a person with a calendar would write down, one minute after the other.
  private func happenings(
    _ sample: Sample, _ zone: TimeZone, _ first: Instant
  ) throws -> [Instant] {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    var happenings: Set<Instant> = []
    var shown: Set<[Int]> = []
    var last: [Int]?
    // A day earlier, so that the walls' memory is there when the span begins.
    var at = first.advanced(by: .seconds(-86_400))
    while at < end(first) {
      let date = Date(timeIntervalSince1970: Double(at.milliseconds) / 1000)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .weekday], from: date)
      let wall = [parts.year, parts.month, parts.day, parts.hour, parts.minute].map { $0 ?? 0 }
      let weekday = ((parts.weekday ?? 1) + 5) % 7 + 1
      let isNew = shown.insert(wall).inserted
      if sample.hours.count == 24 {
        if matches(sample, wall[3], wall[4], weekday) { happenings.insert(at) }
      } else {
        if isNew, matches(sample, wall[3], wall[4], weekday) { happenings.insert(at) }
        for gone in skipped(from: last, to: wall) where matches(sample, gone.0, gone.1, weekday) {
          happenings.insert(at)
        }
      }
      last = wall
      at = at.advanced(by: .seconds(60))
    }
    return happenings.filter { $0 >= first }.sorted()
  }

  private func matches(_ sample: Sample, _ hour: Int, _ minute: Int, _ weekday: Int) -> Bool {
    sample.minutes.contains(minute) && sample.hours.contains(hour)
      && sample.weekdays.contains(weekday)
  }

  /// The times that the clock jumped over, all on one day in these zones.
  private func skipped(from last: [Int]?, to wall: [Int]) -> [(Int, Int)] {
    guard let last, last[2] == wall[2] else { return [] }
    let (from, to) = (last[3] * 60 + last[4], wall[3] * 60 + wall[4])
    return to > from + 1 ? ((from + 1)..<to).map { ($0 / 60, $0 % 60) } : []
  }
}
