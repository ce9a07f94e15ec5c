import ActionProtocol
import Foundation
import Insights
import Testing

@Suite struct `Overdue analysis` {
  @Test(
    arguments: [
      (-1, AgeingBucket.current), (0, .current), (1, .days1to30), (30, .days1to30),
      (31, .days31to60), (60, .days31to60), (61, .days61to90), (90, .days61to90),
      (91, .over90), (4000, .over90),
    ])
  func `an invoice stands in the bucket of its age`(age: Int, bucket: AgeingBucket) throws {
    let today = Books.day("2026-01-26")
    let due = today.adding(days: -age)
    let report = OverdueAnalysis.analyze(
      Books.snapshot(
        on: today.iso, partners: [try Books.partner(1, "A")],
        invoices: [Books.invoice(1, "I-1", of: 1, due: due.iso, open: 100)]))
    let table = try #require(report.ageing[Books.usd])
    #expect(table[bucket].count == 1)
    #expect(table[bucket].amount.minorUnits == 100)
    #expect(table.total == table[bucket])
    #expect(report.customers.count == (age > 0 ? 1 : 0))
    #expect(report.customers.first?.oldestDaysOverdue == (age > 0 ? age : nil))
  }

  @Test(
    arguments: [
      ("2024-02-28", "2024-03-01", 2), ("2024-02-29", "2024-03-01", 1),
      ("2025-02-28", "2025-03-01", 1), ("2023-12-31", "2024-12-31", 366),
      ("2025-03-29", "2025-03-31", 2),
    ])
  func `ages are calendar days over leap days, years and clock changes`(
    due: String, today: String, days: Int
  ) throws {
    let report = OverdueAnalysis.analyze(
      Books.snapshot(
        on: today, partners: [try Books.partner(1, "A")],
        invoices: [Books.invoice(1, "I-1", of: 1, due: due, open: 100, issued: "2023-01-01")]))
    #expect(report.customers.first?.invoices.first?.daysOverdue == days)
  }

  @Test(
    arguments: [
      ("America/New_York", "2026-01-27T04:59:59Z", "2026-01-26"),
      ("America/New_York", "2026-01-27T05:00:00Z", "2026-01-27"),
      ("Europe/Berlin", "2026-01-26T22:59:59Z", "2026-01-26"),
      ("Europe/Berlin", "2026-01-26T23:00:00Z", "2026-01-27"),
      ("Pacific/Kiritimati", "2026-01-26T10:00:00Z", "2026-01-27"),
    ])
  func `today turns at midnight of the company's zone`(zone: String, now: String, day: String) {
    let company = Books.company(zone: zone)
    #expect(company.today(at: Books.instant(now)).iso == day)
  }

  @Test func `currencies are never added`() throws {
    let report = OverdueAnalysis.analyze(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "A")],
        invoices: [
          Books.invoice(1, "I-1", of: 1, due: "2026-01-01", open: 100),
          Books.invoice(2, "I-2", of: 1, due: "2026-01-01", open: 7, in: Books.eur),
        ]))
    #expect(report.currencies == [Books.eur, Books.usd])
    #expect(report.ageing[Books.usd]?.total.amount.minorUnits == 100)
    #expect(report.ageing[Books.eur]?.total.amount.minorUnits == 7)
    #expect(report.customers.map(\.currency) == [Books.eur, Books.usd])
  }

  @Test func `customers come by currency, then the largest open amount, then id`() throws {
    let report = OverdueAnalysis.analyze(
      Books.snapshot(
        on: "2026-01-26", partners: try (1...4).map { try Books.partner($0, "P\($0)") },
        invoices: [
          Books.invoice(1, "I-1", of: 4, due: "2026-01-01", open: 100),
          Books.invoice(2, "I-2", of: 3, due: "2026-01-01", open: 100),
          Books.invoice(3, "I-3", of: 1, due: "2026-01-01", open: 300),
          Books.invoice(4, "I-4", of: 2, due: "2026-01-01", open: 5, in: Books.eur),
        ]))
    #expect(report.customers.map(\.partnerID.rawValue) == [2, 1, 3, 4])
  }

  @Test func `credits stand apart and are not netted`() throws {
    let report = OverdueAnalysis.analyze(
      Books.snapshot(
        on: "2026-01-26",
        partners: [try Books.partner(1, "A"), try Books.partner(2, "B")],
        invoices: [Books.invoice(1, "I-1", of: 1, due: "2026-01-01", open: 100)],
        unallocated: [
          Books.credit(1, 30), Books.credit(2, 5), Books.credit(1, 9, in: Books.eur),
        ]))
    #expect(report.ageing[Books.usd]?.total.amount.minorUnits == 100)
    #expect(report.customers.first?.unallocatedCredit.minorUnits == 30)
    #expect(report.unallocated[Books.usd]?.minorUnits == 35)
    #expect(report.unallocated[Books.eur]?.minorUnits == 9)
  }

  @Test func `a partly paid invoice counts with what is open`() throws {
    let report = OverdueAnalysis.analyze(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "A")],
        invoices: [Books.invoice(1, "I-1", of: 1, due: "2026-01-01", open: 40, total: 100)]))
    #expect(report.ageing[Books.usd]?.overdue.amount.minorUnits == 40)
  }

  @Test func `disputed invoices are counted and named as disputed`() throws {
    let report = OverdueAnalysis.analyze(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "A")],
        invoices: [
          Books.invoice(1, "I-1", of: 1, due: "2026-01-01", open: 40, isDisputed: true),
          Books.invoice(2, "I-2", of: 1, due: "2026-02-01", open: 60, isDisputed: true),
        ]))
    let table = try #require(report.ageing[Books.usd])
    #expect(table.disputedOverdue.count == 1)
    #expect(table.disputedOverdue.amount.minorUnits == 40)
    #expect(table.total.amount.minorUnits == 100)
  }

  @Test func `drafts, future invoices and settled ones are left aside`() throws {
    let report = OverdueAnalysis.analyze(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "A")],
        invoices: [
          Books.invoice(1, "I-1", of: 1, due: "2026-01-01", open: 40, isPosted: false),
          Books.invoice(2, "I-2", of: 1, due: "2026-01-01", open: 40, issued: "2026-01-27"),
          Books.invoice(3, "I-3", of: 1, due: "2026-01-01", open: 0, total: 40),
        ]))
    #expect(report.ageing.isEmpty && report.customers.isEmpty && report.gaps.isEmpty)
    #expect(report.leftAside.notPosted == 1)
    #expect(report.leftAside.notYetIssued == 1)
    #expect(report.leftAside.settled == 1)
  }

  @Test func `empty books have an empty report`() {
    let report = OverdueAnalysis.analyze(
      Books.snapshot(on: "2026-01-26", partners: [], invoices: []))
    #expect(report.ageing.isEmpty && report.customers.isEmpty && report.gaps.isEmpty)
  }
}
