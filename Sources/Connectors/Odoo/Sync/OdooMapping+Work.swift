import ActionProtocol
import Engine
import Odoo

extension OdooMapping {
  func deal(_ record: OdooRecord) throws(OdooLeftOut) -> SyncedDeal {
    guard let stage = record.id("stage_id") else { throw .stageMissing }
    let since = record.instant("date_last_stage_update")
    let state = state(of: record)
    return SyncedDeal(
      id: record.id64, name: record.line("name") ?? "Deal \(record.id)",
      partner: record.id("partner_id"), stage: stage, stageSince: since,
      company: record.id("company_id"),
      value: try facts.money(record, "expected_revenue", currency: "company_currency"),
      closesOn: record.day("date_deadline", in: facts.zone),
      state: state, user: record.id("user_id"),
      openedOn: record.instant("create_date").map { LocalDate($0, in: facts.zone) },
      closedOn: state == .open
        ? nil : record.instant("date_closed").map { LocalDate($0, in: facts.zone) })
  }

  /// 19 says it itself; before, won is a probability of 100 and lost is archived.
  private func state(of record: OdooRecord) -> DealRow.State {
    switch record.text("won_status") {
    case "won": return .won
    case "lost": return .lost
    default: break
    }
    if record.flag("active") == false { return .lost }
    let isCertain = (record["probability"]?.plainNumber ?? 0) >= 100
    return isCertain && record["won_status"] == nil ? .won : .open
  }

  func task(_ record: OdooRecord) throws(OdooLeftOut) -> SyncedTask {
    guard let project = record.id("project_id") else { throw .projectMissing }
    guard let stage = record.id("stage_id") else { throw .stageMissing }
    let priority = record.text("priority") ?? "0"
    return SyncedTask(
      id: record.id64, name: record.line("name") ?? "Task \(record.id)", project: project,
      stage: stage, dueOn: record.day("date_deadline", in: facts.zone),
      priority: ["0", "1", "2", "3"].contains(priority) ? priority : "0",
      partner: record.id("partner_id"),
      user: record.links("user_ids")?.first.map { Int64($0) } ?? record.id("user_id"),
      isDone: isDone(record))
  }

  /// An archived task is nobody's any more.
  private func isDone(_ record: OdooRecord) -> Bool {
    if record.flag("active") == false { return true }
    if let state = record.text("state"), state.hasPrefix("1_") { return true }
    return record.flag("is_closed") ?? false
  }
}

extension FieldValue {
  fileprivate var plainNumber: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}
