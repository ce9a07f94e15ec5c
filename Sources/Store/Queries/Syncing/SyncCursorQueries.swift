import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func syncCursor(_ org: OrgID, _ kind: SyncKind) throws -> SyncCursor? {
    let found = try sql.first(
      """
      SELECT place, second, after_id, newest, basis, moved_at, is_settled, confirmed_at,
        checked_at, version
      FROM sync_cursors WHERE org_id = $1 AND kind = $2
      """, [.text(org.rawValue), .text(kind.rawValue)], Self.cursor)
    return found
  }

  func save(_ cursor: SyncCursor, _ org: OrgID, _ kind: SyncKind) throws -> Bool {
    let place = Self.columns(of: cursor.place)
    let values: [SQLValue] =
      place + [
        .integer(cursor.newest), .text(cursor.basis), .instant(cursor.movedAt),
        .flag(cursor.isSettled), .optional(cursor.confirmedAt), .optional(cursor.checkedAt),
        .integer(cursor.version), .text(org.rawValue), .text(kind.rawValue),
      ]
    if cursor.version == 1 {
      return try sql.execute(
        """
        INSERT INTO sync_cursors (place, second, after_id, newest, basis, moved_at, is_settled,
          confirmed_at, checked_at, version, org_id, kind)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (org_id, kind) DO NOTHING
        """, values) == 1
    }
    return try sql.execute(
      """
      UPDATE sync_cursors SET place = $1, second = $2, after_id = $3, newest = $4, basis = $5,
        moved_at = $6, is_settled = $7, confirmed_at = $8, checked_at = $9, version = $10
      WHERE org_id = $11 AND kind = $12 AND version = $10 - 1
      """, values) == 1
  }

  private static func columns(of place: SyncCursor.Place) -> [SQLValue] {
    switch place {
    case .all(let after): [.text("all"), .integer(0), .integer(after)]
    case .changes(let since): [.text("changes"), .integer(since), .integer(0)]
    case .second(let second, let after): [.text("second"), .integer(second), .integer(after)]
    }
  }

  private static func cursor(_ row: any SQLRow) throws -> SyncCursor {
    let place: SyncCursor.Place =
      switch row.text(0) {
      case "all": .all(after: row.integer(2))
      case "changes": .changes(since: row.integer(1))
      case "second": .second(row.integer(1), after: row.integer(2))
      default: throw StoreError(code: "corrupt", detail: "a sync cursor's place")
      }
    return SyncCursor(
      place: place, newest: row.integer(3), basis: row.text(4), movedAt: row.instant(5),
      isSettled: row.flag(6), confirmedAt: row.optionalInstant(7),
      checkedAt: row.optionalInstant(8), version: row.integer(9))
  }
}
