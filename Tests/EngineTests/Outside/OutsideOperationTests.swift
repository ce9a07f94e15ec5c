import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

/// The four operations on records of an org whose books are outside.
@Suite struct OutsideOperationTests {
  private func write(_ house: EngineHouse, _ id: ActionID) async throws -> BooksWrite? {
    let org = house.org
    return try await house.store.read { try $0.booksWrites(org, of: id).last }
  }

  @Test func `a task is made there, and what it is stands with its action`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.task()
    try await house.run()
    let state = try await house.state(id)
    #expect(state.status == .completed)
    #expect(state.providerID == "made:1")
    let written = try await write(house, id)
    #expect(written?.state == .written)
    #expect(written?.record == "made:1")
  }

  @Test func `a move knows what stood there before, as the checks found it`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.move()
    try await house.run()
    #expect(try await house.state(id).status == .completed)
    #expect(house.outside.changes.map(\.before) == [["stage_id": [1, "Proposal"]]])
    #expect(try await write(house, id)?.before == ["stage_id": [1, "Proposal"]])
  }

  @Test func `a stage that somebody changed since the approval asks again`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.move()
    house.outside.hold("crm.lead", 1, ["id": 1, "active": true, "stage_id": [9, "Lost"]])
    try await house.run()
    #expect(try await house.state(id).status == .pendingApproval)
    #expect(house.outside.changes.isEmpty)
  }

  @Test func `an outcome that nobody knows is looked for, and completes what is found`()
    async throws
  {
    let house = try await EngineHouse.outside()
    let id = try await house.note()
    house.outside.answer(with: .unknown(code: "odoo_deadline"), making: true)
    try await house.run()
    #expect(try await house.state(id).hold?.reason == .outcomeUnknown)
    try await house.timers()
    #expect(try await house.state(id).status == .executing)
    house.clock.advance(by: .seconds(20))
    try await house.timers()
    let state = try await house.state(id)
    #expect(state.status == .completed)
    #expect(state.providerID == "made:1")
    #expect(house.outside.changes.count == 1)
    #expect(try await write(house, id)?.state == .written)
  }

  @Test func `a task that is not there is checked and made again, under the same id`()
    async throws
  {
    let house = try await EngineHouse.outside()
    let id = try await house.task()
    house.outside.answer(with: .unknown(code: "odoo_connection_lost"), making: false)
    try await house.run()
    for seconds in [15, 60] {
      house.clock.advance(by: .seconds(seconds))
      try await house.timers()
    }
    #expect(try await house.state(id).status == .approved)
    try await house.run()
    #expect(try await house.state(id).status == .completed)
    #expect(house.outside.changes.count == 2)
    #expect(house.outside.readings == 2)
    #expect(house.outside.madeCount == 1)
  }

  @Test func `a note that is not found for half an hour is a person's matter, never repeated`()
    async throws
  {
    let house = try await EngineHouse.outside()
    let id = try await house.note()
    house.outside.answer(with: .unknown(code: "odoo_deadline"), making: false)
    try await house.run()
    let org = house.org
    for minutes in [1, 5, 10, 13] {
      house.clock.advance(by: .seconds(minutes * 60))
      try await house.timers()
      try await house.run()
      let attempt = try await house.store.read { try $0.attempts(org, id).last }
      #expect(attempt?.askedAt == nil)
    }
    house.clock.advance(by: .seconds(120))
    try await house.timers()
    let attempt = try await house.store.read { try $0.attempts(org, id).last }
    #expect(attempt?.askedWhy == "not_found")
    #expect(house.outside.changes.count == 1)
    #expect(try await house.state(id).status == .executing)
  }

  @Test func `a process that died in the call leaves an unknown outcome`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.note()
    house.outside.answer(with: .unknown(code: "odoo_deadline"), making: true)
    try await house.run()
    let org = house.org
    let attempt = try #require(try await house.store.read { try $0.attempts(org, id).last })
    #expect(attempt.outcome == "unknown")
    #expect(attempt.intent.channel == nil)
    #expect(try await write(house, id)?.state == .intended)
  }

  @Test func `what was refused there fails with its reason`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.task()
    house.outside.answer(
      with: .refused(code: "odoo_refused", message: "The project is gone."), making: false)
    try await house.run()
    let state = try await house.state(id)
    #expect(state.status == .failed)
    #expect(state.errorMessage == "The project is gone.")
  }

  @Test func `where nothing may be written nothing is, and the action waits`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.task()
    house.outside.refuseWriting(
      ChannelRefusal(code: "rehearsal_writes_nothing", remedy: "Wait for live."))
    try await house.run()
    let state = try await house.state(id)
    #expect(state.hold?.reason == .configuration)
    #expect(house.outside.changes.isEmpty)
  }

  // MARK: - Undoing

  private func undo(_ house: EngineHouse, _ id: ActionID) async throws -> String {
    let (context, org) = (house.context, house.org)
    let process = ProcessLife(context)
    return try await process.whileAlive {
      try await Undoing(context, process: process).undo(
        org, id, reason: "a mistake", by: .tester, via: "test")
    }
  }

  @Test func `what was written is taken back once`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.move()
    try await house.run()
    #expect(try await undo(house, id) == "made:1")
    #expect(house.outside.undone == ["made:1"])
    let written = try await write(house, id)
    #expect(written?.state == .undone)
    #expect(written?.undoneBy == .tester)
    let again = await #expect(throws: DecisionError.self) { try await undo(house, id) }
    #expect(again?.code == "undo.done")
    #expect(try await house.kinds(id).suffix(2) == ["action.undo_intended", "action.undone"])
  }

  @Test func `what somebody changed since stays, and the answer says who did`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.move()
    try await house.run()
    house.outside.undo(
      as: .changedSince(field: "stage_id", by: "Marc Demo", at: "2026-03-04 16:00:00"))
    let error = await #expect(throws: DecisionError.self) { try await undo(house, id) }
    #expect(error?.code == "undo.changed_since")
    #expect(error?.message.contains("Marc Demo") == true)
    #expect(try await write(house, id)?.state == .written)
  }

  @Test func `an undo whose outcome nobody knows is asked for again`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.task()
    try await house.run()
    house.outside.undo(as: .unknown(code: "odoo_deadline"))
    let error = await #expect(throws: DecisionError.self) { try await undo(house, id) }
    #expect(error?.code == "undo.unknown")
    house.outside.undo(as: .nothingLeft)
    #expect(try await undo(house, id) == "made:1")
  }

  @Test func `a message and what is not done cannot be undone`() async throws {
    let house = try await EngineHouse.outside()
    let reminder = try await house.reminder()
    try await house.run()
    let message = await #expect(throws: DecisionError.self) { try await undo(house, reminder) }
    #expect(message?.code == "undo.not_offered")
    let open = try await house.task()
    await #expect(throws: DecisionError.self) { try await undo(house, open) }
  }

  @Test func `on the embedded ledger a task is taken away and a stage goes back`() async throws {
    let house = try await EngineHouse.outside()
    try await house.change { $0.books = .ledger }
    let (task, move) = (try await house.task(), try await house.move())
    try await house.run()
    #expect(try await undo(house, task).hasPrefix("project.task:"))
    #expect(try await undo(house, move) == "crm.lead:1")
    let org = house.org
    let stage = try await house.store.read {
      try $0.record(org, RecordReference(model: "crm.lead", id: 1))?.fields["stage_id"]
    }
    #expect(stage?.arrayValue?.first == 1)
  }

  // MARK: - Notes after reminders

  @Test func `a sent reminder leaves one note on its invoice`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    try await house.run()
    house.outside.answer(with: .unknown(code: "odoo_deadline"), making: true)
    try await house.timers()
    #expect(try await house.kinds(id).last != "reminder.noted")
    house.clock.advance(by: .seconds(200))
    try await house.timers()
    try await house.timers()
    #expect(try await house.kinds(id).last == "reminder.noted")
    #expect(house.outside.madeCount == 1)
    guard case .createNote(let note)? = house.outside.changes.first?.operation else {
      Issue.record("no note")
      return
    }
    #expect(note.model == "account.move")
    #expect(note.recordID == 1)
    #expect(note.body.contains("billing@acmecorp.com"))
  }

  @Test func `where notes are off, or in a rehearsal, none is left`() async throws {
    let house = try await EngineHouse.outside()
    try await house.change { $0.books.notesReminders = false }
    _ = try await house.reminder()
    try await house.run()
    try await house.timers()
    #expect(house.outside.changes.isEmpty)
  }
}
