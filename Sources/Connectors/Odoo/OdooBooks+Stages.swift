import ActionProtocol
import Decisions
import Engine
import Odoo

/// Moves of deals and tasks to another stage, and of orders to another state.
extension OdooBooks {
  func carryOut(
    _ move: UpdateStage, _ before: JSONObject, _ mark: OdooMark
  ) async -> CallOutcome {
    let outcome: CallOutcome
    switch move.model {
    case .lead, .task: outcome = await moveStage(move, before)
    case .saleOrder: outcome = await moveOrder(move, before)
    }
    guard case .accepted(let id, _) = outcome, let reason = move.reason else { return outcome }
    // The reason stands beside the record, never in its text.
    let note = CreateNote(model: move.model.rawValue, recordID: move.recordID, body: reason)
    if case .accepted = await post(note, mark) { return outcome }
    return .accepted(providerID: id, warnings: ["reason_not_noted"])
  }

  /// Whether the record is where the move takes it.
  func isThere(_ move: UpdateStage) async throws(OdooError) -> Bool {
    guard let record = try await record(move, [Self.field(move)]) else { return false }
    return Self.isThere(record, move)
  }

  // MARK: - Stages

  private func moveStage(_ move: UpdateStage, _ before: JSONObject) async -> CallOutcome {
    let done = CallOutcome.accepted(
      providerID: "\(move.model.rawValue):\(move.recordID)", warnings: [])
    do throws(OdooError) {
      let parent: FieldName = move.model == .task ? "project_id" : "team_id"
      guard let record = try await record(move, ["stage_id", parent]) else {
        return Self.gone(move)
      }
      // Writing the same stage again would look like somebody's change.
      if Self.isThere(record, move) { return done }
      if Self.isChanged(record, move, since: before) { return .notSent(code: "record_changed") }
      guard try await offers(move, record.link(parent)?.id) else {
        return Self.refused(
          "odoo_stage_foreign",
          "Stage \(move.stageID) does not exist, or belongs to another project or team.")
      }
    } catch {
      return OdooOutcome.beforeWriting(error)
    }
    do throws(OdooError) {
      try await client.write(
        Self.model(move), ids: [Self.id(move.recordID)], ["stage_id": .link(Self.id(move.stageID))])
      return done
    } catch {
      return OdooOutcome.ofWriting(error)
    }
  }

  /// Odoo itself takes any stage for any record.
  private func offers(_ move: UpdateStage, _ parent: Int?) async throws(OdooError) -> Bool {
    let stage = Self.id(move.stageID)
    if move.model == .task {
      let found = try await client.read("project.task.type", ids: [stage], fields: ["project_ids"])
      guard let projects = found[stage]?.links("project_ids") else { return false }
      return parent.map { projects.contains($0) } ?? false
    }
    // One team up to 18, several from 19 on; none: all teams.
    let known = try await client.fields(of: "crm.stage")
    let field: FieldName = known["team_ids"] != nil ? "team_ids" : "team_id"
    guard let found = try await client.read("crm.stage", ids: [stage], fields: [field])[stage]
    else { return false }
    let teams = found.links(field) ?? found.link(field).map { [$0.id] } ?? []
    return teams.isEmpty || parent.map { teams.contains($0) } ?? false
  }

  // MARK: - Orders

  private func moveOrder(_ move: UpdateStage, _ before: JSONObject) async -> CallOutcome {
    let method: String
    do throws(OdooError) {
      guard let target = SaleOrderState(rawValue: move.stageID) else {
        return Self.refused("odoo_state_unknown", "An order has no state \(move.stageID).")
      }
      guard let record = try await record(move, ["state"]) else { return Self.gone(move) }
      if Self.isThere(record, move) {
        return .accepted(providerID: "sale.order:\(move.recordID)", warnings: [])
      }
      if Self.isChanged(record, move, since: before) { return .notSent(code: "record_changed") }
      guard let found = Self.method(from: record.text("state") ?? "", to: target) else {
        return Self.refused(
          "odoo_transition_refused",
          "An order that is \(record.text("state") ?? "-") cannot become \(target.name).")
      }
      method = found
    } catch {
      return OdooOutcome.beforeWriting(error)
    }
    return await call(method, move)
  }

  /// The order's own actions, which do what writing its state would skip.
  static func method(from state: String, to target: SaleOrderState) -> String? {
    switch (state, target) {
    case ("draft", .sale), ("sent", .sale): "action_confirm"
    case ("draft", .cancel), ("sent", .cancel), ("sale", .cancel): "action_cancel"
    case ("draft", .sent): "action_quotation_sent"
    case ("cancel", .draft): "action_draft"
    default: nil
    }
  }

  private func call(_ method: String, _ move: UpdateStage) async -> CallOutcome {
    do throws(OdooError) {
      let context = OdooContext(more: ["disable_cancel_warning": true])
      _ = try await client.call(
        "sale.order", method, ids: [Self.id(move.recordID)], effect: .write, context: context)
    } catch {
      return OdooOutcome.ofWriting(error)
    }
    do throws(OdooError) {
      // Some versions answer with a question instead of moving the order.
      return try await isThere(move)
        ? .accepted(providerID: "sale.order:\(move.recordID)", warnings: [])
        : Self.refused("odoo_not_moved", "Odoo took \(method) and left the order as it was.")
    } catch {
      return .unknown(code: OdooOutcome.code(error))
    }
  }

  // MARK: - Reading

  func record(
    _ move: UpdateStage, _ fields: [FieldName]
  ) async throws(OdooError) -> OdooRecord? {
    let id = Self.id(move.recordID)
    return try await client.read(Self.model(move), ids: [id], fields: fields)[id]
  }

  static func isThere(_ record: OdooRecord, _ move: UpdateStage) -> Bool {
    switch move.model {
    case .lead, .task: record.link("stage_id")?.id == id(move.stageID)
    case .saleOrder: record.text("state") == SaleOrderState(rawValue: move.stageID)?.name
    }
  }

  /// Whether somebody moved it since the checks.
  private static func isChanged(
    _ record: OdooRecord, _ move: UpdateStage, since before: JSONObject
  ) -> Bool {
    guard let known = before[field(move).text] else { return false }
    switch move.model {
    case .lead, .task: return record.link("stage_id").map { Int64($0.id) } != known.linkedID
    case .saleOrder: return record.text("state") != known.stringValue
    }
  }

  static func field(_ move: UpdateStage) -> FieldName {
    move.model == .saleOrder ? "state" : "stage_id"
  }

  static func model(_ move: UpdateStage) -> ModelName {
    switch move.model {
    case .lead: "crm.lead"
    case .task: "project.task"
    case .saleOrder: "sale.order"
    }
  }

  private static func gone(_ move: UpdateStage) -> CallOutcome {
    refused("odoo_record_missing", "\(move.model.rawValue) \(move.recordID) does not exist.")
  }
}

extension JSONValue {
  /// A record's number, alone or as Odoo reads it: `[id, name]`.
  var linkedID: Int64? { integerValue ?? arrayValue?.first?.integerValue }
}
