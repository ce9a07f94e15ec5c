import ActionProtocol
import Decisions

/// Takes back what an action wrote to the books, where its proposal offers that.
///
/// A change that somebody made since is never written over. The wish is durable before anything is
/// written, and undoing again looks first, so that a crash in between harms nothing.
public struct Undoing: Sendable {
  let context: EngineContext
  let process: ProcessLife

  /// - Parameter process: begun; its lease and its gate guard the call.
  public init(_ context: EngineContext, process: ProcessLife) {
    self.context = context
    self.process = process
  }

  /// Undoes a completed action.
  ///
  /// - Returns: what was taken back, as `model:id`.
  /// - Throws: ``DecisionError``: unknown, not completed, nothing to undo, changed by somebody since
  ///   (who and when), the books do not answer.
  public func undo(
    _ org: OrgID, _ id: ActionID, reason: String, by: Author, via: String
  ) async throws -> String {
    try Approvals.mustBePerson(by)
    let reason = try Approvals.checked(reason)
    let subject = try await intend(org, id, reason, by, via)
    let answer = await carryOut(subject)
    return try await settle(subject, answer, by, via)
  }

  /// What is to be undone.
  private struct Case: Sendable {
    let organisation: Organisation
    let state: ActionState
    let change: BooksChange
    let write: BooksWrite
    let record: String
  }

  // MARK: - The wish

  private func intend(
    _ org: OrgID, _ id: ActionID, _ reason: String, _ by: Author, _ via: String
  ) async throws -> Case {
    let (delivery, books) = (context.configuration.delivery, context.books)
    return try await context.store.write { store in
      guard let state = try store.action(org, id), let organisation = try store.organisation(org)
      else { throw DecisionError.unknown(id.rawValue) }
      guard state.status == .completed else {
        throw DecisionError.wrongStatus(state, wanted: "undone")
      }
      guard try Approvals.proposal(of: state, store).rollbackStrategy == .autoUndoOdooWrite,
        state.delivery == delivery
      else { throw Self.notOffered(state) }
      if organisation.books.kind == .odoo, let refusal = books.writeRefusal(for: organisation) {
        throw DecisionError(
          .conflict, refusal.code, "Nothing may be written there now.", remedy: refusal.remedy)
      }
      guard
        var write = try store.booksWrites(org, of: id).last(where: { $0.record != nil }),
        let record = write.record,
        let change = try BooksChange.stored(
          org, id, revision: write.operation.revision, before: write.before, store)
      else { throw Self.notOffered(state) }
      guard write.state != .undone else {
        throw DecisionError(
          .conflict, "undo.done", "The action \(id.rawValue) was undone already.",
          remedy: "Look at it with: aiom action show \(id.rawValue).")
      }
      write.state = .undoing
      try store.save(write)
      try Desk(store: store).append(
        state, "action.undo_intended", by: by, via: via, details: ["record": .string(record)],
        personal: ["reason": Array(reason.utf8)])
      return Case(
        organisation: organisation, state: state, change: change, write: write, record: record)
    }
  }

  private static func notOffered(_ state: ActionState) -> DecisionError {
    DecisionError(
      .conflict, "undo.not_offered",
      "Nothing that AIOM can take back is known of the action \(state.id.rawValue).",
      remedy: "Only what was written to the books, with rollback_strategy auto_undo_odoo_write and "
        + "in this delivery mode, can be undone; correct it by hand.")
  }

  // MARK: - The call

  private func carryOut(_ subject: Case) async -> BooksUndo {
    switch subject.organisation.books.kind {
    case .ledger:
      return await undoInLedger(subject)
    case .odoo:
      switch await context.books.books(of: subject.organisation) {
      case .failure(let refusal):
        return .refused(
          BooksProblem(code: refusal.code, remedy: refusal.remedy, isTemporary: false))
      case .success(let books):
        return await undo(subject, books)
      }
    }
  }

