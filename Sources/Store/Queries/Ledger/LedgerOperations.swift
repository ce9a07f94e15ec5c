import ActionProtocol
import Engine

/// The four operations of Odoo on the embedded ledger.
extension SQLTransaction {
  func createTask(_ org: OrgID, _ task: CreateTask) throws -> Int64 {
    if let partner = task.partnerID {
      try require("res.partner", partner.rawValue, org)
    }
    if let project = task.projectID {
      try require("project.project", project, org)
    }
    let stage = try taskStage(named: "New", org)
    let id = try nextLedgerID(org, "project.task")
    try sql.execute(
      """
      INSERT INTO tasks (org_id, id, origin, external_id, name, description, project_id, stage_id,
        due_on, priority, partner_id, user_id, is_done, as_of, updated_at)
      VALUES ($1, $2, 'aiom', $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13)
      """,
      [
        .text(org.rawValue), .integer(id), .text(String(id)), .text(task.name),
        .optional(task.description), .optional(task.projectID), .integer(stage),
        .optional(task.dateDeadline), .text(task.priority.rawValue),
        .optional(task.partnerID?.rawValue), .optional(task.userID), .instant(sql.now),
        .instant(sql.now),
      ])
    return id
  }

  func stopReminders(_ org: OrgID, _ partner: PartnerID) throws {
    try require("res.partner", partner.rawValue, org)
    try sql.execute(
      "UPDATE partners SET reminders_stopped = 1, updated_at = $1 WHERE org_id = $2 AND id = $3",
      [.instant(sql.now), .text(org.rawValue), .integer(partner.rawValue)])
  }

  func setFields(
    _ org: OrgID, _ reference: RecordReference, _ values: JSONObject
  ) throws -> JSONObject {
    guard values.keys == ["stage_id"], let stage = values["stage_id"].flatMap(Self.identifier)
    else { throw StoreError(code: "constraint", detail: "only stage_id can be set") }
    switch reference.model {
    case "crm.lead":
      let before = try stageBefore(
        "SELECT stage_id FROM deals WHERE org_id = $1 AND id = $2", reference, org)
      try require("crm.stage", stage, org)
      try moveDeal(org, reference.id, to: stage)
      return ["stage_id": .integer(before)]
    case "project.task":
      let before = try stageBefore(
        "SELECT stage_id FROM tasks WHERE org_id = $1 AND id = $2", reference, org)
      try require("project.task.type", stage, org)
      try sql.execute(
        "UPDATE tasks SET stage_id = $1, updated_at = $2 WHERE org_id = $3 AND id = $4",
        [.integer(stage), .instant(sql.now), .text(org.rawValue), .integer(reference.id)])
      return ["stage_id": .integer(before)]
    default: throw StoreError(code: "not_found", detail: reference.model)
    }
  }

  func createActivity(_ org: OrgID, _ activity: LogActivity) throws -> Int64 {
    try require(activity.resModel, activity.resID, org)
    let type =
      switch activity.activityType {
      case .id(let id): String(id)
      case .name(let name): name
      }
    let id = try nextLedgerID(org, "mail.activity")
    try sql.execute(
      """
      INSERT INTO activities (org_id, id, res_model, res_id, activity_type, summary, note, due_on,
        user_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """,
      [
        .text(org.rawValue), .integer(id), .text(activity.resModel), .integer(activity.resID),
        .text(type), .text(activity.summary), .optional(activity.note),
        .optional(activity.dateDeadline), .optional(activity.userID), .instant(sql.now),
      ])
    return id
  }

  func createNote(_ org: OrgID, _ note: CreateNote) throws -> Int64 {
    try require(note.model, note.recordID, org)
    let id = try nextLedgerID(org, "mail.message")
    try sql.execute(
      """
      INSERT INTO notes (org_id, id, res_model, res_id, subtype, body, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .text(org.rawValue), .integer(id), .text(note.model), .integer(note.recordID),
        .text(note.subtype.rawValue), .text(note.body), .instant(sql.now),
      ])
    return id
  }

  /// Activities and notes are only ever AIOM's own; of the tasks only those are touched that are.
  func deleteCreated(_ org: OrgID, _ reference: RecordReference) throws -> Bool {
    let statement =
      switch reference.model {
      case "project.task": "DELETE FROM tasks WHERE org_id = $1 AND id = $2 AND origin = 'aiom'"
      case "mail.activity": "DELETE FROM activities WHERE org_id = $1 AND id = $2"
      case "mail.message": "DELETE FROM notes WHERE org_id = $1 AND id = $2"
      default: throw StoreError(code: "not_found", detail: reference.model)
      }
    return try sql.execute(statement, [.text(org.rawValue), .integer(reference.id)]) > 0
  }
}

extension SQLTransaction {
  /// A record's number, alone or as Odoo reads it: `[id, name]`.
  private static func identifier(_ value: JSONValue) -> Int64? {
    value.integerValue ?? value.arrayValue?.first?.integerValue
  }

  private func stageBefore(
    _ statement: String, _ reference: RecordReference, _ org: OrgID
  ) throws -> Int64 {
    let stage = try sql.first(
      statement, [.text(org.rawValue), .integer(reference.id)]
    ) { $0.integer(0) }
    guard let stage else { throw StoreError(code: "not_found", detail: reference.model) }
    return stage
  }

  /// A won stage wins the deal, and leaving it opens the deal again, as in Odoo.
  private func moveDeal(_ org: OrgID, _ id: Int64, to stage: Int64) throws {
    try sql.execute(
      """
      UPDATE deals AS d SET
        state = CASE
          WHEN (SELECT s.is_won FROM deal_stages s WHERE s.org_id = d.org_id AND s.id = $1) = 1
            THEN 'won'
          WHEN (SELECT s.is_won FROM deal_stages s
                WHERE s.org_id = d.org_id AND s.id = d.stage_id) = 1
            THEN 'open'
          ELSE state END,
        stage_id = $1, updated_at = $2
      WHERE org_id = $3 AND id = $4
      """, [.integer(stage), .instant(sql.now), .text(org.rawValue), .integer(id)])
  }

  private func require(_ model: String, _ id: Int64, _ org: OrgID) throws {
    guard let table = Self.tables[model],
      try sql.first(
        "SELECT 1 FROM \(table) WHERE org_id = $1 AND id = $2",
        [.text(org.rawValue), .integer(id)], { _ in true }) == true
    else { throw StoreError(code: "not_found", detail: model) }
  }

  private static let tables = [
    "account.move": "invoices", "res.partner": "partners", "crm.lead": "deals",
    "crm.stage": "deal_stages", "project.task": "tasks", "project.task.type": "task_stages",
    "project.project": "projects",
  ]
}
