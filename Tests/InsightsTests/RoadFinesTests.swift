import ActionProtocol
import Foundation
import Insights
import Testing

/// The fines of a real police office as invoices (mapping: docs/decisions, 19), against figures that
/// another program computed.
@Suite struct `Ageing of real fines` {
  @Test(
    .enabled(if: SharedData.isWanted, "needs the shared data beside the repository"),
    arguments: [
      Golden(
        "2007-06-30", [(235, 1_066_220), (14, 107_420), (0, 0), (0, 0), (421, 3_246_445)], 26),
      Golden(
        "2007-12-31",
        [
          (2478, 11_829_160), (556, 4_582_000), (285, 2_364_600), (716, 5_866_850),
          (537, 4_190_850),
        ], 117),
      Golden(
        "2008-09-30",
        [
          (2030, 9_635_430), (35, 269_620), (123, 939_220), (32, 247_400), (3732, 30_238_780),
        ], 234),
    ])
  func `the buckets equal the published figures to the cent`(golden: Golden) throws {
    let books = try SharedData.fines(asOf: Books.day(golden.day))
    let report = OverdueAnalysis.analyze(books)
    let table = try #require(report.ageing[Books.eur])
    let cells = [
      table.notDue, table[.days1to30], table[.days31to60], table[.days61to90], table[.over90],
    ]
    #expect(cells.map(\.count) == golden.cells.map(\.0))
    #expect(cells.map(\.amount.minorUnits) == golden.cells.map(\.1))
    #expect(table.disputedOverdue.count == golden.disputed)
  }

  struct Golden: Sendable, CustomTestStringConvertible {
    let day: String
    let cells: [(Int, Int64)]
    let disputed: Int

    init(_ day: String, _ cells: [(Int, Int64)], _ disputed: Int) {
      (self.day, self.cells, self.disputed) = (day, cells, disputed)
    }

    var testDescription: String { day }
  }
}

extension SharedData {
  static func fines(asOf day: LocalDate) throws -> BooksSnapshot {
    let payments = try payments(upTo: day)
    var partners: [PartnerFacts] = []
    var invoices: [InvoiceFacts] = []
    for (index, row) in try rows("road_fines_cases.csv").enumerated() {
      let id = Int64(index + 1)
      guard let sent = date(row, "sent"), sent <= day else { continue }
      partners.append(try Books.partner(id, row["case_id"] ?? ""))
      invoices.append(invoice(id, row, sent, day, payments))
    }
    return Books.snapshot(on: day.iso, partners: partners, invoices: invoices)
  }

  private static func invoice(
    _ id: Int64, _ row: [String: String], _ sent: LocalDate, _ day: LocalDate,
    _ payments: [String: Int64]
  ) -> InvoiceFacts {
    let name = row["case_id"] ?? ""
    let isPenal = date(row, "penalty").map { $0 <= day } ?? false
    let fine = isPenal ? cents(row["amount_after_penalty"]) : cents(row["fine_amount"])
    let total = fine + cents(row["postal_expense"])
    let appeals = [date(row, "appeal_prefecture"), date(row, "appeal_judge")].compactMap { $0 }
    return InvoiceFacts(
      id: id, number: name, partnerID: Books.partnerID(id), issuedOn: sent,
      dueOn: date(row, "notified")?.adding(days: 60),
      total: Money(minorUnits: total, currency: Books.eur),
      open: Money(minorUnits: total - (payments[name] ?? 0), currency: Books.eur),
      isDisputed: appeals.contains { $0 <= day })
  }

  private static func payments(upTo day: LocalDate) throws -> [String: Int64] {
    var sums: [String: Int64] = [:]
    for row in try rows("road_fines_events.csv") {
      guard let paid = row["payment_derived"], !paid.isEmpty, let on = date(row, "date"),
        on <= day
      else { continue }
      sums[row["case_id"] ?? "", default: 0] += cents(paid)
    }
    return sums
  }

  private static func cents(_ text: String?) -> Int64 {
    Money(decimalText: text ?? "", currency: Books.eur)?.minorUnits ?? 0
  }
}
