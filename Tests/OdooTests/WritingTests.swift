import Testing

@testable import Odoo

@Suite struct WritingTests {
  private static let day = OdooDate("2026-01-01").map { NewValue.date($0) } ?? .nothing
  private static let instant =
    OdooTime("2026-01-01 00:00:00").map { NewValue.time($0) } ?? .nothing

  static let refused: [([FieldName: NewValue], String)] = [
    (["no_field": .text("x")], "field_unknown: no_field"),
    (["name": .integer(1)], "value_invalid: name"),
    (["stage_id": .text("New")], "value_invalid: stage_id"),
    (["stage_id": .link(0)], "value_invalid: stage_id"),
    (["active": .nothing], "value_invalid: active"),
    (["state": .choice("nine")], "value_invalid: state"),
    (["at": day], "value_invalid: at"), (["due": instant], "value_invalid: due"),
    (["rate": .number(.nan)], "value_invalid: rate"),
    (["note": .text("<b>")], "value_invalid: note"),
    (["users": .links([.replace([0])])], "value_invalid: users"),
    (["count": .number(1.5)], "value_invalid: count"),
  ]

  @Test(arguments: refused.indices)
  func `a value of another kind never leaves`(index: Int) async throws {
    let (values, code) = Self.refused[index]
    let server = OdooDouble { call, _ in call.result("1") }
    let error = try await Fixture.run(server.start()) { client in
      await #expect(throws: OdooError.self) { try await client.create("x.thing", values) }
    }
    #expect(error?.code == code)
    #expect(error?.retry == .never)
    #expect(server.received.isEmpty)
  }

