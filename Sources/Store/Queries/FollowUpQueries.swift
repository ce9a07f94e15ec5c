import ActionProtocol
import Engine

extension SQLTransaction: ActionReading, ActionWriting {
  func insert(_ followUp: FollowUpRecord) throws {
    try sql.execute(
      "INSERT INTO follow_ups (org_id, scheduled_by, revision, due) VALUES ($1, $2, $3, $4)",
      [
        .text(followUp.org.rawValue), .text(followUp.scheduledBy.rawValue),
        .integer(Int64(followUp.revision)), .instant(followUp.due),
      ])
  }

  func followUp(_ org: OrgID, scheduledBy id: ActionID) throws -> FollowUpRecord? {
    try sql.first(
      """
      SELECT revision, due, became FROM follow_ups WHERE org_id = $1 AND scheduled_by = $2
      """, [.text(org.rawValue), .text(id.rawValue)]
    ) { row in
      FollowUpRecord(
        org: org, scheduledBy: id, revision: Int(row.integer(0)), due: row.instant(1),
        became: row.optionalText(2).flatMap { ActionID(rawValue: $0) })
    }
  }

  func markFollowUp(_ org: OrgID, scheduledBy id: ActionID, became: ActionID) throws {
    try sql.execute(
      "UPDATE follow_ups SET became = $1 WHERE org_id = $2 AND scheduled_by = $3",
      [.text(became.rawValue), .text(org.rawValue), .text(id.rawValue)])
  }
}
