import ActionProtocol
import Engine
import Insights

/// What the financial figures rest on. Everything about days that are over is summed by the database: a handful of rows
/// a day, however many invoices there are.
extension SQLTransaction {
  func finance(_ org: OrgID, asOf day: LocalDate) throws -> FinanceSnapshot {
    FinanceSnapshot(
      books: try books(org, asOf: day), history: try billingHistory(org, asOf: day),
      purchases: try purchases(org, asOf: day), balances: try balances(org, asOf: day))
  }

  private func billingHistory(_ org: OrgID, asOf day: LocalDate) throws -> BillingHistory {
    let key = SQLValue.text(org.rawValue)
    let yearAgo = SQLValue.day(day.adding(days: 1 - FinancePeriod.history))
    var history = BillingHistory()
    history.billed = try dayTotals(Self.billed, [key, yearAgo, .day(day)])
    for currency in Set(history.billed.map(\.amount.currency)) {
      let code = SQLValue.text(currency.code)
      history.firstInvoice[currency] =
        try sql.first(Self.firstInvoice, [key, code, .day(day)]) { $0.optionalDay(0) } ?? nil
      let isSettled = try sql.first(Self.settledInvoice, [key, code, yearAgo, .day(day)]) { _ in
        true
      }
      history.settled[currency] = isSettled == true ? 1 : 0
    }
    history.delays = try sql.all(Self.delays, [.day(day), key, yearAgo]) { row in
      DelayCount(days: Int(row.integer(0)), count: Int(row.integer(1)))
    }
    for (currency, first) in history.firstInvoice {
      guard let length = FinancePeriod.length(from: first, to: day) else { continue }
      try readPeriod(currency, length, org, asOf: day, into: &history)
    }
    return history
  }

  /// What was owed before the period, and what was paid and credited in it.
  private func readPeriod(
    _ currency: Currency, _ length: Int, _ org: OrgID, asOf day: LocalDate,
    into history: inout BillingHistory
  ) throws {
    let (key, code) = (SQLValue.text(org.rawValue), SQLValue.text(currency.code))
    let (first, before) = (day.adding(days: 1 - length), day.adding(days: -length))
    try sql.forEach(Self.opening, [.day(before), key, code]) { row in
      history.opening[currency] = row.integer(0)
      history.paidWithoutDate[currency] = Int(row.integer(1))
    }
    let span = [key, code, SQLValue.day(first), .day(day)]
    history.received[currency] = try sum(Self.settled("s.kind = 'payment'"), span)
    history.credited[currency] = try sum(
      Self.settled("s.kind = 'credit' AND s.amount_minor > 0"), span)
  }

  private static func settled(_ kind: String) -> String {
    """
    SELECT CAST(COALESCE(SUM(s.amount_minor), 0) AS BIGINT) FROM settlements s
    WHERE s.org_id = $1 AND s.currency = $2 AND s.settled_on >= $3 AND s.settled_on <= $4
      AND \(kind)
    """
  }

  /// Posted invoices by issue date, and charges by their own day.
  private static let billed = """
    SELECT day, currency, CAST(SUM(amount) AS BIGINT) FROM (
      SELECT issued_on AS day, currency, total_minor AS amount FROM invoices
      WHERE org_id = $1 AND issued_on >= $2 AND issued_on <= $3 AND state = 'posted'
        AND gone_at IS NULL
      UNION ALL
      SELECT s.settled_on, s.currency, -s.amount_minor FROM settlements s
      JOIN invoices i ON i.org_id = s.org_id AND i.id = s.invoice_id
      WHERE s.org_id = $1 AND s.settled_on >= $2 AND s.settled_on <= $3 AND i.state = 'posted'
        AND i.gone_at IS NULL AND \(OpenAmountSQL.isCharge) AND NOT (\(OpenAmountSQL.contained))
    ) AS days
    GROUP BY day, currency ORDER BY day, currency
    """

  /// Through the index by issue date: the first that fits ends it.
  private static let firstInvoice = """
    SELECT issued_on FROM invoices
    WHERE org_id = $1 AND currency = $2 AND state = 'posted' AND gone_at IS NULL
      AND issued_on <= $3
    ORDER BY issued_on LIMIT 1
    """

  private static let settledInvoice = """
    SELECT 1 FROM invoices
    WHERE org_id = $1 AND currency = $2 AND issued_on >= $3 AND issued_on <= $4
      AND state = 'posted' AND gone_at IS NULL AND open_minor <= 0 AND total_minor > 0
    LIMIT 1
    """

