import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Testing
import TestSupport

@Suite struct SuppressionGuardTests {
  @Test(arguments: [
    "billing@acmecorp.com", "Billing+march@ACMEcorp.com", "acmecorp.com",
  ])
  func `suppressed between approval and execution: never sent, and nothing reserved`(
    _ address: String
  ) async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    try await house.suppress(address, reason: .legal)
    let reports = try await house.run()
    #expect(reports.map(\.outcome) == [.failed(code: "suppressed.legal")])
    #expect(house.channel.calls.isEmpty)
    let state = try await house.state(id)
    #expect(state.status == .failed)
    #expect(state.errorCode == "suppressed.legal")
    #expect(state.calls == 0)
    #expect(try await house.attempts(id).isEmpty)
    #expect(try await house.card(id).lastOutreach == nil)
    #expect(try await house.kinds(id).suffix(1) == ["action.failed"])
    try await house.run()
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `what is suppressed is shown with who and since when, and cannot be approved`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    let since = house.clock.now
    try await house.suppress("billing@acmecorp.com", reason: .manual)
    house.clock.advance(by: .seconds(60))
    let card = try await house.card(id)
    guard case .drop(let reasons) = card.guardVerdict, let reason = reasons.first else {
      Issue.record("\(String(describing: card.guardVerdict))")
      return
    }
    #expect(reason.rule == "suppressed.manual")
    #expect(reason.since == since)
    #expect(reason.address.flatMap { card.recipient($0) } == "billing@acmecorp.com")
    for knowingly in [false, true] {
      let error = await #expect(throws: DecisionError.self) {
        try await house.approve(id, despiteObjection: knowingly)
      }
      #expect(error?.code == "suppressed.manual")
      #expect(error.map { !"\($0.message) \($0.remedy)".contains("acmecorp") } == true)
    }
    #expect(try await house.state(id).status == .pendingApproval)
  }

  @Test func `a hard bounce drops the next reminder`() async throws {
    let house = try await EngineHouse.withAcme()
    let first = try await house.accepted()
    try await house.books([Books.invoice("INV-2", due: "2026-01-02", cents: 100)])
    house.clock.advance(by: .seconds(6 * 86_400))
    try await house.books(try Books.acme(due: "2026-01-03"))
    try await house.books([Books.invoice("INV-2", due: "2026-01-02", cents: 100)])
    guard case .created(let next) = try await house.custom("news") else {
      Issue.record("not created")
      return
    }
    try await house.approve(next.id)
    try await house.arrive(
      Post(id: "1", kind: "hard_bounced", echo: house.echo(first), code: "550"))
    let reports = try await house.run([next.id])
    #expect(reports.map(\.outcome) == [.failed(code: "suppressed.hard_bounce")])
    #expect(house.channel.calls.count == 1)
  }

  @Test func `a STOP stops SMS and leaves e-mail alone`() async throws {
    let house = try await EngineHouse.withAcme()
    _ = try await house.sentText("alert-1", "Please call us.")
    try await house.arrive(Post(id: "1", kind: "sms_opt_out", recipient: "16175550123"))
    house.clock.advance(by: .seconds(24 * 3600))
    try await house.books(try Books.acme(due: "2026-01-03"))
    let text = try await house.text("alert-2", "Please call us again.")
    let error = await #expect(throws: DecisionError.self) { try await house.approve(text) }
    #expect(error?.code == "suppressed.stop")
    let mail = try await house.propose()
    try await house.approve(mail)
    let reports = try await house.run([mail])
    #expect(reports.map(\.outcome) == [.completed])
    #expect(house.channel.calls.count == 2)
  }

  @Test func `after an objection a reminder needs a person who knows of it`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.suppress("billing@acmecorp.com", scope: .marketing, reason: .complaint)
    house.clock.advance(by: .seconds(60))
    let id = try await house.propose()
    let error = await #expect(throws: DecisionError.self) { try await house.approve(id) }
    #expect(error?.code == "review.suppressed.complaint")
    try await house.approve(id, despiteObjection: true)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `an objection after the approval holds a reminder until a person has looked`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    house.clock.advance(by: .seconds(60))
    try await house.suppress("billing@acmecorp.com", scope: .marketing, reason: .unsubscribe)
    let hold = Hold(reason: .needsPerson, until: nil)
    #expect(try await house.run().map(\.outcome) == [.held(hold)])
    #expect(house.channel.calls.isEmpty)
    let found = try #require(try await house.suppressions().first)
    _ = try await Suppressions(house.context).remove(
      house.org, found.id, note: "a mistake", by: .tester, via: "test")
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `one suppressed recipient among several drops the message`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.approved(to: ["billing@acmecorp.com"], cc: ["boss@acmecorp.com"])
    try await house.suppress("boss@acmecorp.com", reason: .manual)
    #expect(try await house.run().map(\.outcome) == [.failed(code: "suppressed.manual")])
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.state(id).status == .failed)
  }

  @Test func `a suppression of another org, another channel or a past one stops nothing`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    let other = OrgID(rawValue: "other").unsafelyUnwrapped
    let (org, now) = (house.org, house.clock.now)
    try await house.store.write { store in
      try store.save(
        Organisation(profile: .sample("other"), mode: .sandbox, sender: nil, createdAt: now))
      let digest = AddressDigest.of("billing@acmecorp.com", .email)
      for (index, given) in [
        (other, OutreachChannel.email, Instant?.none), (org, .sms, nil), (org, .email, now),
      ].enumerated() {
        _ = try store.insert(
          Suppression(
            org: given.0, id: "s\(index)", channel: given.1, address: digest, scope: .all,
            reason: .manual, source: "test", createdAt: now, expiresAt: given.2))
      }
    }
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `adding and removing leaves an entry each, and removing wants a person`() async throws
  {
    let house = try await EngineHouse.withAcme()
    try await house.suppress("ann@example.org", reason: .manual)
    try await house.suppress("ann@example.org", reason: .manual)
    let found = try #require(try await house.suppressions("ann@example.org").first)
    #expect(try await house.kinds().filter { $0.hasPrefix("supp") } == ["suppression.added"])
    await #expect(throws: DecisionError.self) {
      try await Suppressions(house.context).remove(
        house.org, found.id, note: "why not", by: Author(.agent, "a").unsafelyUnwrapped,
        via: "test")
    }
    _ = try await Suppressions(house.context).remove(
      house.org, found.id, note: "works again", by: .tester, via: "test")
    await #expect(throws: DecisionError.self) {
      try await Suppressions(house.context).remove(
        house.org, found.id, note: "again", by: .tester, via: "test")
    }
    #expect(try await house.suppressions("ann@example.org").isEmpty)
    #expect(
      try await house.kinds().filter { $0.hasPrefix("supp") }
        == ["suppression.added", "suppression.removed"])
  }
}
