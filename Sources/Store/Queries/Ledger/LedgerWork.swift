import ActionProtocol
import Engine
import Insights

extension SQLTransaction: WorkReading {
  func work(_ org: OrgID, on day: LocalDate) throws -> WorkSnapshot {
    let tasks = try openTasks(org)
    return WorkSnapshot(
      today: day, recordsAsOf: tasks.compactMap(\.asOf).min(), tasks: tasks.map(\.facts),
      emptyProjects: try emptyProjects(org), openDeals: try openDeals(org))
  }

  /// With the as-of time of those that a source brought; what AIOM made itself is as true as now.
  private func openTasks(_ org: OrgID) throws -> [(facts: TaskFacts, asOf: Instant?)] {
    try sql.all(
      """
      SELECT t.id, t.as_of, t.origin, t.name, t.project_id, j.name, t.user_id, u.name, t.due_on,
        t.priority
      FROM tasks t
      LEFT JOIN projects j ON j.org_id = t.org_id AND j.id = t.project_id
      LEFT JOIN ledger_users u ON u.org_id = t.org_id AND u.id = t.user_id
      WHERE t.org_id = $1 AND t.is_done = 0 AND t.gone_at IS NULL
      ORDER BY t.id
      """, [.text(org.rawValue)]
    ) { row in
      let facts = TaskFacts(
        id: row.integer(0), name: row.text(3),
        project: row.optionalInteger(4).map {
          NamedRecord(id: $0, name: row.optionalText(5) ?? "project \($0)")
        },
        assignee: row.optionalInteger(6).map {
          NamedRecord(id: $0, name: row.optionalText(7) ?? "user \($0)")
        },
        dueOn: row.optionalDay(8), priority: Int(row.text(9)) ?? 1)
      return (facts, row.text(2) == "aiom" ? nil : row.instant(1))
    }
  }

  private func emptyProjects(_ org: OrgID) throws -> [NamedRecord] {
    try sql.all(
      """
      SELECT j.id, j.name FROM projects j
      WHERE j.org_id = $1 AND NOT EXISTS (SELECT 1 FROM tasks t
        WHERE t.org_id = j.org_id AND t.project_id = j.id AND t.gone_at IS NULL)
      ORDER BY j.id
      """, [.text(org.rawValue)]
    ) { NamedRecord(id: $0.integer(0), name: $0.text(1)) }
  }

  private func openDeals(_ org: OrgID) throws -> [OpenDeal] {
    let deals = try sql.all(
      """
      SELECT id, name, partner_id, value_minor, currency FROM deals
      WHERE org_id = $1 AND state = 'open' AND gone_at IS NULL AND partner_id IS NOT NULL
      ORDER BY id
      """, [.text(org.rawValue)]
    ) { row -> OpenDeal? in
      guard let partner = PartnerID(rawValue: row.integer(2)) else { return nil }
      let value = try row.optionalInteger(3).map {
        Money(minorUnits: $0, currency: try OdooValue.currency(row.text(4)))
      }
      return OpenDeal(id: row.integer(0), name: row.text(1), partner: partner, value: value)
    }
    return deals.compactMap(\.self)
  }
}
