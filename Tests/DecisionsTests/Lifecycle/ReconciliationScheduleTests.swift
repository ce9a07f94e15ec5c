import ActionProtocol
import Decisions
import Testing

@Suite struct ReconciliationScheduleTests {
  private static let end = Instant(milliseconds: 1_772_636_400_000)
  private static let standard = ReconciliationSchedule.standard

  private static func later(_ milliseconds: Int64) -> Instant {
    Instant(milliseconds: end.milliseconds + milliseconds)
  }

  @Test func `looks fall 15 s and 1, 2, 5, 15 and 60 min after the call, then each hour`() {
    let waits = (0..<8).map { Self.standard.wait(afterLooks: $0) }
    #expect(
      waits == [15, 60, 120, 300, 900, 3600, 7200, 10_800].map { Duration.seconds($0) })
    #expect(
      (0..<8).map { Self.standard.due(afterLooks: $0, end: Self.end) }
        == waits.map { Self.end.advanced(by: $0) })
  }

  @Test(arguments: [
    (0 as Int64, 15_000 as Int64), (1, 20_000), (4_999, 20_000), (5_000, 20_000), (5_001, 25_000),
  ])
  func `a look waits for the next multiple of five seconds`(_ ended: Int64, _ due: Int64) {
    #expect(Self.standard.due(afterLooks: 0, end: Self.later(ended)) == Self.later(due))
  }

  @Test(arguments: [
    (0 as Int64, 0), (14_999, 0), (15_000, 1), (59_999, 1), (60_000, 2), (120_000, 3),
    (300_000, 4), (900_000, 5), (3_599_999, 5), (3_600_000, 6), (7_199_999, 6), (7_200_000, 7),
    (86_400_000, 29), (-1, 0), (-90_000_000, 0),
  ])
  func `one look makes up for all that were due`(_ elapsed: Int64, _ looks: Int) {
    #expect(Self.standard.looksDue(at: Self.later(elapsed), end: Self.end) == looks)
  }

  @Test func `a look that is due is due, and after it the next one is not`() {
    for ended in stride(from: 0 as Int64, to: 5_000, by: 617) {
      for looks in 0..<40 {
        let due = Self.standard.due(afterLooks: looks, end: Self.later(ended))
        let before = Instant(milliseconds: due.milliseconds - 1)
        #expect(Self.standard.looksDue(at: due, end: Self.later(ended)) == looks + 1)
        #expect(Self.standard.looksDue(at: before, end: Self.later(ended)) == looks)
      }
    }
  }

  @Test func `a negative number of looks is the first one`() {
    #expect(Self.standard.wait(afterLooks: -3) == .seconds(15))
  }

  @Test func `a schedule without waits looks each hour`() {
    let schedule = ReconciliationSchedule(waits: [])
    #expect((0..<3).map { schedule.wait(afterLooks: $0) } == [1, 2, 3].map { .seconds($0 * 3600) })
  }

  @Test func `one wait repeats`() {
    let schedule = ReconciliationSchedule(waits: [.seconds(5)])
    #expect((0..<3).map { schedule.wait(afterLooks: $0) } == [5, 10, 15].map { .seconds($0) })
    #expect(schedule.looksDue(at: Self.later(12_000), end: Self.end) == 2)
  }
}
