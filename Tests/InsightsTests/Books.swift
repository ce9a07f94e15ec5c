import ActionProtocol
import Addressing
import Foundation
import Insights

/// Small books for tests, written as a person would describe them.
enum Books {
  static let usd = currency("USD")
  static let eur = currency("EUR")

  static func currency(_ code: String) -> Currency {
    guard let currency = Currency(code: code) else { preconditionFailure("no currency \(code)") }
    return currency
  }

  static func day(_ iso: String) -> LocalDate {
    guard let day = LocalDate(iso: iso) else { preconditionFailure("no day \(iso)") }
    return day
  }

  static func instant(_ rfc3339: String) -> Instant {
    guard let instant = Instant(rfc3339: rfc3339) else { preconditionFailure("no instant") }
    return instant
  }

  static func partnerID(_ id: Int64) -> PartnerID {
    guard let id = PartnerID(rawValue: id) else { preconditionFailure("no partner \(id)") }
    return id
  }

  static func company(
    org: String = "demo", locale: String = "en_US", country: String = "US",
    zone: String = "America/New_York", address: String? = "1 Harbor Street\nNew York, NY 10004"
  ) -> CompanyProfile {
    guard let orgID = OrgID(rawValue: org), let zone = TimeZone(identifier: zone) else {
      preconditionFailure("no company")
    }
    return CompanyProfile(
      orgID: orgID, name: "Northwind Tools", legalName: "Northwind Tools Inc.",
      postalAddress: address, country: country, zone: zone, currency: usd, locale: locale,
      windowStart: "09:00", windowEnd: "17:00", windowDays: [1, 2, 3, 4, 5])
  }

  static func partner(
    _ id: Int64, _ name: String, email: String? = "billing@customer.example",
    language: String? = nil, country: String? = nil, isActive: Bool = true,
    isBlacklisted: Bool = false, neverRemind: Bool = false
  ) throws -> PartnerFacts {
    PartnerFacts(
      id: partnerID(id), name: name, email: try email.map { try EmailAddress($0) },
      emailRecordID: id + 1000, country: country, language: language, isActive: isActive,
      isBlacklisted: isBlacklisted, neverRemind: neverRemind)
  }

  static func invoice(
    _ id: Int64, _ number: String, of partner: Int64, due: String?, open: Int64,
    total: Int64? = nil, in currency: Currency = usd, issued: String? = "2025-01-02",
    isPosted: Bool = true, isDisputed: Bool = false, neverRemind: Bool = false
  ) -> InvoiceFacts {
    InvoiceFacts(
      id: id, number: number, partnerID: partnerID(partner), issuedOn: issued.map(day),
      dueOn: due.map(day), total: Money(minorUnits: total ?? open, currency: currency),
      open: Money(minorUnits: open, currency: currency), isPosted: isPosted,
      isDisputed: isDisputed, neverRemind: neverRemind)
  }

  static func credit(_ partner: Int64, _ amount: Int64, in currency: Currency = usd)
    -> UnallocatedFacts
  {
    UnallocatedFacts(
      partnerID: partnerID(partner), amount: Money(minorUnits: amount, currency: currency))
  }

  static func snapshot(
    on day: String, company: CompanyProfile = Books.company(), partners: [PartnerFacts],
    invoices: [InvoiceFacts], unallocated: [UnallocatedFacts] = []
  ) -> BooksSnapshot {
    BooksSnapshot(
      company: company, asOf: Books.day(day), recordsAsOf: instant("2026-01-25T23:00:00Z"),
      partners: partners, invoices: invoices, unallocated: unallocated)
  }

  /// The user's own example: INV-2024-001 of Acme Corp, $5,000, 60 days overdue.
  static func seed(on day: String = "2026-01-26") throws -> BooksSnapshot {
    snapshot(
      on: day, partners: [try partner(7, "Acme Corp", email: "billing@acmecorp.com")],
      invoices: [
        invoice(
          42, "INV-2024-001", of: 7, due: "2025-11-27", open: 500_000, issued: "2025-10-28")
      ])
  }
}

/// A small seeded generator (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
