import ActionProtocol
import Engine
import SQLiteDriver
import Store
import Testing
import TestSupport

@Suite struct TrackingEndpointTests {
  @Test(arguments: WebhookScheme.allCases)
  func `only the path and the header together open an endpoint`(
    _ scheme: WebhookScheme
  ) async throws {
    let house = try await EngineHouse.withAcme()
    let made = try await WebhookEndpoints(house.context).create(
      house.org, scheme: scheme, by: .tester, via: "test")
    let inbox = house.inbox
    #expect(
      try await inbox.endpoint(pathToken: made.pathToken, authorization: made.authorization)
        == made.endpoint)
    let lower = made.authorization.replacing("Bearer", with: "bearer")
      .replacing("Basic", with: "BASIC")
    #expect(
      try await inbox.endpoint(pathToken: made.pathToken, authorization: lower) == made.endpoint)
    let other = scheme == .bearer ? "Basic" : "Bearer"
    for wrong in [
      nil, "", "Bearer", "Bearer ", made.authorizationValue, "\(made.authorization)x",
      "\(other) \(made.authorizationValue)", String(made.authorization.dropLast()),
    ] {
      await #expect(throws: WebhookRefusal.unauthorized) {
        try await inbox.endpoint(pathToken: made.pathToken, authorization: wrong)
      }
    }
    for path in ["", "x", String(made.pathToken.dropLast()), made.endpoint.id] {
      // The second is what an unknown path is compared with: it must not open anything either.
      for authorization in [made.authorization, "Bearer \(path)", ""] {
        await #expect(throws: WebhookRefusal.unauthorized) {
          try await inbox.endpoint(pathToken: path, authorization: authorization)
        }
      }
    }
  }

  @Test func `secrets are long, fresh, and nowhere in the database or a description`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let endpoints = WebhookEndpoints(house.context)
    let first = try await endpoints.create(house.org, scheme: .basic, by: .tester, via: "test")
    let second = try await endpoints.create(house.org, scheme: .bearer, by: .tester, via: "test")
    #expect(Set([first.pathToken, second.pathToken, first.secret, second.secret]).count == 4)
    for made in [first, second] {
      #expect(made.pathToken.utf8.count == 43)
      #expect(made.secret.utf8.count == 43)
      #expect(!"\(made)".contains(made.secret) && !"\(made)".contains(made.pathToken))
    }
    let rows = try await house.database.read { sql in
      try sql.all("SELECT token_digest || authorization_digest FROM webhooks") { $0.text(0) }
    }
    #expect(rows.count == 2)
    for row in rows { #expect(!row.contains(first.secret) && !row.contains(second.pathToken)) }
    #expect(try await house.kinds().count { $0 == "webhook.created" } == 2)
  }

  @Test func `a removed endpoint is closed and its events stay`() async throws {
    let house = try await EngineHouse.withAcme()
    let endpoints = WebhookEndpoints(house.context)
    let made = try await endpoints.create(house.org, scheme: .bearer, by: .tester, via: "test")
    let id = try await house.accepted()
    try await house.arrive(Post(id: "1", kind: "delivered", echo: house.echo(id)))
    try await endpoints.setVendorID(house.org, made.endpoint.id, "4711")
    #expect(try await endpoints.list(house.org).map(\.vendorID) == ["4711"])
    #expect(try await endpoints.remove(house.org, made.endpoint.id, by: .tester, via: "test"))
    #expect(!(try await endpoints.remove(house.org, made.endpoint.id, by: .tester, via: "test")))
    #expect(try await endpoints.list(house.org).isEmpty)
    await #expect(throws: WebhookRefusal.unauthorized) {
      try await house.inbox.endpoint(
        pathToken: made.pathToken, authorization: made.authorization)
    }
    #expect(try await house.events(id).count == 1)
  }
}