  private func undo(_ subject: Case, _ books: any OutsideBooks) async -> BooksUndo {
    let departure = CallDeparture(
      process, subject.state.org,
      OperationID(action: subject.state.id, revision: subject.state.revision, call: 0))
    guard await process.ensureLease(), !departure.isHopeless else {
      return .refused(
        BooksProblem(
          code: Settlement.stopped, remedy: "AIOM is stopped here; resume it first: aiom resume.",
          isTemporary: true))
    }
    return await departure.whileCounted {
      guard departure.begin() else {
        return .refused(
          BooksProblem(
            code: Settlement.stopped,
            remedy: "AIOM is stopped here; resume it first: aiom resume.", isTemporary: true))
      }
      return await books.undo(subject.change, id: subject.record)
    }
  }

  private func undoInLedger(_ subject: Case) async -> BooksUndo {
    do {
      return try await context.store.write { store in
        try LedgerUndo(store: store).undo(subject.change, id: subject.record)
      }
    } catch {
      return .refused(
        BooksProblem(
          code: "ledger_refused", remedy: "The ledger did not take it; try again.",
          isTemporary: true))
    }
  }

  // MARK: - What came of it

  private func settle(
    _ subject: Case, _ answer: BooksUndo, _ by: Author, _ via: String
  ) async throws -> String {
    try await context.store.write { store in
      var write = subject.write
      let desk = Desk(store: store)
      switch answer {
      case .undone, .nothingLeft:
        write.state = .undone
        write.undoneBy = by
        write.undoneAt = store.now
        try store.save(write)
        try desk.append(
          subject.state, "action.undone", by: by, via: via,
          details: ["record": .string(subject.record)])
      case .changedSince(let field, _, let at):
        write.state = .written
        try store.save(write)
        try desk.append(
          subject.state, "action.undo_refused", by: by, via: via,
          details: ["field": .string(field), "changed_at": .string(at)])
      case .refused(let problem):
        write.state = .written
        try store.save(write)
        try desk.append(
          subject.state, "action.undo_refused", by: by, via: via,
          details: ["code": .string(problem.code)])
      case .unknown(let code):
        try desk.append(
          subject.state, "action.undo_unknown", by: by, via: via, details: ["code": .string(code)])
      }
    }
    if let error = Self.error(answer, subject) { throw error }
    return subject.record
  }

  private static func error(_ answer: BooksUndo, _ subject: Case) -> DecisionError? {
    switch answer {
    case .undone, .nothingLeft:
      nil
    case .changedSince(let field, let who, let at):
      DecisionError(
        .conflict, "undo.changed_since",
        "\(subject.record) was changed since (\(field), by \(who), \(at) UTC), so it stays as it is.",
        remedy: "Settle it with them, and change it by hand.")
    case .refused(let problem):
      DecisionError(
        .conflict, problem.code, "\(subject.record) could not be taken back; nothing was changed.",
        remedy: problem.remedy)
    case .unknown(let code):
      DecisionError(
        .conflict, "undo.unknown",
        "Nobody knows whether \(subject.record) was taken back (\(code)).",
        remedy: "Run the command again: it looks first.")
    }
  }
}

/// Undoing on the embedded ledger, inside a transaction.
struct LedgerUndo {
  let store: any StoreTransaction

  func undo(_ change: BooksChange, id: String) throws -> BooksUndo {
    guard let record = RecordReference(joined: id) else { return .nothingLeft }
    switch change.operation {
    case .createTask, .logActivity, .createNote:
      return try store.deleteCreated(change.org, record) ? .undone : .nothingLeft
    case .updateStage(let move):
      guard let now = try store.record(change.org, record)?.fields["stage_id"] else {
        return .nothingLeft
      }
      let (found, before) = (now.linkedID, change.before["stage_id"]?.linkedID)
      if found == before { return .nothingLeft }
      guard found == move.stageID, let before else {
        return .changedSince(field: "stage_id", by: "an import or another action", at: "-")
      }
      _ = try store.setFields(change.org, record, ["stage_id": .integer(before)])
      return .undone
    }
  }
}

extension RecordReference {
  /// From `model:id`.
  init?(joined text: String) {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let id = Int64(parts[1]), id > 0 else { return nil }
    self.init(model: String(parts[0]), id: id)
  }
}

extension JSONValue {
  /// A record's number, alone or as Odoo reads it: `[id, name]`.
  var linkedID: Int64? { integerValue ?? arrayValue?.first?.integerValue }
}
