import ActionProtocol
import Engine
import Odoo

/// Taking changes back, unless somebody changed the same since.
extension OdooBooks {
  func undo(_ change: BooksChange, id: String) async -> BooksUndo {
    let parts = id.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let model = ModelName(String(parts[0])), let number = Int(parts[1]),
      number > 0
    else { return .nothingLeft }
    var isWriting = false
    do throws(OdooError) {
      switch change.operation {
      case .updateStage(let move):
        return try await moveBack(move, change.before, &isWriting)
      case .createTask:
        return try await archive(model, number, &isWriting)
      case .logActivity, .createNote:
        return try await delete(model, number, &isWriting)
      }
    } catch {
      if isWriting, error.retry == .outcomeUnknown {
        return .unknown(code: OdooOutcome.code(error))
      }
      if error.kind == .recordMissing { return .nothingLeft }
      return .refused(OdooOutcome.problem(error))
    }
  }

  private func moveBack(
    _ move: UpdateStage, _ before: JSONObject, _ isWriting: inout Bool
  ) async throws(OdooError) -> BooksUndo {
    guard move.model != .saleOrder, let old = before["stage_id"]?.linkedID else {
      return .refused(
        BooksProblem(
          code: "undo.by_hand",
          remedy: "Odoo's own actions moved the order; use them to move it back.",
          isTemporary: false))
    }
    guard let record = try await record(move, ["stage_id", "write_uid", "write_date"]) else {
      return .nothingLeft
    }
    let found = record.link("stage_id")?.id
    if found == Self.id(old) { return .nothingLeft }
    guard found == Self.id(move.stageID) else { return Self.changed(record, "stage_id") }
    isWriting = true
    try await client.write(
      Self.model(move), ids: [record.id], ["stage_id": .link(Self.id(old))])
    return .undone
  }

  /// A task that nobody touched goes to the archive: what others wrote beside it stays.
  private func archive(
    _ model: ModelName, _ id: Int, _ isWriting: inout Bool
  ) async throws(OdooError) -> BooksUndo {
    let result = try await client.read(model, ids: [id], fields: ["write_uid", "write_date"])
    guard let record = result[id], !result.archived.contains(id) else { return .nothingLeft }
    guard record.link("write_uid")?.id == (try await client.server().userID) else {
      return Self.changed(record, "the task")
    }
    isWriting = true
    try await client.write(model, ids: [id], ["active": .flag(false)])
    return .undone
  }

  private func delete(
    _ model: ModelName, _ id: Int, _ isWriting: inout Bool
  ) async throws(OdooError) -> BooksUndo {
    let result = try await client.read(model, ids: [id], fields: ["write_uid", "write_date"])
    guard let record = result[id] else { return .nothingLeft }
    guard record.link("write_uid")?.id == (try await client.server().userID),
      !result.archived.contains(id)
    else { return Self.changed(record, model == "mail.activity" ? "the activity" : "the note") }
    isWriting = true
    try await client.delete(model, ids: [id])
    return .undone
  }

  private static func changed(_ record: OdooRecord, _ field: String) -> BooksUndo {
    .changedSince(
      field: field, by: record.link("write_uid")?.name ?? "somebody",
      at: record.time("write_date")?.description ?? "-")
  }
}
