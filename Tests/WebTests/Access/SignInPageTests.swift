import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

@Suite("Sign-in pages") struct SignInPageTests {
  private static let origin = ["Origin: http://localhost"]

  private static func form(_ pairs: [(String, String)]) -> String {
    pairs.map { "\($0)=\($1.replacing(" ", with: "+"))" }.joined(separator: "&")
  }

  private static func session(_ answer: RawAnswer) throws -> String {
    let cookie = try #require(answer.fields["set-cookie"])
    #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax"))
    return String(cookie.dropFirst("aiom_local=".count).prefix { $0 != ";" })
  }

  @Test func `the first owner signs up by the link, once, and is signed in`() async throws {
    let place = try await AccessPlace()
    let link = try #require(try await People(place.context).firstOwnerLink())
    let good = Self.form([
      ("person", "ann"), ("name", "Ann Lee"), ("password", AccessPlace.password),
      ("again", AccessPlace.password),
    ])
    try await place.run { running in
      for _ in 1...2 {
        let page = try await running.ask("GET /join/\(link)")
        #expect(page.status == 200)
        for part in [
          "<label for=\"person\">", "<label for=\"password\">", "autocomplete=\"new-password\"",
          "aria-describedby=\"password-hint\"", "<html lang=\"en\">",
        ] { #expect(page.body.contains(part)) }
      }
      #expect(try await People(place.context).isEmpty(), "looking changes nothing")
      let differs = try await running.ask(
        "POST /join/\(link)", Self.origin,
        body: Self.form([("person", "ann"), ("name", "A"), ("password", "x"), ("again", "y")]))
      #expect(differs.status == 422 && differs.body.contains("role=\"alert\""))
      let foreign = try await running.ask(
        "POST /join/\(link)", ["Origin: http://evil.example"], body: good)
      #expect(foreign.status == 403)
      let done = try await running.ask("POST /join/\(link)", Self.origin, body: good)
      #expect(done.status == 303 && done.fields["location"] == "/")
      let session = try Self.session(done)
      let account = try await running.ask("GET /account", ["Cookie: aiom_local=\(session)"])
      #expect(account.status == 200 && account.body.contains("Ann Lee (ann)"))
      #expect(try await running.ask("GET /join/\(link)").status == 404)
      #expect(try await running.ask("POST /join/\(link)", Self.origin, body: good).status == 404)
      let out = try await running.ask(
        "POST /logout/everywhere", AccessPlace.browser(session), body: "")
      #expect(out.status == 303 && out.fields["set-cookie"]?.contains("Max-Age=0") == true)
      let gone = try await running.ask(
        "GET /account", ["Cookie: aiom_local=\(session)", "Accept: text/html"])
      #expect(gone.status == 303 && gone.fields["location"] == "/login")
    }
    for secret in [link, AccessPlace.password, "Ann Lee"] {
      #expect(!place.spy.lines.joined().contains(secret))
    }
  }

  @Test func `a wrong password says nothing about the account, then makes wait`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.run { running in
      func tried(_ person: String, _ password: String) async throws -> RawAnswer {
        try await running.ask(
          "POST /login", Self.origin,
          body: Self.form([("person", person), ("password", password)]))
      }
      let known = try await tried("ann", "wrong")
      let unknown = try await tried("bob", "wrong")
      #expect(known.status == 401 && unknown.status == 401)
      #expect(known.body.replacing("ann", with: "bob") == unknown.body)
      for _ in 2...5 { #expect(try await tried("ann", "wrong").status == 401) }
      let locked = try await tried("ann", AccessPlace.password)
      #expect(locked.status == 429 && locked.fields["retry-after"] == "30")
      place.house.clock.advance(by: .seconds(30))
      let done = try await tried("ann", AccessPlace.password)
      #expect(done.status == 303)
      let me = try await running.ask(
        "GET /api/v1/me", ["Cookie: aiom_local=\(try Self.session(done))"])
      #expect(me.body.contains(#""author":"person:ann""#))
    }
  }

  @Test func `pages are in the reader's language and escape what people wrote`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    try await place.run { running in
      let german = try await running.ask("GET /login", ["Accept-Language: de-CH, en;q=0.5"])
      #expect(german.body.contains("<html lang=\"de\">") && german.body.contains("Anmelden"))
      let account = try await running.ask("GET /account", ["Cookie: aiom_local=\(session)"])
      #expect(account.body.contains("Ann &lt;Lee&gt; (ann)"))
    }
  }

