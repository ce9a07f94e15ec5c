import ActionProtocol
import Engine

/// The lead: one row, changed by compare-and-set on its token.
extension SQLTransaction {
  private static let role = SQLValue.text("scheduler")

  func leader() throws -> LeaderLease? {
    try sql.first(
      "SELECT boot_id, token, taken_at, expires_at FROM leaders WHERE role = $1", [Self.role]
    ) { row in
      LeaderLease(
        boot: BootID(row.text(0)), token: row.integer(1), takenAt: row.instant(2),
        expiresAt: row.instant(3))
    }
  }

  func isLive(_ boot: BootID) throws -> Bool {
    try sql.first(
      "SELECT 1 FROM boots WHERE boot_id = $1 AND ended_at IS NULL", [.text(boot.rawValue)]
    ) { $0.integer(0) } != nil
  }

  func renewLead(_ lease: LeaderLease, until: Instant) throws -> Bool {
    try sql.execute(
      """
      UPDATE leaders SET expires_at = $1
      WHERE role = $2 AND boot_id = $3 AND token = $4 AND expires_at > $5
      """,
      [
        .instant(until), Self.role, .text(lease.boot.rawValue), .integer(lease.token),
        .instant(now),
      ]) == 1
  }

  func takeLead(
    _ boot: BootID, from previous: LeaderLease?, until: Instant
  ) throws -> LeaderLease? {
    let lease = LeaderLease(
      boot: boot, token: (previous?.token ?? 0) + 1, takenAt: now, expiresAt: until)
    let values: [SQLValue] = [
      .text(boot.rawValue), .integer(lease.token), .instant(now), .instant(until), Self.role,
    ]
    let changed: Int
    if let previous {
      changed = try sql.execute(
        """
        UPDATE leaders SET boot_id = $1, token = $2, taken_at = $3, expires_at = $4
        WHERE role = $5 AND token = $6
        """, values + [.integer(previous.token)])
    } else {
      changed = try sql.execute(
        """
        INSERT INTO leaders (boot_id, token, taken_at, expires_at, role)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
        """, values)
    }
    return changed == 1 ? lease : nil
  }
}
