import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func inboxViews(_ org: OrgID, of person: PersonID) throws -> [SavedView] {
    try sql.all(
      """
      SELECT view_id, name, is_mine, with_snoozed, action_type, sort FROM inbox_views
      WHERE org_id = $1 AND person_id = $2 ORDER BY name
      """, [.text(org.rawValue), .text(person.rawValue)]
    ) { row in
      guard let order = InboxOrder(rawValue: row.text(5)) else {
        throw StoreError(code: "corrupt", detail: "the order of a view")
      }
      return SavedView(
        org: org, id: row.text(0), person: person, name: row.text(1), isMine: row.flag(2),
        includesSnoozed: row.flag(3), type: row.optionalText(4).flatMap(ActionType.init(rawValue:)),
        order: order)
    }
  }

  func save(_ view: SavedView) throws {
    try sql.execute(
      """
      INSERT INTO inbox_views
        (org_id, view_id, person_id, name, is_mine, with_snoozed, action_type, sort, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (org_id, person_id, name) DO UPDATE SET is_mine = excluded.is_mine,
        with_snoozed = excluded.with_snoozed, action_type = excluded.action_type,
        sort = excluded.sort
      """,
      [
        .text(view.org.rawValue), .text(view.id), .text(view.person.rawValue), .text(view.name),
        .integer(view.isMine ? 1 : 0), .integer(view.includesSnoozed ? 1 : 0),
        .optional(view.type?.rawValue), .text(view.order.rawValue), .instant(now),
      ])
  }

  func remove(_ view: SavedView) throws {
    try sql.execute(
      "DELETE FROM inbox_views WHERE org_id = $1 AND person_id = $2 AND view_id = $3",
      [.text(view.org.rawValue), .text(view.person.rawValue), .text(view.id)])
  }
}