  @Test func `the API signs in with JSON, adds people by link and makes tokens`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let org = place.house.org.rawValue
    try await place.run { running in
      let begun = try await running.ask(
        "POST /api/v1/session", [],
        body: #"{"person":"ann","password":"\#(AccessPlace.password)"}"#)
      #expect(begun.status == 200)
      let fields = AccessPlace.browser(try Self.session(begun))
      let added = try await running.ask(
        "POST /api/v1/persons", fields,
        body: #"{"person":"bo","name":"Bo","roles":["approver"]}"#)
      #expect(added.status == 201 && added.body.contains(#""link":"/join/aiom_l_"#))
      let token = try await running.ask(
        "POST /api/v1/tokens", fields,
        body: #"{"org":"\#(org)","name":"bot","agent":true,"scopes":["read","propose"]}"#)
      #expect(token.status == 201 && token.body.contains(#""token":"aiom_a_"#))
      let deciding = try await running.ask(
        "POST /api/v1/tokens", fields,
        body: #"{"org":"\#(org)","name":"bot2","agent":true,"scopes":["decide"]}"#)
      #expect(deciding.status == 403)
      #expect(deciding.body.contains(#""code":"token.deciding_scope""#))
      let listed = try await running.ask("GET /api/v1/tokens", fields)
      #expect(!listed.body.contains("aiom_a_"))
      let unknown = try await running.ask(
        "POST /api/v1/persons/bo", fields, body: #"{"actve":false}"#)
      #expect(unknown.status == 422)
      let disabled = try await running.ask(
        "POST /api/v1/persons/bo", fields, body: #"{"active":false}"#)
      #expect(disabled.status == 200 && disabled.body.contains(#""active":false"#))
      let last = try await running.ask(
        "POST /api/v1/persons/ann", fields, body: #"{"active":false}"#)
      #expect(last.status == 409)
    }
  }
}

@Suite("API description") struct OpenAPITests {
  @Test func `every route of the API is described, and nothing else`() throws {
    let routes = Set(
      RouteTable.all.filter { $0.template.text.hasPrefix("/api/") }
        .map { "\($0.method) \($0.template.text)" })
    #expect(Set(OpenAPI.operations.keys) == routes)
    let document = try #require(OpenAPI.document.objectValue)
    #expect(document["openapi"] == "3.1.0")
    let paths = try #require(document["paths"]?.objectValue)
    for route in RouteTable.all where route.template.text.hasPrefix("/api/") {
      let operation = paths[route.template.text]?.objectValue?[route.method.lowercased()]?
        .objectValue
      #expect(operation?["x-aiom-role"] == .string(route.role.text), "\(route.template.text)")
    }
  }

  @Test func `without a demo no link lets anybody in, and with one a look does not`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let entrance = Entrance(AccessPlace.id("ann"), .system)
    try await place.run { running in
      for method in ["GET", "POST"] {
        let answer = try await running.ask(
          "\(method) /enter/\(entrance.text)", ["Origin: http://localhost"],
          body: method == "POST" ? "" : nil)
        #expect(answer.status == 404 && answer.fields["set-cookie"] == nil)
      }
    }
    var open = place
    open.context.entrance = entrance
    try await open.run { running in
      let page = try await running.ask("GET /enter/\(entrance.text)")
      #expect(page.status == 200 && page.fields["set-cookie"] == nil)
      let entered = try await running.ask(
        "POST /enter/\(entrance.text)", ["Origin: http://localhost"], body: "")
      #expect(entered.status == 303 && entered.fields["set-cookie"] != nil)
    }
  }
}
