import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

/// Policies in a browser: read, drafted, checked, tried, asked for, approved, and taken back.
@Suite("Policies in a browser") struct PolicyPageTests {
  /// Everything asks, messages by finance: it differs from the policy of the place.
  private static let draft = """
    policy: ours
    rules:
      - id: finance-looks
        title: Finance <b>looks</b>
        on: [messages]
        then:
          require: { role: finance }
        reason: Money is theirs.
        owner: ann
    """

  @Test func `the policy stands there as sentences, with who made it and what had a say`()
    async throws
  {
    let policy = Policy(
      name: "asks",
      rules: [
        PolicyRule(
          id: "ask", title: "Ask", on: [.group(.all)], then: .require(.standard),
          reason: "So <b>be</b> it.")
      ])
    let place = try await AccessPlace(policy: policy)
    try await place.addOwner()
    _ = try await place.propose()
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask("GET /policies", Browsing.fields(session))
      #expect(page.status == 200)
      for part in [
        "needs the approval of", "had a say in 1 of the latest 1", "● applies", "no owner named",
        "So &lt;b&gt;be&lt;/b&gt; it.", policy.hash.hex, "Version 1",
        "href=\"/policies/1\"", "href=\"/policies/draft\"",
      ] { #expect(page.body.contains(part), "\(part): \(page.body)") }
      let version = try await running.ask("GET /policies/1", Browsing.fields(session))
      #expect(version.status == 200 && version.body.contains("It is the first one."))
      for path in ["/policies/2", "/policies/0", "/policies/-1", "/policies/x"] {
        #expect(try await running.ask("GET \(path)", Browsing.fields(session)).status == 404)
      }
      let token = try await place.token(.person, of: "ann", [.read, .policy])
      let api = try await running.ask("GET /api/v1/policies", ["Authorization: Bearer \(token)"])
      for part in [#""decisions":1"#, #""hits":{"ask":1}"#, #""waiting":[]"#, policy.hash.hex] {
        #expect(api.body.contains(part), "\(part)")
      }
    }
  }

