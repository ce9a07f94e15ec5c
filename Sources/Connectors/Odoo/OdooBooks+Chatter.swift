import ActionProtocol
import Decisions
import Engine
import Odoo

/// Activities and internal notes: they cannot have an external id, so that their mark is looked for.
extension OdooBooks {
  // MARK: - Notes

  func post(_ note: CreateNote, _ mark: OdooMark) async -> CallOutcome {
    guard let model = ModelName(note.model) else {
      return Self.refused("odoo_model_unknown", "There is no model \(note.model).")
    }
    do throws(OdooError) {
      if let found = try await posted(note.model, note.recordID, mark) {
        return .accepted(providerID: "mail.message:\(found)", warnings: [])
      }
      guard try await exists(model, note.recordID) else {
        return Self.gone(note.model, note.recordID)
      }
    } catch {
      return OdooOutcome.beforeWriting(error)
    }
    do throws(OdooError) {
      let id = try await client.postNote(
        mark.under(note.body), on: model, id: Self.id(note.recordID))
      return .accepted(providerID: "mail.message:\(id)", warnings: [])
    } catch {
      return OdooOutcome.ofWriting(error)
    }
  }

  /// The note that a change posted before.
  func posted(
    _ model: String, _ id: Int64, _ mark: OdooMark
  ) async throws(OdooError) -> Int? {
    guard let model = ModelName(model) else { return nil }
    return try await client.messages(containing: mark.text, on: model, id: Self.id(id)).first
  }

  // MARK: - Activities

  func plan(_ activity: LogActivity, _ mark: OdooMark) async -> CallOutcome {
    guard let model = ModelName(activity.resModel) else {
      return Self.refused("odoo_model_unknown", "There is no model \(activity.resModel).")
    }
    let planned: NewActivity
    do throws(OdooError) {
      if let found = try await self.planned(activity, mark) {
        return .accepted(providerID: "mail.activity:\(found)", warnings: [])
      }
      guard try await exists(model, activity.resID) else {
        return Self.gone(activity.resModel, activity.resID)
      }
      guard let new = newActivity(activity, mark) else {
        return Self.refused(
          "odoo_activity_type_unknown", "Use todo, call, email, meeting, or a type's id.")
      }
      planned = new
    } catch {
      return OdooOutcome.beforeWriting(error)
    }
    do throws(OdooError) {
      let id = try await client.schedule(planned, on: model, id: Self.id(activity.resID))
      return .accepted(providerID: "mail.activity:\(id)", warnings: [])
    } catch {
      return OdooOutcome.ofWriting(error)
    }
  }

  private func newActivity(_ activity: LogActivity, _ mark: OdooMark) -> NewActivity? {
    let day = (activity.dateDeadline ?? today()).iso
    guard let deadline = OdooDate(day) else { return nil }
    var new = NewActivity(
      .todo, deadline: deadline, summary: activity.summary,
      note: mark.under(activity.note ?? ""), userID: activity.userID.map(Self.id))
    switch activity.activityType {
    case .id(let id): new.typeID = Self.id(id)
    case .name(let name):
      guard let kind = Self.kind(name) else { return nil }
      new.kind = kind
    }
    return new
  }

  static func kind(_ name: String) -> NewActivity.Kind? {
    switch name.lowercased() {
    case "todo", "to-do", "to do", "to_do", "task": .todo
    case "call", "phone": .call
    case "email", "e-mail", "mail": .email
    case "meeting": .meeting
    default: NewActivity.Kind(rawValue: name)
    }
  }

  /// The activity that a change planned before; one that is done since, where the server keeps it.
  func planned(_ activity: LogActivity, _ mark: OdooMark) async throws(OdooError) -> Int? {
    let search = Search(
      "mail.activity",
      where: .text("res_model").is(activity.resModel)
        && .integer("res_id").is(Self.id(activity.resID)) && .text("note").contains(mark.text),
      fields: ["summary"], limit: 1, context: OdooContext().includingArchived)
    if let found = try await client.searchRead(search).first { return found.id }
    // Older servers delete what is done and leave its text on the record.
    guard let model = ModelName(activity.resModel) else { return nil }
    return try await client.messages(
      containing: mark.text, on: model, id: Self.id(activity.resID)
    ).first
  }

  // MARK: - Records

  private func exists(_ model: ModelName, _ id: Int64) async throws(OdooError) -> Bool {
    try await client.read(model, ids: [Self.id(id)], fields: []).missing.isEmpty
  }

  static func gone(_ model: String, _ id: Int64) -> CallOutcome {
    refused("odoo_record_missing", "\(model) \(id) does not exist.")
  }
}
