import Foundation
import Testing

@testable import Odoo

/// The library against a running Odoo. One after the other: simultaneous writes make each other wait.
@Suite(
  .serialized, .enabled(if: RealServer.isThere, "needs AIOM_TEST_ODOO_URL; see make test-odoo"))
struct ServerTests {
  @Test(arguments: RealServer.ways)
  func `version, user and fields are found out`(credentials: OdooCredentials) async throws {
    try await RealServer.run(credentials) { client in
      let facts = try await client.server()
      #expect(facts.version >= ServerVersion(major: 14))
      #expect(facts.wire == (credentials.isAPIKey && facts.version.major >= 19 ? .json2 : .jsonRPC))
      let fields = try await client.fields(of: "account.move")
      #expect(fields["amount_residual"]?.kind == .monetary)
      #expect(fields["amount_residual"]?.currencyField == "currency_id")
      #expect(fields["invoice_date_due"]?.kind == .date)
      #expect(fields["no_such_field"] == nil)
      let task = try await client.fields(of: "project.task")
      #expect(task["date_deadline"]?.kind == (facts.version.major >= 17 ? .datetime : .date))
    }
  }

  @Test(arguments: RealServer.ways)
  func `invoices are read with money, days and currencies`(credentials: OdooCredentials)
    async throws
  {
    try await RealServer.run(credentials) { client in
      // Other suites make customers of their own meanwhile.
      let open: Domain =
        .choice("move_type").is("out_invoice") && .choice("state").is("posted")
        && .choice("payment_state").isOneOf(["not_paid", "partial"])
        && !.text("partner_id.name").contains("aiom")
      let fields: [FieldName] = [
        "name", "amount_residual", "invoice_date_due", "partner_id", "payment_state", "write_date",
        "line_ids",
      ]
      let count = try await client.searchCount("account.move", where: open)
      var read: [OdooRecord] = []
      for try await page in client.pages(
        of: Search("account.move", where: open, fields: fields), size: 2)
      {
        read += page
      }
      #expect(count > 0)
      #expect(read.count == count)
      #expect(read.map(\.id) == read.map(\.id).sorted())
      for record in read {
        let money = try #require(record.money("amount_residual"))
        #expect(money.currency != nil)
        #expect(try #require(money.minorUnits(decimalPlaces: 2)) > 0)
        #expect(record.date("invoice_date_due") != nil)
        #expect(record.time("write_date") != nil)
        #expect(record.link("partner_id") != nil)
        #expect(record.links("line_ids")?.isEmpty == false)
      }
    }
  }

