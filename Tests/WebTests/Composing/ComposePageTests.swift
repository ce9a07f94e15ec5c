import ActionProtocol
import Addressing
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

@Suite("New message") struct ComposePageTests {
  /// A place with the customers 1 to 3, a contact of the first, and Ann's session.
  private static func place() async throws -> (AccessPlace, String) {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.addCustomers()
    try await place.house.books([
      .contact(
        ContactRow(
          externalID: "c1", partner: "p1", name: "Eve",
          email: try EmailAddress("eve@customer1.example")))
    ])
    return (place, try await place.session("ann"))
  }

  private static func fields(
    _ change: [String: String] = [:]
  ) -> [(String, String)] {
    let standard = [
      "customer": "1", "nonce": "nonce-0001", "recipient": "email-1", "template": "text",
      "subject": "Our hours", "text": "We are open on Monday.", "when": "", "why": "",
    ]
    return standard.merging(change) { _, new in new }.sorted { $0.key < $1.key }
  }

  private static func actions(_ place: AccessPlace) async throws -> [ActionState] {
    let org = place.house.org
    return try await place.house.store.read { try $0.actions(org, ActionFilter()) }
  }

  @Test func `a person finds a customer, writes, sees what it says, and is led to the card`()
    async throws
  {
    let (place, session) = try await Self.place()
    let browser = Browsing.fields(session)
    try await place.run { running in
      let inbox = try await running.ask("GET /inbox", browser)
      #expect(inbox.body.contains("href=\"/new/message\" data-key=\"n\""))
      let start = try await running.ask("GET /new/message?q=customer%201", browser)
      #expect(start.body.contains("href=\"/new/message?customer=1\">Customer 1</a>"))
      #expect(!start.body.contains("Customer 2"))
      let form = try await running.ask("GET /new/message?customer=1", browser)
      #expect(form.status == 200 && form.body.contains("billing@customer1.example"))
      #expect(form.body.contains("eve@customer1.example, Eve"))
      #expect(form.body.contains("America/New_York"))
      let body = Browsing.form(session, Self.fields(["template": "custom_message"]))
      let preview = try await running.ask("POST /new/message/preview", browser, body: body)
      #expect(preview.status == 200)
      for words in [
        "Dear Customer 1,", "We are open on Monday.", "Harbor Books LLC",
        "it waits for an approval", "value=\"nonce-0001\"",
      ] { #expect(preview.body.contains(words), "\(words)") }
      #expect(try await Self.actions(place).isEmpty)
      // Sent twice, it is one.
      for _ in 0..<2 {
        let sent = try await running.ask("POST /new/message", browser, body: body)
        let id = try #require(try await Self.actions(place).first).id.rawValue
        #expect(sent.status == 303 && sent.fields["location"] == "/actions/\(id)?done=proposed")
        place.house.clock.advance(by: .seconds(5))
      }
      let other = try await running.ask(
        "POST /new/message", browser,
        body: Browsing.form(session, Self.fields(["text": "Other words."])))
      #expect(other.status == 409 && other.body.contains("sent before, with other words"))
      #expect(other.body.contains("Other words.</textarea>"))
    }
    let all = try await Self.actions(place)
    #expect(all.count == 1)
    #expect(all[0].status == .pendingApproval && all[0].createdBy.rawValue == "person:ann")
    #expect(all[0].type == .xSendCustomMessage)
  }

  @Test(arguments: [
    (["recipient": "email-2"], "recipient", "no address of this customer"),
    (["recipient": "billing@evil.example"], "recipient", "no address of this customer"),
    (["subject": " "], "subject", "The subject is empty"),
    (["text": ""], "text", "Nothing is written"),
    (["template": "briefing"], "template", "no such template"),
    (["when": "2026-03-04T09:59"], "when", "That moment has passed"),
    (["when": "tomorrow"], "when", "no day with a time"),
    (["template": "invoice_reminder"], "template", "Nothing of this customer is overdue"),
    (["template": "deal_follow_up"], "template", "No deal of this customer is stalled"),
  ])
  func `what is wrong stands at its field, with what was filled in`(
    _ change: [String: String], _ field: String, _ words: String
  ) async throws {
    let (place, session) = try await Self.place()
    try await place.run { running in
      let answer = try await running.ask(
        "POST /new/message", Browsing.fields(session),
        body: Browsing.form(session, Self.fields(change)))
      #expect(answer.status == 422, "\(answer.status)")
      #expect(answer.body.contains(words))
      #expect(answer.body.contains("aria-describedby=\"\(field)-error\""))
      #expect(answer.body.contains("id=\"\(field)-error\""))
      if field != "text" { #expect(answer.body.contains("We are open on Monday.</textarea>")) }
    }
    #expect(try await Self.actions(place).isEmpty)
  }

  @Test func `a reminder from the records is the analysis's own, to the address that was chosen`()
    async throws
  {
    let (place, session) = try await Self.place()
    try await place.addDebtors(7...7)
    let debtor = try await place.customer("Debtor 7").rawValue
    let browser = Browsing.fields(session)
    try await place.run { running in
      let sent = try await running.ask(
        "POST /new/message", browser,
        body: Browsing.form(
          session,
          Self.fields([
            "customer": "\(debtor)", "recipient": "email-\(debtor)",
            "template": "invoice_reminder", "subject": "", "text": "", "why": "They asked for it.",
          ])))
      #expect(sent.status == 303, "\(sent.body)")
    }
    let state = try #require(try await Self.actions(place).first)
    #expect(state.type == .sendInvoiceReminder && state.createdBy.rawValue == "person:ann")
    let (org, store) = (place.house.org, place.house.store)
    let record = try #require(try await store.read { try $0.revision(org, state.id, 1) })
    let text = String(decoding: record.document, as: UTF8.self)
    #expect(text.contains("INV-7-0") && text.contains("They asked for it."))
  }

  @Test func `a follow-up is a plan, and becomes a card to approve at its moment`() async throws {
    let (place, session) = try await Self.place()
    let browser = Browsing.fields(session)
    let wish = [
      "deed": "message", "when": "2026-03-05T09:30", "template": "custom_message",
      "recipient": "email-1",
    ]
    try await place.run { running in
      let none = try await running.ask(
        "POST /new/follow-up", browser,
        body: Browsing.form(session, Self.fields(wish.merging(["when": ""]) { $1 })))
      #expect(none.status == 422 && none.body.contains("A follow-up needs a moment"))
      let preview = try await running.ask(
        "POST /new/follow-up/preview", browser, body: Browsing.form(session, Self.fields(wish)))
      #expect(preview.body.contains("Dear Customer 1,"))
      let sent = try await running.ask(
        "POST /new/follow-up", browser, body: Browsing.form(session, Self.fields(wish)))
      #expect(sent.status == 303, "\(sent.body)")
    }
    let plan = try #require(try await Self.actions(place).first)
    #expect(plan.type == .scheduleCustomerCheckIn && plan.status == .pendingApproval)
    try await place.house.approve(plan.id)
    try await place.house.run()
    place.house.clock.advance(by: .seconds(86_400))
    try await TimerService(place.house.context).runDue()
    let message = try #require(
      try await Self.actions(place).first { $0.type == .xSendCustomMessage })
    #expect(message.status == .pendingApproval && message.createdBy.rawValue == "system:follow-ups")
    let (org, store) = (place.house.org, place.house.store)
    let record = try #require(try await store.read { try $0.revision(org, message.id, 1) })
    let text = String(decoding: record.document, as: UTF8.self)
    #expect(text.contains("Dear Customer 1,") && text.contains("body_html"))
  }

  @Test func `a message with a moment is planned for the contact that was chosen, and no sooner`()
    async throws
  {
    let (place, session) = try await Self.place()
    let org = place.house.org
    let contact = try #require(
      try await place.house.store.read {
        try $0.contacts(org, of: PartnerID(rawValue: 1).unsafelyUnwrapped, limit: 1).first
      }
    ).id.rawValue
    try await place.run { running in
      let sent = try await running.ask(
        "POST /new/message", Browsing.fields(session),
        body: Browsing.form(
          session,
          Self.fields(["recipient": "email-\(contact)", "when": "2026-03-05T09:30"])))
      #expect(sent.status == 303, "\(sent.body)")
    }
    let plan = try #require(try await Self.actions(place).first)
    try await place.house.approve(plan.id)
    try await place.house.run()
    place.house.clock.advance(by: .seconds(23 * 3600))
    try await TimerService(place.house.context).runDue()
    #expect(try await Self.actions(place).count == 1)
    place.house.clock.advance(by: .seconds(3600))
    try await TimerService(place.house.context).runDue()
    let message = try #require(
      try await Self.actions(place).first { $0.type == .xSendCustomMessage })
    let record = try #require(
      try await place.house.store.read { try $0.revision(org, message.id, 1) })
    let text = String(decoding: record.document, as: UTF8.self)
    #expect(text.contains("eve@customer1.example") && !text.contains("billing@customer1.example"))
  }

  @Test func `the form asks as much for many contacts as for few, and weighs little`()
    async throws
  {
    let (place, session) = try await Self.place()
    let few = try await place.statements("/new/message?customer=1", session)
    try await place.house.books(
      (2...40).map { number in
        .contact(
          ContactRow(
            externalID: "c\(number)", partner: "p1", name: "Contact \(number)",
            email: try EmailAddress("c\(number)@customer1.example")))
      })
    #expect(try await place.statements("/new/message?customer=1", session) == few)
    #expect(few <= 18, "\(few)")
    try await place.run { running in
      for path in ["/new/message?customer=1", "/inbox", "/customers/1"] {
        let page = try await running.ask("GET \(path)", Browsing.fields(session))
        #expect(page.body.utf8.count < 60_000, "\(path): \(page.body.utf8.count)")
      }
    }
  }

  @Test func `neither a viewer nor an agent asks for a message`() async throws {
    let (place, _) = try await Self.place()
    try await place.add("vic", .viewer)
    let session = try await place.session("vic")
    let agent = try await place.token(.agent, of: "ann", Right.forAgents)
    try await place.run { running in
      let browser = Browsing.fields(session)
      for path in ["GET /new/message", "GET /new/follow-up?customer=1"] {
        let page = try await running.ask(path, browser)
        #expect(page.status == 403, "\(path)")
      }
      let inbox = try await running.ask("GET /inbox", browser)
      #expect(!inbox.body.contains("href=\"/new/message\""))
      let sent = try await running.ask(
        "POST /new/message", browser, body: Browsing.form(session, Self.fields()))
      #expect(sent.status == 403)
      let asked = try await running.ask(
        "POST /api/v1/messages", ["Authorization: Bearer \(agent)"],
        body: #"{"customer":1,"recipient":"email-1","subject":"a","text":"b","nonce":"nonce-01"}"#)
      #expect(asked.status == 403 && asked.body.contains("compose.not_a_person"))
    }
    #expect(try await Self.actions(place).isEmpty)
  }

  @Test func `a person's program asks through the same port`() async throws {
    let (place, _) = try await Self.place()
    let token = try await place.token(.person, of: "ann", [.read, .propose])
    let body =
      #"{"customer":1,"recipient":"email-1","subject":"a","text":"b","nonce":"nonce-01"}"#
    try await place.run { running in
      for (status, result) in [(201, "created"), (200, "existing")] {
        let answer = try await running.ask(
          "POST /api/v1/messages", ["Authorization: Bearer \(token)"], body: body)
        #expect(answer.status == status && answer.body.contains(result), "\(answer.body)")
      }
      let late = try await running.ask(
        "POST /api/v1/follow-ups", ["Authorization: Bearer \(token)"],
        body: #"{"customer":2,"deed":"call","subject":"Ring","text":"b","nonce":"nonce-02","#
          + #""not_before":"2026-03-05T09:30:00Z"}"#)
      #expect(late.status == 201, "\(late.body)")
    }
    #expect(try await Self.actions(place).count == 2)
  }
}
