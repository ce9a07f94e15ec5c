import ActionProtocol
import Decisions
import Engine
import Insights

extension SQLTransaction: SupersededReading {
  func superseded(
    _ org: OrgID, in delivery: DeliveryMode, on day: LocalDate, limit: Int
  ) throws -> [SupersededAction] {
    let most = SQLValue.integer(Int64(limit))
    let (org, delivery) = (SQLValue.text(org.rawValue), SQLValue.text(delivery.rawValue))
    let found =
      try sql.all(
        Self.settledInvoices, [.instant(sql.now), .day(day), org, delivery, most],
        Self.superseded)
      + sql.all(Self.settledDeals, [org, delivery, most], Self.superseded)
      + sql.all(Self.doneTasks, [org, delivery, most], Self.superseded)
      + sql.all(Self.changedPayments, [org, delivery, most], Self.superseded)
    return Array(found.compactMap(\.self).sorted { $0.id.rawValue < $1.id.rawValue }.prefix(limit))
  }

  private static func superseded(_ row: any SQLRow) -> SupersededAction? {
    guard let id = ActionID(rawValue: row.text(0)) else { return nil }
    var reasons: [SupersededReason: Int] = [:]
    for (place, reason) in SupersededReason.allCases.enumerated() {
      let count = Int(row.integer(place + 1))
      if count > 0 { reasons[reason] = count }
    }
    return SupersededAction(id: id, reasons: reasons)
  }

  /// Tasks for the company's own people go on while something is on hold or disputed; letters do not. A
  /// person may ask before the day, a machine may not. What the ledger never knew says nothing.
  private static let settledInvoices = actions(
    """
    SELECT l.action_id AS id, CASE
      WHEN i.id IS NULL THEN ''
      WHEN i.gone_at IS NOT NULL THEN 'gone'
      WHEN i.state = 'cancelled' THEN 'cancelled'
      WHEN i.open_minor <= 0 THEN 'settled'
      WHEN l.action_type <> 'send_invoice_reminder' THEN ''
      WHEN \(CollectionHoldSQL.binding(at: "$1")) IS NOT NULL THEN 'on_hold'
      WHEN i.is_disputed = 1 OR p.is_disputed = 1 THEN 'disputed'
      WHEN i.never_remind = 1 OR p.never_remind = 1 OR p.reminders_stopped = 1
        THEN 'never_remind'
      WHEN i.payment_state = 'in_payment' THEN 'payment_under_way'
      WHEN i.due_on >= $2 AND a.created_by LIKE 'system:%' THEN 'not_due'
      ELSE '' END AS standing
    FROM live_records l
    \(waiting)
    LEFT JOIN invoices i ON i.org_id = l.org_id AND i.id = l.record_id
    LEFT JOIN partners p ON p.org_id = i.org_id AND p.id = i.partner_id
    WHERE l.org_id = $3 AND l.delivery = $4 AND l.model = 'account.move'
      AND l.action_type IN
        ('send_invoice_reminder', 'create_collection_task', 'escalate_overdue_invoice')
    """, limit: "$5")

  private static let settledDeals = actions(
    """
    SELECT l.action_id AS id, CASE
      WHEN d.id IS NULL THEN ''
      WHEN d.gone_at IS NOT NULL THEN 'gone'
      WHEN d.state = 'open' THEN ''
      ELSE d.state END AS standing
    FROM live_records l
    \(waiting)
    LEFT JOIN deals d ON d.org_id = l.org_id AND d.id = l.record_id
    WHERE l.org_id = $1 AND l.delivery = $2 AND l.model = 'crm.lead'
      AND l.action_type = 'follow_up_on_stale_deal'
    """, limit: "$3")

  /// A note on overdue tasks lists them all: one that is done makes it untrue.
  private static let doneTasks = actions(
    """
    SELECT l.action_id AS id, CASE
      WHEN t.id IS NULL THEN ''
      WHEN t.gone_at IS NOT NULL THEN 'gone'
      WHEN t.is_done = 1 THEN 'done'
      ELSE '' END AS standing
    FROM live_records l
    \(waiting)
    LEFT JOIN tasks t ON t.org_id = l.org_id AND t.id = l.record_id
    WHERE l.org_id = $1 AND l.delivery = $2 AND l.model = 'project.task'
      AND l.action_type = 'x_send_task_notification'
    """, limit: "$3", having: "COUNT(CASE WHEN standing <> '' THEN 1 END) > 0")

  /// A confirmation says what arrived and what is left: one payment that is not as it was makes it untrue.
  private static let changedPayments = actions(
    """
    SELECT l.action_id AS id, CASE
      WHEN s.id IS NULL OR s.amount_minor <= 0 OR \(PaymentSQL.isReversed) THEN 'reversed'
      WHEN s.updated_at > a.created_at OR i.updated_at > a.created_at THEN 'changed'
      ELSE '' END AS standing
    FROM live_records l
    \(waiting)
    LEFT JOIN settlements s ON s.org_id = l.org_id AND s.id = l.record_id
    LEFT JOIN invoices i ON i.org_id = s.org_id AND i.id = s.invoice_id
    WHERE l.org_id = $1 AND l.delivery = $2 AND l.model = 'account.payment'
      AND l.action_type = 'send_payment_confirmation'
    """, limit: "$3", having: "COUNT(CASE WHEN standing <> '' THEN 1 END) > 0")

  /// INVARIANT: nothing that has an intent is taken back; what was called ends as its outcome says.
  private static let waiting = """
    JOIN actions a ON a.org_id = l.org_id AND a.action_id = l.action_id
        AND a.status IN ('pending_approval', 'approved')
        AND NOT EXISTS (SELECT 1 FROM attempts t
          WHERE t.org_id = l.org_id AND t.action_id = l.action_id
            AND (t.outcome IS NULL OR t.outcome = 'unknown'))
    """

  private static func actions(
    _ standings: String, limit: String,
    having: String = "COUNT(CASE WHEN standing = '' THEN 1 END) = 0"
  ) -> String {
    let counts = SupersededReason.allCases.map {
      "COUNT(CASE WHEN standing = '\($0.rawValue)' THEN 1 END)"
    }
    return """
      SELECT id, \(counts.joined(separator: ", "))
      FROM (\(standings)) AS standings
      GROUP BY id
      HAVING \(having)
      ORDER BY id LIMIT \(limit)
      """
  }
}
