import Testing

@testable import Odoo

/// What may be repeated: the difference between a second record and none.
@Suite struct OutcomeTests {
  static let names: [(String, String, OdooError.Kind, OdooError.Retry)] = [
    ("odoo.exceptions.AccessDenied", "Access Denied", .credentialsRefused, .afterRepair),
    ("odoo.exceptions.AccessError", "no", .accessDenied, .afterRepair),
    ("odoo.exceptions.MissingError", "gone", .recordMissing, .never),
    (
      "odoo.exceptions.MissingError", "x (Record: res.users(7,), User: 7)", .credentialsRefused,
      .afterRepair
    ),
    ("odoo.exceptions.MissingError", "(Record: res.users(8,), User: 7)", .recordMissing, .never),
    ("odoo.exceptions.ValidationError", "x", .invalid, .never),
    ("odoo.exceptions.UserError", "x", .refused, .never),
    ("odoo.exceptions.UserError", "Object x.y doesn't exist", .modelUnknown, .afterRepair),
    ("builtins.AttributeError", "x", .methodUnknown, .never),
    ("builtins.ValueError", "Invalid field 'x' on 'y'", .fieldUnknown, .never),
    ("builtins.ValueError", "Wrong value", .valueInvalid, .never),
    ("builtins.KeyError", "nonfield", .fieldUnknown, .never),
    ("builtins.IndexError", "x", .valueInvalid, .never),
    ("builtins.RuntimeError", "x", .serverFailure, .never),
    ("psycopg2.errors.InvalidTextRepresentation", "x", .valueInvalid, .never),
    ("psycopg2.errors.SerializationFailure", "x", .conflict, .later(after: nil)),
    ("psycopg2.errors.LockNotAvailable", "x", .conflict, .later(after: nil)),
    ("psycopg2.errors.DeadlockDetected", "x", .conflict, .later(after: nil)),
    (
      "psycopg2.OperationalError", #"FATAL:  database \"x\" does not exist"#, .databaseUnknown,
      .afterRepair
    ),
    (
      "psycopg2.OperationalError", "connection to server on socket failed: No such file",
      .databaseUnavailable, .later(after: nil)
    ),
    (
      "psycopg2.OperationalError", "server closed the connection unexpectedly",
      .databaseUnavailable, .outcomeUnknown
    ),
    ("psycopg2.InterfaceError", "connection already closed", .databaseUnavailable, .outcomeUnknown),
    ("psycopg2.DatabaseError", "no message from the libpq", .databaseUnavailable, .outcomeUnknown),
    ("psycopg2.errors.TransactionResolutionUnknown", "", .databaseUnavailable, .outcomeUnknown),
    ("psycopg2.errors.UniqueViolation", "duplicate key", .valueInvalid, .never),
    ("odoo.sql_db.PoolError", "full", .databaseUnavailable, .later(after: nil)),
  ]

