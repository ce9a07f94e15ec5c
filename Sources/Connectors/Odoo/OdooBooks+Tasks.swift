import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights
import Odoo

/// Tasks: created under an external id, so that a repetition finds what is there.
extension OdooBooks {
  private static let model: ModelName = "project.task"

  func create(_ task: CreateTask, _ mark: OdooMark) async -> CallOutcome {
    let values: [FieldName: NewValue]
    do throws(OdooError) {
      if let found = try await self.task(mark) { return .accepted(providerID: found, warnings: []) }
      guard let project = task.projectID ?? organisation.books.project else {
        return .configuration(
          code: "odoo_project_missing",
          message: "The task names no project, and none is chosen for such tasks: "
            + "aiom org set --odoo-project ID.")
      }
      values = self.values(task, project, mark, try await client.fields(of: Self.model))
    } catch {
      return OdooOutcome.beforeWriting(error)
    }
    return await load(values, mark)
  }

  /// The task that a change made before, as `model:id`.
  func task(_ mark: OdooMark) async throws(OdooError) -> String? {
    if let id = mark.externalID {
      switch try await client.record(of: id) {
      case .record(let model, let id): return "\(model):\(id)"
      case .hidden(let model): return "\(model):0"
      case .absent: break
      }
    }
    let search = Search(
      Self.model, where: .text("description").contains(mark.text), fields: ["name"], limit: 1,
      context: OdooContext().includingArchived)
    return try await client.searchRead(search).first.map { "\(Self.model):\($0.id)" }
  }

  private func load(_ values: [FieldName: NewValue], _ mark: OdooMark) async -> CallOutcome {
    guard let id = mark.externalID else { return await create(values) }
    do throws(OdooError) {
      let row = LoadRow(id: id, values: values)
      switch try await client.load(Self.model, [row], keepsExisting: true) {
      case .loaded(let ids):
        return .accepted(providerID: "\(Self.model):\(ids.first ?? 0)", warnings: [])
      case .refused(let problems):
        return Self.refused(
          "odoo_refused", problems.first?.message ?? "Odoo refused the task without a reason.")
      }
    } catch {
      // Whoever may not load may still create; the mark in the text takes the external id's place.
      guard error.kind == .methodUnknown || error.kind == .accessDenied else {
        return OdooOutcome.ofWriting(error)
      }
      return await create(values)
    }
  }

  private func create(_ values: [FieldName: NewValue]) async -> CallOutcome {
    do throws(OdooError) {
      let id = try await client.create(Self.model, values)
      return .accepted(providerID: "\(Self.model):\(id)", warnings: [])
    } catch {
      return OdooOutcome.ofWriting(error)
    }
  }

  // MARK: - Values

  private func values(
    _ task: CreateTask, _ project: Int64, _ mark: OdooMark, _ fields: FieldSet
  ) -> [FieldName: NewValue] {
    var values: [FieldName: NewValue] = [
      "name": .text(task.name), "project_id": .link(Self.id(project)),
      "description": .html(Self.html(mark.under(task.description ?? ""))),
    ]
    if let user = task.userID {
      if fields["user_ids"] != nil {
        values["user_ids"] = .links([.replace([Self.id(user)])])
      } else {
        values["user_id"] = .link(Self.id(user))
      }
    }
    if let partner = task.partnerID { values["partner_id"] = .link(Self.id(partner.rawValue)) }
    if let day = task.dateDeadline { values["date_deadline"] = deadline(day, fields) }
    if let priority = fields["priority"] {
      values["priority"] = .choice(Self.priority(task.priority, priority.choices))
    }
    return values
  }

  /// The end of the local working day where the server holds an instant.
  private func deadline(_ day: LocalDate, _ fields: FieldSet) -> NewValue? {
    if fields["date_deadline"]?.kind == .date { return OdooDate(day.iso).map { .date($0) } }
    let end = TimeOfDay(organisation.profile.windowEnd)?.minutes ?? 17 * 60
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = day.iso.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3,
      let at = calendar.date(
        from: DateComponents(
          year: parts[0], month: parts[1], day: parts[2], hour: min(end, 1439) / 60,
          minute: min(end, 1439) % 60))
    else { return nil }
    return OdooTime(at).map { .time($0) }
  }

  /// The priority, or the highest that the server has below it: 14 knows `0` and `1`.
  static func priority(_ wanted: TaskPriority, _ known: [String]) -> String {
    if known.isEmpty || known.contains(wanted.rawValue) { return wanted.rawValue }
    return known.filter { $0 < wanted.rawValue }.max() ?? known.min() ?? wanted.rawValue
  }

  /// Plain text as a field of HTML holds it.
  static func html(_ text: String) -> String {
    let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
    let lines = escaped.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
    return "<p>\(lines.joined(separator: "<br>"))</p>"
  }
}
