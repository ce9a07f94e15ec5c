import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: ProcessReading, ProcessWriting {
  func liveBoots() throws -> [BootRecord] {
    try sql.all(
      """
      SELECT boot_id, host, process_id, kernel_boot, lease_ends_at, started_at FROM boots
      WHERE ended_at IS NULL ORDER BY started_at
      """
    ) { row in
      BootRecord(
        id: BootID(row.text(0)), host: row.text(1), processID: Int(row.integer(2)),
        life: BootLife(kernelBoot: row.text(3), leaseEndsAt: row.integer(4)),
        startedAt: row.instant(5))
    }
  }

  func insert(_ boot: BootRecord) throws {
    try sql.execute(
      """
      INSERT INTO boots (boot_id, host, process_id, kernel_boot, lease_ends_at, started_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """,
      [
        .text(boot.id.rawValue), .text(boot.host), .integer(Int64(boot.processID)),
        .text(boot.life.kernelBoot), .integer(boot.life.leaseEndsAt), .instant(boot.startedAt),
      ])
  }

  func renew(_ boot: BootID, leaseEndsAt: Int64) throws -> Bool {
    try sql.execute(
      "UPDATE boots SET lease_ends_at = $1 WHERE boot_id = $2 AND ended_at IS NULL",
      [.integer(leaseEndsAt), .text(boot.rawValue)]) == 1
  }

  func end(_ boot: BootID, cause: String) throws {
    try sql.execute(
      """
      UPDATE boots SET ended_at = $1, end_cause = $2 WHERE boot_id = $3 AND ended_at IS NULL
      """, [.instant(now), .text(cause), .text(boot.rawValue)])
  }

  func dueTimers(at now: Instant, limit: Int) throws -> [DurableTimer] {
    try sql.all(
      "SELECT org_id, kind, subject, due FROM timers WHERE due <= $1 ORDER BY due LIMIT $2",
      [.instant(now), .integer(Int64(limit))], timer)
  }

  func dueTimers(
    _ kinds: [DurableTimer.Kind], at now: Instant, limit: Int
  ) throws -> [DurableTimer] {
    guard !kinds.isEmpty else { return [] }
    let places = kinds.indices.map { "$\($0 + 2)" }.joined(separator: ", ")
    return try sql.all(
      """
      SELECT org_id, kind, subject, due FROM timers WHERE due <= $1 AND kind IN (\(places))
      ORDER BY due LIMIT $\(kinds.count + 2)
      """,
      [.instant(now)] + kinds.map { .text($0.rawValue) } + [.integer(Int64(limit))], timer)
  }

  private func timer(_ row: any SQLRow) throws -> DurableTimer {
    guard let org = OrgID(rawValue: row.text(0)),
      let kind = DurableTimer.Kind(rawValue: row.text(1))
    else { throw StoreError(code: "corrupt", detail: "a timer's org or kind") }
    return DurableTimer(org: org, kind: kind, subject: row.text(2), due: row.instant(3))
  }

  func put(_ timer: DurableTimer) throws {
    try sql.execute(
      """
      INSERT INTO timers (org_id, kind, subject, due) VALUES ($1, $2, $3, $4)
      ON CONFLICT (org_id, kind, subject) DO UPDATE SET due = excluded.due
        WHERE timers.due > excluded.due
      """,
      [
        .text(timer.org.rawValue), .text(timer.kind.rawValue), .text(timer.subject),
        .instant(timer.due),
      ])
  }

  @discardableResult
  func remove(_ timer: DurableTimer) throws -> Bool {
    try sql.execute(
      "DELETE FROM timers WHERE org_id = $1 AND kind = $2 AND subject = $3 AND due = $4",
      [
        .text(timer.org.rawValue), .text(timer.kind.rawValue), .text(timer.subject),
        .instant(timer.due),
      ]) == 1
  }
}
