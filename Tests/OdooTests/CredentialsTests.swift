import Testing

@testable import Odoo

@Suite struct CredentialsTests {
  @Test func `a wrong password is tried once, whoever asks and however often`() async throws {
    let server = OdooDouble(authenticated: "false") { call, _ in call.result("1") }
    let loopback = try await server.start()
    try await Fixture.run(loopback) { client in
      await withTaskGroup { group in
        for _ in 0..<10 {
          group.addTask {
            let error = await #expect(throws: OdooError.self) {
              try await client.searchCount("x.thing", where: .all)
            }
            #expect([.credentialsRefused, .credentialsHeldBack].contains(error?.kind))
            #expect(error?.retry == .afterRepair)
          }
        }
      }
      let later = await #expect(throws: OdooError.self) { try await client.server() }
      #expect(later?.kind == .credentialsHeldBack)
    }
    #expect(loopback.requests.filter { $0.body.contains("authenticate") }.count == 1)
    #expect(server.received.isEmpty)
  }

  @Test func `a password that stops being right stops everything until it is repaired`()
    async throws
  {
    let server = OdooDouble { call, before in
      before == 0 ? call.error("odoo.exceptions.AccessDenied") : call.result("5")
    }
    try await Fixture.run(server.start()) { client in
      for kind in [OdooError.Kind.credentialsRefused, .credentialsHeldBack, .credentialsHeldBack] {
        let error = await #expect(throws: OdooError.self) {
          try await client.searchCount("x.thing", where: .all)
        }
        #expect(error?.kind == kind)
      }
      #expect(server.received.count == 1)
      await client.credentialsWereRepaired()
      let count = try await client.searchCount("x.thing", where: .all)
      #expect(count == 5)
    }
  }

  @Test func `a key that expired stops everything`() async throws {
    let server = OdooDouble { _, _ in
      .answer(
        401, #"{"name":"werkzeug.exceptions.Unauthorized","message":"Invalid apikey","debug":"x"}"#)
    }
    try await Fixture.run(server.start(), Fixture.key) { client in
      for kind in [OdooError.Kind.credentialsRefused, .credentialsHeldBack] {
        let error = await #expect(throws: OdooError.self) {
          try await client.searchCount("x.thing", where: .all)
        }
        #expect(error?.kind == kind)
      }
    }
    #expect(server.received.count == 1)
  }

  @Test func `a right that is missing stops nothing`() async throws {
    let server = OdooDouble { call, before in
      before == 0 ? call.error("odoo.exceptions.AccessError") : call.result("5")
    }
    try await Fixture.run(server.start()) { client in
      let error = await #expect(throws: OdooError.self) {
        try await client.searchCount("x.thing", where: .all)
      }
      #expect(error?.kind == .accessDenied)
      let count = try await client.searchCount("x.thing", where: .all)
      #expect(count == 5)
    }
  }

  @Test(arguments: [
    (19, Fixture.key, WireProtocol.json2), (19, Fixture.password, .jsonRPC),
    (14, Fixture.password, .jsonRPC), (22, Fixture.key, .json2),
    (18, OdooCredentials.apiKey("k", login: "bot"), .jsonRPC),
  ])
  func `the interface is chosen by version and credentials`(
    version: Int, credentials: OdooCredentials, wire: WireProtocol
  ) async throws {
    let server = OdooDouble(version: version) { call, _ in call.result("1") }
    let facts = try await Fixture.run(server.start(), credentials) { try await $0.server() }
    #expect(
      facts
        == ServerFacts(
          version: ServerVersion(major: version), userID: 7, wire: wire))
  }

  @Test func `a key without a login needs JSON-2`() async throws {
    let server = OdooDouble(version: 18) { call, _ in call.result("1") }
    let error = try await Fixture.run(server.start(), Fixture.key) { client in
      await #expect(throws: OdooError.self) { try await client.server() }
    }
    #expect(error?.code == "request_invalid: json_rpc_needs_database_and_login")
  }

  @Test func `a server that is no Odoo is told apart`() async throws {
    let server = try await LoopbackServer { _ in .answer(404, "<html>nothing here</html>") }
    let error = try await Fixture.run(server) { client in
      await #expect(throws: OdooError.self) { try await client.server() }
    }
    #expect(error?.kind == .notOdoo)
  }

  static let issues:
    [(OdooClient.ConfigurationIssue, @Sendable (inout OdooClient.Configuration) -> Void)] = [
      (.baseURLInvalid, { $0.baseURL = "acme" }), (.baseURLInvalid, { $0.baseURL = "ftp://a" }),
      (.baseURLInvalid, { $0.baseURL = "https://u:p@a" }),
      (.baseURLInvalid, { $0.baseURL = "https://a?x=1" }),
      (.baseURLInsecure, { $0.baseURL = "http://acme.odoo.com" }),
      (.baseURLInsecure, { $0.baseURL = "http://127.evil.example" }),
      (.credentialsInvalid, { $0.credentials = .password(login: "", "x") }),
      (.credentialsInvalid, { $0.credentials = .apiKey("a\nb") }),
      (.databaseInvalid, { $0.database = "a b" }), (.deadlineInvalid, { $0.readDeadline = .zero }),
      (.deadlineInvalid, { $0.writeDeadline = .seconds(59) }),
      (.attemptsInvalid, { $0.attempts = 0 }),
      (.answerLimitInvalid, { $0.answerLimit = 0 }),
      (.maxConnectionsInvalid, { $0.maxConnections = 9 }),
    ]

  @Test(arguments: issues.indices)
  func `what can never work is refused at the start`(index: Int) async throws {
    let (issue, change) = Self.issues[index]
    var configuration = Fixture.configuration("https://acme.example")
    change(&configuration)
    #expect(throws: issue) { _ = try OdooClient(configuration: configuration) }
  }
}
