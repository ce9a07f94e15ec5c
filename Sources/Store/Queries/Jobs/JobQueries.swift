import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: JobReading, JobWriting {
  private static let select = """
    SELECT org_id, job, paused_at, schedule, missed, plan, next_at, failures FROM jobs
    """

  func job(_ org: OrgID, _ name: JobName) throws -> JobRecord? {
    let found = try sql.first(
      Self.select + " WHERE org_id = $1 AND job = $2",
      [.text(org.rawValue), .text(name.rawValue)], record)
    return found ?? nil
  }

  func dueJobs(at now: Instant, limit: Int) throws -> [JobRecord] {
    try sql.all(
      Self.select + """
         WHERE paused_at IS NULL AND next_at IS NOT NULL AND next_at <= $1
          AND NOT EXISTS (SELECT 1 FROM job_runs WHERE job_runs.org_id = jobs.org_id
            AND job_runs.job = jobs.job AND job_runs.state = 'running')
        ORDER BY next_at LIMIT $2
        """, [.instant(now), .integer(Int64(limit))], record
    ).compactMap(\.self)
  }

  func save(_ job: JobRecord) throws {
    try sql.execute(
      """
      INSERT INTO jobs (org_id, job, paused_at, schedule, missed, plan, next_at, failures)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (org_id, job) DO UPDATE SET paused_at = excluded.paused_at,
        schedule = excluded.schedule, missed = excluded.missed, plan = excluded.plan,
        next_at = excluded.next_at, failures = excluded.failures
      """,
      [
        .text(job.org.rawValue), .text(job.name.rawValue), .optional(job.pausedAt),
        .optional(job.schedule), .optional(job.missed?.rawValue), .text(job.plan),
        .optional(job.nextAt), .integer(Int64(job.failures)),
      ])
  }

  /// Nil for a job that this program does not know: a newer one wrote it.
  private func record(_ row: any SQLRow) throws -> JobRecord? {
    guard let org = OrgID(rawValue: row.text(0)) else {
      throw StoreError(code: "corrupt", detail: "a job's org")
    }
    return JobName(rawValue: row.text(1)).map { name in
      JobRecord(
        org: org, name: name, pausedAt: row.optionalInstant(2), schedule: row.optionalText(3),
        missed: row.optionalText(4).flatMap(MissedRunRule.init(rawValue:)), plan: row.text(5),
        nextAt: row.optionalInstant(6), failures: Int(row.integer(7)))
    }
  }

  // MARK: - What jobs look for

  func timer(_ org: OrgID, _ kind: DurableTimer.Kind, subject: String) throws -> Instant? {
    try sql.first(
      "SELECT due FROM timers WHERE org_id = $1 AND kind = $2 AND subject = $3",
      [.text(org.rawValue), .text(kind.rawValue), .text(subject)]
    ) { $0.instant(0) }
  }

  /// The org is compared as an expression, so that the indexes by deadline are used: what is not
  /// overdue is then never looked at, however long the queue is.
  func overdue(_ org: OrgID, at now: Instant, limit: Int) throws -> [ActionState] {
    func overdue(_ status: String, _ deadline: String) throws -> [ActionState] {
      try sql.all(
        ActionColumns.select
          + " WHERE status = '\(status)' AND org_id || '' = $1 AND \(deadline) <= $2"
          + " ORDER BY \(deadline) LIMIT $3",
        [.text(org.rawValue), .instant(now), .integer(Int64(limit))], ActionColumns.state)
    }
    return try overdue("pending_approval", "expires_at") + overdue("approved", "execute_by")
  }
}

extension SQLTransaction: QueueReading {
  /// Live actions through the index by org and status; finished ones are not touched.
  static let queueDepth = """
    SELECT status, hold_reason, COUNT(*) FROM actions
    WHERE org_id = $1 AND status IN ('pending_approval', 'approved', 'executing')
    GROUP BY status, hold_reason
    """

  func queueDepth(_ org: OrgID) throws -> [QueueDepth] {
    try sql.all(Self.queueDepth, [.text(org.rawValue)]) { row in
      guard let status = ActionStatus(rawValue: row.text(0)) else {
        throw StoreError(code: "corrupt", detail: "an action's status")
      }
      return QueueDepth(
        status: status, hold: row.optionalText(1).flatMap(HoldReason.init(rawValue:)),
        count: Int(row.integer(2)))
    }
  }
}
