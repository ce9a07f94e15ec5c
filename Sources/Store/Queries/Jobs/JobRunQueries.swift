import ActionProtocol
import Engine

/// The history of jobs. A run is claimed by inserting it.
extension SQLTransaction {
  private static let columns = """
    org_id, job, scheduled_at, cause, state, boot_id, started_at, ended_at, error_code, result
    """

  func jobRuns(_ org: OrgID, _ name: JobName?, limit: Int) throws -> [JobRun] {
    var runs: [JobRun?] = []
    if let name {
      runs = try sql.all(
        """
        SELECT \(Self.columns) FROM job_runs WHERE org_id = $1 AND job = $2
        ORDER BY scheduled_at DESC LIMIT $3
        """, [.text(org.rawValue), .text(name.rawValue), .integer(Int64(limit))], run)
    } else {
      runs = try sql.all(
        """
        SELECT \(Self.columns) FROM job_runs WHERE org_id = $1
        ORDER BY scheduled_at DESC, job LIMIT $2
        """, [.text(org.rawValue), .integer(Int64(limit))], run)
    }
    return runs.compactMap(\.self)
  }

  func runningJob(_ org: OrgID, _ name: JobName) throws -> JobRun? {
    let found = try sql.first(
      """
      SELECT \(Self.columns) FROM job_runs
      WHERE org_id = $1 AND job = $2 AND state = 'running'
      """, [.text(org.rawValue), .text(name.rawValue)], run)
    return found ?? nil
  }

  func strandedJobRuns() throws -> [JobRun] {
    try sql.all(
      """
      SELECT \(Self.columns) FROM job_runs
      WHERE state = 'running' AND NOT EXISTS (SELECT 1 FROM boots
        WHERE boots.boot_id = job_runs.boot_id AND boots.ended_at IS NULL)
      ORDER BY org_id, job
      """, [], run
    ).compactMap(\.self)
  }

  func begin(_ run: JobRun) throws -> Bool {
    try sql.execute(
      """
      INSERT INTO job_runs (\(Self.columns))
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
      """,
      [
        .text(run.org.rawValue), .text(run.name.rawValue), .instant(run.scheduledAt),
        .text(run.cause.rawValue), .text(run.state.rawValue), .text(run.boot.rawValue),
        .instant(run.startedAt), .optional(run.endedAt), .optional(run.errorCode),
        .text(Self.text(run.result)),
      ]) == 1
  }

  func finish(_ run: JobRun) throws -> Bool {
    try sql.execute(
      """
      UPDATE job_runs SET state = $1, ended_at = $2, error_code = $3, result = $4
      WHERE org_id = $5 AND job = $6 AND scheduled_at = $7 AND boot_id = $8
        AND state = 'running'
      """,
      [
        .text(run.state.rawValue), .optional(run.endedAt), .optional(run.errorCode),
        .text(Self.text(run.result)), .text(run.org.rawValue), .text(run.name.rawValue),
        .instant(run.scheduledAt), .text(run.boot.rawValue),
      ]) == 1
  }

  func eraseJobRuns(
    _ org: OrgID, _ name: JobName, before end: Instant, keeping: Int
  ) throws -> Int {
    let values: [SQLValue] = [.text(org.rawValue), .text(name.rawValue)]
    let oldestKept = try sql.first(
      """
      SELECT scheduled_at FROM job_runs WHERE org_id = $1 AND job = $2
      ORDER BY scheduled_at DESC LIMIT 1 OFFSET $3
      """, values + [.integer(Int64(keeping - 1))]
    ) { $0.instant(0) }
    return try sql.execute(
      """
      DELETE FROM job_runs
      WHERE org_id = $1 AND job = $2 AND scheduled_at < $3 AND state <> 'running'
      """, values + [.instant(max(end, oldestKept ?? end))])
  }

  private static func text(_ result: JSONObject) -> String {
    String(decoding: CanonicalJSON.encode(.object(result)), as: UTF8.self)
  }

  /// Nil for a job that this program does not know.
  private func run(_ row: any SQLRow) throws -> JobRun? {
    guard let org = OrgID(rawValue: row.text(0)), let cause = JobRun.Cause(rawValue: row.text(3)),
      let state = JobRun.State(rawValue: row.text(4)),
      case .success(.object(let result)) = JSONReader.read(Array(row.text(9).utf8))
    else { throw StoreError(code: "corrupt", detail: "a job's run") }
    return JobName(rawValue: row.text(1)).map { name in
      JobRun(
        org: org, name: name, scheduledAt: row.instant(2), cause: cause, state: state,
        boot: BootID(row.text(5)), startedAt: row.instant(6), endedAt: row.optionalInstant(7),
        errorCode: row.optionalText(8), result: result)
    }
  }
}
