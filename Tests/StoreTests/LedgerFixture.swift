// swift-format-ignore-file: NeverForceUnwrap
// The unwrapped values are literals of the tests themselves.

import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Insights
import SQLiteDriver
import Store
import TestSupport

/// An empty ledger of one org in a database of its own, with a clock that stands still.
final class LedgerFixture: Sendable {
  let store: SQLStore
  let org = OrgID(rawValue: "acme")!
  let now: Instant
  private let database: SQLiteDatabase
  private let directory: URL

  init(zone: String = "Europe/Berlin", now: String = "2026-11-22T12:00:00Z") async throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("aiom-ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let moment = Instant(rfc3339: now)!
    self.now = moment
    database = try SQLiteDatabase(
      path: directory.appendingPathComponent("aiom.sqlite").path, clock: { moment })
    store = SQLStore(database: database, entropy: .system)
    _ = try await store.migrate()
    let organisation = Organisation(
      profile: CompanyProfile(
        orgID: org, name: "Us", legalName: "Us GmbH", postalAddress: nil, country: "DE",
        zone: TimeZone(identifier: zone)!, currency: Currency(code: "EUR")!, locale: "en_US",
        windowStart: "09:00", windowEnd: "17:00", windowDays: [1, 2, 3, 4, 5]),
      mode: .sandbox, sender: nil, createdAt: moment)
    try await store.write { try $0.save(organisation) }
  }

  deinit {
    try? database.close()
    FileManager.default.removeTemporary(directory.path)
  }

  /// Stores rows in one transaction.
  @discardableResult
  func put(_ rows: [LedgerRow], asOf: Instant? = nil) async throws -> [LedgerUpsert] {
    let (org, asOf) = (org, asOf ?? now)
    return try await store.write { tx in try rows.map { try tx.upsert(org, $0, asOf: asOf) } }
  }

  func books(_ day: String = "2026-11-22") async throws -> BooksSnapshot {
    let (org, day) = (org, LocalDate(iso: day)!)
    return try await store.read { try $0.books(org, asOf: day) }
  }

  func record(_ model: String, _ id: Int64) async throws -> LedgerRecord? {
    let org = org
    return try await store.read { try $0.record(org, RecordReference(model: model, id: id)) }
  }

  /// A field of the first invoice's record.
  func invoice(_ field: String, id: Int64 = 1) async throws -> JSONValue? {
    try await record("account.move", id)?.fields[field]
  }
}

func euros(_ cents: Int64) -> Money { Money(minorUnits: cents, currency: Currency(code: "EUR")!) }

func date(_ text: String) -> LocalDate { LocalDate(iso: text)! }

func instant(_ text: String) -> Instant { Instant(rfc3339: text)! }

extension LedgerRow {
  static func acme(_ change: (inout PartnerRow) -> Void = { _ in }) -> LedgerRow {
    var row = PartnerRow(externalID: "C1", name: "Acme")
    change(&row)
    return .partner(row)
  }

  static func bill(
    _ number: String = "INV-1", partner: String = "C1", _ total: Int64 = 100_00,
    open: Int64? = nil, due: String? = "2026-11-01", issued: String? = "2026-10-01",
    state: InvoiceRow.State = .posted
  ) -> LedgerRow {
    .invoice(
      InvoiceRow(
        externalID: number, number: number, partner: partner, issuedOn: issued.map { date($0) },
        dueOn: due.map { date($0) }, total: euros(total), open: open.map { euros($0) },
        state: state))
  }

  static func paid(
    _ id: String, _ amount: Int64, on day: String, invoice: String? = "INV-1",
    partner: String? = nil
  ) -> LedgerRow {
    .payment(
      SettlementRow(
        externalID: id, invoice: invoice, partner: partner, amount: euros(amount), on: date(day)))
  }

  static func credited(
    _ id: String, _ amount: Int64, on day: String, invoice: String? = "INV-1"
  ) -> LedgerRow {
    .credit(
      SettlementRow(
        externalID: id, invoice: invoice, partner: nil, amount: euros(amount), on: date(day)))
  }

  static func objection(
    _ id: String = "D1", invoice: String = "INV-1", opened: String, closed: String? = nil
  ) -> LedgerRow {
    .dispute(
      DisputeRow(
        externalID: id, invoice: invoice, openedOn: date(opened), closedOn: closed.map { date($0) })
    )
  }
}

extension LedgerUpsert {
  /// `inserted`, `updated`, `unchanged` or the refused column.
  var word: String {
    switch self {
    case .inserted: "inserted"
    case .updated: "updated"
    case .unchanged: "unchanged"
    case .rejected(let column, _, _): "rejected \(column)"
    }
  }
}
