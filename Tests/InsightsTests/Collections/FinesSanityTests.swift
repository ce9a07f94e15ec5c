import ActionProtocol
import Foundation
import Insights
import Testing

/// Real fines at random days: nobody is asked for what is paid or appealed against.
@Suite struct `Reminders of real fines` {
  private static let seed: UInt64 = 20_120_326
  private static let days = 200

  @Test(.enabled(if: SharedData.isWanted, "needs the shared data beside the repository"))
  func `no proposal for a paid or appealed case at any of 200 random days`() throws {
    var random = SeededGenerator(seed: Self.seed)
    let first = Books.day("2006-06-17")
    let span = Books.day("2012-03-26").days(since: first)
    let cases = try FineCases()
    var proposed = 0
    for _ in 0..<Self.days {
      let day = first.adding(days: Int.random(in: 0...span, using: &random))
      let books = cases.books(on: day)
      let found = DueFines(books)
      let closed = found.ids.filter { cases.isPaid($0, by: day) || cases.isAppealed($0, by: day) }
      #expect(closed.isEmpty, "seed \(Self.seed), \(day.iso): \(closed.prefix(3))")
      proposed += found.ids.count
    }
    #expect(proposed > 500)
  }

  /// The invoices that an analysis of the day would write about.
  private struct DueFines {
    var ids: Set<Int64> = []

    init(_ books: BooksSnapshot) {
      let recommender = ReminderRecommender(
        rules: .standard, drafting: PlainDrafting(), now: Books.instant("2012-04-01T12:00:00Z"))
      let result = recommender.recommend(OverdueAnalysis.analyze(books), books)
      for proposal in result.proposals { ids.formUnion(proposal.affectedRecords.ids) }
    }
  }

  /// The words play no part here.
  private struct PlainDrafting: MessageDrafting {
    func resolvedLanguage(_ template: String, wanted language: String) -> String { "en" }
    func draft(
      _ template: String, language: String, values: JSONObject
    ) throws(DraftingError) -> DraftedMessage {
      DraftedMessage(subject: "Fine", text: "Please pay.", html: "<p>Please pay.</p>")
    }
  }
}

/// The cases read once, and what the events say of them, told apart from how books are made.
private struct FineCases {
  private struct Case {
    let invoice: InvoiceFacts
    let penalty: LocalDate?
    let total: Int64
    let totalAfterPenalty: Int64
    let appeals: [LocalDate]
    let payments: [(on: LocalDate, cents: Int64)]

    func owed(on day: LocalDate) -> Int64 {
      penalty.map { $0 <= day } ?? false ? totalAfterPenalty : total
    }

    func paid(by day: LocalDate) -> Int64 {
      payments.reduce(0) { $0 + ($1.on <= day ? $1.cents : 0) }
    }
  }

  private var cases: [Int64: Case] = [:]

  init() throws {
    var payments: [String: [(on: LocalDate, cents: Int64)]] = [:]
    for row in try SharedData.rows("road_fines_events.csv") {
      guard let paid = row["payment_derived"], !paid.isEmpty, let name = row["case_id"],
        let day = SharedData.date(row, "date")
      else { continue }
      payments[name, default: []].append((day, Self.cents(paid)))
    }
    for (index, row) in try SharedData.rows("road_fines_cases.csv").enumerated() {
      guard let sent = SharedData.date(row, "sent") else { continue }
      let (id, name) = (Int64(index + 1), row["case_id"] ?? "")
      let postage = Self.cents(row["postal_expense"])
      let total = Self.cents(row["fine_amount"]) + postage
      let invoice = InvoiceFacts(
        id: id, number: name, partnerID: Books.partnerID(id), issuedOn: sent,
        dueOn: SharedData.date(row, "notified")?.adding(days: 60),
        total: Money(minorUnits: total, currency: Books.eur),
        open: Money(minorUnits: total, currency: Books.eur))
      cases[id] = Case(
        invoice: invoice, penalty: SharedData.date(row, "penalty"), total: total,
        totalAfterPenalty: Self.cents(row["amount_after_penalty"]) + postage,
        appeals: ["appeal_prefecture", "appeal_judge"].compactMap { SharedData.date(row, $0) },
        payments: payments[name] ?? [])
    }
  }

  private static let customers: Int64 = 1000

  /// Everything that is paid or appealed against by the day, and one in three hundred of the others, so that
  /// a customer has some of each.
  func books(on day: LocalDate) -> BooksSnapshot {
    let partners = (1...Self.customers).map { id in
      PartnerFacts(
        id: Books.partnerID(id), name: "Customer \(id)", email: nil, emailRecordID: id)
    }
    var invoices: [InvoiceFacts] = []
    for (id, one) in cases {
      guard let issued = one.invoice.issuedOn, issued <= day else { continue }
      let (owed, paid) = (one.owed(on: day), one.paid(by: day))
      let isAppealed = one.appeals.contains { $0 <= day }
      guard id % 300 == 0 || paid >= owed || isAppealed else { continue }
      var invoice = one.invoice
      invoice.partnerID = Books.partnerID(id % Self.customers + 1)
      invoice.total = Money(minorUnits: owed, currency: Books.eur)
      invoice.open = Money(minorUnits: owed - paid, currency: Books.eur)
      invoice.isDisputed = isAppealed
      invoices.append(invoice)
    }
    invoices.sort { $0.id < $1.id }
    var books = Books.snapshot(on: day.iso, partners: partners, invoices: invoices)
    books.reminders = []
    return books
  }

  func isPaid(_ id: Int64, by day: LocalDate) -> Bool {
    cases[id].map { $0.paid(by: day) >= $0.owed(on: day) } ?? true
  }

  func isAppealed(_ id: Int64, by day: LocalDate) -> Bool {
    cases[id]?.appeals.contains { $0 <= day } ?? true
  }

  private static func cents(_ text: String?) -> Int64 {
    Money(decimalText: text ?? "", currency: Books.eur)?.minorUnits ?? 0
  }
}
