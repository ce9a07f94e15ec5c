import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

@testable import Connectors
@testable import Odoo

/// The operations on a real Odoo, where one is named.
@Suite(.enabled(if: RealServer.isThere), .serialized)
struct BooksServerTests {
  /// Books of an org in the real server.
  private func run(
    _ credentials: OdooCredentials = RealServer.bot, url: String = RealServer.url,
    _ body: (OdooBooks, OdooClient) async throws -> Void
  ) async throws {
    try await RealServer.run(credentials, url: url) { client in
      let project = try await RealServer.project(client)
      let books = OdooBooks(
        client: client,
        organisation: BooksSupport.organisation(OrgBooks(.odoo, project: Int64(project))))
      try await body(books, client)
    }
  }

  /// A change that no other run makes.
  private func change(
    _ operation: BooksChange.Operation, before: JSONObject = [:]
  ) throws -> BooksChange {
    BooksChange(
      org: try #require(OrgID(rawValue: "acme-books")),
      action: try #require(ActionID(rawValue: RealServer.mark())), operation: operation,
      before: before)
  }

  private func made(_ outcome: CallOutcome) throws -> Int {
    guard case .accepted(let id, _) = outcome else {
      Issue.record("\(outcome)")
      throw RealServer.Missing()
    }
    return try #require(Int(id.split(separator: ":")[1]))
  }

  private func carryOut(_ books: OdooBooks, _ change: BooksChange) async -> CallOutcome {
    await books.carryOut(change, departure: BooksSupport.departure)
  }

  @Test(arguments: RealServer.ways)
  func `a task is made once, and a repetition leaves a person's edit alone`(
    _ credentials: OdooCredentials
  ) async throws {
    try await run(credentials) { books, client in
      let user = try await client.server().userID
      let change = try change(
        .createTask(
          CreateTask(
            name: "Call Azure", description: "5 < 6", userID: Int64(user),
            dateDeadline: LocalDate(iso: "2026-12-01"), priority: .high)))
      let id = try made(await carryOut(books, change))
      let fields: [FieldName] = ["name", "description", "date_deadline", "priority", "project_id"]
      let task = try #require(try await client.read("project.task", ids: [id], fields: fields)[id])
      #expect(task.text("description")?.contains("5 &lt; 6") == true)
      if case .time(let due)? = task["date_deadline"] {
        #expect(due.description == "2026-12-01 22:00:00")
      }
      #expect(["1", "2"].contains(task.text("priority")))
      try await client.write("project.task", ids: [id], ["name": .text("Call Azure on Monday")])
      #expect(try made(await carryOut(books, change)) == id)
      #expect(await books.look(for: change) == .found(id: "project.task:\(id)"))
      let again = try await client.read("project.task", ids: [id], fields: ["name"])
      #expect(again[id]?.text("name") == "Call Azure on Monday")
      // The bot itself edited it, so that it may be taken back.
      #expect(await books.undo(change, id: "project.task:\(id)") == .undone)
      let archived = try await client.read("project.task", ids: [id], fields: ["name"])
      #expect(archived.archived == [id])
      try await client.delete("project.task", ids: [id])
    }
  }

  @Test func `six at once make one task`() async throws {
    try await run { books, client in
      let change = try change(.createTask(CreateTask(name: "Call Azure")))
      let outcomes = await withTaskGroup { group in
        for _ in 0..<6 { group.addTask { await BooksSupport.settle(books, change) } }
        var found: [CallOutcome] = []
        for await outcome in group { found.append(outcome) }
        return found
      }
      let ids = Set(try outcomes.map(made))
      #expect(ids.count == 1)
      try await client.delete("project.task", ids: Array(ids))
    }
  }

  @Test func `a task of a project that is gone is refused`() async throws {
    try await run { books, _ in
      let change = try change(.createTask(CreateTask(name: "Call", projectID: 987_654_321)))
      guard case .refused(let code, let message) = await carryOut(books, change) else {
        Issue.record("not refused")
        return
      }
      #expect(code == "odoo_refused")
      #expect(!message.isEmpty)
    }
  }

