import ActionProtocol
import Engine

/// Why a row cannot stand in the ledger. Becomes `LedgerUpsert.rejected`; thrown before anything of
/// the row is written.
struct RowRefusal: Error {
  let column: String
  let problem: String
  let remedy: String
}

/// An invoice that a row of another kind names.
struct NamedInvoice {
  let id: Int64
  let partnerID: Int64
  let currency: String
}

extension SQLTransaction {
  /// The partner with the external id, or with exactly the name.
  /// - Throws: ``RowRefusal`` where there is none or more than one.
  func partner(named text: String, _ org: OrgID) throws -> Int64 {
    let key = [SQLValue.text(org.rawValue), .text(text)]
    let byID = try sql.first(
      "SELECT id FROM partners WHERE org_id = $1 AND kind = 'partner' AND external_id = $2", key
    ) { $0.integer(0) }
    if let byID { return byID }
    let byName = try sql.all(
      "SELECT id FROM partners WHERE org_id = $1 AND name = $2 AND kind = 'partner' LIMIT 2", key
    ) { $0.integer(0) }
    if byName.count > 1 {
      throw RowRefusal(
        column: "partner", problem: "names a partner whose name the ledger has more than once",
        remedy: "Name the partner by its external id.")
    }
    guard let id = byName.first else {
      throw RowRefusal(
        column: "partner", problem: "names a partner that the ledger does not have",
        remedy: "Import the partners first, or name the partner by its external id or exact name.")
    }
    return id
  }

  /// The partner's id as a value, NULL where none is named.
  func optionalPartner(named text: String?, _ org: OrgID) throws -> SQLValue {
    try text.map { .integer(try partner(named: $0, org)) } ?? .null
  }

  /// The invoice with the external id, or with the number.
  /// - Throws: ``RowRefusal`` where there is none or more than one.
  func invoice(named text: String, _ org: OrgID) throws -> NamedInvoice {
    let key = [SQLValue.text(org.rawValue), .text(text)]
    let make: (any SQLRow) -> NamedInvoice = {
      NamedInvoice(id: $0.integer(0), partnerID: $0.integer(1), currency: $0.text(2))
    }
    let byID = try sql.first(
      "SELECT id, partner_id, currency FROM invoices WHERE org_id = $1 AND external_id = $2", key,
      make)
    if let byID { return byID }
    let byNumber = try sql.all(
      "SELECT id, partner_id, currency FROM invoices WHERE org_id = $1 AND number = $2 LIMIT 2",
      key, make)
    if byNumber.count > 1 {
      throw RowRefusal(
        column: "invoice", problem: "names an invoice number that the ledger has more than once",
        remedy: "Name the invoice by its external id.")
    }
    guard let invoice = byNumber.first else {
      throw RowRefusal(
        column: "invoice", problem: "names an invoice that the ledger does not have",
        remedy: "Import the invoices first, or name the invoice by its external id or number.")
    }
    return invoice
  }

  /// Refuses a day that a source true at `asOf` cannot know. One day is allowed for time zones.
  func refuseFuture(_ day: LocalDate?, column: String, asOf: Instant) throws {
    guard let day, Int64(day.epochDay) > asOf.milliseconds / 86_400_000 + 1 else { return }
    throw RowRefusal(
      column: column, problem: "lies after the day the file was true on",
      remedy: "Correct the date, or import the row when that day has come.")
  }
}

extension SQLValue {
  static func day(_ day: LocalDate) -> SQLValue { .integer(Int64(day.epochDay)) }
  static func optional(_ day: LocalDate?) -> SQLValue { day.map { .day($0) } ?? .null }
}

extension SQLRow {
  /// Column `index` as a day, nil when it is NULL.
  func optionalDay(_ index: Int) -> LocalDate? {
    optionalInteger(index).map { LocalDate(epochDay: Int($0)) }
  }
}
