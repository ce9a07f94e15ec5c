import ActionProtocol
import Engine

extension LedgerTable {
  static let tasks = LedgerTable(
    "tasks", model: "project.task", discriminator: "origin",
    integers: ["project_id", "stage_id", "due_on", "partner_id", "is_done"],
    texts: ["name", "priority"])
}

extension SQLTransaction {
  func upsertTask(_ row: TaskRow, _ org: OrgID, _ asOf: Instant) throws -> LedgerUpsert {
    let partner = try optionalPartner(named: row.partner, org)
    guard ["0", "1", "2", "3"].contains(row.priority) else {
      throw RowRefusal(
        column: "priority", problem: "is not 0, 1, 2 or 3",
        remedy: "Use 0 for low to 3 for urgent.")
    }
    let project = try row.project.map { try self.project(named: $0, org) }
    let record = SourceRecord(
      discriminator: "source", externalID: row.externalID,
      values: [
        .optional(project), .integer(try taskStage(named: row.stage, org)),
        .optional(row.deadline), partner, .flag(row.isDone), .text(row.name),
        .text(row.priority),
      ])
    let held = try held(record, in: .tasks, org)
    let (change, _) = try store(record, over: held, in: .tasks, org, asOf: asOf)
    return LedgerUpsert(change, LedgerTouch(partnerID: partner.partnerID))
  }

  /// The task stage of a name; a new name becomes a new stage.
  func taskStage(named name: String, _ org: OrgID) throws -> Int64 {
    let known = try sql.first(
      "SELECT id FROM task_stages WHERE org_id = $1 AND name = $2",
      [.text(org.rawValue), .text(name)]
    ) { $0.integer(0) }
    if let known { return known }
    let id = try nextLedgerID(org, "project.task.type")
    try sql.execute(
      "INSERT INTO task_stages (org_id, id, name) VALUES ($1, $2, $3)",
      [.text(org.rawValue), .integer(id), .text(name)])
    return id
  }

  private func project(named name: String, _ org: OrgID) throws -> Int64 {
    let known = try sql.first(
      "SELECT id FROM projects WHERE org_id = $1 AND name = $2",
      [.text(org.rawValue), .text(name)]
    ) { $0.integer(0) }
    if let known { return known }
    let id = try nextLedgerID(org, "project.project")
    try sql.execute(
      "INSERT INTO projects (org_id, id, name) VALUES ($1, $2, $3)",
      [.text(org.rawValue), .integer(id), .text(name)])
    return id
  }
}
