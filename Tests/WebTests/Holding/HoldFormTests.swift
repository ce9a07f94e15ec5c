import ActionProtocol
import Decisions
import Engine
import Insights
import TestSupport
import Testing

@testable import Web

@Suite("Holds") struct HoldFormTests {
  /// A debtor with two overdue invoices and the reminder that waits for both.
  private static func place() async throws -> (AccessPlace, ActionState, String) {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.addDebtors(1...1, invoices: 2)
    let report = try await Analyst(place.engine).analyze(
      place.house.org, asOf: nil, dryRun: false, by: .tester, via: "test")
    let state = try #require(report.outcomes.first?.state)
    return (place, state, try await place.session("ann"))
  }

  @Test func `a card offers every kind, each with a key of its own`() async throws {
    let (place, state, session) = try await Self.place()
    try await place.run { running in
      let card = try await running.ask(
        "GET /actions/\(state.id.rawValue)", Browsing.fields(session))
      #expect(card.body.contains("data-key=\"h\" data-group"))
      for key in ["d", "p", "u", "n", "c"] {
        #expect(card.body.contains("data-second=\"\(key)\""), "\(key)")
      }
      #expect(card.body.contains(">invoice INV-1-0 alone</option>"))
      #expect(card.body.contains(">everything that Debtor 1 owes</option>"))
    }
  }

  @Test func `a promise from the card is kept in the books, and the reminder is withdrawn`()
    async throws
  {
    let (place, state, session) = try await Self.place()
    let path = "/actions/\(state.id.rawValue)"
    let wish = [
      ("kind", "promise"), ("subject", "customer"), ("amount", "250.00"), ("by", "2026-03-20"),
      ("grace", "2"), ("reason", "She called."),
    ]
    try await place.run { running in
      for (name, bad, words) in [
        ("amount", "much", "is no amount of USD"), ("by", "soon", "is no day"),
        ("by", "2026-03-01", "is over"), ("kind", "rest", "is unknown"),
        ("reason", "", "reason"), ("subject", "invoice-999", "is nothing of this card"),
      ] {
        let broken = wish.map { $0.0 == name ? (name, bad) : $0 }
        let answer = try await running.ask(
          "POST \(path)/hold", Browsing.fields(session), body: Browsing.form(session, broken))
        #expect(answer.status == 422 && answer.body.contains(words), "\(name): \(answer.status)")
      }
      let done = try await running.ask(
        "POST \(path)/hold", Browsing.fields(session), body: Browsing.form(session, wish))
      #expect(done.status == 303 && done.fields["location"] == "\(path)?done=held")
      let list = try await CollectionHolds(place.engine).list(place.house.org)
      #expect(list.holds.count == 1)
      #expect(list.holds.first?.setBy.rawValue == "person:ann")
      #expect(list.holds.first?.promise?.due == LocalDate(iso: "2026-03-20"))
      let after = try await running.ask("GET \(path)?done=held", Browsing.fields(session))
      #expect(after.body.contains("On hold."))
      #expect(!after.body.contains("<details data-second="))
    }
    #expect(try await place.house.state(state.id).status == .rejected)
  }

  @Test func `one invoice on hold leaves the others to be asked for`() async throws {
    let (place, state, session) = try await Self.place()
    let page = try await place.engineCard(state.id)
    let subject = try #require(page.holdSubjects.first { $0.1 == "invoice INV-1-0 alone" }).0
    try await place.run { running in
      let done = try await running.ask(
        "POST /actions/\(state.id.rawValue)/hold", Browsing.fields(session),
        body: Browsing.form(
          session, [("kind", "dispute"), ("subject", subject), ("reason", "Damaged.")]))
      #expect(done.status == 303, "\(done.body)")
    }
    let now = try await place.house.state(state.id)
    #expect(now.status == .pendingApproval && now.revision == 2)
  }

  @Test func `a customer's page sets holds and ends them`() async throws {
    let (place, _, session) = try await Self.place()
    let id = try await place.customer("Debtor 1").rawValue
    let path = "/customers/\(id)"
    let browser = Browsing.fields(session)
    try await place.run { running in
      let bad = try await running.ask(
        "POST \(path)/hold", browser,
        body: Browsing.form(
          session,
          [("kind", "pause"), ("invoice", "INV-404"), ("until", "2026-04-01"), ("reason", "x")]))
      #expect(bad.status == 404 || bad.status == 422)
      #expect(bad.body.contains("INV-404"))
      let done = try await running.ask(
        "POST \(path)/hold", browser,
        body: Browsing.form(
          session,
          [("kind", "pause"), ("invoice", ""), ("until", "2026-04-01"), ("reason", "Holiday.")]))
      #expect(done.status == 303 && done.fields["location"] == "\(path)?done=held")
      let page = try await running.ask("GET \(path)?done=held", browser)
      #expect(page.body.contains("paused, until 2026-04-01") && page.body.contains("End it"))
      let hold = try #require(
        try await CollectionHolds(place.engine).list(place.house.org).holds.first)
      let ended = try await running.ask(
        "POST \(path)/holds/end", browser,
        body: Browsing.form(session, [("hold", hold.id), ("reason", "Back.")]))
      #expect(ended.status == 303 && ended.fields["location"] == "\(path)?done=ended")
      let again = try await running.ask(
        "POST \(path)/holds/end", browser,
        body: Browsing.form(session, [("hold", hold.id), ("reason", "Back.")]))
      #expect(again.status == 404)
    }
  }

  @Test func `whoever may not change records is offered no hold`() async throws {
    let (place, state, _) = try await Self.place()
    try await place.add("app", .approver)
    let session = try await place.session("app")
    let path = "/actions/\(state.id.rawValue)"
    try await place.run { running in
      let card = try await running.ask("GET \(path)", Browsing.fields(session))
      #expect(card.status == 200 && !card.body.contains("<details data-second="))
      let refused = try await running.ask(
        "POST \(path)/hold", Browsing.fields(session),
        body: Browsing.form(
          session, [("kind", "dispute"), ("subject", "customer"), ("reason", "x")]))
      #expect(refused.status == 403)
    }
  }

  @Test func `a program names a customer or an invoice, and not both`() async throws {
    let (place, _, _) = try await Self.place()
    let id = try await place.customer("Debtor 1").rawValue
    let token = try await place.token(.person, of: "ann", [.read, .records])
    let fields = ["Authorization: Bearer \(token)"]
    try await place.run { running in
      for body in [
        #"{"kind":"dispute","reason":"x"}"#,
        #"{"kind":"dispute","customer":\#(id),"invoice":"INV-1-0","reason":"x"}"#,
      ] {
        let answer = try await running.ask("POST /api/v1/holds", fields, body: body)
        #expect(answer.status == 422, "\(answer.body)")
      }
      let done = try await running.ask(
        "POST /api/v1/holds", fields,
        body: #"{"kind":"never_remind","invoice":"INV-1-1","reason":"written off"}"#)
      #expect(done.status == 201 && done.body.contains("hold_id"), "\(done.body)")
      let held = try await running.ask(
        "POST /api/v1/holds", fields, body: #"{"kind":"dispute","customer":\#(id),"reason":"x"}"#)
      #expect(held.status == 201 && held.body.contains("changed_actions"), "\(held.body)")
    }
  }
}

extension AccessPlace {
  fileprivate func engineCard(_ id: ActionID) async throws -> ActionCard {
    try #require(try await ActionReader(engine).card(house.org, id))
  }
}
