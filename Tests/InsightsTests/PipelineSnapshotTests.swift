import ActionProtocol
import Insights
import Testing

@Suite struct `Pipeline snapshot` {
  let day = Books.day

  @Test func `a stay has two known ends, or lasts`() {
    let visits = [
      StageVisit(stage: 1, enteredOn: day("2026-01-01")),
      StageVisit(stage: 2, enteredOn: day("2026-01-05")),
      StageVisit(stage: 1, enteredOn: nil), StageVisit(stage: 2, enteredOn: day("2026-01-20")),
    ]
    let deal = DealFacts(id: 1, name: "D", stage: 2)
    let stays = StageStay.stays(of: deal, visits: visits, won: [3])
    #expect(
      stays == [
        StageStay(stage: 1, enteredOn: day("2026-01-01"), leftOn: day("2026-01-05")),
        StageStay(stage: 2, enteredOn: day("2026-01-20")),
      ])
    #expect(stays.map(\.days) == [4, nil])
  }

  @Test func `the won stage is no stay, and the end of a lost deal ends its last one`() {
    let won = DealFacts(id: 1, name: "D", stage: 3, state: .won, closedOn: day("2026-01-09"))
    let visits = [
      StageVisit(stage: 1, enteredOn: day("2026-01-01")),
      StageVisit(stage: 3, enteredOn: day("2026-01-09")),
    ]
    #expect(
      StageStay.stays(of: won, visits: visits, won: [3]) == [
        StageStay(stage: 1, enteredOn: day("2026-01-01"), leftOn: day("2026-01-09"))
      ])
    let lost = DealFacts(id: 1, name: "D", stage: 1, state: .lost, closedOn: day("2026-01-03"))
    #expect(
      StageStay.stays(of: lost, visits: Array(visits.prefix(1)), won: [3]).map(\.days) == [2])
    let when = DealFacts(id: 1, name: "D", stage: 1, state: .lost)
    #expect(StageStay.stays(of: when, visits: Array(visits.prefix(1)), won: [3]).isEmpty)
  }

  @Test func `on an earlier day a deal was open and where it was then`() throws {
    var deal = Pipelines.closed(1, .won, after: 10, on: "2026-01-31")
    deal.stays.append(StageStay(stage: 2, enteredOn: day("2026-01-31")))
    let then = try #require(deal.seen(on: day("2026-01-25")))
    #expect(then.state == .open && then.stage == 1 && then.closedOn == nil)
    #expect(then.stageSince == day("2026-01-21"))
    #expect(deal.seen(on: day("2026-01-20")) == nil)
    #expect(deal.seen(on: day("2026-01-31")) == deal)
  }
}
