import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: AttentionReading {
  private static let stuckReasons: [HoldReason] = [
    .needsPerson, .configuration, .cannotTell, .staleFacts,
  ]

  /// The reasons stand as in the index, so that it may answer; one of them is asked for.
  static let stuck =
    ActionColumns.select
      + """
       WHERE org_id = $1 AND status = 'approved' AND hold_reason IN
        ('needs_person', 'configuration', 'cannot_tell', 'stale_facts') AND hold_reason = $2
      ORDER BY created_at DESC LIMIT $3
      """

  func stuckActions(_ org: OrgID, limit: Int) throws -> [ActionState] {
    var found: [ActionState] = []
    try sql.forEach(
      Self.stuck,
      each: Self.stuckReasons.map {
        [.text(org.rawValue), .text($0.rawValue), .integer(Int64(limit))]
      }
    ) { _, row in found.append(try ActionColumns.state(row)) }
    return Array(found.sorted { $0.createdAt > $1.createdAt }.prefix(limit))
  }

  func channelPauses(_ org: OrgID) throws -> [PausedChannel] {
    try sql.all(
      """
      SELECT channel, reason, since, until FROM channel_pauses
      WHERE org_id = $1 AND until > $2 ORDER BY channel
      """, [.text(org.rawValue), .instant(now)]
    ) { row in
      guard let channel = OutreachChannel(rawValue: row.text(0)),
        let reason = HoldReason(rawValue: row.text(1))
      else { throw StoreError(code: "corrupt", detail: "a channel's pause") }
      return PausedChannel(
        channel: channel, reason: reason, since: row.instant(2), until: row.instant(3))
    }
  }

  /// Each look into the runs goes back to the last one that succeeded, and no further.
  static let failing = """
    SELECT j.job, j.failures,
      (SELECT MIN(r.started_at) FROM job_runs r
        WHERE r.org_id = j.org_id AND r.job = j.job AND r.state IN ('failed', 'abandoned')
          AND r.scheduled_at > COALESCE((SELECT s.scheduled_at FROM job_runs s
            WHERE s.org_id = j.org_id AND s.job = j.job AND s.state = 'succeeded'
            ORDER BY s.scheduled_at DESC LIMIT 1), 0)),
      (SELECT r.error_code FROM job_runs r
        WHERE r.org_id = j.org_id AND r.job = j.job AND r.state IN ('failed', 'abandoned')
        ORDER BY r.scheduled_at DESC LIMIT 1)
    FROM jobs j WHERE j.org_id = $1 AND j.failures > 0 AND j.paused_at IS NULL ORDER BY j.job
    """

  func failingJobs(_ org: OrgID) throws -> [FailingJob] {
    try sql.all(Self.failing, [.text(org.rawValue)]) { row in
      JobName(rawValue: row.text(0)).map { name in
        FailingJob(
          name: name, failures: Int(row.integer(1)), since: row.optionalInstant(2),
          code: row.optionalText(3))
      }
    }.compactMap(\.self)
  }

  func syncMarks(_ org: OrgID) throws -> [SyncKind: Instant] {
    let marks = try sql.all(
      "SELECT kind, COALESCE(confirmed_at, moved_at) FROM sync_cursors WHERE org_id = $1",
      [.text(org.rawValue)]
    ) { (SyncKind(rawValue: $0.text(0)), $0.instant(1)) }
    return marks.reduce(into: [:]) { all, mark in
      if let kind = mark.0 { all[kind] = mark.1 }
    }
  }

  func oldestOpenInvoice(_ org: OrgID) throws -> Instant? {
    let oldest = try sql.first(
      "SELECT MIN(as_of) FROM invoices WHERE org_id = $1 AND open_minor <> 0",
      [.text(org.rawValue)]
    ) { $0.optionalInstant(0) }
    return oldest ?? nil
  }
}
