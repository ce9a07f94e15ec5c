import ActionProtocol
import Decisions
import Engine
import HTTPTypes
import TestSupport
import Testing

@testable import Web

/// Every route of the private listener × every role × every kind of credential.
@Suite("Route door") struct RouteDoorTests {
  private struct Caller: Sendable {
    let name: String
    let fields: @Sendable () async throws -> [String]
    /// Nil: nobody is known.
    let rights: Set<Right>?
    let isBrowser: Bool
  }

  private static func callers(_ place: AccessPlace) async throws -> [Caller] {
    try await place.addOwner()
    for role in RoleName.builtIn where role != .owner { try await place.add(role.rawValue, role) }
    var callers = [
      Caller(name: "nobody", fields: { [] }, rights: nil, isBrowser: false),
      Caller(
        name: "a made-up token", fields: { ["Authorization: Bearer aiom_p_nothing"] }, rights: nil,
        isBrowser: false),
      Caller(
        name: "a made-up session", fields: { AccessPlace.browser("aiom_s_nothing") }, rights: nil,
        isBrowser: true),
      Caller(
        name: "a password", fields: { ["Authorization: Basic YW5uOnNlY3JldA=="] }, rights: nil,
        isBrowser: false),
    ]
    for role in RoleName.builtIn {
      let handle = role == .owner ? "ann" : role.rawValue
      let rights = role.builtInRights ?? []
      callers.append(
        Caller(
          name: "session of \(role.rawValue)",
          fields: { AccessPlace.browser(try await place.session(handle)) }, rights: rights,
          isBrowser: true))
      let scopes = rights.subtracting([.people])
      callers.append(
        Caller(
          name: "token of \(role.rawValue)",
          fields: {
            ["Authorization: Bearer \(try await place.token(.person, of: handle, scopes))"]
          }, rights: scopes, isBrowser: false))
    }
    callers.append(
      Caller(
        name: "agent",
        fields: {
          ["Authorization: Bearer \(try await place.token(.agent, of: "ann", Right.forAgents))"]
        }, rights: Right.forAgents, isBrowser: false))
    return callers
  }

