import ActionProtocol
import Decisions
import Engine
import Insights

extension SQLTransaction: ReminderReading {
  func sentReminders(
    _ org: OrgID, in delivery: DeliveryMode, upTo day: LocalDate
  ) throws -> [SentReminder] {
    guard let organisation = try organisation(org) else { return [] }
    let zone = organisation.profile.zone
    let reminders = try sql.all(
      Self.completedReminders,
      [.text(org.rawValue), .text(delivery.rawValue)]
    ) { row -> SentReminder? in
      guard let partner = PartnerID(rawValue: row.integer(0)) else { return nil }
      let sentAt = row.instant(1)
      return SentReminder(
        partner: partner, sentOn: LocalDate(sentAt, in: zone),
        arrival: SentReminder.Arrival(
          isProven: row.flag(4), isRefuted: row.flag(5), sentAt: sentAt, now: now),
        steps: ReminderFacts.steps(row.optionalText(2), key: row.text(3)))
    }
    return reminders.compactMap(\.self).filter { $0.sentOn <= day }
  }

  /// What went wrong outweighs what went well, as with ``DeliveryState``.
  private static let completedReminders = """
    SELECT a.partner_id, a.executed_at, a.facts, a.idempotency_key,
      CASE WHEN EXISTS (SELECT 1 FROM provider_events e
        WHERE e.org_id = a.org_id AND e.action_id = a.action_id
          AND e.kind IN ('delivered', 'opened', 'clicked', 'unsubscribed', 'sms_delivered'))
        THEN 1 ELSE 0 END,
      CASE WHEN EXISTS (SELECT 1 FROM provider_events e
        WHERE e.org_id = a.org_id AND e.action_id = a.action_id
          AND (e.kind IN ('rejected', 'hard_bounced', 'sms_failed', 'sms_rejected')
            OR (e.kind = 'bounced' AND (e.code IS NULL OR e.code NOT LIKE '4%'))))
        THEN 1 ELSE 0 END
    FROM actions a
    WHERE a.org_id = $1 AND a.status = 'completed' AND a.action_type = 'send_invoice_reminder'
      AND a.delivery = $2 AND a.executed_at IS NOT NULL AND a.partner_id IS NOT NULL
    ORDER BY a.executed_at, a.action_id
    """
}

/// What a reminder's stored facts say of the level that each invoice was reminded at.
enum ReminderFacts {
  /// - Parameters:
  ///   - facts: `[[invoice, open, step], [invoice, open]]`; entries without a step were only listed,
  ///     unless none has one: then all were reminded at the key's step, as before there were any.
  ///   - key: `org:type:partner:currency:60d:cycle`.
  static func steps(_ facts: String?, key: String) -> [Int64: Int] {
    guard let facts, case .success(.array(let entries)) = JSONReader.read(Array(facts.utf8)) else {
      return [:]
    }
    var steps: [Int64: Int] = [:]
    var listed: [Int64] = []
    for case .array(let entry) in entries {
      guard let id = entry.first?.integerValue else { continue }
      listed.append(id)
      if entry.count > 2, let step = entry[2].integerValue { steps[id] = Int(step) }
    }
    guard steps.isEmpty, let step = step(of: key) else { return steps }
    return Dictionary(listed.map { ($0, step) }, uniquingKeysWith: { first, _ in first })
  }

  private static func step(of key: String) -> Int? {
    let parts = key.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6 else { return nil }
    let step = parts[4].prefix { $0 != "." }
    return step.last == "d" ? Int(step.dropLast()) : nil
  }
}
