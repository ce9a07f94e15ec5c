import ActionProtocol
import Engine

extension SQLTransaction: LedgerReading {
  /// One statement, by primary key, for each model; the engine asks this before every effect.
  func record(_ org: OrgID, _ reference: RecordReference) throws -> LedgerRecord? {
    try records(reference.model, [OrgRecord(org, reference)]).first ?? nil
  }

  /// The records of one model; nil where there is none.
  func records(_ model: String, _ keys: [OrgRecord]) throws -> [LedgerRecord?] {
    switch model {
    case "account.move":
      // Whether a hold binds depends on the time.
      try records(keys, Self.invoiceRecord, before: [.instant(sql.now)], Self.invoiceFields)
    case "res.partner": try records(keys, Self.partnerRecord, Self.partnerFields)
    case "crm.lead": try records(keys, Self.dealRecord, Self.dealFields)
    case "project.task": try records(keys, Self.taskRecord, taskFields)
    case "account.payment": try records(keys, Self.paymentRecord, Self.paymentFields)
    default: keys.map { _ in nil }
    }
  }

  private func records(
    _ keys: [OrgRecord], _ query: String, before: [SQLValue] = [],
    _ fields: (any SQLRow) throws -> (JSONObject, Instant)
  ) throws -> [LedgerRecord?] {
    let arguments = keys.map { before + [.text($0.org.rawValue), .integer($0.reference.id)] }
    let readings = try sql.firsts(query, each: arguments, fields)
    return zip(keys, readings).map { key, reading in
      reading.map { LedgerRecord(reference: key.reference, fields: $0.0, asOf: $0.1) }
    }
  }

  private static let invoiceRecord = """
    SELECT i.id, i.as_of, i.number, i.partner_id, p.name, i.state, i.issued_on, i.due_on,
      i.currency, i.total_minor + i.charges_minor, i.open_minor,
      CASE WHEN i.is_disputed = 1 OR p.is_disputed = 1 THEN 1 ELSE 0 END, i.never_remind,
      i.updated_at, i.payment_state, \(CollectionHoldSQL.binding(at: "$1"))
    FROM invoices i JOIN partners p ON p.org_id = i.org_id AND p.id = i.partner_id
    WHERE i.org_id = $2 AND i.id = $3 AND i.gone_at IS NULL
    """

  private static func invoiceFields(_ row: any SQLRow) throws -> (JSONObject, Instant) {
    let (currency, total, open) = (row.text(8), row.integer(9), row.integer(10))
    let state = row.text(5)
    return (
      [
        "id": .integer(row.integer(0)),
        "name": .string(row.text(2)),
        "partner_id": OdooValue.many2one(row.integer(3), row.text(4)),
        "move_type": "out_invoice",
        "state": .string(state == "cancelled" ? "cancel" : state),
        "payment_state": .string(
          row.optionalText(14) ?? PaymentState(open: open, total: total).rawValue),
        "invoice_date": OdooValue.day(row.optionalDay(6)),
        "invoice_date_due": OdooValue.day(row.optionalDay(7)),
        "amount_total": try OdooValue.money(total, currency),
        "amount_residual": try OdooValue.money(open, currency),
        "currency_id": OdooValue.coded(currency),
        "aiom_disputed": .bool(row.flag(11)),
        "aiom_never_remind": .bool(row.flag(12)),
        LedgerRecord.holdField: OdooValue.text(row.optionalText(15)),
        "write_date": OdooValue.stamp(row.instant(13)),
      ], row.instant(1)
    )
  }

  private static let partnerRecord = """
    SELECT p.id, p.as_of, p.name, p.email, p.phone, p.is_active, p.is_blacklisted, p.country,
      p.zone, p.language, p.parent_id, parent.name, p.role,
        CASE WHEN p.never_remind = 1 OR p.reminders_stopped = 1 THEN 1 ELSE 0 END, p.updated_at,
        p.user_id, u.name
    FROM partners p
    LEFT JOIN partners parent ON parent.org_id = p.org_id AND parent.id = p.parent_id
    LEFT JOIN ledger_users u ON u.org_id = p.org_id AND u.id = p.user_id
    WHERE p.org_id = $1 AND p.id = $2 AND p.gone_at IS NULL
    """

  private static func partnerFields(_ row: any SQLRow) throws -> (JSONObject, Instant) {
    (
      [
        "id": .integer(row.integer(0)),
        "name": .string(row.text(2)),
        "email": OdooValue.text(row.optionalText(3)),
        "email_normalized": OdooValue.text(row.optionalText(3)?.lowercased()),
        "phone": OdooValue.text(row.optionalText(4)),
        "active": .bool(row.flag(5)),
        "is_blacklisted": .bool(row.flag(6)),
        "country_id": OdooValue.coded(row.optionalText(7)),
        "tz": OdooValue.text(row.optionalText(8)),
        "lang": OdooValue.text(row.optionalText(9)),
        "parent_id": OdooValue.many2one(row.optionalInteger(10), row.optionalText(11)),
        "function": OdooValue.text(row.optionalText(12)),
        "user_id": OdooValue.many2one(row.optionalInteger(15), row.optionalText(16)),
        "aiom_never_remind": .bool(row.flag(13)),
        "write_date": OdooValue.stamp(row.instant(14)),
      ], row.instant(1)
    )
  }

