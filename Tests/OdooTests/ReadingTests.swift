import Testing

@testable import Odoo

@Suite struct ReadingTests {
  @Test func `amounts come with their currency, and archived and deleted are told apart`()
    async throws
  {
    let server = OdooDouble { call, _ in
      call.result(
        #"[{"id":3,"name":"C","amount":5.5,"currency_id":[1,"USD"],"active":false},"#
          + #"{"id":1,"name":false,"amount":0.0,"currency_id":false,"active":true}]"#)
    }
    let result = try await Fixture.run(server.start()) { client in
      try await client.read("x.thing", ids: [1, 2, 3, 2], fields: ["name", "amount"])
    }
    #expect(result.records.map(\.id) == [1, 3])
    #expect(result.missing == [2])
    #expect(result.archived == [3])
    #expect(result[1]?["name"] == .nothing)
    #expect(
      result[3]?.money("amount")
        == Monetary(amount: 5.5, currency: LinkedRecord(id: 1, name: "USD")))
    let call = try #require(server.received.first)
    #expect(
      try OdooJSON.array(call.places)
        == Fixture.json(#"[[1,2,3],["name","amount","active","currency_id"]]"#))
    #expect(call.names["context"] == ["tz": "UTC"])
  }

  static let wrong = [
    "{}", "true", "null", "[7]", #"[{"id":1}]"#, #"[{"id":"1","name":"x","active":true}]"#,
    #"[{"id":9,"name":"x","active":true}]"#,
    #"[{"id":1,"name":"x","active":true},{"id":1,"name":"y","active":true}]"#,
    #"[{"id":1,"name":["x"],"active":true}]"#, #"[{"id":1,"name":"x","active":0}]"#,
    #"[{"id":true,"name":"x","active":true}]"#, #"[{"id":-1,"name":"x","active":true}]"#,
    #"[{"id":1.5,"name":"x","active":true}]"#,
  ]

  @Test(arguments: wrong)
  func `an answer with one wrong value gives no record at all`(rows: String) async throws {
    let server = OdooDouble { call, _ in call.result(rows) }
    let error = try await Fixture.run(server.start()) { client in
      await #expect(throws: OdooError.self) {
        try await client.read("x.thing", ids: [1], fields: ["name"])
      }
    }
    #expect(error?.kind == .answerUnexpected)
  }

  @Test func `fields are asked for once, and again for one that is not known`() async throws {
    let server = OdooDouble { call, _ in call.result("[]") }
    let loopback = try await server.start()
    try await Fixture.run(loopback) { client in
      for _ in 0..<3 {
        _ = try await client.searchRead(Search("x.thing", fields: ["name"]))
      }
      let error = await #expect(throws: OdooError.self) {
        try await client.searchRead(Search("x.thing", fields: ["name", "no_field"]))
      }
      #expect(error?.code == "field_unknown: no_field")
    }
    #expect(loopback.requests.filter { $0.body.contains("fields_get") }.count == 2)
  }

  @Test func `pages by id go on after the last id and end at a short one`() async throws {
    let server = OdooDouble { call, before in
      let rows = [[1, 4], [5, 9], [12]][before].map { #"{"id":\#($0),"name":"n"}"# }
      return call.result("[\(rows.joined(separator: ","))]")
    }
    var ids: [Int] = []
    try await Fixture.run(server.start()) { client in
      let search = Search("x.thing", where: .text("name").isSet, fields: ["name"])
      for try await page in client.pages(of: search, size: 2) { ids += page.map(\.id) }
    }
    #expect(ids == [1, 4, 5, 9, 12])
    #expect(
      try server.received.map { $0.places[0] } == [
        Fixture.json(#"[["name","!=",false]]"#),
        Fixture.json(#"[["name","!=",false],["id",">",4]]"#),
        Fixture.json(#"[["name","!=",false],["id",">",9]]"#),
      ])
    #expect(server.received.allSatisfy { $0.names["order"] == "id" && $0.names["limit"] == 2 })
  }

  @Test func `a page with more records than asked for is refused`() async throws {
    let server = OdooDouble { call, _ in call.result(#"[{"id":1},{"id":2}]"#) }
    let error = try await Fixture.run(server.start()) { client in
      await #expect(throws: OdooError.self) {
        try await client.searchRead(Search("x.thing", fields: [], limit: 1))
      }
    }
    #expect(error?.kind == .answerUnexpected)
  }

  @Test(arguments: [
    (14, "check_access_rights", #"["write",false]"#), (19, "has_access", #"[[],"write"]"#),
  ])
  func `rights are asked for as the version does it`(version: Int, method: String, places: String)
    async throws
  {
    let server = OdooDouble(version: version) { call, _ in call.result("true") }
    let has = try await Fixture.run(server.start()) {
      try await $0.hasAccess(to: "x.thing", .write)
    }
    #expect(has)
    #expect(server.received.first?.method == method)
    #expect(try OdooJSON.array(server.received[0].places) == Fixture.json(places))
  }

  @Test(arguments: [
    (#"["project.task",81]"#, ExternalIDAnswer.record(model: "project.task", id: 81)),
    (#"["project.task",false]"#, .hidden(model: "project.task")),
  ])
  func `an external id stands for a record`(answer: String, found: ExternalIDAnswer) async throws {
    let server = OdooDouble { call, _ in call.result(answer) }
    let id = try #require(ExternalID(module: "__aiom__", name: "a-1"))
    #expect(try await Fixture.run(server.start()) { try await $0.record(of: id) } == found)
    #expect(server.received[0].names["context"]?["active_test"] == false)
  }

  @Test func `an external id that stands for nothing is absent, another error is an error`()
    async throws
  {
    let server = OdooDouble { call, before in
      call.error(
        "builtins.ValueError",
        before == 0 ? "External ID not found in the system: __aiom__.a-1" : "something else")
    }
    let id = try #require(ExternalID(module: "__aiom__", name: "a-1"))
    try await Fixture.run(server.start()) { client in
      let answer = try await client.record(of: id)
      #expect(answer == .absent)
      await #expect(throws: OdooError.self) { try await client.record(of: id) }
    }
  }
}