  @Test(arguments: RealServer.ways)
  func `a task is created, read, changed, archived and deleted`(credentials: OdooCredentials)
    async throws
  {
    try await RealServer.run(credentials) { client in
      let mark = RealServer.mark()
      let project = try await RealServer.project(client)
      let id = try await client.create(
        "project.task",
        [
          "name": .text("100% \(mark)_x"), "project_id": .link(project),
          "description": .html("<p>A &amp; B</p>"),
        ])
      let find = Search(
        "project.task", where: .text("name").contains("% \(mark)_"),
        fields: ["name", "description"])
      let found = try await client.searchRead(find)
      #expect(found.map(\.id) == [id])
      #expect(found.first?.text("description")?.contains("A &amp; B") == true)
      try await client.write("project.task", ids: [id], ["name": .text("é😀 \(mark)")])
      var result = try await client.read("project.task", ids: [id, 987_654_321], fields: ["name"])
      #expect(result[id]?.text("name") == "é😀 \(mark)")
      #expect(result.missing == [987_654_321])
      #expect(result.archived.isEmpty)
      try await client.write("project.task", ids: [id], ["active": .flag(false)])
      result = try await client.read("project.task", ids: [id], fields: ["name"])
      #expect(result.archived == [id])
      let named = Domain.text("name").contains(mark)
      #expect(try await client.searchCount("project.task", where: named) == 0)
      #expect(
        try await client.searchCount(
          "project.task", where: named, context: OdooContext(activeTest: false)) == 1)
      try await client.delete("project.task", ids: [id])
      result = try await client.read("project.task", ids: [id], fields: ["name"])
      #expect(result.missing == [id])
      let error = await #expect(throws: OdooError.self) {
        try await client.write("project.task", ids: [id], ["name": .text("x")])
      }
      #expect(error?.kind == .recordMissing)
      #expect(error?.retry == .never)
    }
  }

  @Test(arguments: RealServer.ways)
  func `loading twice under one external id makes one record`(credentials: OdooCredentials)
    async throws
  {
    try await RealServer.run(credentials) { client in
      let mark = RealServer.mark()
      let external = try #require(ExternalID(module: "__aiom__", name: mark))
      #expect(try await client.record(of: external) == .absent)
      let project = try await RealServer.project(client)
      let hasTime = try await client.fields(of: "project.task")["date_deadline"]?.kind == .datetime
      let time = try #require(OdooTime("2026-12-01 16:30:00"))
      let day = try #require(OdooDate("2026-12-01"))
      let row = LoadRow(
        id: external,
        values: [
          "name": .text(mark), "project_id": .link(project),
          "date_deadline": hasTime ? .time(time) : .date(day),
        ])
      guard case .loaded(let ids) = try await client.load("project.task", [row]) else {
        Issue.record("not loaded")
        return
      }
      #expect(try await client.load("project.task", [row]) == .loaded(ids))
      #expect(
        try await client.searchCount("project.task", where: .text("name").contains(mark)) == 1)
      let task = try await client.read("project.task", ids: ids, fields: ["date_deadline"])
      #expect(
        task.records.first?["date_deadline"] == (hasTime ? .time(time) : .date(day)))
      try await client.write("project.task", ids: ids, ["active": .flag(false)])
      #expect(
        try await client.record(of: external) == .record(model: "project.task", id: ids[0]))
      try await client.delete("project.task", ids: ids)
      #expect(try await client.record(of: external) == .absent)
      let bad = LoadRow(
        id: external, values: ["name": .text(mark), "project_id": .link(987_654_321)])
      guard case .refused(let problems) = try await client.load("project.task", [bad]) else {
        Issue.record("loaded")
        return
      }
      #expect(problems.first?.field == "project_id")
    }
  }

  @Test(arguments: RealServer.ways)
  func `a note is internal and shows what was written`(credentials: OdooCredentials) async throws {
    try await RealServer.run(credentials) { client in
      let mark = "[\(RealServer.mark())_1%]"
      let project = try await RealServer.project(client)
      let task = try await client.create(
        "project.task", ["name": .text("note"), "project_id": .link(project)])
      let text = "Called <b>Ann</b> & \"Bob\"\n5 > 3 \(mark)"
      #expect(try await client.messages(containing: mark, on: "project.task", id: task) == [])
      let message = try await client.postNote(text, on: "project.task", id: task)
      #expect(
        try await client.messages(containing: mark, on: "project.task", id: task) == [message])
      #expect(
        try await client.messages(containing: mark, on: "project.task", id: task + 1) == [])
      let read = try await client.read(
        "mail.message", ids: [message],
        fields: ["body", "subtype_id", "message_type", "is_internal", "partner_ids"])
      let note = try #require(read.records.first)
      let body = try #require(note.text("body"))
      #expect(body.contains("&lt;b&gt;Ann&lt;/b&gt; &amp; \"Bob\"<br>5 &gt; 3"))
      #expect(note.text("message_type") == "comment")
      #expect(note.links("partner_ids") == [])
      let subtype = try #require(note.link("subtype_id"))
      let kind = try await client.read(
        "mail.message.subtype", ids: [subtype.id], fields: ["internal"])
      #expect(kind.records.first?.flag("internal") == true)
      #expect(
        try await client.record(of: #require(ExternalID(module: "mail", name: "mt_note")))
          == .record(model: "mail.message.subtype", id: subtype.id))
      try await client.delete("project.task", ids: [task])
    }
  }

  @Test func `a user with few rights plans an activity`() async throws {
    try await RealServer.run(RealServer.limited) { client in
      let project = try await RealServer.project(client)
      let task = try await client.create(
        "project.task", ["name": .text("activity"), "project_id": .link(project)])
      let day = try #require(OdooDate("2026-12-24"))
      let id = try await client.schedule(
        NewActivity(.call, deadline: day, summary: "Call <Ann>", note: "a\nb & c"),
        on: "project.task", id: task)
      let read = try await client.read(
        "mail.activity", ids: [id],
        fields: ["summary", "note", "date_deadline", "res_id", "user_id"])
      let activity = try #require(read.records.first)
      #expect(activity.text("summary") == "Call <Ann>")
      #expect(activity.text("note")?.contains("a<br>b &amp; c") == true)
      #expect(activity.date("date_deadline") == day)
      #expect(activity["res_id"] == .integer(task))
      #expect(activity.link("user_id")?.id == (try await client.server().userID))
      try await client.delete("project.task", ids: [task])
    }
  }

  @Test func `what a user may not see is denied, not missing`() async throws {
    let invoice = try await RealServer.run(RealServer.bot) { client in
      try await client.searchRead(Search("account.move", fields: ["name"], limit: 1))[0].id
    }
    try await RealServer.run(RealServer.limited) { client in
      #expect(try await client.hasAccess(to: "project.task", .read))
      #expect(try await !client.hasAccess(to: "account.move", .read))
      for id in [invoice, 987_654_321] {
        let error = await #expect(throws: OdooError.self) {
          try await client.read("account.move", ids: [id], fields: ["name"])
        }
        #expect(error?.kind == .accessDenied)
        #expect(error?.retry == .afterRepair)
      }
      let missing = try await client.read("project.task", ids: [987_654_321], fields: ["name"])
      #expect(missing.missing == [987_654_321])
    }
  }

  @Test func `a wrong password is tried once`() async throws {
    let login = RealServer.bot.login ?? ""
    try await RealServer.run(.password(login: login, "wrong")) { client in
      let first = await #expect(throws: OdooError.self) { try await client.server() }
      #expect(first?.kind == .credentialsRefused)
      let second = await #expect(throws: OdooError.self) { try await client.server() }
      #expect(second?.kind == .credentialsHeldBack)
    }
    guard try await RealServer.run(RealServer.bot, { try await $0.server().version.major >= 19 })
    else { return }
    let key = OdooCredentials.apiKey(String(repeating: "0", count: 40))
    try await RealServer.run(key) { client in
      let error = await #expect(throws: OdooError.self) { try await client.server() }
      #expect(error?.kind == .credentialsRefused)
    }
  }

  @Test func `an unknown database is a matter of settings`() async throws {
    var configuration = RealServer.configuration(RealServer.bot)
    configuration.database = "no_such_database"
    let client = try OdooClient(configuration: configuration)
    let error = await #expect(throws: OdooError.self) { try await client.server() }
    #expect(error?.kind == .databaseUnknown)
    #expect(error?.retry == .afterRepair)
    try await client.shutdown()
  }

  @Test func `a language that is not installed is found out at the start`() async throws {
    var configuration = RealServer.configuration(RealServer.bot)
    configuration.context.language = "xx_XX"
    let client = try OdooClient(configuration: configuration)
    let error = await #expect(throws: OdooError.self) { try await client.server() }
    #expect(error?.detail == "language_not_installed")
    try await client.shutdown()
  }

  /// The proxy cuts at the answer's first byte: the server has done the work.
  @Test(arguments: RealServer.ways)
  func `creates that are cut off are unknown, done once, and found again`(
    credentials: OdooCredentials
  ) async throws {
    let url = try #require(URL(string: RealServer.url))
    let proxy = try await CuttingProxy(to: url.host ?? "", port: url.port ?? 80)
    try await RealServer.run(credentials, url: proxy.url) { client in
      let mark = RealServer.mark()
      let project = try await RealServer.project(client)
      _ = try await client.fields(of: "project.task")
      for index in 0..<10 {
        let external = try #require(ExternalID(module: "__aiom__", name: "\(mark)-\(index)"))
        let row = LoadRow(
          id: external, values: ["name": .text("\(mark) \(index)"), "project_id": .link(project)])
        proxy.cuts.arm()
        let error = await #expect(throws: OdooError.self) {
          try await client.load("project.task", [row])
        }
        #expect(error?.retry == .outcomeUnknown)
        // The cure is to look, and where nothing is found, the same call.
        if try await client.record(of: external) == .absent {
          _ = try await client.load("project.task", [row])
        }
      }
      #expect(proxy.cuts.count == 10)
      let tasks = try await client.searchRead(
        Search("project.task", where: .text("name").contains(mark), fields: ["name"]))
      #expect(Set(tasks.map { $0.text("name") }).count == 10)
      #expect(tasks.count == 10)
      try await client.delete("project.task", ids: tasks.map(\.id))
    }
    try await proxy.stop()
  }
}
