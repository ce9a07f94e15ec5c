import ActionProtocol
import Addressing
import Engine
import Insights

extension SQLTransaction {
  func books(_ org: OrgID, asOf day: LocalDate) throws -> BooksSnapshot {
    guard let organisation = try organisation(org) else {
      throw StoreError(code: "not_found", detail: "organisation")
    }
    let zone = organisation.profile.zone
    let invoices =
      day >= LocalDate(sql.now, in: zone)
      ? try openInvoices(org, asOf: day) : try formerInvoices(org, asOf: day)
    var books = BooksSnapshot(
      company: organisation.profile, asOf: day, recordsAsOf: invoices.map(\.asOf).min(),
      partners: try partnerFacts(org), invoices: invoices.map(\.facts),
      unallocated: try unallocated(org, asOf: day))
    books.holds = try collectionHolds(org, asOf: day)
    books.paymentsUpTo = try paymentsUpTo(org).map { LocalDate($0, in: zone) }
    for alias in try partnerAliases(org) { books.roots[alias.partner] = alias.root }
    return books
  }

  /// When payments were last brought in, from files or by synchronising; nil where they never were.
  private func paymentsUpTo(_ org: OrgID) throws -> Instant? {
    try sql.first(
      """
      SELECT MAX(at) FROM (
        SELECT as_of AS at FROM import_runs
          WHERE org_id = $1 AND kind = 'payments' AND finished_at IS NOT NULL
        UNION ALL
        SELECT confirmed_at AS at FROM sync_cursors WHERE org_id = $1 AND kind = 'payments'
      ) AS brought
      """, [.text(org.rawValue)]
    ) { $0.optionalInstant(0) } ?? nil
  }

  /// A billing contact's address goes before the partner's own.
  func partnerFacts(_ org: OrgID) throws -> [PartnerFacts] {
    try sql.all(
      """
      SELECT p.id, p.name, COALESCE(c.email, p.email), COALESCE(c.id, p.id), p.phone, p.country,
        p.zone, p.language, p.is_active, p.is_blacklisted,
        CASE WHEN p.never_remind = 1 OR p.reminders_stopped = 1 THEN 1 ELSE 0 END
      FROM partners p
      LEFT JOIN partners c ON c.org_id = p.org_id AND c.id = (
        SELECT MIN(b.id) FROM partners b
        WHERE b.org_id = p.org_id AND b.parent_id = p.id AND b.role = 'billing'
          AND b.is_active = 1 AND b.email IS NOT NULL)
      WHERE p.org_id = $1 AND p.kind = 'partner'
      ORDER BY p.id
      """, [.text(org.rawValue)], Self.partner)
  }

  private static func partner(_ row: any SQLRow) throws -> PartnerFacts {
    PartnerFacts(
      id: try partnerID(row.integer(0)), name: row.text(1),
      email: try row.optionalText(2).map { try parsed("email") { try EmailAddress($0) }($0) },
      emailRecordID: row.integer(3),
      phone: try row.optionalText(4).map { try parsed("phone") { try PhoneNumber(e164: $0) }($0) },
      country: row.optionalText(5), zone: row.optionalText(6), language: row.optionalText(7),
      isActive: row.flag(8), isBlacklisted: row.flag(9), neverRemind: row.flag(10))
  }

  /// What was parsed on its way in is parsed again on its way out; a failure means that somebody
  /// else wrote into the table.
  private static func parsed<Value>(
    _ column: String, _ parse: @escaping (String) throws -> Value
  ) -> (String) throws -> Value {
    { text in
      do { return try parse(text) } catch { throw StoreError(code: "corrupt", detail: column) }
    }
  }

  private static func partnerID(_ id: Int64) throws -> PartnerID {
    guard let id = PartnerID(rawValue: id) else {
      throw StoreError(code: "corrupt", detail: "partner id")
    }
    return id
  }
}

extension SQLTransaction {
  /// Where the invoices came from a source that is read again and again, what did not change since was
  /// true at the last reading too.
  private static let invoiceColumns = """
    i.id, CASE WHEN i.as_of < c.confirmed_at THEN c.confirmed_at ELSE i.as_of END, i.number, i.partner_id, i.currency, i.issued_on, i.due_on, i.state,
    i.never_remind, i.payment_state
    """