  @Test(arguments: names)
  func `an exception of the server is known by its class`(
    name: String, message: String, kind: OdooError.Kind, retry: OdooError.Retry
  ) async throws {
    let server = OdooDouble { call, _ in call.error(name, message) }
    let error = try await Fixture.run(server.start()) { client in
      await #expect(throws: OdooError.self) {
        try await client.write("x.thing", ids: [1], ["name": .text("n")])
      }
    }
    #expect(error?.kind == kind)
    #expect(error?.retry == retry)
    // What may be repeated was repeated, nothing else.
    #expect(server.received.count == (retry == .later(after: nil) ? 3 : 1))
  }

  static let cuts: [(LoopbackServer.Step, OdooError.Kind, OdooError.Retry)] = [
    (.cut, .connectionLost, .later(after: nil)),
    (.answer(502, "<html>"), .unavailable, .later(after: nil)),
    (.answer(503, ""), .unavailable, .later(after: nil)),
    (.answer(504, "x"), .unavailable, .later(after: nil)),
    (.answer(500, "<html>"), .serverFailure, .never), (.answer(404, "<html>"), .notOdoo, .never),
    (.answer(200, "<html>"), .answerUnreadable, .never),
    (.answer(200, "{\"jsonrpc\":\"2.0\","), .answerUnreadable, .never),
    (.answer(200, "[]"), .answerUnexpected, .never),
    (.answer(200, #"{"jsonrpc":"2.0","id":999,"result":true}"#), .answerUnreadable, .never),
    (.answer(200, #"{"jsonrpc":"2.0","id":null,"error":null}"#), .answerUnexpected, .never),
    (.answer(200, #"{"jsonrpc":"2.0","id":999,"error":{}}"#), .answerUnreadable, .never),
    (
      .rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"jsonrpc\""), .connectionLost,
      .later(after: nil)
    ),
    (.raw("HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n{"), .answerTooLarge, .never),
    (
      .raw("HTTP/1.1 307 X\r\nLocation: http://127.0.0.1/x\r\nContent-Length: 0\r\n\r\n"),
      .notOdoo, .afterRepair
    ),
    (.answer(429, "slow down"), .throttled, .later(after: nil)),
  ]

  @Test(arguments: cuts)
  func `a write without a readable answer is unknown and made once`(
    step: LoopbackServer.Step, kind: OdooError.Kind, read: OdooError.Retry
  ) async throws {
    let server = OdooDouble { _, _ in step }
    let error = try await Fixture.run(server.start()) { client in
      await #expect(throws: OdooError.self) {
        try await client.create("x.thing", ["name": .text("n")])
      }
    }
    #expect(error?.kind == kind)
    // "Too many calls" is the one status that proves something.
    let isThrottled = kind == .throttled
    #expect(error?.retry == (isThrottled ? .later(after: nil) : .outcomeUnknown))
    #expect(server.received.count == (isThrottled ? 3 : 1))
  }

  static let gateways: [(Int, String)] = [
    (502, #"{"name":"odoo.exceptions.UserError","message":"x"}"#),
    (503, #"{"name":"Service.Unavailable","message":"x"}"#), (500, #"{"name":"x","message":"y"}"#),
    (500, #"{"message":"Internal error"}"#), (404, #"{"name":7,"message":"y"}"#), (403, "[]"),
  ]

  @Test(arguments: gateways)
  func `a gateway's own JSON proves nothing about a write`(status: Int, body: String) async throws {
    let server = OdooDouble { _, _ in .answer(status, body) }
    let error = try await Fixture.run(server.start(), Fixture.key) { client in
      await #expect(throws: OdooError.self) {
        try await client.create("x.thing", ["name": .text("n")])
      }
    }
    #expect(error?.retry == .outcomeUnknown)
    #expect(server.received.count == 1)
  }

  @Test(arguments: cuts)
  func `a read without a readable answer is repeated where that may help`(
    step: LoopbackServer.Step, kind: OdooError.Kind, retry: OdooError.Retry
  ) async throws {
    let server = OdooDouble { _, _ in step }
    let error = try await Fixture.run(server.start()) { client in
      await #expect(throws: OdooError.self) {
        try await client.searchCount("x.thing", where: .all)
      }
    }
    #expect(error?.kind == kind)
    #expect(error?.retry != .outcomeUnknown)
    if case .later = retry { #expect(server.received.count == 3) }
    if retry == .never, kind != .notOdoo { #expect(server.received.count == 1) }
  }

  @Test func `a read succeeds after a restart`() async throws {
    let server = OdooDouble { call, before in
      before < 2 ? [.answer(502, "x"), .cut][before] : call.result("3")
    }
    let count = try await Fixture.run(server.start()) { client in
      try await client.searchCount("x.thing", where: .all)
    }
    #expect(count == 3)
  }

  @Test func `a write that was rolled back is made again`() async throws {
    let server = OdooDouble { call, before in
      before < 2 ? call.error("psycopg2.errors.SerializationFailure") : call.result("41")
    }
    let id = try await Fixture.run(server.start()) { client in
      try await client.create("x.thing", ["name": .text("n")])
    }
    #expect(id == 41)
    #expect(server.received.count == 3)
  }

  @Test func `a write beyond its deadline is unknown, a read is not`() async throws {
    let server = OdooDouble { _, _ in .hang }
    let errors = try await Fixture.run(
      server.start(),
      change: {
        $0.shortestWriteDeadline = .zero
        ($0.writeDeadline, $0.readDeadline, $0.attempts) = (.seconds(5), .seconds(5), 1)
      }
    ) { client in
      // Fields are known before, so that the deadlines are those of the calls.
      _ = try await client.fields(of: "x.thing")
      let write = await #expect(throws: OdooError.self) {
        try await client.write("x.thing", ids: [1], ["name": .text("n")])
      }
      let read = await #expect(throws: OdooError.self) {
        try await client.searchCount("x.thing", where: .all)
      }
      return (write, read)
    }
    #expect(errors.0?.kind == .deadline)
    #expect(errors.0?.retry == .outcomeUnknown)
    #expect(errors.1?.kind == .deadline)
    #expect(errors.1?.retry == .later(after: nil))
  }

  @Test func `a refused connection is not sent, also for a write`() async throws {
    let port = try await LoopbackServer.freePort()
    var configuration = Fixture.configuration("http://127.0.0.1:\(port)")
    let pauses = Pauses()
    configuration.pause = { pauses.add($0) }
    let client = try OdooClient(configuration: configuration)
    let error = await #expect(throws: OdooError.self) {
      try await client.write("x.thing", ids: [1], ["name": .text("n")])
    }
    try await client.shutdown()
    #expect(error?.kind == .notSent)
    #expect(error?.detail == "connect_failed")
    #expect(error?.retry == .later(after: nil))
    #expect(pauses.all.count == 2)
    #expect(pauses.all.allSatisfy { $0 > .zero && $0 <= .seconds(2) })
  }

  @Test func `a server that asks to wait for long is not waited for`() async throws {
    let server = OdooDouble { _, _ in
      .raw("HTTP/1.1 503 X\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n")
    }
    let error = try await Fixture.run(server.start()) { client in
      await #expect(throws: OdooError.self) {
        try await client.searchCount("x.thing", where: .all)
      }
    }
    #expect(error?.retry == .later(after: .seconds(120)))
    #expect(server.received.count == 1)
  }

  @Test func `what a shut down client is asked never leaves`() async throws {
    let client = try OdooClient(configuration: Fixture.configuration("http://127.0.0.1:1"))
    try await client.shutdown()
    let error = await #expect(throws: OdooError.self) { try await client.server() }
    #expect(error?.detail == "shut_down")
    #expect(error?.retry == .never)
  }
}
