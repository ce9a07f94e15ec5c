import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Insights
import TestSupport
import Testing

/// Owners hear of critical findings at once, and once.
@Suite struct CriticalAlertsTests {
  private static let phone = "+16175550123"

  private func find(
    _ place: NoticesPlace, _ severities: [String: FindingSeverity]
  ) async throws {
    let org = place.house.org
    let drafts = severities.sorted { $0.key < $1.key }.map { name, severity in
      FindingDraft(
        fingerprint: name, kind: "low_cash_runway", severity: severity, title: "Title of \(name)",
        explanation: "Cash lasts 21 days.")
    }
    _ = try await place.house.store.write { store in
      try FindingBook(store: store, org: org, author: .tester, via: "test").take(
        drafts, from: .financial)
    }
  }

  /// Looks once, and sends what goes by itself.
  private func alert(_ place: NoticesPlace) async throws -> Int? {
    let proposed = try await CriticalAlerts(place.context).tell(place.house.org, via: "test")
    _ = try await place.house.run()
    return proposed
  }

  @Test func `an owner with a number gets a text, one without a mail, and nobody else hears`()
    async throws
  {
    let place = try await NoticesPlace()
    try await place.house.notified("ann", "Ann Lee", .owner, phone: Self.phone)
    try await place.house.notified("cem", "Cem Aydin", .owner)
    try await place.house.notified("fay", "Fay Ito", .finance, phone: "+16175550124")
    try await find(place, ["cash": .critical, "late": .high])
    #expect(try await alert(place) == 2)
    let text = try #require(try await place.texts().first)
    #expect(text.to.e164 == Self.phone)
    #expect(text.body.hasSuffix("critical: Title of cash."), "\(text.body)")
    let mail = try #require(try await place.messages().first)
    #expect(mail.recipients.map(\.rawValue) == ["cem@harbor.example"])
    #expect(mail.subject == "Critical: Title of cash")
    #expect(mail.bodyText.contains("Cash lasts 21 days."))
    #expect(try await (place.texts().count, place.messages().count) == (1, 1))
    #expect(place.house.channel.calls.count == 2)
  }

  @Test func `it is said once, until it gets worse again or comes back`() async throws {
    let place = try await NoticesPlace()
    try await place.house.notified("ann", "Ann Lee", .owner, phone: Self.phone)
    try await find(place, ["cash": .critical])
    #expect(try await alert(place) == 1)
    for _ in 1...3 {
      place.pass(minutes: 60)
      try await find(place, ["cash": .critical])
      #expect(try await alert(place) == 0)
    }
    try await find(place, ["cash": .high])
    try await find(place, ["cash": .critical])
    #expect(try await alert(place) == 1)
    try await find(place, [:])
    try await find(place, ["cash": .critical])
    place.pass(minutes: 60)
    #expect(try await alert(place) == 1)
    #expect(try await place.texts().count == 3)
  }

  @Test func `several are one text, and what somebody knows of already is not said`() async throws {
    let place = try await NoticesPlace()
    try await place.house.notified("ann", "Ann Lee", .owner, phone: Self.phone)
    try await find(
      place, ["a": .critical, "b": .critical, "c": .critical, "d": .critical, "e": .critical])
    _ = try await Findings(place.context).say(
      .acknowledge, about: 1, in: place.house.org, note: nil, by: .tester, via: "test")
    #expect(try await alert(place) == 1)
    let body = try #require(try await place.texts().first?.body)
    #expect(body.contains("Title of e; Title of d; Title of c; and 1 more."), "\(body)")
    #expect(try SMSText(body).segments <= 2)
  }

  @Test func `where nobody is told or nothing reaches anybody, it is tried again`() async throws {
    let place = try await NoticesPlace(tells: false)
    try await place.house.notified("ann", "Ann Lee", .owner, hasAddress: false)
    try await find(place, ["cash": .critical])
    #expect(try await alert(place) == nil)
    try await place.house.change { $0.tellsPersons = true }
    #expect(try await alert(place) == 0)
    try await place.house.notified("ann", "Ann Lee", .owner, phone: Self.phone)
    #expect(try await alert(place) == 1)
  }

  @Test func `at night, after other texts, and beside a customer's limits it goes by itself`()
    async throws
  {
    let place = try await NoticesPlace(policy: .standard)
    try await place.house.change { $0.undoSeconds = 0 }
    try await place.house.notified("ann", "Ann Lee", .owner, phone: Self.phone)
    // Three o'clock on a Sunday in New York.
    place.house.clock.set(try #require(Instant(rfc3339: "2026-03-08T08:00:00Z")))
    for name in ["a", "b", "c"] {
      try await find(place, [name: .critical])
      #expect(try await alert(place) == 1)
      place.pass(minutes: 2)
      _ = try await place.house.run()
    }
    let texts = try await place.house.actions().filter { $0.type == .xSendSMSAlert }
    #expect(texts.compactMap(\.errorCode) == [])
    #expect(texts.map(\.status) == [.completed, .completed, .completed])
    #expect(texts.allSatisfy { $0.approval?.by.isPolicy == true })
  }

  @Test func `whoever left before it goes is told nothing any more`() async throws {
    let place = try await NoticesPlace(policy: .standard)
    try await place.house.notified("ann", "Ann Lee", .owner, phone: Self.phone)
    try await find(place, ["cash": .critical])
    #expect(try await alert(place) == 1)
    try await place.house.notified("ann", "Ann Lee", .owner, phone: "+16175550125")
    place.pass(minutes: 5)
    _ = try await place.house.run()
    let text = try #require(try await place.house.actions().first { $0.type == .xSendSMSAlert })
    #expect(text.status == .failed && text.errorCode == "recipient.no_person")
    #expect(place.house.channel.calls.isEmpty)
  }

  @Test func `a number that is no person's takes no text as if it were`() async throws {
    let place = try await NoticesPlace(policy: .standard)
    try await place.house.notified("ann", "Ann Lee", .owner, phone: Self.phone)
    func submit(_ number: String, _ author: Author) async throws -> IntakeOutcome {
      let proposal = Proposal(
        orgID: place.house.org,
        operation: .sms(
          .xSendSMSAlert,
          SendSMS(to: try PhoneNumber(e164: number), body: "Call us about your invoice.")),
        idempotencyKey: IdempotencyKey(rawValue: "text:\(number)"),
        expectedEffect: "They call.", reasoning: "It is urgent.",
        affectedRecords: AffectedRecords(model: AffectedRecords.personModel, ids: [1]))
      return try await Intake(place.context).submit(proposal, by: author, via: "test")
    }
    let agent = try #require(Author(.agent, "crm-bot"))
    for author in [agent, .tester] {
      guard case .invalid(let issues) = try await submit("+16175550199", author) else {
        Issue.record("a customer's number passed as a colleague's")
        continue
      }
      #expect(issues.map(\.code) == ["recipient.no_person"])
    }
    let own = try #require(try await submit(Self.phone, agent).state)
    #expect(own.status == .pendingApproval, "an agent's words ask")
  }
}
