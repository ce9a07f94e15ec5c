import ActionProtocol
import Engine

extension SQLTransaction: AuditSearching {
  /// Transactions of several servers may append in another order than they began.
  private static let disorder: Int64 = 60_000

  /// The first number whose entry is not before an instant, one past the last where none is: about
  /// twenty looks by the primary key for a million entries.
  static let firstNumber = """
    WITH RECURSIVE bisect (low, high) AS (
      SELECT CAST(1 AS BIGINT), last_seq + 1 FROM audit_heads WHERE org_id = $1
      UNION ALL
      SELECT
        CASE WHEN (SELECT e.at FROM audit_entries e
          WHERE e.org_id = $1 AND e.seq = (b.low + b.high) / 2) < $2
          THEN (b.low + b.high) / 2 + 1 ELSE b.low END,
        CASE WHEN (SELECT e.at FROM audit_entries e
          WHERE e.org_id = $1 AND e.seq = (b.low + b.high) / 2) < $2
          THEN b.high ELSE (b.low + b.high) / 2 END
      FROM bisect b WHERE b.low < b.high
    )
    SELECT MAX(low) FROM bisect
    """

  func auditNumbers(
    _ org: OrgID, from start: Instant?, to end: Instant?
  ) throws -> ClosedRange<Int64>? {
    guard
      let last = try sql.first(
        "SELECT last_seq FROM audit_heads WHERE org_id = $1", [.text(org.rawValue)],
        { $0.integer(0) })
    else { return nil }
    let low = try start.map { try first(org, $0.milliseconds - Self.disorder) } ?? 1
    let high = try end.map { try first(org, $0.milliseconds + Self.disorder) - 1 } ?? last
    return low <= high ? low...high : nil
  }

  private func first(_ org: OrgID, _ milliseconds: Int64) throws -> Int64 {
    let found = try sql.first(
      Self.firstNumber, [.text(org.rawValue), .integer(milliseconds)]
    ) { $0.optionalInteger(0) }
    return (found ?? nil) ?? 1
  }

  func audit(
    _ org: OrgID, action: ActionID?, in numbers: ClosedRange<Int64>, limit: Int
  ) throws -> [AuditRecord] {
    let span: [SQLValue] = [
      .text(org.rawValue), .integer(numbers.lowerBound), .integer(numbers.upperBound),
      .integer(Int64(limit)),
    ]
    guard let action else {
      return try sql.all(
        """
        SELECT seq, at, leaf, leaf_hash FROM audit_entries
        WHERE org_id = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq DESC LIMIT $4
        """, span, Self.entry)
    }
    return try sql.all(
      """
      SELECT seq, at, leaf, leaf_hash FROM audit_entries
      WHERE org_id = $1 AND action_id = $2 AND seq >= $3 AND seq <= $4
      ORDER BY seq DESC LIMIT $5
      """, [span[0], .text(action.rawValue)] + span.dropFirst(), Self.entry)
  }

  func endings(_ org: OrgID, within entries: Int) throws -> [ActionEnding] {
    var found: [ActionEnding] = []
    var seen: Set<ActionID> = []
    try sql.forEach(
      """
      SELECT kind, action_id, at FROM audit_entries
      WHERE org_id = $1 ORDER BY seq DESC LIMIT $2
      """, [.text(org.rawValue), .integer(Int64(entries))]
    ) { row in
      guard Self.endingKinds.contains(row.text(0)),
        let action = row.optionalText(1).flatMap(ActionID.init(rawValue:)),
        seen.insert(action).inserted
      else { return }
      found.append(ActionEnding(action: action, at: row.instant(2)))
    }
    return found
  }

  private static let endingKinds: Set<String> = [
    "execution.accepted", "execution.accepted_in_part", "execution.settled", "action.failed",
    "action.expired",
    "action.rejected", "action.withdrawn",
  ]

  private static func entry(_ row: any SQLRow) throws -> AuditRecord {
    guard let hash = Digest(hex: row.text(3)) else {
      throw StoreError(code: "corrupt", detail: "the hash of an audit entry")
    }
    return AuditRecord(
      sequence: row.integer(0), at: row.instant(1), leaf: row.blob(2), hash: hash, personal: [:])
  }
}
