import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import TestSupport
import Testing

@testable import Web

/// Deciding in a browser without scripts.
@Suite("Pages of the desk") struct DeskPageTests {
  static func form(_ session: String, _ pairs: [(String, String)]) -> String {
    (pairs + [("form_token", FormToken.of(session))]).map { name, value in
      let allowed = CharacterSet.alphanumerics
      return "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
    }.joined(separator: "&")
  }

  /// A browser's request with a session, and its form's token only in the form.
  static func browser(_ session: String) -> [String] {
    ["Cookie: aiom_local=\(session)", "Origin: http://localhost", "Accept: text/html"]
  }

  @Test func `a person finds what waits, reads the card and approves exactly that`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let session = try await place.session("ann")
    let fields = Self.browser(session)
    let path = "/actions/\(state.id.rawValue)"
    try await place.run { running in
      let home = try await running.ask("GET /", fields)
      #expect(home.status == 303 && home.fields["location"] == "/inbox")
      let inbox = try await running.ask("GET /inbox", fields)
      #expect(inbox.status == 200 && inbox.body.contains("One action waits for a decision"))
      #expect(inbox.body.contains("<a href=\"\(path)\">Will email billing@customer1.example</a>"))
      #expect(inbox.body.contains("Sandbox: messages go to the local mailbox"))
      let card = try await running.ask("GET \(path)", fields)
      for part in [
        "<h1>Will email billing@customer1.example</h1>", "We are open on Monday.",
        "name=\"digest\" value=\"\(state.digest.hex)\"", "Approve and send this mail",
        "◐ medium risk", "<html lang=\"en\">",
      ] { #expect(card.body.contains(part), "\(part)") }
      let other = try await running.ask(
        "POST \(path)/approve", fields,
        body: Self.form(session, [("digest", Digest.sha256([1]).hex)]))
      #expect(other.status == 409 && other.body.contains("role=\"alert\""))
      let done = try await running.ask(
        "POST \(path)/approve", fields,
        body: Self.form(session, [("digest", state.digest.hex), ("shown", "1")]))
      #expect(done.status == 303 && done.fields["location"] == "\(path)?done=approved")
      let after = try await running.ask("GET \(path)?done=approved", fields)
      #expect(after.body.contains("Approved.") && after.body.contains("Take the approval back"))
      #expect(!after.body.contains("Approve and send"))
      let empty = try await running.ask("GET /inbox", fields)
      #expect(empty.body.contains("Nothing waits for you"))
      let all = try await running.ask("GET /actions?status=approved", fields)
      #expect(all.body.contains("href=\"\(path)\""))
    }
    let end = try await place.house.state(state.id)
    #expect(end.status == .approved && end.approval?.by.rawValue == "person:ann")
  }

