import ActionProtocol
import Cards
import Engine
import Insights

/// What there is to do, for people and programs.
struct WorkView {
  /// So many lines of a list; JSON has all.
  private static let mostLines = 20

  let report: WorkReport

  func rendered(style: Style) -> String {
    guard report.open > 0 || !report.emptyProjects.isEmpty || !report.dealsAndDebts.isEmpty else {
      return "No open tasks. Import some (aiom import tasks FILE), or synchronise them "
        + "(aiom odoo sync).\n"
    }
    var text = style.bold("Tasks as of \(report.today.iso)") + "\n"
    text += "\(report.open) open, \(report.overdue.count) overdue\(urgencies).\n"
    if !report.overdue.isEmpty { text += overdue.rendered(style: style) + rest(report.overdue) }
    if !report.people.isEmpty {
      text += "\n" + style.bold("Who has how much") + "\n"
      text += loads(report.people, "PERSON", none: "nobody").rendered(style: style)
    }
    if !report.projects.isEmpty {
      text += "\n" + style.bold("Projects") + "\n"
      text += loads(report.projects, "PROJECT", none: "no project").rendered(style: style)
    }
    return text + empty + both(style)
  }

  private var urgencies: String {
    let names = ["urgent", "high", "normal", "low"]
    let parts = zip(report.byPriority, names).filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
  }

  private var overdue: TextTable {
    var table = TextTable([
      .left("TASK"), .left("PROJECT"), .left("WHO"), .right("PRIORITY"), .left("DUE"),
      .right("DAYS"),
    ])
    for late in report.overdue.prefix(Self.mostLines) {
      table.add([
        DisplayText.shortened(late.task.name, to: 40),
        DisplayText.shortened(late.task.project?.name ?? "-", to: 24),
        DisplayText.shortened(late.task.assignee?.name ?? "nobody", to: 20),
        String(late.task.priority), late.dueOn.iso, String(late.days),
      ])
    }
    return table
  }

  private func rest(_ all: [OverdueTask]) -> String {
    all.count > Self.mostLines
      ? "… and \(all.count - Self.mostLines) more (--json lists all)\n" : ""
  }

  private func loads(_ loads: [WorkLoad], _ heading: String, none: String) -> TextTable {
    var table = TextTable([
      .left(heading), .right("OPEN"), .right("OVERDUE"), .right("NEXT 7 DAYS"), .right("NO DAY"),
      .left(""),
    ])
    for load in loads.prefix(Self.mostLines) {
      let isLate = heading == "PROJECT" && report.lateProjects.contains(load)
      table.add([
        DisplayText.shortened(load.subject?.name ?? none, to: 40), String(load.open),
        String(load.overdue), String(load.dueSoon), String(load.undated),
        isLate ? "late: more than \(WorkReport.mostOverdue) overdue" : "",
      ])
    }
    return table
  }

  private var empty: String {
    guard !report.emptyProjects.isEmpty else { return "" }
    let names = report.emptyProjects.prefix(Self.mostLines).map { DisplayText.line($0.name) }
    return "\nWithout tasks: \(names.joined(separator: ", ")).\n"
  }

  private func both(_ style: Style) -> String {
    guard !report.dealsAndDebts.isEmpty else { return "" }
    var text = "\n" + style.bold("Owe you and have an open deal") + "\n"
    for one in report.dealsAndDebts.prefix(Self.mostLines) {
      let amounts = one.overdue.map(AmountText.text).joined(separator: ", ")
      let deals = one.deals.prefix(3).map { DisplayText.line($0.name) }.joined(separator: ", ")
      text += "  \(DisplayText.line(one.partnerName)): \(amounts) overdue for "
      text += "\(one.oldestDaysOverdue) days; \(deals)\n"
    }
    return text
  }

  // MARK: - Programs

  var json: JSONValue {
    [
      "as_of": .string(report.today.iso),
      "records_as_of": report.recordsAsOf.map { .string($0.rfc3339) } ?? .null,
      "open": .integer(Int64(report.open)),
      "overdue_by_priority": .object(
        JSONObject(
          zip(["3", "2", "1", "0"], report.byPriority).map { ($0, .integer(Int64($1))) })),
      "overdue": .array(report.overdue.map(Self.json)),
      "people": .array(report.people.map(Self.json)),
      "projects": .array(report.projects.map(Self.json)),
      "late_projects": .array(report.lateProjects.map { Self.json($0.subject) }),
      "projects_without_tasks": .array(report.emptyProjects.map { Self.json($0) }),
      "deals_and_debts": .array(
        report.dealsAndDebts.map { one in
          [
            "partner_id": .integer(one.partner.rawValue), "partner_name": .string(one.partnerName),
            "overdue": .array(one.overdue.map(\.json)),
            "oldest_days_overdue": .integer(Int64(one.oldestDaysOverdue)),
            "deals": .array(
              one.deals.map { deal in
                [
                  "id": .integer(deal.id), "name": .string(deal.name),
                  "value": deal.value?.json ?? .null,
                ]
              }),
          ]
        }),
    ]
  }

  private static func json(_ late: OverdueTask) -> JSONValue {
    [
      "id": .integer(late.task.id), "name": .string(late.task.name),
      "project": json(late.task.project), "assignee": json(late.task.assignee),
      "priority": .integer(Int64(late.task.priority)), "due_on": .string(late.dueOn.iso),
      "days_overdue": .integer(Int64(late.days)),
    ]
  }

  private static func json(_ load: WorkLoad) -> JSONValue {
    [
      "subject": json(load.subject), "open": .integer(Int64(load.open)),
      "overdue": .integer(Int64(load.overdue)), "due_soon": .integer(Int64(load.dueSoon)),
      "without_day": .integer(Int64(load.undated)),
    ]
  }

  private static func json(_ record: NamedRecord?) -> JSONValue {
    record.map { ["id": .integer($0.id), "name": .string($0.name)] } ?? .null
  }
}
