import ActionProtocol
import Decisions
import Testing

@Suite struct MonthInProgressTests {
  private static let day: Int64 = 86_400_000

  private func month(at days: Double) -> MonthInProgress {
    MonthInProgress(
      start: Instant(milliseconds: 0), end: Instant(milliseconds: 30 * Self.day),
      now: Instant(milliseconds: Int64(days * Double(Self.day))))
  }

  @Test(arguments: [
    (15.0, 100, 200), (10.0, 7, 21), (0.5, 3, 90), (0.0, 3, 90), (1.0, 3, 90), (29.0, 29, 30),
    (30.0, 100, 100), (31.0, 100, 100), (15.0, 0, 0), (20.0, 1, 2),
  ])
  func `the month goes on as it did`(_ days: Double, _ count: Int, _ expected: Int) {
    #expect(month(at: days).projected(count) == expected)
  }

  @Test func `a volume is projected in every part but its busiest day`() {
    let volume = MonthlyVolume(emails: 10, smsUnits: ["DE": 2, nil: 1], busiestDay: 9)
    let whole = month(at: 15).projected(volume)
    #expect(
      whole == MonthlyVolume(emails: 20, smsUnits: ["DE": 4, nil: 2], busiestDay: 9))
    #expect(whole.allSMSUnits == 6)
  }

  @Test func `a projection is never below the count and never overflows`() {
    for days in stride(from: 0.0, through: 31, by: 0.25) {
      #expect(month(at: days).projected(17) >= 17)
    }
    #expect(month(at: 1).projected(Int.max) == Int.max)
  }

  @Test func `every type that sends has a purpose, and no other has one`() {
    for type in ActionType.allCases {
      let sends = [.sendEmail, .sendSMS].contains(type.operationType)
      #expect((MessagePurpose(type) != nil) == sends)
    }
    #expect(Set(ActionType.allCases.compactMap(MessagePurpose.init)).count == 7)
  }
}