  @Test func `a note is internal, plain and posted once`() async throws {
    try await run { books, client in
      let invoice = try #require(
        try await client.searchRead(Search("account.move", fields: ["name"], limit: 1)).first)
      let note = CreateNote(
        model: "account.move", recordID: Int64(invoice.id), body: "<b>bold</b> & so\non")
      let change = try change(.createNote(note))
      let id = try made(await carryOut(books, change))
      #expect(try made(await carryOut(books, change)) == id)
      let message = try #require(
        try await client.read(
          "mail.message", ids: [id], fields: ["body", "is_internal", "subtype_id"])[id])
      #expect(message.text("body")?.contains("&lt;b&gt;bold") == true)
      #expect(message.link("subtype_id")?.name == "Note")
      #expect(await books.undo(change, id: "mail.message:\(id)") == .undone)
    }
  }

  @Test func `an activity is planned once, and taken back`() async throws {
    try await run { books, client in
      let partner = try #require(
        try await client.searchRead(Search("res.partner", fields: ["name"], limit: 1)).first)
      let change = try change(
        .logActivity(
          LogActivity(
            resModel: "res.partner", resID: Int64(partner.id), activityType: .name("call"),
            summary: "Call them", note: "About the invoice",
            dateDeadline: LocalDate(iso: "2026-12-01"))))
      let id = try made(await carryOut(books, change))
      #expect(try made(await carryOut(books, change)) == id)
      let found = try #require(
        try await client.read(
          "mail.activity", ids: [id], fields: ["summary", "date_deadline", "res_id"])[id])
      #expect(found.text("summary") == "Call them")
      #expect(found.date("date_deadline")?.description == "2026-12-01")
      #expect(await books.undo(change, id: "mail.activity:\(id)") == .undone)
      #expect(await books.undo(change, id: "mail.activity:\(id)") == .nothingLeft)
    }
  }

  @Test func `a deal moves, comes back, and a person's move stays`() async throws {
    try await run { books, client in
      let stages = try await client.searchRead(
        Search("crm.stage", where: .flag("is_won").is(false), fields: ["name"]))
      #expect(stages.count > 2)
      let lead = try await client.create(
        "crm.lead",
        ["name": .text("Shelves"), "type": .choice("opportunity"), "stage_id": .link(stages[0].id)])
      let change = try change(
        .updateStage(
          UpdateStage(
            model: .lead, recordID: Int64(lead), stageID: Int64(stages[1].id),
            reason: "They have answered.")),
        before: ["stage_id": .integer(Int64(stages[0].id))])
      #expect(try made(await carryOut(books, change)) == lead)
      let moved = try await client.read("crm.lead", ids: [lead], fields: ["stage_id"])
      #expect(moved[lead]?.link("stage_id")?.id == stages[1].id)
      #expect(await books.look(for: change) == .found(id: "crm.lead:\(lead)"))
      #expect(await books.undo(change, id: "crm.lead:\(lead)") == .undone)
      try await client.write("crm.lead", ids: [lead], ["stage_id": .link(stages[2].id)])
      guard
        case .changedSince(field: "stage_id", let by, _) = await books.undo(
          change, id: "crm.lead:\(lead)")
      else {
        Issue.record("a person's move was not seen")
        return
      }
      #expect(!by.isEmpty)
      // The checks read another stage than is there now.
      #expect(await carryOut(books, change) == .notSent(code: "record_changed"))
      let notes = try await client.messages(
        containing: "They have answered.", on: "crm.lead", id: lead)
      #expect(notes.count == 1)
      try await client.write("crm.lead", ids: [lead], ["active": .flag(false)])
    }
  }

  @Test func `a task takes no stage of another project`() async throws {
    try await run { books, client in
      let change = try change(.createTask(CreateTask(name: "Call Azure")))
      let task = try made(await carryOut(books, change))
      let stage = try await client.create(
        "project.task.type", ["name": .text(RealServer.mark()), "project_ids": .links([.clear])])
      let move = try self.change(
        .updateStage(UpdateStage(model: .task, recordID: Int64(task), stageID: Int64(stage))))
      guard case .refused(code: "odoo_stage_foreign", _) = await carryOut(books, move) else {
        Issue.record("a foreign stage was taken")
        return
      }
      try await client.delete("project.task", ids: [task])
      try await client.delete("project.task.type", ids: [stage])
    }
  }

  @Test func `an order is confirmed once and cancelled by its own actions`() async throws {
    try await run { books, client in
      let partner = try #require(
        try await client.searchRead(Search("res.partner", fields: ["name"], limit: 1)).first)
      let order = try await client.create("sale.order", ["partner_id": .link(partner.id)])
      for state in [SaleOrderState.sale, .sale, .cancel, .draft] {
        let change = try change(
          .updateStage(
            UpdateStage(model: .saleOrder, recordID: Int64(order), stageID: state.rawValue)))
        #expect(try made(await carryOut(books, change)) == order)
        let found = try await client.read("sale.order", ids: [order], fields: ["state"])
        #expect(found[order]?.text("state") == state.name)
      }
    }
  }

  @Test func `checks on two records are two reads of what is there now`() async throws {
    try await run { books, client in
      let invoice = try #require(
        try await client.searchRead(
          Search(
            "account.move", where: .choice("move_type").is("out_invoice"),
            fields: ["state", "payment_state", "amount_residual", "partner_id"], limit: 1)
        ).first)
      let record = ActionProtocol.RecordReference(model: "account.move", id: Int64(invoice.id))
      let partner = ActionProtocol.RecordReference(
        model: "res.partner", id: Int64(try #require(invoice.link("partner_id")).id))
      let gone = ActionProtocol.RecordReference(model: "project.task", id: 987_654_321)
      func check(_ predicate: ActionProtocol.Predicate) -> RevalidationCheck {
        RevalidationCheck(
          checkID: "c", description: "a check", severity: .block, predicate: predicate)
      }
      let reading = await books.read([
        check(.recordExists(record)),
        check(.fieldEquals(record, field: "state", expected: "posted")),
        check(.fieldIn(record, field: "payment_state", ["not_paid", "partial"])),
        check(.fieldEquals(record, field: "amount_residual", expected: "1.00")),
        check(.fieldEquals(partner, field: "active", expected: true)),
        check(.fieldEquals(partner, field: "is_blacklisted", expected: false)),
        check(.recordExists(gone)),
      ])
      #expect(reading.answers[gone] == .missing)
      guard case .found(let facts)? = reading.answers[record],
        case .found(let customer)? = reading.answers[partner]
      else {
        Issue.record("not read")
        return
      }
      #expect(facts["state"]?.stringValue == invoice.text("state"))
      #expect(customer["is_blacklisted"] == .bool(false))
    }
  }

  /// The proxy cuts at the answer's first byte: the server has done the work.
  @Test func `two hundred creates, cut at random, are two hundred records`() async throws {
    let url = try #require(URL(string: RealServer.url))
    let proxy = try await CuttingProxy(to: url.host ?? "", port: url.port ?? 80)
    try await run(url: proxy.url) { books, client in
      var random = SeededGenerator(seed: 200)
      _ = try await client.fields(of: "project.task")
      let mark = RealServer.mark()
      var cut = 0
      for number in 0..<200 {
        let change = try change(.createTask(CreateTask(name: "\(mark) \(number)")))
        // What is cut is one of the looks, the load, or nothing.
        proxy.cuts.arm(after: Int.random(in: 0..<8, using: &random))
        let before = proxy.cuts.count
        _ = try made(await BooksSupport.settle(books, change))
        cut += proxy.cuts.count - before
      }
      let tasks = try await client.searchRead(
        Search("project.task", where: .text("name").contains(mark), fields: ["name"]))
      #expect(tasks.count == 200)
      #expect(Set(tasks.compactMap { $0.text("name") }).count == 200)
      #expect(cut > 20)
      try await client.delete("project.task", ids: tasks.map(\.id))
    }
    try await proxy.stop()
  }
}
