import ActionProtocol
import Decisions
import Testing

@Suite struct ApprovalReminderTests {
  private static func at(_ minutes: Int) -> Instant {
    Instant(milliseconds: 1_770_000_000_000 + Int64(minutes) * 60_000)
  }

  /// Asked at 0, ends after two days.
  @Test(
    arguments: [
      (nil, 9, false), (nil, 10, true), (5, 10, true), (10, 15, false), (10, 24 * 60 + 9, false),
      (10, 24 * 60 + 10, true), (30 * 60, 43 * 60, false), (30 * 60, 44 * 60, true),
      (44 * 60, 47 * 60, false), (nil, 48 * 60, false), (nil, 49 * 60, false),
    ] as [(Int?, Int, Bool)])
  func `somebody is told after ten minutes, each day, and four hours before the end`(
    _ told: Int?, _ now: Int, _ isDue: Bool
  ) {
    #expect(
      ApprovalReminder.isDue(
        asked: Self.at(0), ends: Self.at(48 * 60), told: told.map(Self.at), now: Self.at(now))
        == isDue)
  }

  @Test func `what ends within the four hours anyway is told of once`() {
    let ends = Self.at(60)
    #expect(ApprovalReminder.isDue(asked: Self.at(0), ends: ends, told: nil, now: Self.at(10)))
    #expect(
      !ApprovalReminder.isDue(asked: Self.at(0), ends: ends, told: Self.at(10), now: Self.at(50)))
  }
}
