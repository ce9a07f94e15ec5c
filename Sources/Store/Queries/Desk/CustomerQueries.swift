import ActionProtocol
import Engine
import Insights

extension SQLTransaction: CustomerReading {
  private static let columns = """
    SELECT p.id, p.name, lower(p.name), p.email, p.phone, p.country, p.language, p.parent_id,
      p.role, p.never_remind, p.is_disputed, p.gone_at, p.as_of FROM partners p
    """

  /// In the order of its index, so that a page ends as soon as it is full.
  static func customers(searching: Bool, mailbox: Bool, number: Bool) -> String {
    var hits = "lower(p.name) LIKE $5 ESCAPE '!' OR lower(p.email) LIKE $5 ESCAPE '!'"
    if mailbox {
      hits += """
         OR EXISTS (SELECT 1 FROM partners c WHERE c.org_id = p.org_id AND c.parent_id = p.id
          AND lower(c.email) LIKE $5 ESCAPE '!')
        """
    }
    if number { hits += " OR p.id = $6" }
    return columns
      + """
       WHERE p.org_id = $1 AND p.kind = 'partner' AND p.gone_at IS NULL
        AND (lower(p.name) > $2 OR (lower(p.name) = $2 AND p.id > $3)) AND $4 = 0
        \(searching ? "AND (\(hits))" : "")
      ORDER BY lower(p.name), p.id
      """
  }

  func customers(_ org: OrgID, _ filter: CustomerFilter) throws -> [CustomerRecord] {
    let wanted = filter.search.map(Self.lowered) ?? ""
    let number = Int64(wanted).flatMap { $0 > 0 ? $0 : nil }
    var values: [SQLValue] = [
      .text(org.rawValue), .text(filter.after?.name ?? ""),
      .integer(filter.after?.id.rawValue ?? 0), .integer(0),
    ]
    if !wanted.isEmpty { values.append(.text("%\(Self.literal(wanted))%")) }
    if let number { values.append(.integer(number)) }
    let text = Self.customers(
      searching: !wanted.isEmpty, mailbox: wanted.contains("@"), number: number != nil)
    return try sql.all(
      "\(text) LIMIT $\(values.count + 1)", values + [.integer(Int64(filter.limit))], Self.customer)
  }

  func customer(_ org: OrgID, _ id: PartnerID) throws -> CustomerRecord? {
    try sql.first(
      Self.columns + " WHERE p.org_id = $1 AND p.id = $2",
      [.text(org.rawValue), .integer(id.rawValue)], Self.customer)
  }

  func contacts(_ org: OrgID, of customer: PartnerID, limit: Int) throws -> [CustomerRecord] {
    try sql.all(
      Self.columns + " WHERE p.org_id = $1 AND p.parent_id = $2 ORDER BY p.id LIMIT $3",
      [.text(org.rawValue), .integer(customer.rawValue), .integer(Int64(limit))], Self.customer)
  }

  static let debts = """
    SELECT partner_id, currency, CAST(SUM(open_minor) AS BIGINT), COUNT(*), MIN(due_on)
    FROM invoices WHERE org_id = $1 AND partner_id = $2 AND open_minor <> 0
    GROUP BY partner_id, currency ORDER BY currency
    """

  func debts(_ org: OrgID, of customers: [PartnerID]) throws -> [PartnerID: [CustomerDebt]] {
    var debts: [PartnerID: [CustomerDebt]] = [:]
    try sql.forEach(
      Self.debts, each: customers.map { [.text(org.rawValue), .integer($0.rawValue)] }
    ) { index, row in
      debts[customers[index], default: []].append(
        CustomerDebt(
          open: Money(minorUnits: row.integer(2), currency: try OdooValue.currency(row.text(1))),
          invoices: Int(row.integer(3)), earliestDue: row.optionalDay(4)))
    }
    return debts
  }

  static let openInvoices = """
    SELECT number, partner_id, issued_on, due_on, currency, total_minor, open_minor, is_disputed,
      never_remind
    FROM invoices WHERE org_id = $1 AND partner_id = $2 AND open_minor <> 0
    ORDER BY due_on, id LIMIT $3
    """

  func openInvoices(
    _ org: OrgID, of customers: [PartnerID], limit: Int
  ) throws -> [OpenInvoice] {
    var found: [OpenInvoice] = []
    try sql.forEach(
      Self.openInvoices,
      each: customers.map {
        [.text(org.rawValue), .integer($0.rawValue), .integer(Int64(limit))]
      }
    ) { index, row in
      let currency = try OdooValue.currency(row.text(4))
      found.append(
        OpenInvoice(
          number: row.text(0), partner: customers[index], issuedOn: row.optionalDay(2),
          dueOn: row.optionalDay(3), total: Money(minorUnits: row.integer(5), currency: currency),
          open: Money(minorUnits: row.integer(6), currency: currency), isDisputed: row.flag(7),
          neverRemind: row.flag(8)))
    }
    return Array(
      found.sorted {
        ($0.dueOn?.epochDay ?? .max, $0.number) < ($1.dueOn?.epochDay ?? .max, $1.number)
      }
      .prefix(limit))
  }

  static let proposals =
    ActionColumns.select
      + """
       WHERE org_id = $1 AND action_id IN (
        SELECT d.action_id FROM policy_decisions d WHERE d.org_id = $1 AND d.partner = $2
        ORDER BY d.at DESC LIMIT $3)
      """

  func proposals(
    _ org: OrgID, about customers: [PartnerID], limit: Int
  ) throws -> [ActionState] {
    var found: [ActionState] = []
    try sql.forEach(
      Self.proposals,
      each: customers.map {
        [.text(org.rawValue), .text(String($0.rawValue)), .integer(Int64(limit))]
      }
    ) { _, row in found.append(try ActionColumns.state(row)) }
    return found.sorted { ($0.createdAt, $0.id.rawValue) > ($1.createdAt, $1.id.rawValue) }
  }

  // MARK: - Rows

  private static func customer(_ row: any SQLRow) throws -> CustomerRecord {
    guard let id = PartnerID(rawValue: row.integer(0)) else {
      throw StoreError(code: "corrupt", detail: "a partner's id")
    }
    return CustomerRecord(
      id: id, name: row.text(1), sortName: row.text(2), email: row.optionalText(3),
      phone: row.optionalText(4), country: row.optionalText(5), language: row.optionalText(6),
      parent: row.optionalInteger(7).flatMap(PartnerID.init(rawValue:)), role: row.optionalText(8),
      neverRemind: row.flag(9), isDisputed: row.flag(10), goneAt: row.optionalInstant(11),
      asOf: row.instant(12))
  }

  /// As both databases do it: ASCII letters alone.
  private static func lowered(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          ("A"..."Z").contains(Character(scalar))
            ? UnicodeScalar(scalar.value + 32) ?? scalar : scalar
        }))
  }

  private static func literal(_ text: String) -> String {
    text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
  }
}
