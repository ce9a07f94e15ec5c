import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Connectors
@testable import Odoo

/// What the operations do in Odoo, and that they do it once.
@Suite struct OdooBooksTests {
  private static func text(_ value: CallOutcome) -> String {
    switch value {
    case .accepted(let id, let warnings): "accepted \(id) \(warnings)"
    case .refused(let code, _): "refused \(code)"
    case .configuration(let code, _): "configuration \(code)"
    case .throttled: "throttled"
    case .notSent(let code): "not sent \(code)"
    case .unknown(let code): "unknown \(code)"
    }
  }

  @Test func `two hundred tasks whose answers are lost at random are two hundred, and no more`()
    async throws
  {
    try await MiniOdoo.run { odoo, books in
      var random = SeededGenerator(seed: 19)
      var accepted: Set<String> = []
      for number in 0..<200 {
        let fates: [MiniOdoo.Fate] = (0..<Int.random(in: 0...3, using: &random)).map { _ in
          Bool.random(using: &random) ? .doneAndCut : .cutBefore
        }
        // Somebody edits what was made before its maker knows of it.
        odoo.lose(fates) { odoo in
          for (id, _) in odoo.all("project.task") {
            odoo.set("project.task", id, ["priority": "0", "summary": "edited"])
          }
        }
        let change = try BooksSupport.change(
          number, .createTask(CreateTask(name: "Call \(number)", priority: .normal)))
        guard case .accepted(let id, _) = await BooksSupport.settle(books, change) else {
          Issue.record("task \(number) was not settled")
          return
        }
        accepted.insert(id)
      }
      let tasks = odoo.all("project.task")
      #expect(accepted.count == 200)
      #expect(tasks.count == 200)
      #expect(Set(tasks.values.map { $0["name"]?.text }).count == 200)
      // A repetition found what was there and wrote nothing over it.
      #expect(
        tasks.values.filter { $0["summary"] == "edited" }.allSatisfy { $0["priority"] == "0" })
    }
  }

  @Test func `a task is found again whether or not it may be loaded`() async throws {
    try await MiniOdoo.run { odoo, books in
      odoo.deny("load")
      let change = try BooksSupport.change(1, .createTask(CreateTask(name: "Call")))
      let first = await books.carryOut(change, departure: BooksSupport.departure)
      let second = await books.carryOut(change, departure: BooksSupport.departure)
      #expect(first == second)
      #expect(odoo.all("project.task").count == 1)
    }
  }

  @Test(arguments: [
    ("datetime", "America/New_York", "2026-12-01 22:00:00"),
    ("datetime", "Europe/Berlin", "2026-12-01 16:00:00"), ("date", "Asia/Tokyo", "2026-12-01"),
  ])
  func `a task is due at the end of the local working day`(
    _ kind: String, _ zone: String, _ expected: String
  ) async throws {
    try await MiniOdoo.run(zone: zone, fields: ["date_deadline": kind]) { odoo, books in
      let change = try BooksSupport.change(
        1, .createTask(CreateTask(name: "Call", dateDeadline: LocalDate(iso: "2026-12-01"))))
      _ = await books.carryOut(change, departure: BooksSupport.departure)
      #expect(odoo.all("project.task").values.first?["date_deadline"]?.text == expected)
    }
  }

  @Test func `a task's text is text, with the mark of its action`() async throws {
    try await MiniOdoo.run { odoo, books in
      let change = try BooksSupport.change(
        1, .createTask(CreateTask(name: "Call", description: "5 < 6 & so\non")))
      _ = await books.carryOut(change, departure: BooksSupport.departure)
      let text = odoo.all("project.task").values.first?["description"]?.text ?? ""
      #expect(text.hasPrefix("<p>5 &lt; 6 &amp; so<br>on<br><br>[aiom-"))
    }
  }

  @Test func `a task needs a project that is there`() async throws {
    try await MiniOdoo.run(OrgBooks(.odoo)) { odoo, books in
      let none = try BooksSupport.change(1, .createTask(CreateTask(name: "Call")))
      #expect(
        Self.text(await books.carryOut(none, departure: BooksSupport.departure))
          == "configuration odoo_project_missing")
      let gone = try BooksSupport.change(2, .createTask(CreateTask(name: "Call", projectID: 77)))
      #expect(
        Self.text(await books.carryOut(gone, departure: BooksSupport.departure))
          == "refused odoo_refused")
      #expect(odoo.all("project.task").isEmpty)
    }
  }

  @Test func `old servers get the highest priority that they know`() {
    #expect(OdooBooks.priority(.urgent, ["0", "1"]) == "1")
    #expect(OdooBooks.priority(.urgent, ["0", "1", "2", "3"]) == "3")
    #expect(OdooBooks.priority(.low, ["0", "1"]) == "0")
  }

  // MARK: - Stages

  private func move(_ stage: Int64, reason: String? = nil) -> BooksChange.Operation {
    .updateStage(UpdateStage(model: .lead, recordID: 9, stageID: stage, reason: reason))
  }

  @Test func `a stage is written once, and its reason stands beside the record`() async throws {
    try await MiniOdoo.run { odoo, books in
      let change = try BooksSupport.change(
        1, move(2, reason: "Signed."), before: ["stage_id": [1, "New"]])
      for _ in 0..<2 {
        let outcome = await books.carryOut(change, departure: BooksSupport.departure)
        #expect(Self.text(outcome) == "accepted crm.lead:9 []")
      }
      #expect(odoo.writes == ["crm.lead.write", "crm.lead.message_post"])
      #expect(odoo.all("crm.lead")[9]?["description"] == "Own text")
      #expect(odoo.all("mail.message").values.first?["subtype_xmlid"] == "mail.mt_note")
    }
  }

  @Test func `a move that somebody else made, or of another team, is not written`() async throws {
    try await MiniOdoo.run { odoo, books in
      let foreign = try BooksSupport.change(1, move(5), before: ["stage_id": 1])
      #expect(
        Self.text(await books.carryOut(foreign, departure: BooksSupport.departure))
          == "refused odoo_stage_foreign")
      odoo.set("crm.lead", 9, ["stage_id": [3, "Proposal"]])
      let late = try BooksSupport.change(2, move(2), before: ["stage_id": 1])
      #expect(
        Self.text(await books.carryOut(late, departure: BooksSupport.departure))
          == "not sent record_changed")
      odoo.delete("crm.lead", 9)
      #expect(
        Self.text(await books.carryOut(late, departure: BooksSupport.departure))
          == "refused odoo_record_missing")
      #expect(odoo.writes.isEmpty)
    }
  }

  @Test func `an order moves by its own actions, and not every way`() async throws {
    try await MiniOdoo.run { odoo, books in
      func move(_ state: SaleOrderState) throws -> BooksChange {
        try BooksSupport.change(
          1,
          .updateStage(UpdateStage(model: .saleOrder, recordID: 6, stageID: state.rawValue)))
      }
      for _ in 0..<2 {
        let outcome = await books.carryOut(try move(.sale), departure: BooksSupport.departure)
        #expect(Self.text(outcome) == "accepted sale.order:6 []")
      }
      let back = await books.carryOut(try move(.sent), departure: BooksSupport.departure)
      #expect(Self.text(back) == "refused odoo_transition_refused")
      #expect(odoo.writes == ["sale.order.action_confirm"])
    }
  }

  // MARK: - Notes and activities

  @Test(arguments: [MiniOdoo.Fate.doneAndCut, .cutBefore])
  func `a note or activity whose answer was lost is looked for and never made twice`(
    _ fate: MiniOdoo.Fate
  ) async throws {
    try await MiniOdoo.run { odoo, books in
      let note = try BooksSupport.change(
        1, .createNote(CreateNote(model: "res.partner", recordID: 15, body: "Called.")))
      let activity = try BooksSupport.change(
        2,
        .logActivity(
          LogActivity(
            resModel: "res.partner", resID: 15, activityType: .name("call"), summary: "Call")))
      for change in [note, activity] {
        odoo.lose([fate])
        let outcome = await BooksSupport.settle(books, change)
        #expect(Self.text(outcome).hasPrefix(fate == .doneAndCut ? "accepted" : "unknown"))
        // A person's "send again" comes with the same mark.
        let again = await books.carryOut(change, departure: BooksSupport.departure)
        #expect(Self.text(again).hasPrefix("accepted"))
      }
      #expect(odoo.all("mail.message").count == 1)
      #expect(odoo.all("mail.activity").count == 1)
      #expect(odoo.all("mail.message").values.first?["subtype_xmlid"] == "mail.mt_note")
    }
  }

  @Test func `what a stop holds back is not written`() async throws {
    try await MiniOdoo.run { odoo, books in
      let stopped = Departure(isAllowed: { false }, left: {})
      let operations: [BooksChange.Operation] = [
        .createTask(CreateTask(name: "Call")), move(2),
        .createNote(CreateNote(model: "res.partner", recordID: 15, body: "Called.")),
        .logActivity(
          LogActivity(
            resModel: "res.partner", resID: 15, activityType: .name("todo"), summary: "Call")),
      ]
      for (number, operation) in operations.enumerated() {
        let change = try BooksSupport.change(number, operation)
        #expect(Self.text(await books.carryOut(change, departure: stopped)) == "not sent stopped")
      }
      #expect(odoo.writes.isEmpty)
    }
  }

  @Test func `a right that is missing is a matter for a person`() async throws {
    try await MiniOdoo.run { odoo, books in
      odoo.deny("write")
      let change = try BooksSupport.change(1, move(2))
      #expect(
        Self.text(await books.carryOut(change, departure: BooksSupport.departure))
          == "configuration odoo_access_denied")
    }
  }

  // MARK: - Undoing

  @Test func `a move is taken back unless somebody moved it since`() async throws {
    try await MiniOdoo.run { odoo, books in
      let change = try BooksSupport.change(1, move(2), before: ["stage_id": [1, "New"]])
      _ = await books.carryOut(change, departure: BooksSupport.departure)
      #expect(await books.undo(change, id: "crm.lead:9") == .undone)
      #expect(odoo.all("crm.lead")[9]?["stage_id"] == [1, "x"])
      #expect(await books.undo(change, id: "crm.lead:9") == .nothingLeft)
      odoo.set("crm.lead", 9, ["stage_id": [3, "Proposal"], "write_date": "2026-03-04 16:00:00"])
      #expect(
        await books.undo(change, id: "crm.lead:9")
          == .changedSince(field: "stage_id", by: "Somebody Else", at: "2026-03-04 16:00:00"))
    }
  }

  @Test func `a task goes to the archive, and a note is deleted, unless somebody touched it`()
    async throws
  {
    try await MiniOdoo.run { odoo, books in
      let task = try BooksSupport.change(1, .createTask(CreateTask(name: "Call")))
      let note = try BooksSupport.change(
        2, .createNote(CreateNote(model: "res.partner", recordID: 15, body: "Called.")))
      for change in [task, note] {
        guard case .accepted(let id, _) = await BooksSupport.settle(books, change) else {
          Issue.record("not made")
          return
        }
        #expect(await books.undo(change, id: id) == .undone)
        #expect(await books.undo(change, id: id) == .nothingLeft)
      }
      #expect(odoo.all("project.task").values.map { $0["active"] } == [false])
      #expect(odoo.all("mail.message").isEmpty)
      let other = try BooksSupport.change(3, .createTask(CreateTask(name: "Visit")))
      guard case .accepted(let id, _) = await BooksSupport.settle(books, other),
        let number = Int(id.split(separator: ":")[1])
      else { return }
      odoo.set("project.task", number, ["name": "Visit on Monday"])
      guard case .changedSince(_, by: "Somebody Else", _) = await books.undo(other, id: id) else {
        Issue.record("somebody's change was not seen")
        return
      }
    }
  }
}
