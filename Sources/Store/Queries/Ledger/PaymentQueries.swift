import ActionProtocol
import Decisions
import Engine
import Insights

extension SQLTransaction: PaymentReading, PaymentWriting {
  func unconfirmedPayments(
    _ org: OrgID, in delivery: DeliveryMode?, since: Instant, on days: ClosedRange<LocalDate>
  ) throws -> [ReceivedPayment] {
    try sql.all(
      """
      SELECT s.id, s.partner_id, s.amount_minor, s.currency, s.settled_on, i.id, i.number,
        i.open_minor
      FROM settlements s
      JOIN invoices i ON i.org_id = s.org_id AND i.id = s.invoice_id
      WHERE s.org_id = $1 AND s.known_since >= $2 AND s.settled_on BETWEEN $3 AND $4
        AND s.kind = 'payment' AND s.amount_minor > 0 AND i.state = 'posted'
        AND i.gone_at IS NULL AND NOT \(PaymentSQL.isReversed)
        AND NOT EXISTS (\(PaymentSQL.confirmations) AND c.org_id = s.org_id
          AND c.payment_id = s.id AND a.delivery = $5)
      ORDER BY s.id
      """,
      [
        .text(org.rawValue), .instant(since), .day(days.lowerBound), .day(days.upperBound),
        .text(delivery?.rawValue ?? ""),
      ]
    ) { row in
      guard let partner = PartnerID(rawValue: row.integer(1)), let day = row.optionalDay(4) else {
        throw StoreError(code: "corrupt", detail: "a payment's partner or day")
      }
      let currency = try OdooValue.currency(row.text(3))
      return ReceivedPayment(
        id: row.integer(0), partner: partner,
        amount: Money(minorUnits: row.integer(2), currency: currency),
        receivedOn: day,
        invoice: .init(
          id: row.integer(5), number: row.text(6),
          open: Money(minorUnits: row.integer(7), currency: currency)))
    }
  }

  func customers(_ org: OrgID) throws -> [PartnerFacts] { try partnerFacts(org) }

  func confirmation(
    _ org: OrgID, ofPayments ids: [Int64], in delivery: DeliveryMode
  ) throws -> ActionID? {
    let found = try sql.firsts(
      """
      \(PaymentSQL.confirmations) AND c.org_id = $1 AND c.payment_id = $2 AND a.delivery = $3
      ORDER BY c.action_id LIMIT 1
      """,
      each: ids.map { [.text(org.rawValue), .integer($0), .text(delivery.rawValue)] }
    ) { $0.text(0) }
    return found.lazy.compactMap(\.self).first.flatMap { ActionID(rawValue: $0) }
  }

  func confirm(_ org: OrgID, payments ids: [Int64], by action: ActionID) throws {
    for id in ids {
      try sql.execute(
        "INSERT INTO payment_confirmations (org_id, payment_id, action_id) VALUES ($1, $2, $3)",
        [.text(org.rawValue), .integer(id), .text(action.rawValue)])
    }
  }
}

/// What is known of a payment, in SQL.
enum PaymentSQL {
  /// Whether payment `s` was taken back: money of the same invoice went the other way on its day or
  /// later. On doubt it was.
  static let isReversed = """
    (EXISTS (SELECT 1 FROM settlements n
        WHERE n.org_id = s.org_id AND n.invoice_id = s.invoice_id AND n.kind = 'payment'
          AND n.amount_minor < 0 AND n.settled_on >= s.settled_on))
    """

  /// Actions that confirm a payment, `c` and `a`; what was superseded confirms nothing.
  static let confirmations = """
    SELECT c.action_id FROM payment_confirmations c
        JOIN actions a ON a.org_id = c.org_id AND a.action_id = c.action_id
        WHERE (a.error_code IS NULL OR a.error_code <> '\(Superseding.code)' OR a.calls > 0)
    """
}
