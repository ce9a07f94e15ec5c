import ActionProtocol
import Insights
import Testing

/// The opportunities of a hardware reseller, against figures that another program computed.
@Suite(.enabled(if: SharedData.isWanted, "needs the shared data beside the repository"))
struct `Sales of real opportunities` {
  let report: SalesReport

  init() throws {
    report = SalesAnalysis.analyze(
      try SharedData.opportunities(asOf: Books.day("2017-12-31")),
      rules: SalesRules(currency: Books.usd))
  }

  @Test func `win rate, cycle and velocity equal the published figures`() throws {
    #expect(report.winRate == WinRate(won: 4238, lost: 2473))
    let cycle = report.cycle
    #expect(abs(try #require(cycle.mean) - 51.782) < 0.0005)
    #expect([0.5, 0.75, 0.8, 0.9, 0.95].map { cycle.percentile($0) } == [57, 88, 93, 106, 116])
    #expect(cycle.longest == 138)
    let velocity = try #require(report.velocity.first)
    #expect(abs(velocity.meanWonValue / 100 - 2360.909) < 0.0005)
    #expect(velocity.openDeals == 1589)
    #expect(abs(velocity.perDay / 100 - 45_750.76) < 0.01)
  }

  @Test func `win rates of salespeople lie where they were published`() throws {
    let rated = report.salespeople.compactMap { person in
      person.rate.share.map { (name: person.name, share: $0) }
    }.sorted { $0.share < $1.share }
    let (worst, best) = (try #require(rated.first), try #require(rated.last))
    #expect(worst.name == "Lajuana Vencill")
    #expect(abs(worst.share - 0.5498) < 0.00005)
    #expect(best.name == "Hayden Neloms")
    #expect(abs(best.share - 0.7039) < 0.00005)
  }

  @Test func `few of the open deals are called stalled, each with its place among the won`() throws
  {
    #expect(report.open == 2089)
    #expect(report.stalled.count == 102)
    #expect(report.stalled.count * 100 <= report.open * 5)
    #expect(report.stalled.allSatisfy { ($0.rank ?? 0) >= 0.95 && $0.days ?? 0 > 116 })
    #expect(report.agedOut.count == 1291)
    #expect(report.gaps[.noStageDate] == 500)
    #expect(report.gaps[.noCustomer] == 1425)
  }

  @Test func `open deals of a stage are worth their list price`() throws {
    let engaging = try #require(report.stages.first { $0.stage.name == "Engaging" })
    #expect(engaging.count == 1589)
    #expect(engaging.values.map(\.minorUnits) == [389_222_900])
  }
}

extension SharedData {
  /// An open opportunity has no value of its own; its product's list price stands for it.
  static func opportunities(asOf day: LocalDate) throws -> PipelineSnapshot {
    let prices = Dictionary(
      try rows("crm_products.csv").map { ($0["product"] ?? "", $0["sales_price"] ?? "") },
      uniquingKeysWith: { first, _ in first })
    let accounts = Dictionary(
      try rows("crm_accounts.csv").enumerated().map { ($1["account"] ?? "", Int64($0 + 1)) },
      uniquingKeysWith: { first, _ in first })
    let stages = ["Prospecting", "Engaging", "Won"].enumerated().map {
      StageFacts(id: Int64($0 + 1), name: $1, isWon: $1 == "Won")
    }
    let deals = try rows("crm_sales_pipeline.csv").enumerated().map { index, row in
      deal(Int64(index + 1), row, prices, accounts)
    }
    return PipelineSnapshot(
      company: Books.company(), asOf: day, recordsAsOf: nil, stages: stages, deals: deals)
  }

  private static func deal(
    _ id: Int64, _ row: [String: String], _ prices: [String: String], _ accounts: [String: Int64]
  ) -> DealFacts {
    let product = row["product"] == "GTXPro" ? "GTX Pro" : row["product"] ?? ""
    let account = row["account"] ?? ""
    let (opened, closed) = (date(row, "engage_date"), date(row, "close_date"))
    let stage = row["deal_stage"] ?? ""
    let state: DealFacts.State = stage == "Won" ? .won : stage == "Lost" ? .lost : .open
    let value = state == .open ? prices[product] : row["close_value"]
    return DealFacts(
      id: id, name: row["opportunity_id"] ?? "",
      partnerID: accounts[account].map(Books.partnerID), partnerName: account,
      stage: state == .won ? 3 : stage == "Prospecting" ? 1 : 2, state: state,
      value: value.flatMap { Money(decimalText: $0, currency: Books.usd) }, openedOn: opened,
      closedOn: closed, salesperson: row["sales_agent"])
  }
}
