import Logging
import Testing

@testable import Odoo

/// No key, login, address or word of a record reaches a log, a metric, or what errors and values print,
/// whatever the server answers and wherever it puts what it was sent.
@Suite struct SecretsTests {
  private static let markers = [
    "marker-login", "marker-password", "markerkey", "marker-db", "marker-text", "marker-mail",
    "marker-name", "marker-note", "marker-debug", "marker-mark", "marker-lang", "markerclass",
  ]
  private static let echo = markers.joined(separator: " ")
  private static let rows =
    #"[{"id":1,"name":"\#(echo)","email":"marker-mail@example.org","active":true,"#
    + #""stage_id":[3,"\#(echo)"],"note":"\#(echo)"}]"#

  private static func error(_ name: String) -> String {
    #"{"jsonrpc":"2.0","id":1,"error":{"code":200,"message":"\#(echo)","data":"#
      + #"{"name":"\#(name)","message":"\#(echo)","arguments":["\#(echo)"],"#
      + #""context":{"a":"\#(echo)"},"debug":"Traceback marker-debug \#(echo)"}}}"#
  }

  static let steps: [LoopbackServer.Step] = [
    .answer(200, Fixture.rpc(rows, id: 1)), .answer(200, error("odoo.exceptions.UserError")),
    .answer(200, error("odoo.exceptions.AccessError")), .answer(200, error("markerclass")),
    .answer(200, error(echo)), .answer(200, error("odoo.exceptions.AccessDenied")),
    .answer(200, error("psycopg2.errors.markerclass")), .answer(500, echo), .answer(502, echo),
    .answer(404, "<html>\(echo)</html>"), .answer(200, echo), .answer(200, "[\"\(echo)\"]"),
    .answer(401, #"{"name":"werkzeug.exceptions.Unauthorized","message":"\#(echo)"}"#),
    .answer(422, #"{"name":"\#(echo)","message":"\#(echo)","debug":"\#(echo)"}"#),
    .raw("HTTP/1.1 307 X\r\nLocation: http://127.0.0.1/marker-text\r\nContent-Length: 0\r\n\r\n"),
    .rawThenClose("marker-text\r\n\r\n"), .cut,
  ]

  /// Everything a program could print of what the calls returned.
  private func everything(_ client: OdooClient) async throws -> String {
    var shown = ""
    func show(_ value: Any) {
      print(value, String(reflecting: value), [value], to: &shown)
      dump(value, to: &shown)
    }
    func tried(_ body: () async throws -> some Sendable) async {
      do { show(try await body()) } catch { show(error) }
    }
    let values: [FieldName: NewValue] = [
      "name": .text("marker-text"), "note": .html("marker-note"),
    ]
    let search = Search(
      "x.thing", where: .text("name").contains("marker-name"),
      fields: ["name", "email", "stage_id", "note"])
    show(client)
    show(client.configuration)
    show(client.configuration.credentials)
    show(values)
    show(search)
    let row = LoadRow(id: try #require(ExternalID(module: "a", name: "b")), values: values)
    let day = try #require(OdooDate("2026-01-01"))
    let activity = NewActivity(.call, deadline: day, summary: "marker-text", note: "marker-note")
    show(row)
    show(activity)
    for _ in 0..<2 {
      await tried { try await client.searchRead(search) }
      await tried { try await client.read("x.thing", ids: [1], fields: ["name", "email"]) }
      await tried { try await client.create("x.thing", values) }
      await tried { try await client.write("x.thing", ids: [1], values) }
      await tried { try await client.load("x.thing", [row]) }
      await tried { try await client.postNote("marker-note", on: "x.thing", id: 1) }
      await tried { try await client.messages(containing: "marker-mark", on: "x.thing", id: 1) }
      await tried { try await client.schedule(activity, on: "x.thing", id: 1) }
      await tried {
        try await client.call("x.thing", "m", arguments: ["a": "marker-text"], effect: .write)
      }
      await client.credentialsWereRepaired()
    }
    return shown
  }

  @Test(arguments: steps.indices, [false, true])
  func `nothing that was sent or echoed is logged, printed or counted`(
    step: Int, hasKey: Bool
  ) async throws {
    let (log, metrics) = (CapturedLog(), CapturedMetrics())
    let step = Self.steps[step]
    let server = try await OdooDouble { _, _ in step }.start()
    var configuration = Fixture.configuration(
      server.baseURL,
      hasKey
        ? .apiKey("markerkey0123456789", login: "marker-login")
        : .password(login: "marker-login", "marker-password"))
    configuration.database = "marker-db"
    configuration.logger = log.logger
    configuration.metrics = metrics
    let client = try OdooClient(configuration: configuration)
    let shown = try await everything(client)
    try await client.shutdown()
    try await server.stop()
    for marker in Self.markers {
      #expect(!log.text.contains(marker))
      #expect(!metrics.text.contains(marker))
      let line = shown.split(separator: "\n").first { $0.contains(marker) }
      #expect(line == nil)
    }
    #expect(!log.metadata.isEmpty)
  }

  @Test func `each call is one line, one count and one time`() async throws {
    let (log, metrics) = (CapturedLog(), CapturedMetrics())
    let server = OdooDouble { call, before in
      switch before {
      case 0: .answer(502, "x")
      case 1: call.result("3")
      default: call.error("odoo.exceptions.AccessError")
      }
    }
    try await Fixture.run(
      server.start(),
      change: {
        $0.logger = log.logger
        $0.metrics = metrics
      }
    ) { client in
      _ = try await client.searchCount("x.thing", where: .all)
      _ = try? await client.searchCount("x.thing", where: .all)
    }
    let lines = log.metadata.map { entry in
      ["model", "method", "outcome", "attempts", "status", "detail"]
        .map { entry[$0].map { "\($0)" } ?? "-" }.joined(separator: " ")
    }
    #expect(
      lines == [
        "- version_info ok 1 200 -", "- authenticate ok 1 200 -",
        "x.thing search_count ok 2 200 -",
        "x.thing search_count access_denied 1 200 odoo.exceptions.AccessError",
      ])
    #expect(log.metadata.allSatisfy { $0["ms"] != nil && $0["bytes_in"] != "0" })
    #expect(
      metrics.counts == [
        "odoo_calls method=version_info outcome=ok": 1,
        "odoo_calls method=authenticate outcome=ok": 1,
        "odoo_calls method=search_count outcome=ok": 1,
        "odoo_calls method=search_count outcome=access_denied": 1,
      ])
    #expect(metrics.times.values.reduce(0, +) == 4)
  }
}