  private static let dealRecord = """
    SELECT d.id, d.as_of, d.name, d.partner_id, p.name, d.stage_id, s.name, d.value_minor,
      d.currency, d.closes_on, d.active_on, d.state, d.updated_at, d.user_id, u.name
    FROM deals d
    JOIN deal_stages s ON s.org_id = d.org_id AND s.id = d.stage_id
    LEFT JOIN partners p ON p.org_id = d.org_id AND p.id = d.partner_id
    LEFT JOIN ledger_users u ON u.org_id = d.org_id AND u.id = d.user_id
    WHERE d.org_id = $1 AND d.id = $2 AND d.gone_at IS NULL
    """

  private static func dealFields(_ row: any SQLRow) throws -> (JSONObject, Instant) {
    let revenue = try row.optionalInteger(7).map { try OdooValue.money($0, row.text(8)) }
    let state = row.text(11)
    return (
      [
        "id": .integer(row.integer(0)),
        "name": .string(row.text(2)),
        "type": "opportunity",
        "partner_id": OdooValue.many2one(row.optionalInteger(3), row.optionalText(4)),
        "stage_id": OdooValue.many2one(row.integer(5), row.text(6)),
        "user_id": OdooValue.many2one(row.optionalInteger(13), row.optionalText(14)),
        "expected_revenue": revenue ?? .bool(false),
        "company_currency": OdooValue.coded(row.optionalText(8)),
        "active": .bool(state != "lost"),
        "won_status": .string(state == "open" ? "pending" : state),
        "date_deadline": OdooValue.day(row.optionalDay(9)),
        "aiom_last_activity": OdooValue.day(row.optionalDay(10)),
        "write_date": OdooValue.stamp(row.instant(12)),
      ], row.instant(1)
    )
  }

  /// Payments are told of once: as long as payments are brought in, what is known of one is of then.
  private static let paymentRecord = """
    SELECT s.id, COALESCE((SELECT MAX(r.as_of) FROM import_runs r WHERE r.org_id = s.org_id
        AND r.kind = 'payments' AND r.finished_at IS NOT NULL AND r.as_of > s.as_of), s.as_of),
      s.external_id, s.partner_id, p.name, s.amount_minor, s.currency, s.settled_on,
      CASE WHEN s.amount_minor <= 0 OR \(PaymentSQL.isReversed) THEN 1 ELSE 0 END, s.updated_at
    FROM settlements s JOIN partners p ON p.org_id = s.org_id AND p.id = s.partner_id
    WHERE s.org_id = $1 AND s.id = $2 AND s.kind = 'payment'
    """

  private static func paymentFields(_ row: any SQLRow) throws -> (JSONObject, Instant) {
    (
      [
        "id": .integer(row.integer(0)),
        "name": .string(row.text(2)),
        "partner_id": OdooValue.many2one(row.integer(3), row.text(4)),
        "amount": try OdooValue.money(row.integer(5), row.text(6)),
        "currency_id": OdooValue.coded(row.text(6)),
        "date": OdooValue.day(row.optionalDay(7)),
        "aiom_reversed": .bool(row.flag(8)),
        "write_date": OdooValue.stamp(row.instant(9)),
      ], row.instant(1)
    )
  }

  private static let taskRecord = """
    SELECT t.id, t.as_of, t.name, t.project_id, j.name, t.stage_id, s.name, t.due_on, t.priority,
      t.description, t.user_id, t.partner_id, p.name, t.is_done, t.updated_at, t.origin
    FROM tasks t
    JOIN task_stages s ON s.org_id = t.org_id AND s.id = t.stage_id
    LEFT JOIN projects j ON j.org_id = t.org_id AND j.id = t.project_id
    LEFT JOIN partners p ON p.org_id = t.org_id AND p.id = t.partner_id
    WHERE t.org_id = $1 AND t.id = $2 AND t.gone_at IS NULL
    """

  /// A task of AIOM's own has no other source: it is as true as the transaction's moment.
  private func taskFields(_ row: any SQLRow) throws -> (JSONObject, Instant) {
    (
      [
        "id": .integer(row.integer(0)),
        "name": .string(row.text(2)),
        "project_id": OdooValue.many2one(row.optionalInteger(3), row.optionalText(4)),
        "stage_id": OdooValue.many2one(row.integer(5), row.text(6)),
        "date_deadline": OdooValue.day(row.optionalDay(7)),
        "priority": .string(row.text(8)),
        "description": OdooValue.text(row.optionalText(9)),
        "user_ids": .array(row.optionalInteger(10).map { [.integer($0)] } ?? []),
        "partner_id": OdooValue.many2one(row.optionalInteger(11), row.optionalText(12)),
        "active": true,
        "state": row.flag(13) ? "1_done" : "01_in_progress",
        "is_closed": .bool(row.flag(13)),
        "write_date": OdooValue.stamp(row.instant(14)),
      ], row.text(15) == "aiom" ? sql.now : row.instant(1)
    )
  }
}
