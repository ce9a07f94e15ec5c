import ActionProtocol
import Addressing
import Decisions
import Logging

/// After a reminder was sent, an internal note on its invoices in the books outside.
///
/// The timer is the durable intent: it is set in the transaction that records the reminder, and stays
/// until every invoice has its note. Each note carries a mark that is looked for first, so that a
/// repetition makes no twin.
struct ReminderNotes {
  /// A note that could not be written for so long is given up, with an entry in the audit log.
  private static let longest: Duration = .seconds(3 * 86_400)
  /// Longer than a call of unknown outcome can still be under way there.
  private static let pause: Duration = .seconds(180)

  let context: EngineContext
  let process: ProcessLife

  /// Sets the timer where a reminder has just been completed and its org wants notes.
  static func plan(
    _ state: ActionState, _ organisation: Organisation?, _ store: any StoreTransaction
  ) throws {
    guard state.type == .sendInvoiceReminder, state.status == .completed,
      state.delivery != .redirect, let books = organisation?.books, books.kind == .odoo,
      books.notesReminders
    else { return }
    try store.put(
      DurableTimer(
        org: state.org, kind: .noteReminder, subject: state.id.rawValue, due: store.now))
  }

  /// Does what a timer asks for.
  func note(_ timer: DurableTimer) async throws {
    let held = try await context.store.write { store -> DurableTimer? in
      // Of several processes that read it, one goes on.
      guard try store.remove(timer) else { return nil }
      var held = timer
      held.due = store.now.advanced(by: Self.pause)
      try store.put(held)
      return held
    }
    guard let held, let id = ActionID(rawValue: timer.subject) else { return }
    guard let work = try await load(timer.org, id) else {
      return try await context.store.write { try $0.remove(held) }
    }
    let results = await write(work)
    let isDone = results.allSatisfy { $0.isFinal } || work.isTooLate
    guard isDone else { return }
    try await context.store.write { store in
      guard try store.remove(held) else { return }
      let notes = results.compactMap(\.id).joined(separator: " ")
      let missed = results.filter { $0.id == nil }.map(\.code).joined(separator: " ")
      var details: JSONObject = ["notes": .string(notes)]
      if !missed.isEmpty { details["missed"] = .string(missed) }
      try Desk(store: store).append(
        work.state, missed.isEmpty ? "reminder.noted" : "reminder.note_missed", details: details)
    }
  }

  // MARK: - What to write

  private struct Work: Sendable {
    let state: ActionState
    let organisation: Organisation
    let invoices: [Int64]
    let text: String
    let isTooLate: Bool
  }

  private func load(_ org: OrgID, _ id: ActionID) async throws -> Work? {
    try await context.store.read { store in
      guard let state = try store.action(org, id), state.status == .completed,
        let organisation = try store.organisation(org), organisation.books.kind == .odoo,
        let record = try store.revision(org, id, state.revision),
        case .success(let proposal) = ProposalReader.read(record.document),
        case .email(_, let email) = proposal.operation, let at = state.executedAt
      else { return nil }
      let invoices = proposal.affectedRecords.references
        .filter { $0.model == "account.move" }.map(\.id)
      let to = email.recipients.map(\.rawValue).joined(separator: ", ")
      let text = """
        AIOM sent a payment reminder to \(to) on \(at.rfc3339).
        Subject: \(email.subject)
        """
      return Work(
        state: state, organisation: organisation, invoices: invoices, text: text,
        isTooLate: at.advanced(by: Self.longest) < store.now)
    }
  }

  // MARK: - Writing

  private struct Result {
    var id: String?
    var code = ""
    var isFinal: Bool
  }

  private func write(_ work: Work) async -> [Result] {
    if let refusal = context.books.writeRefusal(for: work.organisation) {
      return work.invoices.map { _ in Result(code: refusal.code, isFinal: true) }
    }
    guard case .success(let books) = await context.books.books(of: work.organisation) else {
      return work.invoices.map { _ in Result(code: "odoo_not_reached", isFinal: false) }
    }
    var results: [Result] = []
    for invoice in work.invoices {
      guard await process.ensureLease() else {
        results.append(Result(code: Settlement.leaseOver, isFinal: false))
        continue
      }
      // No call of the pipeline has the number 0.
      let departure = CallDeparture(
        process, work.state.org,
        OperationID(action: work.state.id, revision: work.state.revision, call: 0))
      let change = BooksChange(
        org: work.state.org, action: work.state.id,
        operation: .createNote(
          CreateNote(model: "account.move", recordID: invoice, body: work.text)))
      results.append(Self.result(await departure.around(change, books)))
    }
    return results
  }

  private static func result(_ outcome: CallOutcome) -> Result {
    switch outcome {
    case .accepted(let id, _): Result(id: id, isFinal: true)
    case .refused(let code, _): Result(code: code, isFinal: true)
    case .configuration(let code, _), .notSent(let code), .unknown(let code):
      Result(code: code, isFinal: false)
    case .throttled: Result(code: "throttled", isFinal: false)
    }
  }
}

extension CallDeparture {
  /// A change that belongs to no attempt, under the same gate as every call.
  func around(_ change: BooksChange, _ books: any OutsideBooks) async -> CallOutcome {
    await whileCounted { await books.carryOut(change, departure: leave) }
  }
}
