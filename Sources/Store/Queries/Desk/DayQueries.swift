import ActionProtocol
import Engine

/// Every statement begins at the index of its time, or at the day's entries of the audit log.
enum DayStatements {
  /// What was begun in the day has an intent among the day's entries.
  static let completed = """
    SELECT COUNT(*), COALESCE(SUM(CASE WHEN approved_by LIKE 'person:%' THEN 1 ELSE 0 END), 0)
    FROM actions
    WHERE org_id = $1 AND action_id IN (SELECT e.action_id FROM audit_entries e
        WHERE e.org_id = $1 AND e.seq >= $2 AND e.seq <= $3 AND e.kind = 'execution.intended')
      AND status = 'completed' AND executed_at >= $4 AND executed_at < $5
    """

  /// A person's last word on an action in the day.
  static let decided = """
    SELECT last.word, COUNT(*) FROM (
      SELECT e.word, ROW_NUMBER() OVER (PARTITION BY r.action_id ORDER BY e.at DESC, e.number DESC)
        AS place
      FROM approval_entries e
      JOIN approval_requests r ON r.org_id = e.org_id AND r.request_id = e.request_id
      WHERE e.org_id = $1 AND e.at >= $2 AND e.at < $3 AND r.kind = 'action'
    ) AS last WHERE last.place = 1 GROUP BY last.word
    """

  static let policy = """
    SELECT last.verdict, COUNT(*) FROM (
      SELECT verdict, ROW_NUMBER() OVER (PARTITION BY action_id ORDER BY revision DESC, version DESC)
        AS place
      FROM policy_decisions WHERE org_id = $1 AND at >= $2 AND at < $3
    ) AS last WHERE last.place = 1 GROUP BY last.verdict
    """

  static let ended = """
    SELECT kind, COUNT(DISTINCT action_id) FROM audit_entries
    WHERE org_id = $1 AND seq >= $2 AND seq <= $3 AND at >= $4 AND at < $5
      AND kind IN ('action.failed', 'action.expired')
    GROUP BY kind
    """

  static let messages = """
    SELECT channel, COUNT(*) FROM attempts
    WHERE org_id = $1 AND intent_at >= $2 AND intent_at < $3 AND channel IS NOT NULL
      AND (outcome IN ('accepted', 'accepted_in_part') OR proven_at IS NOT NULL)
    GROUP BY channel
    """

  /// Of an even number the middle is the mean of two, cut to whole milliseconds.
  static let waits = """
    SELECT COUNT(*), MIN(CASE WHEN w.place = (w.total + 1) / 2 THEN w.wait END),
      MIN(CASE WHEN w.place = (w.total + 2) / 2 THEN w.wait END), MAX(w.wait)
    FROM (
      SELECT s.at - r.at AS wait, ROW_NUMBER() OVER (ORDER BY s.at - r.at) AS place,
        COUNT(*) OVER () AS total
      FROM (SELECT DISTINCT org_id, request_id FROM approval_entries
        WHERE org_id = $1 AND at >= $2 AND at < $3) AS d
      JOIN approval_requests r ON r.org_id = d.org_id AND r.request_id = d.request_id
      JOIN approval_resolutions s ON s.org_id = d.org_id AND s.request_id = d.request_id
      WHERE r.kind = 'action' AND s.outcome IN ('approved', 'rejected') AND s.at >= $2 AND s.at < $3
    ) AS w
    """
}

extension SQLTransaction: DayReading {
  func dayFigures(
    _ org: OrgID, from start: Instant, to end: Instant, numbers: ClosedRange<Int64>?
  ) throws -> DayFigures {
    var figures = DayFigures()
    let span: [SQLValue] = [.text(org.rawValue), .instant(start), .instant(end)]
    func counts(_ statement: String, _ values: [SQLValue]) throws -> [String: Int] {
      var counts: [String: Int] = [:]
      try sql.forEach(statement, values) { counts[$0.text(0)] = Int($0.integer(1)) }
      return counts
    }
    if let numbers {
      let entries: [SQLValue] = [
        .text(org.rawValue), .integer(numbers.lowerBound), .integer(numbers.upperBound),
        .instant(start), .instant(end),
      ]
      try sql.forEach(DayStatements.completed, entries) { row in
        figures.completed = Int(row.integer(0))
        figures.completedByPersons = Int(row.integer(1))
      }
      let ended = try counts(DayStatements.ended, entries)
      figures.failed = ended["action.failed"] ?? 0
      figures.expired = ended["action.expired"] ?? 0
    }
    figures.completedByPolicy = figures.completed - figures.completedByPersons
    let words = try counts(DayStatements.decided, span)
    figures.approvedByPersons = words["approve"] ?? 0
    figures.rejectedByPersons = words["reject"] ?? 0
    let verdicts = try counts(DayStatements.policy, span)
    figures.letGoByPolicy = verdicts["auto"] ?? 0
    figures.refusedByPolicy = verdicts["deny"] ?? 0
    let messages = try counts(DayStatements.messages, span)
    figures.emails = messages["email"] ?? 0
    figures.texts = messages["sms"] ?? 0
    try sql.forEach(DayStatements.waits, span) { row in
      figures.settledRequests = Int(row.integer(0))
      if let low = row.optionalInteger(1), let high = row.optionalInteger(2) {
        figures.medianWaitMilliseconds = (low + high) / 2
      }
      figures.longestWaitMilliseconds = row.optionalInteger(3)
    }
    return figures
  }
}
