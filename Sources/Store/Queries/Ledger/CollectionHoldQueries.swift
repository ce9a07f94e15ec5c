import ActionProtocol
import Engine
import Insights

/// The holds that bind an invoice, in SQL.
enum CollectionHoldSQL {
  /// The id of one hold that binds invoice `i` at the instant `now`, its own before the customer's; NULL
  /// where nothing does. A customer's hold binds all that were merged with it.
  static func binding(at now: String) -> String {
    """
    COALESCE(
        (SELECT MIN(h.hold_id) FROM collection_holds h
          WHERE h.org_id = i.org_id AND h.invoice_id = i.id AND \(isActive(now))),
        (SELECT MIN(h.hold_id) FROM collection_holds h
          WHERE h.org_id = i.org_id AND h.invoice_id IS NULL AND h.partner_id = i.partner_id
            AND \(isActive(now))),
        (SELECT MIN(h.hold_id) FROM partner_aliases a
          JOIN partner_aliases b ON b.org_id = a.org_id AND b.root_id = a.root_id
          JOIN collection_holds h ON h.org_id = a.org_id AND h.invoice_id IS NULL
            AND (h.partner_id = b.partner_id OR h.partner_id = b.root_id)
          WHERE a.org_id = i.org_id AND (a.partner_id = i.partner_id OR a.root_id = i.partner_id)
            AND \(isActive(now))))
    """
  }

  private static func isActive(_ now: String) -> String {
    """
    (h.ends_at IS NULL OR h.ends_at > \(now))
            AND NOT EXISTS (SELECT 1 FROM collection_hold_ends e
              WHERE e.org_id = h.org_id AND e.hold_id = h.hold_id)
    """
  }
}

extension SQLTransaction: CollectionHoldReading, CollectionHoldWriting {
  func collectionHolds(_ org: OrgID, asOf day: LocalDate) throws -> [CollectionHold] {
    let holds = try sql.all(
      Self.selectHold + " WHERE h.org_id = $1 ORDER BY h.hold_id", [.text(org.rawValue)], Self.hold)
    guard holds.contains(where: { $0.promise != nil }) else { return holds }
    var paid: [String: Int64] = [:]
    try sql.forEach(Self.paidPromises, [.day(day), .text(org.rawValue)]) { row in
      paid[row.text(0)] = row.integer(1)
    }
    return holds.map { hold in
      var hold = hold
      if let minor = paid[hold.id], let promise = hold.promise {
        hold.promise?.paid = Money(minorUnits: minor, currency: promise.amount.currency)
      }
      return hold
    }
  }

  func collectionHolds(_ org: OrgID, of customers: [PartnerID]) throws -> [CollectionHold] {
    var holds: [CollectionHold] = []
    try sql.forEach(
      Self.selectHold + " WHERE h.org_id = $1 AND h.partner_id = $2",
      each: customers.map { [.text(org.rawValue), .integer($0.rawValue)] }
    ) { _, row in holds.append(try Self.hold(row)) }
    return holds.sorted { $0.id < $1.id }
  }

  func collectionHold(
    _ org: OrgID, _ id: String, asOf day: LocalDate
  ) throws -> CollectionHold? {
    try collectionHolds(org, asOf: day).first { $0.id == id }
  }

  func insert(_ hold: CollectionHold, org: OrgID, at: Instant, endsAt: Instant?) throws {
    try sql.execute(
      """
      INSERT INTO collection_holds (org_id, hold_id, kind, partner_id, invoice_id, made_at, made_on,
        last_day, ends_at, amount_minor, currency, promised_on, grace_days, set_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """,
      [
        .text(org.rawValue), .text(hold.id), .text(hold.kind.rawValue),
        .integer(hold.subject.partner.rawValue), .optional(hold.subject.invoice), .instant(at),
        .day(hold.madeOn), .optional(hold.lastDay.map { Int64($0.epochDay) }), .optional(endsAt),
        .optional(hold.promise?.amount.minorUnits), .optional(hold.promise?.amount.currency.code),
        .optional(hold.promise.map { Int64($0.due.epochDay) }),
        .optional(hold.promise.map { Int64($0.graceDays) }), .text(hold.setBy.rawValue),
      ])
    guard let note = hold.note else { return }
    try sql.execute(
      "INSERT INTO collection_hold_notes (org_id, hold_id, note) VALUES ($1, $2, $3)",
      [.text(org.rawValue), .text(hold.id), .text(note)])
  }

