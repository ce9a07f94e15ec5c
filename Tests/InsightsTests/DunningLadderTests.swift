import ActionProtocol
import Insights
import Testing

@Suite struct `Dunning ladder` {
  @Test(
    arguments: [
      (0, nil), (14, nil), (15, 1), (29, 1), (30, 2), (59, 2), (60, 3), (89, 3), (90, 4), (5000, 4),
    ] as [(Int, Int?)])
  func `the standard ladder is 15, 30, 60 and 90 days`(days: Int, level: Int?) {
    #expect(DunningLadder.standard.level(daysOverdue: days)?.number == level)
  }

  @Test(
    arguments: [
      (0, nil), (1, 1), (6, 1), (7, 2), (13, 2), (14, 3), (29, 3), (30, 4), (59, 4), (60, 5),
      (89, 5), (90, 6),
    ] as [(Int, Int?)])
  func `the fine ladder is 1, 7, 14, 30, 60 and 90 days`(days: Int, level: Int?) {
    #expect(DunningLadder.fine.level(daysOverdue: days)?.number == level)
  }

  @Test(arguments: [[], [0, 15], [30, 15], [15, 15], [-1]])
  func `a ladder that does not climb is none`(steps: [Int]) {
    #expect(DunningLadder(name: "own", steps: steps) == nil)
  }

  @Test func `a level knows its step and its tone`() throws {
    let levels = try [15, 30, 60, 90].map {
      try #require(DunningLadder.standard.level(daysOverdue: $0))
    }
    #expect(levels.map(\.fromDays) == [15, 30, 60, 90])
    #expect(levels.map(\.tone) == [.friendly, .reminding, .firm, .final])
    let single = try #require(DunningLadder(name: "own", steps: [10]))
    #expect(single.level(daysOverdue: 10)?.tone == .friendly)
  }
}