  private static let fromInvoices = """
    FROM invoices i
    LEFT JOIN sync_cursors c ON c.org_id = i.org_id AND c.kind = 'invoices'
      AND i.external_id LIKE 'odoo:%'
    """

  /// A customer may be in dispute about everything.
  private static func disputed(_ own: String) -> String {
    """
    CASE WHEN \(own) OR EXISTS (
      SELECT 1 FROM partners p
      WHERE p.org_id = i.org_id AND p.id = i.partner_id AND p.is_disputed = 1) THEN 1 ELSE 0 END
    """
  }

  /// Today's books: the amounts are kept with the invoices, no history is summed.
  private func openInvoices(
    _ org: OrgID, asOf day: LocalDate
  ) throws -> [(facts: InvoiceFacts, asOf: Instant)] {
    try sql.all(
      """
      SELECT \(Self.invoiceColumns), i.total_minor + i.charges_minor, i.open_minor,
        \(Self.disputed("i.is_disputed = 1"))
      \(Self.fromInvoices)
      WHERE i.org_id = $1 AND i.open_minor <> 0 AND (i.issued_on IS NULL OR i.issued_on <= $2)
      ORDER BY i.id
      """, [.text(org.rawValue), .day(day)], Self.invoice)
  }

  /// The books of a day that is over, from everything that has a date.
  private func formerInvoices(
    _ org: OrgID, asOf day: LocalDate
  ) throws -> [(facts: InvoiceFacts, asOf: Instant)] {
    try sql.all(
      """
      SELECT \(Self.invoiceColumns), i.total_minor + \(OpenAmountSQL.charged(by: "$1")),
        CASE WHEN i.closed_on <= $1 THEN 0
          ELSE COALESCE(i.stated_open_minor, i.total_minor) - \(OpenAmountSQL.taken(by: "$1"))
          END,
        \(Self.disputed("""
          EXISTS (SELECT 1 FROM disputes d
          WHERE d.org_id = i.org_id AND d.invoice_id = i.id AND d.opened_on <= $1
            AND (d.closed_on IS NULL OR d.closed_on > $1))
          """))
      \(Self.fromInvoices)
      WHERE i.org_id = $2 AND (i.issued_on IS NULL OR i.issued_on <= $1)
      ORDER BY i.id
      """, [.day(day), .text(org.rawValue)], Self.invoice
    ).filter { $0.facts.open.minorUnits != 0 }
  }

  private static func invoice(_ row: any SQLRow) throws -> (facts: InvoiceFacts, asOf: Instant) {
    let currency = try OdooValue.currency(row.text(4))
    var facts = InvoiceFacts(
      id: row.integer(0), number: row.text(2), partnerID: try partnerID(row.integer(3)),
      issuedOn: row.optionalDay(5), dueOn: row.optionalDay(6),
      total: Money(minorUnits: row.integer(10), currency: currency),
      open: Money(minorUnits: row.integer(11), currency: currency),
      isPosted: row.text(7) == "posted", isDisputed: row.flag(12), neverRemind: row.flag(8))
    facts.isPaymentUnderWay = row.optionalText(9) == "in_payment"
    return (facts, row.instant(1))
  }

  private func unallocated(_ org: OrgID, asOf day: LocalDate) throws -> [UnallocatedFacts] {
    try sql.all(
      """
      SELECT partner_id, currency, CAST(SUM(amount_minor) AS BIGINT)
      FROM settlements
      WHERE org_id = $1 AND invoice_id IS NULL AND settled_on <= $2
      GROUP BY partner_id, currency
      HAVING SUM(amount_minor) <> 0
      ORDER BY partner_id, currency
      """, [.text(org.rawValue), .day(day)]
    ) { row in
      UnallocatedFacts(
        partnerID: try Self.partnerID(row.integer(0)),
        amount: Money(
          minorUnits: row.integer(2), currency: try OdooValue.currency(row.text(1))))
    }
  }
}