  /// What was open at the end of a day, of invoices that were owed, and how many invoices of that time were
  /// paid, nobody knows when.
  ///
  /// What is open now and what was settled since are what was open then; only what a snapshot closed
  /// has to be computed from its history.
  private static let opening = """
    SELECT CAST(COALESCE(SUM(CASE WHEN open > 0 THEN open ELSE 0 END), 0) AS BIGINT),
      CAST(COALESCE(SUM(undated), 0) AS BIGINT)
    FROM (
      SELECT CASE WHEN i.closed_on IS NULL THEN i.open_minor + COALESCE(l.amount, 0)
          WHEN i.closed_on <= $1 THEN 0
          ELSE COALESCE(i.stated_open_minor, i.total_minor) - \(OpenAmountSQL.taken(by: "$1"))
          END AS open,
        CASE WHEN i.stated_open_minor < i.total_minor
          AND i.total_minor - i.stated_open_minor > COALESCE((
            SELECT CAST(SUM(s.amount_minor) AS BIGINT) FROM settlements s
            WHERE \(OpenAmountSQL.ofInvoice) AND \(OpenAmountSQL.contained)), 0)
          THEN 1 ELSE 0 END AS undated
      FROM invoices i
      LEFT JOIN (
        SELECT invoice_id, CAST(SUM(amount_minor) AS BIGINT) AS amount FROM settlements
        WHERE settled_on > $1 AND org_id = $2 AND invoice_id IS NOT NULL
        GROUP BY invoice_id) AS l ON l.invoice_id = i.id
      WHERE i.org_id = $2 AND i.currency = $3 AND i.state = 'posted' AND i.gone_at IS NULL
        AND (i.issued_on IS NULL OR i.issued_on <= $1)
    ) AS former
    """

  /// Days from the due date to the last payment, of invoices that were paid in full by then.
  private static let delays = """
    SELECT paid - due, COUNT(*) FROM (
      SELECT i.due_on AS due, MAX(s.settled_on) AS paid
      FROM settlements s
      JOIN invoices i ON i.org_id = s.org_id AND i.id = s.invoice_id
      WHERE s.settled_on <= $1 AND s.org_id = $2 AND s.settled_on >= $3 AND s.kind = 'payment'
        AND i.state = 'posted' AND i.open_minor <= 0 AND i.due_on IS NOT NULL
        AND NOT EXISTS (
          SELECT 1 FROM settlements l WHERE l.org_id = i.org_id AND l.invoice_id = i.id
            AND l.kind = 'payment' AND l.settled_on > $1)
      GROUP BY i.id, i.due_on
    ) AS paid_in_full
    GROUP BY paid - due ORDER BY paid - due
    """

  // MARK: - What is owed to others, and what is there

  private func purchases(_ org: OrgID, asOf day: LocalDate) throws -> PurchaseBooks? {
    let key = SQLValue.text(org.rawValue)
    guard
      try sql.first("SELECT 1 FROM bills WHERE org_id = $1 LIMIT 1", [key], { _ in true }) == true
    else { return nil }
    var books = PurchaseBooks()
    books.firstBill = try sums(
      """
      SELECT currency, MIN(issued_on) FROM bills
      WHERE org_id = $1 AND state = 'posted' AND issued_on <= $2 GROUP BY currency
      """, [key, .day(day)]
    ).mapValues { LocalDate(epochDay: Int($0)) }
    books.bought = try dayTotals(
      """
      SELECT issued_on, currency, CAST(SUM(total_minor) AS BIGINT) FROM bills
      WHERE org_id = $1 AND issued_on >= $2 AND issued_on <= $3 AND state = 'posted'
      GROUP BY issued_on, currency ORDER BY issued_on, currency
      """, [key, .day(day.adding(days: 1 - FinancePeriod.days)), .day(day)])
    books.bills = try sql.all(
      """
      SELECT id, number, supplier, due_on, open_minor, currency FROM bills
      WHERE org_id = $1 AND open_minor <> 0 AND state = 'posted'
        AND (issued_on IS NULL OR issued_on <= $2)
      ORDER BY id
      """, [key, .day(day)]
    ) { row in
      BillFacts(
        id: row.integer(0), number: row.text(1), supplier: row.text(2), dueOn: row.optionalDay(3),
        open: Money(
          minorUnits: row.integer(4), currency: try OdooValue.currency(row.text(5))))
    }
    return books
  }

  private func balances(_ org: OrgID, asOf day: LocalDate) throws -> [BalanceFacts] {
    try sql.all(
      """
      SELECT b.account, b.on_day, b.amount_minor, b.currency FROM balances b
      WHERE b.org_id = $1 AND b.on_day <= $2 AND NOT EXISTS (
        SELECT 1 FROM balances n
        WHERE n.org_id = b.org_id AND n.account = b.account AND n.currency = b.currency
          AND n.on_day <= $2 AND (n.on_day > b.on_day OR (n.on_day = b.on_day AND n.id > b.id)))
      ORDER BY b.currency, b.account
      """, [.text(org.rawValue), .day(day)]
    ) { row in
      BalanceFacts(
        account: row.text(0), on: LocalDate(epochDay: Int(row.integer(1))),
        amount: Money(minorUnits: row.integer(2), currency: try OdooValue.currency(row.text(3))))
    }
  }

  // MARK: - Reading

  private func sums(_ query: String, _ arguments: [SQLValue]) throws -> [Currency: Int64] {
    var found: [Currency: Int64] = [:]
    try sql.forEach(query, arguments) { row in
      found[try OdooValue.currency(row.text(0))] = row.integer(1)
    }
    return found
  }

  private func sum(_ query: String, _ arguments: [SQLValue]) throws -> Int64 {
    try sql.first(query, arguments) { $0.integer(0) } ?? 0
  }

  private func dayTotals(_ query: String, _ arguments: [SQLValue]) throws -> [DayTotal] {
    try sql.all(query, arguments) { row in
      DayTotal(
        day: LocalDate(epochDay: Int(row.integer(0))),
        amount: Money(minorUnits: row.integer(2), currency: try OdooValue.currency(row.text(1))))
    }
  }
}
