import Decisions
import Testing

@Suite struct ReconciliationScheduleTests {
  @Test func `looks fall 15 s and 1, 2, 5, 15 and 60 min after the call, then each hour`() {
    var since: Duration = .zero
    let looks = (0..<8).map { looks -> Duration in
      since += ReconciliationSchedule.standard.delay(afterLooks: looks)
      return since
    }
    #expect(
      looks == [15, 60, 120, 300, 900, 3600, 7200, 10_800].map { Duration.seconds($0) })
  }

  @Test func `a negative number of looks is the first one`() {
    #expect(ReconciliationSchedule.standard.delay(afterLooks: -3) == .seconds(15))
  }

  @Test func `a schedule without waits looks each hour`() {
    let schedule = ReconciliationSchedule(waits: [])
    #expect((0..<3).map { schedule.delay(afterLooks: $0) == .seconds(3600) } == [true, true, true])
  }

  @Test func `one wait repeats`() {
    let schedule = ReconciliationSchedule(waits: [.seconds(5)])
    #expect((0..<3).map { schedule.delay(afterLooks: $0) } == [5, 5, 5].map { .seconds($0) })
  }
}
