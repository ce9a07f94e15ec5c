import ActionProtocol
import Insights
import Testing

@Suite struct `Sales analysis` {
  let rules = SalesRules(currency: Books.usd)

  /// 100 deals won after 1 to 100 days: P80 81 (80.2), P95 96 (95.05), the longest 100.
  let past = (1...100).map { Pipelines.closed(Int64($0), .won, after: $0) }

  func report(_ deals: [DealFacts], on day: String = "2026-02-01") -> SalesReport {
    SalesAnalysis.analyze(Pipelines.snapshot(on: day, deals), rules: rules)
  }

  @Test(arguments: [
    ("2025-11-14", 79, nil), ("2025-11-12", 81, nil), ("2025-11-11", 82, "slow"),
    ("2025-10-28", 96, "slow"), ("2025-10-27", 97, "stalled"), ("2025-10-24", 100, "stalled"),
    ("2025-10-23", 101, "aged_out"),
  ])
  func `days in a stage are measured by the deals that went on`(
    since: String, days: Int, code: String?
  ) throws {
    let found = report(past + [Pipelines.open(500, since: since)])
    let findings = found.stalled + found.agedOut + found.others
    #expect(findings.map(\.deal.id) == (code == nil ? [] : [500]))
    #expect(findings.first?.issues.map(\.code) == code.map { [$0] })
    if code != nil { #expect(findings.first?.days == days) }
  }

  @Test func `each finding says what it was measured by`() throws {
    let finding = try #require(
      report(past + [Pipelines.open(500, since: "2025-10-27")]).stalled.first)
    #expect(
      finding.issues.map(\.explanation) == [
        "97 days in its stage: P95 of 100 deals that went on from this stage = 96 days."
      ])
    #expect(finding.rank == 0.97)
  }

  @Test func `lost and open deals are no measure of how long a stage takes`() {
    let lost = (200...400).map { Pipelines.closed(Int64($0), .lost, after: 500) }
    let open = (401...450).map { Pipelines.open(Int64($0), since: "2020-01-01") }
    let limit = report(past + lost + open).stages.first?.limit
    #expect(limit?.stalledAfter == 96)
    #expect(limit?.longest == 100)
  }

  @Test func `nineteen deals are too few to learn from, twenty are enough`() {
    let few = report(Array(past.prefix(19))).stages.first?.limit
    #expect(few?.source == .standard)
    #expect(few?.stalledAfter == 14)
    #expect(report(Array(past.prefix(20))).stages.first?.limit?.source == .stage(sample: 20))
  }

  @Test func `a stage with too few takes the measure of all stages`() {
    let limit = report(past + [Pipelines.open(500, in: 2, since: "2026-01-30")]).stages[1].limit
    #expect(limit?.source == .pipeline(sample: 100))
    #expect(limit?.stalledAfter == 96)
  }

  @Test func `the organisation's own number goes before what was learnt`() {
    var own = rules
    own.stageDays = [1: 10]
    let pipeline = Pipelines.snapshot(
      on: "2026-02-01",
      past + [
        Pipelines.open(500, since: "2026-01-21"), Pipelines.open(501, since: "2026-01-22"),
      ])
    let found = SalesAnalysis.analyze(pipeline, rules: own)
    #expect(found.stalled.map(\.deal.id) == [500])
    #expect(found.agedOut.isEmpty)
  }

  @Test func `a deal whose stage has no known day is measured from its beginning`() throws {
    var deal = Pipelines.open(500, since: "2025-10-27")
    deal.stays = []
    let finding = try #require(report(past + [deal]).stalled.first)
    #expect(
      finding.issues.map(\.explanation) == [
        "97 days since it began: P95 of 100 won deals from beginning to win = 96 days."
      ])
  }

  @Test func `a deal whose stage and beginning have no known day is a gap and never stalled`() {
    let found = report(past + [Pipelines.open(500, since: nil)])
    #expect(found.stalled.isEmpty && found.agedOut.isEmpty)
    #expect(found.gaps == [.noStageDate: 1])
  }

  @Test func `idle, past its close and slipping are said apart from the stage`() throws {
    var deal = Pipelines.open(500, since: "2026-01-31")
    deal.lastActivityOn = Books.day("2026-01-17")
    deal.expectedClose = Books.day("2026-01-31")
    deal.postponed = 2
    let finding = try #require(report([deal]).others.first)
    #expect(finding.issues == [.idle(days: 15), .closeDatePast(days: 1), .slipping(times: 2)])
    deal.lastActivityOn = Books.day("2026-01-18")
    deal.expectedClose = Books.day("2026-02-01")
    deal.postponed = 1
    #expect(report([deal]).others.isEmpty)
  }

  @Test func `at most five of a hundred open deals are called stalled, the dearest first`() {
    let open = (500..<600).map {
      Pipelines.open($0, since: "2025-10-27", value: Pipelines.usd($0))
    }
    let found = report(past + open)
    #expect(found.stalled.map(\.deal.id) == [599, 598, 597, 596, 595])
    #expect(found.stalledUnlisted == 95)
  }

  @Test func `the chance at an age counts only deals that lived longer`() throws {
    // Of the deals that were open for more than 97 days, three were won (98, 99, 100) and six lost.
    let lost = (201...206).map { Pipelines.closed($0, .lost, after: 120) }
    let finding = try #require(
      report(past + lost + [Pipelines.open(500, since: "2025-10-27")]).stalled.first)
    let chance = try #require(finding.chance)
    #expect(abs(chance - (3 + 100.0 / 106) / 10) < 1e-12)
    #expect(finding.expected?.minorUnits == Int64((100_000 * chance).rounded()))
  }

  @Test func `where no deal took so long nobody can tell the chance`() throws {
    let finding = try #require(
      report(past + [Pipelines.open(500, since: "2025-01-01")]).agedOut.first)
    #expect(finding.chance == nil)
    #expect(finding.expected == Pipelines.usd(1000))
  }

  @Test func `another currency comes after the company's and is never added to it`() {
    let euros = Money(minorUnits: 90_000_000, currency: Books.eur)
    let found = report(
      past + [
        Pipelines.open(500, since: "2025-10-27", value: euros),
        Pipelines.open(501, since: "2025-10-27"),
        Pipelines.open(502, since: "2025-10-27", value: nil),
      ])
    #expect(found.stalled.map(\.deal.id) == [501, 500, 502])
    #expect(found.stages.first?.values == [euros, Pipelines.usd(1000)])
    #expect(found.stalled.first?.isHighValue == false)
  }

  @Test func `from ten thousand on a deal is the manager's too`() {
    let found = report(
      past + [
        Pipelines.open(500, since: "2025-10-27", value: Pipelines.usd(10_000)),
        Pipelines.open(501, since: "2025-10-27", value: Pipelines.usd(9_999)),
      ])
    #expect(found.stalled.map(\.isHighValue) == [true, false])
  }

  @Test func `rates and velocity are of the window alone`() throws {
    let found = report([
      Pipelines.closed(1, .won, after: 10, on: "2026-02-01", by: "Ann"),
      Pipelines.closed(2, .won, after: 30, value: Pipelines.usd(3000), by: "Bea"),
      Pipelines.closed(3, .lost, after: 5, by: "Bea"),
      Pipelines.closed(4, .won, after: 900, on: "2025-02-01"),
      Pipelines.closed(5, .won, after: 1, on: "2026-02-02"),
      Pipelines.open(6, since: "2026-01-31"),
    ])
    #expect(found.winRate == WinRate(won: 2, lost: 1))
    #expect(found.salespeople.map(\.name) == ["Ann", "Bea"])
    #expect(found.salespeople.map(\.rate.share) == [1, 0.5])
    let velocity = try #require(found.velocity.first)
    #expect(abs(velocity.perDay - 1 * (2.0 / 3) * 200_000 / 20) < 1e-9)
  }

  @Test func `nothing gives an empty report, and no figure out of nothing`() {
    let found = report([])
    #expect(found.winRate.share == nil)
    #expect(found.cycle.mean == nil && found.cycle.percentile(0.5) == nil)
    #expect(found.velocity.isEmpty && found.stages.isEmpty && found.gaps.isEmpty)
  }

  @Test func `records that contradict themselves are reported and not counted`() {
    var backwards = Pipelines.closed(1, .won, after: -5)
    backwards.stays = [
      StageStay(stage: 1, enteredOn: Books.day("2026-02-05"), leftOn: Books.day("2026-01-31"))
    ]
    let found = report([
      backwards, Pipelines.open(2, since: "2026-01-31", value: Pipelines.usd(-1)),
      Pipelines.open(2, since: "2026-01-31"), Pipelines.open(3, in: 9, since: "2026-01-31"),
    ])
    #expect(
      found.gaps == [
        .closedBeforeOpened: 1, .negativeValue: 1, .noValue: 1, .duplicateRecord: 1,
        .unknownStage: 1,
      ])
    #expect(found.cycle.count == 0)
    #expect(found.open == 1)
  }
}