  @Test(arguments: ["false", "null", "[]", "[1,2]", #""x.thing(1,)""#, "0", "true", "{}"])
  func `an answer that is no id leaves the outcome unknown`(answer: String) async throws {
    let server = OdooDouble { call, _ in call.result(answer) }
    let error = try await Fixture.run(server.start()) { client in
      await #expect(throws: OdooError.self) {
        try await client.create("x.thing", ["name": .text("n")])
      }
    }
    #expect(error?.kind == .answerUnexpected)
    #expect(error?.retry == .outcomeUnknown)
    #expect(server.received.count == 1)
  }

  @Test func `load writes texts, ids in columns of their own and times in UTC`() async throws {
    let server = OdooDouble { call, _ in
      call.result(#"{"ids":[81],"messages":[],"nextrow":0}"#)
    }
    let id = try #require(ExternalID(module: "__aiom__", name: "act_1"))
    let row = LoadRow(
      id: id,
      values: [
        "name": .text("Call"), "stage_id": .link(3), "users": .links([.replace([2, 5])]),
        "at": .time(try #require(OdooTime("2026-12-01 16:00:00"))), "active": .flag(true),
        "note": .nothing,
      ])
    let outcome = try await Fixture.run(server.start()) { client in
      try await client.load("x.thing", [row], context: OdooContext(timeZone: "Asia/Tokyo"))
    }
    #expect(outcome == .loaded([81]))
    let call = try #require(server.received.first)
    #expect(
      try OdooJSON.array(call.places)
        == Fixture.json(
          #"[["id","active","at","name","note","stage_id/.id","users/.id"],"#
            + #"[["__aiom__.act_1","1","2026-12-01 16:00:00","Call","","3","2,5"]]]"#))
    #expect(call.names["context"]?["tz"] == "UTC")
  }

  @Test func `load repeats a lost race and reports other problems`() async throws {
    let race =
      #"{"ids":false,"messages":[{"type":"error","record":0,"#
      + #""message":"could not serialize access due to concurrent update\n"}]}"#
    let server = OdooDouble { call, before in
      switch before {
      case 0: call.result(race)
      case 1: call.result(#"{"ids":[9],"messages":[]}"#)
      default:
        call.result(
          #"{"ids":false,"messages":[{"record":0,"field":"stage_id","message":"No match"}]}"#)
      }
    }
    let id = try #require(ExternalID(module: "__aiom__", name: "act_1"))
    let row = LoadRow(id: id, values: ["name": .text("x")])
    try await Fixture.run(server.start()) { client in
      let raced = try await client.load("x.thing", [row])
      #expect(raced == .loaded([9]))
      let refused = try await client.load("x.thing", [row])
      #expect(
        refused == .refused([LoadProblem(row: 0, field: "stage_id", message: "No match")]))
    }
    #expect(server.received.count == 3)
  }

  @Test(arguments: [
    "true", #"{"ids":[1,2]}"#, #"{"ids":[]}"#, #"{"ids":true}"#, #"{"ids":["1"]}"#, "{}",
  ])
  func `an answer of load that does not add up is unknown`(answer: String) async throws {
    let server = OdooDouble { call, _ in call.result(answer) }
    let id = try #require(ExternalID(module: "__aiom__", name: "act_1"))
    let error = try await Fixture.run(server.start()) { client in
      await #expect(throws: OdooError.self) {
        try await client.load("x.thing", [LoadRow(id: id, values: ["name": .text("x")])])
      }
    }
    #expect(error?.retry == .outcomeUnknown)
  }

  @Test(arguments: [(14, false), (16, false), (17, true), (19, true)])
  func `a note is internal and escaped on every version`(version: Int, says: Bool) async throws {
    let server = OdooDouble(version: version) { call, _ in
      call.result(version < 19 ? "312" : "[764]")
    }
    let id = try await Fixture.run(server.start()) { client in
      try await client.postNote("a <b> & c\nd", on: "crm.lead", id: 45)
    }
    #expect(id == (version < 19 ? 312 : 764))
    let call = try #require(server.received.first)
    #expect(call.places == [[45]])
    #expect(call.names["body"] == "<p>a &lt;b&gt; &amp; c<br>d</p>")
    #expect(call.names["subtype_xmlid"] == "mail.mt_note")
    #expect(call.names["message_type"] == "comment")
    #expect(call.names["body_is_html"] == (says ? true : nil))
    #expect(call.names["partner_ids"] == nil)
  }

  @Test(arguments: [(14, #""mail.activity(31,)""#, 31), (19, "[43]", 43)])
  func `an activity goes to the caller unless somebody is named`(
    version: Int, answer: String, id: Int
  ) async throws {
    let server = OdooDouble(version: version) { call, _ in call.result(answer) }
    let day = try #require(OdooDate("2026-12-24"))
    var activity = NewActivity(.call, deadline: day, summary: "Call <Ann>", note: "a\n<b>")
    try await Fixture.run(server.start()) { client in
      let first = try await client.schedule(activity, on: "crm.lead", id: 45)
      #expect(first == id)
      activity.userID = 3
      _ = try await client.schedule(activity, on: "crm.lead", id: 45)
    }
    #expect(server.received.map { $0.names["user_id"] } == [7, 3])
    let names = try #require(server.received.first?.names)
    #expect(names["act_type_xmlid"] == "mail.mail_activity_data_call")
    #expect(names["date_deadline"] == "2026-12-24")
    #expect(names["summary"] == "Call <Ann>")
    #expect(names["note"] == "<p>a<br>&lt;b&gt;</p>")
  }

  @Test func `JSON-2 gets names and ids, and the key in the header alone`() async throws {
    let server = OdooDouble { _, before in .answer(200, before == 0 ? "[97]" : "true") }
    let loopback = try await server.start()
    try await Fixture.run(loopback, Fixture.key) { client in
      let id = try await client.create("x.thing", ["name": .text("n")])
      #expect(id == 97)
      try await client.write("x.thing", ids: [97], ["count": .integer(2)])
    }
    let requests = loopback.requests.suffix(3).filter { !$0.line.contains("fields_get") }
    #expect(
      requests.map(\.line) == [
        "POST /json/2/x.thing/create HTTP/1.1", "POST /json/2/x.thing/write HTTP/1.1",
      ])
    #expect(
      requests.allSatisfy {
        $0.headers["authorization"] == "bearer \(Fixture.key.unredacted())"
          && $0.headers["x-odoo-database"] == "acme" && $0.headers["x-handover-token"] == nil
      })
    #expect(
      try requests.map { try Fixture.json($0.body) } == [
        Fixture.json(#"{"context":{"tz":"UTC"},"vals_list":{"name":"n"}}"#),
        Fixture.json(#"{"context":{"tz":"UTC"},"ids":[97],"vals":{"count":2}}"#),
      ])
  }

  @Test func `a call of any method keeps its names, and what is no method does not leave`()
    async throws
  {
    let server = OdooDouble { call, _ in call.result("false") }
    try await Fixture.run(server.start()) { client in
      let answer = try await client.call(
        "sale.order", "action_confirm", ids: [3], arguments: ["force": true], effect: .write)
      #expect(answer == false)
      let error = await #expect(throws: OdooError.self) {
        try await client.call("sale.order", "../../web", effect: .read)
      }
      #expect(error?.code == "request_invalid: method")
    }
    #expect(server.received.count == 1)
    #expect(server.received[0].names["force"] == true)
  }
}