  @Test func `whoever lacks what a route asks for is stopped before its handler`() async throws {
    let place = try await AccessPlace()
    let callers = try await Self.callers(place)
    try await place.run { running in
      for route in RouteTable.all where route.listener == .private && route.role != .public {
        let path = route.template.text.replacing("{person}", with: "ann")
          .replacing("{role}", with: "dunning").replacing("{token}", with: "nothing")
          .replacing("{passkey}", with: "AAAA")
          .replacing("{action}", with: "0193f2aa-0000-7000-8000-000000000000")
        for caller in callers {
          let answer = try await running.ask(
            "\(route.method) \(path)", try await caller.fields(),
            body: route.method == "POST" ? "{}" : nil)
          let what: Comment = "\(route.method) \(path) by \(caller.name): \(answer.body)"
          switch (caller.rights, route.role) {
          case (nil, _):
            #expect([401, 403].contains(answer.status), what)
          case (let rights?, .right(let right)) where !rights.contains(right):
            #expect(answer.status == 403, what)
          default:
            #expect(answer.status != 401, what)
            let isPage = !path.hasPrefix("/api/") && route.method == "GET"
            if !isPage || caller.isBrowser { #expect(answer.status < 500, what) }
            if case .right = route.role { #expect(answer.status != 403, what) }
          }
        }
      }
    }
  }

  @Test func `an agent's token decides nothing over HTTP, whatever is sent`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let agent = try await place.token(.agent, of: "ann", Right.forAgents)
    let org = place.house.org
    let bodies = [
      "{}", #"{"org":"\#(org.rawValue)","name":"x","scopes":["read"]}"#,
      #"{"org":"\#(org.rawValue)","name":"x","agent":true,"scopes":["decide"]}"#,
      #"{"person":"mal","name":"Mal","roles":["owner"]}"#,
      #"{"add_roles":["owner"]}"#, #"{"active":false}"#, #"{"password_link":true}"#,
      #"{"role":"mine","rights":["decide"]}"#, #"{"everywhere":true}"#,
    ]
    func state() async throws -> [String] {
      try await place.house.store.read { store in
        try store.persons().map(\.description) + store.roles(of: org).map(\.name.rawValue)
          + store.tokens(of: org).map { "\($0.name) \($0.revokedAt == nil)" }
          + store.memberships(in: org).map(\.role.rawValue)
          + store.sessions(of: AccessPlace.id("ann")).map(\.digest.hex)
      }
    }
    let before = try await state()
    try await place.run { running in
      for route in RouteTable.all where route.listener == .private && route.method == "POST" {
        let path = route.template.text.replacing("{person}", with: "ann")
          .replacing("{role}", with: "mine").replacing("{token}", with: "t")
          .replacing("{passkey}", with: "AAAA")
          .replacing("{action}", with: "0193f2aa-0000-7000-8000-000000000000")
        for body in bodies {
          _ = try await running.ask("POST \(path)", ["Authorization: Bearer \(agent)"], body: body)
        }
      }
    }
    #expect(try await state() == before)
  }

  @Test func `a browser's change needs a page of the session`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let cookie = "Cookie: aiom_local=\(session)"
    let token = "X-CSRF-Token: \(FormToken.of(session))"
    let origin = "Origin: http://localhost"
    let cases: [(String, [String], String, String)] = [
      ("no page at all", [cookie, token], "{}", "other_site"),
      ("another site's page", [cookie, token, "Origin: http://evil.example"], "{}", "other_site"),
      ("another port", [cookie, token, "Origin: http://localhost:1"], "{}", "other_site"),
      (
        "https though it is http", [cookie, token, "Origin: https://localhost"], "{}", "other_site"
      ),
      ("a hidden origin", [cookie, token, "Origin: null"], "{}", "other_site"),
      ("a sibling site", [cookie, token, origin, "Sec-Fetch-Site: same-site"], "{}", "other_site"),
      ("no token", [cookie, origin], "{}", "form_token"),
      (
        "another token", [cookie, origin, "X-CSRF-Token: \(FormToken.of("x"))"], "{}", "form_token"
      ),
      ("its page", [cookie, origin, token], "{}", "body.invalid"),
      (
        "its page, by the browser's word", [cookie, token, "Sec-Fetch-Site: same-origin"], "{}",
        "body.invalid"
      ),
    ]
    try await place.run { running in
      for (what, fields, body, code) in cases {
        let answer = try await running.ask("POST /api/v1/persons", fields, body: body)
        #expect(answer.body.contains("\"code\":\"\(code)\""), "\(what): \(answer.body)")
      }
      let form = try await running.ask(
        "POST /logout", [cookie, origin], body: "form_token=\(FormToken.of(session))")
      #expect(form.status == 303)
    }
  }

  @Test func `a cookie of plain http opens nothing over https`() throws {
    func origin(isTLS: Bool) -> RequestOrigin {
      RequestOrigin(peer: nil, isTLS: isTLS, fields: [:], proxies: .none)
    }
    #expect(
      SessionCookie.setting("x", origin(isTLS: true))
        == "__Host-aiom=x; Path=/; HttpOnly; SameSite=Lax; Secure")
    #expect(
      SessionCookie.setting("x", origin(isTLS: false))
        == "aiom_local=x; Path=/; HttpOnly; SameSite=Lax")
    #expect(SessionCookie.value(in: [.cookie: "aiom_local=x"], origin(isTLS: true)) == nil)
    #expect(SessionCookie.value(in: [.cookie: "b=1; __Host-aiom=x"], origin(isTLS: true)) == "x")
    #expect(SessionCookie.value(in: [.cookie: "xaiom_local=x"], origin(isTLS: false)) == nil)
  }

  @Test func `a right that is asked for in another org is none`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let token = try await place.token(.person, of: "ann", [.read])
    try await place.run { running in
      let bearer = "Authorization: Bearer \(token)"
      for (org, status) in [(place.house.org.rawValue, 200), ("other", 403)] {
        let answer = try await running.ask(
          "GET /api/v1/persons", [bearer, "AIOM-Org: \(org)"])
        #expect(answer.status == status)
      }
    }
  }
}
