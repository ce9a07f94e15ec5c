import ActionProtocol
import Decisions
import Testing

@Suite struct StoppedSettlementTests {
  @Test func `a call that a stop held back is due again at once and counts for nothing`() {
    let now = Instant(milliseconds: 1_772_636_400_000)
    let settlement = Settlement.after(
      .notSent(code: Settlement.stopped), attempts: 2, calls: 7, limits: .standard, now: now,
      // Even where the deadline is near: nobody may fail for having been stopped.
      executeBy: now.advanced(by: .seconds(1)), jitter: 0.5)
    #expect(settlement.next == .waiting(.paused, until: now))
    #expect(settlement.reservation == .released)
    #expect(!settlement.countsAsAttempt)
    #expect(settlement.channelPausedUntil == nil)
  }
}