  @Test func `what is wrong with a draft is said with its line and remedy, beside the text`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let wrong = Self.draft.replacing("role: finance", with: "rolle: finance")
    try await place.run { running in
      for verb in ["check", "backtest", "activate"] {
        let page = try await running.ask(
          "POST /policies/\(verb)", Browsing.fields(session),
          body: Browsing.form(session, [("text", wrong), ("reason", "because")]))
        #expect(page.status == 422, "\(verb)")
        for part in [
          "line 7", "rolle", "It cannot be used like this", "aria-invalid=\"true\"",
          "Finance &lt;b&gt;looks&lt;/b&gt;",
        ] { #expect(page.body.contains(part), "\(verb) \(part): \(page.body)") }
      }
      for text in ["", "\t", "a: [", "- &x 1\n- *x", "<script>alert"] {
        let page = try await running.ask(
          "POST /policies/check", Browsing.fields(session),
          body: Browsing.form(session, [("text", text)]))
        #expect(page.status == 422 && !page.body.contains("<script>alert"), "\(text)")
      }
      let token = try await place.token(.person, of: "ann", [.read, .policy])
      let api = try await running.ask(
        "POST /api/v1/policies/check", ["Authorization: Bearer \(token)"],
        body: #"{"text":"policy: x\nrules: 1"}"#)
      #expect(api.status == 200 && api.body.contains(#""usable":false"#), "\(api.body)")
      #expect(api.body.contains(#""line":2"#), "\(api.body)")
    }
    #expect(try await PolicyBook(place.engine).history(place.house.org).open.isEmpty)
  }

  @Test func `a draft is tried on the past, asked for, approved by its digest, and taken back`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    _ = try await place.propose()
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    let org = place.house.org
    let book = PolicyBook(place.engine)
    try await place.run { running in
      let tried = try await running.ask(
        "POST /policies/backtest", fields, body: Browsing.form(session, [("text", Self.draft)]))
      #expect(tried.status == 200)
      for part in [
        "It can be used: 1 rules", "On all that was decided so far (1).", "Added: finance-looks",
      ] {
        #expect(tried.body.contains(part), "\(part): \(tried.body)")
      }
      #expect(try await book.history(org).open.isEmpty)
      let nameless = try await running.ask(
        "POST /policies/activate", fields, body: Browsing.form(session, [("text", Self.draft)]))
      #expect(nameless.status == 422 && nameless.body.contains("reason is empty"))
      let asked = try await running.ask(
        "POST /policies/activate", fields,
        body: Browsing.form(session, [("text", Self.draft), ("reason", "finance <i>wants</i> it")]))
      #expect(asked.fields["location"] == "/policies?done=asked", "\(asked.body)")
      let request = try #require(try await book.history(org).open.first)
      let page = try await running.ask("GET /policies?done=asked", fields)
      for part in [
        "Waits for an approval", request.digest.hex, "finance &lt;i&gt;wants&lt;/i&gt; it",
        "Approve: this becomes the policy", "Added: finance-looks",
      ] { #expect(page.body.contains(part), "\(part)") }
      #expect(try await book.active(org).version?.number == 1)
      let other = try await running.ask(
        "POST /policies/approve", fields,
        body: Browsing.form(
          session, [("request", request.id), ("digest", String(repeating: "0", count: 64))]))
      #expect(other.status == 409 || other.status == 422, "\(other.status)")
      let done = try await running.ask(
        "POST /policies/approve", fields,
        body: Browsing.form(session, [("request", request.id), ("digest", request.digest.hex)]))
      #expect(done.fields["location"] == "/policies?done=activated", "\(done.body)")
      #expect(try await book.active(org).version?.number == 2)
      let back = try await running.ask(
        "POST /policies/rollback", fields,
        body: Browsing.form(session, [("version", "1"), ("reason", "too strict")]))
      #expect(back.fields["location"] == "/policies?done=asked", "\(back.body)")
      let again = try #require(try await book.history(org).open.first)
      #expect(again.source == "rollback:1" && again.digest == EngineHouse.everythingAsks.hash)
      let refused = try await running.ask(
        "POST /policies/reject", fields,
        body: Browsing.form(session, [("request", again.id), ("reason", "no")]))
      #expect(refused.fields["location"] == "/policies?done=rejected", "\(refused.body)")
      #expect(try await book.active(org).version?.number == 2)
    }
    let vias = try await place.house.store.read { store in
      try store.audit(org, action: nil, after: 0, limit: 1000).map {
        String(decoding: $0.leaf, as: UTF8.self)
      }.filter { $0.contains(#""kind":"policy."#) && $0.contains(#""via":"web""#) }.count
    }
    #expect(vias == 5)
  }

  @Test func `with a second owner nobody approves what they asked for themselves`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("bob", .owner)
    let token = try await place.token(.person, of: "ann", [.read, .policy])
    let bearer = ["Authorization: Bearer \(token)"]
    try await place.run { running in
      let asked = try await running.ask(
        "POST /api/v1/policies/activate", bearer,
        body: #"{"text":"policy: ours\nrules: []","reason":"less"}"#)
      #expect(asked.status == 201, "\(asked.body)")
      let request = try #require(
        try await PolicyBook(place.engine).history(place.house.org).open.first)
      let body = #"{"request":"\#(request.id)","digest":"\#(request.digest.hex)"}"#
      let own = try await running.ask("POST /api/v1/policies/approve", bearer, body: body)
      #expect(own.status == 403 && own.body.contains("approval.own_proposal"), "\(own.body)")
      let bob = try await place.token(.person, of: "bob", [.read, .policy])
      let done = try await running.ask(
        "POST /api/v1/policies/approve", ["Authorization: Bearer \(bob)"], body: body)
      #expect(done.status == 200 && done.body.contains(#""version":2"#), "\(done.body)")
    }
  }

  @Test func `a policy that guards with one-time codes is changed with one`() async throws {
    let rule = PolicyRule(
      id: "proof", title: "Messages want a code", on: [.group(.all)], when: PolicyCondition(),
      then: .require(PolicyRequirement(role: "owner", stepUp: .totp)), reason: "A test.")
    let place = try await AccessPlace(policy: Policy(name: "proof", rules: [rule]))
    try await place.addOwner()
    let session = try await place.session("ann")
    let (fields, book) = (Browsing.fields(session), PolicyBook(place.engine))
    try await place.run { running in
      _ = try await running.ask(
        "POST /policies/activate", fields,
        body: Browsing.form(session, [("text", Self.draft), ("reason", "less")]))
      let request = try #require(try await book.history(place.house.org).open.first)
      let page = try await running.ask("GET /policies", fields)
      for part in ["name=\"code\"", "One-time code", "proven by totp"] {
        #expect(page.body.contains(part), "\(part)")
      }
      let pairs = [("request", request.id), ("digest", request.digest.hex)]
      for (code, word) in [("", "approval.step_up"), ("123456", "step_up.none")] {
        let answer = try await running.ask(
          "POST /policies/approve", fields,
          body: Browsing.form(session, pairs + [("code", code)]))
        #expect(answer.status == 403 || answer.status == 409, "\(answer.status)")
        let twin = try await running.ask(
          "POST /api/v1/policies/approve", AccessPlace.browser(session),
          body:
            #"{"request":"\#(request.id)","digest":"\#(request.digest.hex)"\#(code.isEmpty ? "" : #","code":"123456""#)}"#
        )
        #expect(twin.body.contains(word), "\(twin.body)")
      }
    }
    #expect(try await book.active(place.house.org).version?.number == 1)
  }

  @Test func `a request that nobody can read hides nothing, and can be refused`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let org = place.house.org
    let session = try await place.session("ann")
    let (fields, book) = (Browsing.fields(session), PolicyBook(place.engine))
    var request = try await book.request(
      org, .standard, source: "file", reason: "first",
      by: Author(.person, "ann").unsafelyUnwrapped, via: "test")
    request.id = "policy:unreadable"
    request.document = Array("{}".utf8)
    let odd = request
    try await place.house.store.write { try $0.insert(odd) }
    try await place.run { running in
      let page = try await running.ask("GET /policies", fields)
      #expect(page.status == 200 && page.body.contains("cannot read it any more"))
      let refused = try await running.ask(
        "POST /policies/reject", fields,
        body: Browsing.form(session, [("request", odd.id), ("reason", "unreadable")]))
      #expect(refused.fields["location"] == "/policies?done=rejected", "\(refused.body)")
    }
  }

  @Test func `whoever lacks the right may look, and is offered nothing else`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("vic", .viewer)
    _ = try await PolicyBook(place.engine).request(
      place.house.org, .standard, source: "file", reason: "more",
      by: Author(.person, "ann").unsafelyUnwrapped, via: "test")
    let session = try await place.session("vic")
    try await place.run { running in
      let page = try await running.ask("GET /policies", Browsing.fields(session))
      #expect(page.status == 200 && !page.body.contains("/policies/approve"))
      let draft = try await running.ask("GET /policies/draft", Browsing.fields(session))
      #expect(draft.status == 200 && !draft.body.contains("formaction"))
      let checked = try await running.ask(
        "POST /policies/check", Browsing.fields(session),
        body: Browsing.form(session, [("text", Self.draft)]))
      #expect(checked.status == 403)
    }
  }

  @Test func `the page asks the same number of things for few and for many versions`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let few = try await place.statements("/policies", session)
    for number in 0..<4 {
      let policy = number.isMultiple(of: 2) ? Policy.standard : EngineHouse.everythingAsks
      let ann = Author(.person, "ann").unsafelyUnwrapped
      let book = PolicyBook(place.engine)
      let request = try await book.request(
        place.house.org, policy, source: "file", reason: "n", by: ann, via: "test")
      _ = try await book.approve(
        place.house.org, request.id, digest: request.digest, by: ann, via: "test")
    }
    #expect(try await place.statements("/policies", session) == few)
    #expect(few <= 20, "\(few)")
  }
}