  func endCollectionHold(
    _ org: OrgID, _ id: String, at: Instant, on day: LocalDate, by author: Author
  ) throws -> Bool {
    try sql.execute(
      """
      INSERT INTO collection_hold_ends (org_id, hold_id, ended_at, ended_on, ended_by)
      SELECT h.org_id, h.hold_id, $1, $2, $3 FROM collection_holds h
      WHERE h.org_id = $4 AND h.hold_id = $5 AND NOT EXISTS (
        SELECT 1 FROM collection_hold_ends e
        WHERE e.org_id = h.org_id AND e.hold_id = h.hold_id)
      """,
      [
        .instant(at), .day(day), .text(author.rawValue), .text(org.rawValue), .text(id),
      ]) == 1
  }

  // MARK: - What somebody named

  func invoiceSubject(_ org: OrgID, named text: String) throws -> InvoiceSubject? {
    do {
      let found = try invoice(named: text, org)
      guard let partner = PartnerID(rawValue: found.partnerID) else {
        throw StoreError(code: "corrupt", detail: "partner id")
      }
      return InvoiceSubject(
        id: found.id, partner: partner, currency: try OdooValue.currency(found.currency))
    } catch is RowRefusal {
      return nil
    }
  }

  func partnerSubject(_ org: OrgID, named text: String) throws -> PartnerID? {
    do {
      return PartnerID(rawValue: try partner(named: text, org))
    } catch is RowRefusal {
      return nil
    }
  }

  // MARK: - Rows

  private static let selectHold = """
    SELECT h.hold_id, h.kind, h.partner_id, h.invoice_id, h.made_on, h.last_day, e.ended_on,
      h.amount_minor, h.currency, h.promised_on, h.grace_days, h.set_by, n.note
    FROM collection_holds h
    LEFT JOIN collection_hold_ends e ON e.org_id = h.org_id AND e.hold_id = h.hold_id
    LEFT JOIN collection_hold_notes n ON n.org_id = h.org_id AND n.hold_id = h.hold_id
    """

  /// Payments in the promise's currency from its day to the end of its grace, of the invoice or of the
  /// customer and whoever was merged with it.
  private static let paidPromises = """
    SELECT h.hold_id, CAST(SUM(s.amount_minor) AS BIGINT)
    FROM collection_holds h
    JOIN settlements s ON s.org_id = h.org_id AND s.kind = 'payment' AND s.currency = h.currency
      AND s.settled_on >= h.made_on AND s.settled_on <= h.last_day AND s.settled_on <= $1
      AND (s.invoice_id = h.invoice_id OR (h.invoice_id IS NULL AND (s.partner_id = h.partner_id
        OR EXISTS (
          SELECT 1 FROM partner_aliases a
          LEFT JOIN partner_aliases b ON b.org_id = a.org_id AND b.root_id = a.root_id
          WHERE a.org_id = h.org_id AND (a.partner_id = h.partner_id OR a.root_id = h.partner_id)
            AND (s.partner_id = a.root_id OR s.partner_id = b.partner_id)))))
    WHERE h.org_id = $2 AND h.kind = 'promise'
    GROUP BY h.hold_id
    """

  private static func hold(_ row: any SQLRow) throws -> CollectionHold {
    guard let kind = CollectionHold.Kind(rawValue: row.text(1)),
      let partner = PartnerID(rawValue: row.integer(2)), let author = Author(rawValue: row.text(11))
    else { throw StoreError(code: "corrupt", detail: "a column of a hold") }
    let subject: CollectionHold.Subject =
      row.optionalInteger(3).map { .invoice($0, of: partner) } ?? .customer(partner)
    return CollectionHold(
      id: row.text(0), subject: subject, kind: kind,
      madeOn: LocalDate(epochDay: Int(row.integer(4))), lastDay: row.optionalDay(5),
      endedOn: row.optionalDay(6), promise: try promise(row), setBy: author,
      note: row.optionalText(12))
  }

  private static func promise(_ row: any SQLRow) throws -> PromiseToPay? {
    guard let minor = row.optionalInteger(7), let due = row.optionalDay(9) else { return nil }
    return PromiseToPay(
      amount: Money(minorUnits: minor, currency: try OdooValue.currency(row.text(8))), due: due,
      graceDays: Int(row.integer(10)))
  }
}