  @Test func `without the form's token, from elsewhere, or by a program nothing is decided`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let session = try await place.session("ann")
    let token = try await place.token(.person, of: "ann", [.read, .decide])
    let path = "/actions/\(state.id.rawValue)/approve"
    let digest = "digest=\(state.digest.hex)"
    let good = Self.form(session, [("digest", state.digest.hex)])
    try await place.run { running in
      for (fields, body) in [
        (Self.browser(session), digest), (Self.browser(session), digest + "&form_token=x"),
        (["Cookie: aiom_local=\(session)", "Origin: http://evil.example"], good),
        (["Cookie: aiom_local=\(session)", "Sec-Fetch-Site: cross-site"], good),
        (["Cookie: aiom_local=\(session)"], good),
        (["Authorization: Bearer \(token)"], digest),
      ] {
        let answer = try await running.ask("POST \(path)", fields, body: body)
        #expect([403, 406].contains(answer.status), "\(answer.status) \(answer.body)")
      }
    }
    #expect(try await place.house.state(state.id).status == .pendingApproval)
  }

  @Test func `whoever may only look is offered nothing else`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("vic", .viewer)
    let state = try await place.propose()
    let session = try await place.session("vic")
    let path = "/actions/\(state.id.rawValue)"
    try await place.run { running in
      let card = try await running.ask("GET \(path)", Self.browser(session))
      #expect(card.status == 200 && card.body.contains("deciding needs another role"))
      #expect(!card.body.contains("\(path)/approve") && !card.body.contains("\(path)/reject"))
      for verb in ["approve", "reject", "snooze", "send-now", "settle", "ask"] {
        let answer = try await running.ask(
          "POST \(path)/\(verb)", Self.browser(session),
          body: Self.form(session, [("digest", state.digest.hex), ("because", "disputed")]))
        #expect(answer.status == 403, "\(verb)")
      }
    }
    #expect(try await place.house.state(state.id).status == .pendingApproval)
  }

  @Test func `looking at every page changes nothing, whoever looks`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let session = try await place.session("ann")
    func trail() async throws -> Int {
      try await place.house.store.read { [org = place.house.org] in
        try $0.audit(org, action: nil, after: 0, limit: 1000).count
      }
    }
    let before = try await trail()
    try await place.run { running in
      for route in RouteTable.all where route.listener == .private && route.method == "GET" {
        let path = route.template.text.replacing("{action}", with: state.id.rawValue)
        for method in ["GET", "HEAD"] {
          for fields in [Self.browser(session), [], ["User-Agent: Slackbot-LinkExpanding 1.0"]] {
            // The answer to HEAD has a length and no body, so it ends with the connection.
            let connection = try running.connect()
            connection.send(
              RunningListener.Place.request("\(method) \(path)", fields + ["Connection: close"]))
            // A stream does not end by itself; its head says enough.
            if method == "GET", path.hasSuffix("/events") {
              #expect(await connection.readAnswer().status > 0)
            } else {
              #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 "))
            }
          }
        }
      }
    }
    #expect(try await trail() == before)
    #expect(try await place.house.state(state.id) == state)
  }

  @Test func `words of records, mails and agents never become markup`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.addCustomers()
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'"
    let proposal = Proposal(
      orgID: place.house.org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress("billing@customer1.example")], subject: evil, bodyText: evil,
          bodyHTML: "<p style=\"color:red\">Hello</p><script>alert(1)</script>")),
      idempotencyKey: IdempotencyKey(rawValue: "evil"), expectedEffect: evil, reasoning: evil,
      affectedRecords: AffectedRecords(
        partnerID: PartnerID(rawValue: 1), partnerName: evil))
    let outcome = try await Intake(place.engine).submit(
      proposal, by: Author(.agent, "crm-bot").unsafelyUnwrapped, via: "test")
    let state = try #require(outcome.state)
    _ = try await Remarks(place.engine).comment(
      place.house.org, state.id, evil, by: Author(.agent, "crm-bot").unsafelyUnwrapped, via: "test")
    let session = try await place.session("ann")
    try await place.run { running in
      for path in ["/inbox", "/actions", "/actions/\(state.id.rawValue)"] {
        let page = try await running.ask("GET \(path)", Self.browser(session))
        #expect(page.status == 200)
        #expect(!page.body.contains("<script>alert") && !page.body.contains("<img"), "\(path)")
        let policy = try #require(page.fields["content-security-policy"])
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
      }
      let mail = try await running.ask(
        "GET /actions/\(state.id.rawValue)/message", Self.browser(session))
      #expect(mail.status == 200 && mail.body.contains("<p style"))
      let policy = try #require(mail.fields["content-security-policy"])
      for part in ["default-src 'none'", "sandbox", "frame-ancestors 'self'"] {
        #expect(policy.contains(part))
      }
      #expect(!policy.contains("script") && mail.fields["x-frame-options"] == "SAMEORIGIN")
    }
  }

  @Test func `putting off, asking, answering and rejecting lead back with what was done`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let session = try await place.session("ann")
    let path = "/actions/\(state.id.rawValue)"
    try await place.run { running in
      for (verb, pairs, done) in [
        ("ask", [("text", "Why Monday?\r\nReally?")], "asked"),
        ("answer", [("text", "Because.")], "answered"),
        ("comment", [("text", "Fine.")], "commented"), ("snooze", [("hours", "4")], "put-off"),
        ("reject", [("because", "too-early"), ("reason", "In May."), ("quiet", "")], "rejected"),
      ] {
        let answer = try await running.ask(
          "POST \(path)/\(verb)", Self.browser(session), body: Self.form(session, pairs))
        #expect(
          answer.status == 303 && answer.fields["location"] == "\(path)?done=\(done)",
          "\(verb) \(answer.status) \(answer.body)")
      }
      let refused = try await running.ask(
        "POST \(path)/snooze", Self.browser(session),
        body: Self.form(session, [("hours", "4")]))
      #expect(refused.status == 409 && refused.body.contains("role=\"alert\""))
      let bad = try await running.ask(
        "POST \(path)/comment", Self.browser(session), body: Self.form(session, [("text", "")]))
      #expect(bad.status == 422)
    }
    let end = try await place.house.state(state.id)
    #expect(end.rejection?.reason == "It is too early. In May.")
    let remarks = try await place.house.store.read { try $0.remarks(state.org, state.id) }
    #expect(remarks.map(\.text) == ["Why Monday?\nReally?", "Because.", "Fine."])
  }
}
