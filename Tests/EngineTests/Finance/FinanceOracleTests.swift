import ActionProtocol
import Connectors
import Engine
import Foundation
import Insights
import OracleSupport
import Testing
import TestSupport

/// A Python program that knows nothing of ours works the same figures out from the same records, in fractions.
@Suite(.enabled(if: Oracle.shouldRun, Oracle.comment)) struct FinanceOracleTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `figures of made-up books equal another program's to the cent and the day`(
    seed: UInt64
  ) async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    let zone = try #require(TimeZone(identifier: "America/New_York"))
    let today = LocalDate(house.clock.now, in: zone)
    let books = RandomBooks(seed: seed, today: today)
    try await house.books(books.rows)
    let days = [today, today.adding(days: -40)]
    let answers = try await Oracle.answers(
      "finance_figures.py", days.map { books.question(on: $0) }, as: [String: Figures].self)
    for (day, expected) in zip(days, answers) {
      let report = try await FinanceAnalyst(house.context).analyze(house.org, asOf: day)
      for (code, figures) in expected {
        let finance = try #require(report.currencies.first { $0.currency.code == code })
        // Bills stand as they are now: their figures are those of an earlier day only by chance.
        figures.compare(finance, isToday: day == today, "seed \(seed), \(day.iso), \(code)")
      }
    }
  }

  @Test func `what was owed before the period is what the books of that day say`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    let zone = try #require(TimeZone(identifier: "America/New_York"))
    let today = LocalDate(house.clock.now, in: zone)
    try await house.books([.partner(PartnerRow(externalID: "P", name: "P"))])
    let old = today.adding(days: -200)
    func row(_ id: String, _ open: Int64?) -> LedgerRow {
      .invoice(
        InvoiceRow(
          externalID: id, number: id, partner: "P", issuedOn: old, dueOn: old,
          total: Money(minorUnits: 1000, currency: Books.usd),
          open: open.map { Money(minorUnits: $0, currency: Books.usd) }))
    }
    func pay(_ id: String, _ cents: Int64, _ days: Int) throws -> LedgerRow {
      try Books.payment(
        "\(id)-\(days)", of: id, cents: cents, on: today.adding(days: -days).iso)
    }
    // Unpaid, paid before, paid since, paid in two parts, stated with the payments it contains.
    try await house.books([
      row("A", nil), row("B", nil), row("C", nil), row("D", nil), row("E", 100),
      try pay("B", 1000, 150), try pay("C", 1000, 10), try pay("D", 300, 150),
      try pay("D", 700, 5), try pay("E", 400, 120), try pay("E", 500, 20),
    ])
    let (org, store) = (house.org, house.store)
    let before = today.adding(days: -90)
    let former = try await store.read { try $0.books(org, asOf: before) }
    let owed = former.invoices.reduce(0) { $0 + max(0, $1.open.minorUnits) }
    let snapshot = try await store.read { try $0.finance(org, asOf: today) }
    #expect(owed == 1000 + 1000 + 700 + 600)
    #expect(snapshot.history.opening[Books.usd] == owed)
    #expect(snapshot.history.paidWithoutDate[Books.usd] == 0)
    // What the source calls paid without a payment has no date.
    try await house.books([row("F", 100)])
    let later = try await store.read { try $0.finance(org, asOf: today) }
    #expect(later.history.paidWithoutDate[Books.usd] == 1)
  }

  struct Figures: Decodable, Sendable {
    var receivables: [String: [Int64]]
    var payables: [String: [Int64]]
    var unallocated: Int64
    var overdue60Percent: Double?
    var largestShare: Double?
    var topFiveShare: Double?
    var index: Double?
    var dso: Double?
    var bestDSO: Double?
    var delinquent: Double?
    var effectiveness: Double?
    var countBack: Double?
    var opening: Int64?
    var billed: Int64?
    var burn: Int64?
    var cash: Int64?
    var runway: Int?
    var workingCapital: Int64
    var curve: [[Int64?]]

    func compare(_ finance: CurrencyFinance, isToday: Bool, _ place: Comment) {
      same(finance.receivables, receivables, place)
      #expect(finance.unallocated.minorUnits == unallocated, place)
      near(finance.overdue60Percent, overdue60Percent, "60+, \(place)")
      near(finance.concentration?.largestShare, largestShare, "largest, \(place)")
      near(finance.concentration?.topFiveShare, topFiveShare, "five, \(place)")
      near(finance.concentration?.index, index, "index, \(place)")
      near(finance.dso, dso, "DSO, \(place)")
      near(finance.bestPossibleDSO, bestDSO, "best, \(place)")
      near(finance.daysDelinquent, delinquent, "delinquent, \(place)")
      near(finance.collectionEffectiveness, effectiveness, "CEI, \(place)")
      near(finance.countBackDSO, countBack, "count-back, \(place)")
      #expect(finance.opening == opening, place)
      #expect((finance.periodDays == nil ? nil : finance.billed) == billed, place)
      #expect(finance.cash?.minorUnits == cash, place)
      guard isToday else { return }
      #expect(finance.burn?.minorUnits == burn, place)
      #expect(finance.runway?.days == runway, place)
      guard let table = finance.payables else { return }
      same(table, payables, place)
      #expect(finance.workingCapital?.minorUnits == workingCapital, place)
      let weeks = finance.curve?.weeks.map {
        [
          $0.receiptsMedian, $0.receiptsCautious, $0.paymentsMedian, $0.paymentsCautious,
          $0.endMedian, $0.endCautious,
        ]
      }
      #expect(weeks == curve, place)
    }

    private func same(_ table: AgeingTable, _ expected: [String: [Int64]], _ place: Comment) {
      for bucket in AgeingBucket.allCases {
        let cell = [Int64(table[bucket].count), table[bucket].amount.minorUnits]
        #expect(cell == expected[bucket.label], place)
      }
    }

    private func near(_ found: Double?, _ expected: Double?, _ place: Comment) {
      switch (found, expected) {
      case (nil, nil): break
      case (let found?, let expected?):
        #expect(abs(found - expected) <= 1e-9 * max(1, abs(expected)), place)
      default:
        let words = [found, expected].map { $0.map { "\($0)" } ?? "nothing" }
        Issue.record("\(place): \(words[0]), not \(words[1])")
      }
    }
  }
}
