import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Insights
import TestSupport
import Testing

/// Persons hear of what waits for them, once, and of what rules want them to know.
@Suite struct PersonNoticesTests {
  @Test func `nobody is told unless the organisation wants it`() async throws {
    let place = try await NoticesPlace(tells: false)
    _ = try await place.propose()
    place.pass(minutes: 30)
    #expect(try await place.tell() == nil)
    #expect(try await place.messages().isEmpty)
  }

  @Test func `whoever may decide hears of it after ten minutes, once, and nobody else does`()
    async throws
  {
    let place = try await NoticesPlace()
    _ = try await place.propose()
    place.pass(minutes: 9)
    #expect(try await place.tell()?.proposed == 0)
    place.pass(minutes: 1)
    let report = try #require(try await place.tell())
    #expect(report == PersonNotices.Report(waiting: 1, proposed: 1))
    let message = try #require(try await place.messages().first)
    #expect(message.recipients.map(\.rawValue) == ["ann@harbor.example"])
    #expect(message.subject.hasPrefix("Waits for you: "))
    #expect(message.bodyText.contains("Acme Corp"))
    place.pass(minutes: 60)
    let again = try #require(try await place.tell())
    #expect((again.waiting, again.proposed) == (1, 0))
    #expect(again.refused.isEmpty)
  }

  @Test func `what is new is told together with what still waits`() async throws {
    let place = try await NoticesPlace()
    _ = try await place.propose("one")
    place.pass(minutes: 10)
    #expect(try await place.tell()?.proposed == 1)
    _ = try await place.propose("two", partner: 2)
    place.pass(minutes: 10)
    #expect(try await place.tell()?.proposed == 1)
    let message = try #require(
      try await place.messages().first { $0.subject == "2 proposals wait for you" })
    #expect(message.bodyText.contains("Customer 2"))
  }

  @Test func `each day, and once more before the end, it is brought to mind`() async throws {
    let place = try await NoticesPlace()
    _ = try await place.propose(expiresAfter: .seconds(60 * 3600))
    var told: [Int] = []
    for hour in 1...60 {
      place.pass(minutes: 60)
      if let report = try await place.tell(), report.proposed > 0 { told.append(hour) }
    }
    #expect(told == [1, 25, 49, 56])
  }

  @Test func `what is snoozed or another's is left alone`() async throws {
    let place = try await NoticesPlace()
    let id = try await place.propose()
    let (org, now) = (place.house.org, place.house.clock.now)
    try await place.house.store.write { store in
      try store.save(
        InboxMark(
          org: org, action: id, revision: 1, snoozedUntil: now.advanced(by: .seconds(3600))))
    }
    place.pass(minutes: 30)
    #expect(try await place.tell()?.waiting == 0)
    try await place.house.store.write { store in
      try store.save(
        InboxMark(org: org, action: id, revision: 1, assignedTo: PersonID(rawValue: "bob")))
    }
    place.pass(minutes: 60)
    // Bob has it and may not decide it: nobody hears.
    let report = try #require(try await place.tell())
    #expect((report.waiting, report.proposed) == (1, 0))
  }

  @Test func `two who both have to approve hear of it, and who has approved no more`()
    async throws
  {
    let messages = PolicyRule(
      id: "two", title: "Two owners", on: [.group(.inside)],
      then: .require(PolicyRequirement(role: "owner", n: 2)), reason: "Two see more.")
    let place = try await NoticesPlace(messages)
    try await place.house.notified("cem", "Cem Aydin", .owner)
    let id = try await place.propose()
    let state = try await place.house.state(id)
    var context = place.house.context
    context.roles = StoredRoles()
    _ = try await Approvals(context).approve(
      place.house.org, id, digest: state.digest,
      by: PersonID(rawValue: "ann").unsafelyUnwrapped.author.unsafelyUnwrapped, via: "test")
    place.pass(minutes: 10)
    #expect(try await place.tell()?.proposed == 1)
    #expect(
      try await place.messages().flatMap(\.recipients).map(\.rawValue) == ["cem@harbor.example"])
  }

  @Test func `after an escalation another role is told`() async throws {
    let escalation = Escalation(after: try #require(PolicySpan("2h")), role: "finance")
    let slow = PolicyRule(
      id: "slow", title: "Finance steps in", on: [.group(.inside)],
      then: .require(PolicyRequirement(role: "owner", escalate: [escalation])),
      reason: "Somebody has to look.")
    let place = try await NoticesPlace(slow)
    try await place.house.notified("fay", "Fay Ito", .finance)
    _ = try await place.propose()
    place.pass(minutes: 30)
    #expect(try await place.tell()?.proposed == 1)
    place.pass(minutes: 60)
    #expect(try await place.tell()?.proposed == 0)
    place.pass(minutes: 60)
    #expect(try await place.tell()?.proposed == 1)
    #expect(
      try await place.messages().flatMap(\.recipients).map(\.rawValue)
        == ["ann@harbor.example", "fay@harbor.example"])
  }

  @Test func `a rule's notice is told before and after, to its roles`() async throws {
    let told = PolicyRule(
      id: "tell", title: "Sales hear of messages", on: [.group(.all)], then: nil,
      notice: PolicyNotice(roles: ["sales"], moments: [.before, .after], channels: [.email]),
      reason: "They talk to the customer.")
    let place = try await NoticesPlace(told)
    try await place.house.notified("sam", "Sam Ray", .sales)
    let id = try await place.propose()
    #expect(try await place.tell()?.proposed == 1)
    let first = try #require(try await place.messages().first)
    #expect(first.recipients.map(\.rawValue) == ["sam@harbor.example"])
    #expect(first.bodyText.contains("proposed"))
    place.pass(minutes: 5)
    #expect(try await place.tell()?.proposed == 0)
    _ = try await Approvals(place.house.context).reject(
      place.house.org, id, reason: "not now", by: .tester, via: "test")
    #expect(try await place.tell()?.proposed == 1)
    #expect(try await place.messages().contains { $0.bodyText.contains("refused") })
    place.pass(minutes: 60)
    #expect(try await place.tell()?.proposed == 0)
  }

  @Test func `a notice for the page alone is not mailed`() async throws {
    let shown = PolicyRule(
      id: "show", title: "Sales see messages", on: [.group(.all)], then: nil,
      notice: PolicyNotice(roles: ["sales"], moments: [.before], channels: [.inApp]),
      reason: "They talk to the customer.")
    let place = try await NoticesPlace(shown)
    try await place.house.notified("sam", "Sam Ray", .sales)
    _ = try await place.propose()
    #expect(try await place.tell()?.proposed == 0)
  }

  @Test func `a rule tells by text whoever has a number, and by mail whoever has none`()
    async throws
  {
    let told = PolicyRule(
      id: "tell", title: "Sales and finance hear of it", on: [.group(.inside)], then: nil,
      notice: PolicyNotice(roles: ["sales", "finance"], moments: [.before], channels: [.sms]),
      reason: "They talk to the customer.")
    let place = try await NoticesPlace(told)
    try await place.house.notified("sam", "Sam Ray", .sales, phone: "+16175550123")
    try await place.house.notified("fay", "Fay Ito", .finance)
    _ = try await place.propose("one")
    _ = try await place.propose("two", partner: 2)
    let report = try #require(try await place.tell())
    #expect(report.proposed == 2)
    let text = try #require(try await place.texts().first)
    #expect(text.to.e164 == "+16175550123")
    #expect(text.body.hasPrefix("AIOM, ") && text.body.contains("news: "), "\(text.body)")
    #expect(
      try await place.messages().flatMap(\.recipients).map(\.rawValue) == ["fay@harbor.example"])
    #expect(try await place.tell()?.proposed == 0)
    #expect(try await place.texts().count == 1)
  }

  @Test func `a rule that wants both channels tells on both, once each`() async throws {
    let told = PolicyRule(
      id: "tell", title: "Sales hear of it", on: [.group(.inside)], then: nil,
      notice: PolicyNotice(roles: ["sales"], moments: [.before], channels: [.email, .sms]),
      reason: "They talk to the customer.")
    let place = try await NoticesPlace(told)
    try await place.house.notified("sam", "Sam Ray", .sales, phone: "+16175550123")
    _ = try await place.propose("one")
    #expect(try await place.tell()?.proposed == 2)
    #expect(try await place.tell()?.proposed == 0)
    #expect(try await (place.texts().count, place.messages().count) == (1, 1))
  }

  @Test func `a person without an address is counted, and asked again each time`() async throws {
    let place = try await NoticesPlace()
    try await place.house.notified("ann", "Ann Lee", .owner, hasAddress: false)
    _ = try await place.propose()
    place.pass(minutes: 10)
    let report = try #require(try await place.tell())
    #expect((report.proposed, report.unreachable) == (0, 1))
  }

  @Test func `the policy of the beginning lets it go by itself, and nobody hears of it`()
    async throws
  {
    let place = try await NoticesPlace(policy: .initial)
    _ = try await place.propose("one", risk: .medium)
    place.pass(minutes: 10)
    #expect(try await place.tell()?.proposed == 1)
    let own = try #require(
      try await place.house.actions().first { $0.type == .xSendTaskNotification })
    #expect(own.status == .approved && own.approval?.by.isPolicy == true)
    place.pass(minutes: 60)
    #expect(try await place.tell()?.proposed == 0)
    let sent = try await place.house.state(own.id)
    #expect(sent.status == .completed, "\(sent.errorCode ?? "") \(String(describing: sent.hold))")
    #expect(place.house.channel.calls.count == 1)
  }

  @Test func `while an earlier message to a person waits, what is new is kept for later`()
    async throws
  {
    let place = try await NoticesPlace(policy: EngineHouse.everythingAsks)
    _ = try await place.propose("one")
    place.pass(minutes: 10)
    #expect(try await place.tell()?.proposed == 1)
    _ = try await place.propose("two", partner: 2)
    place.pass(minutes: 10)
    #expect(try await place.tell()?.proposed == 0)
    let waiting = try #require(
      try await place.house.actions().first { $0.type == .xSendTaskNotification })
    _ = try await Approvals(place.house.context).reject(
      place.house.org, waiting.id, reason: "said by telephone", by: .tester, via: "test")
    #expect(try await place.tell()?.proposed == 1)
  }

  @Test func `one who cannot be told yet keeps nobody else from being told once`() async throws {
    let told = PolicyRule(
      id: "tell", title: "Sales and finance hear of it", on: [.group(.inside)], then: nil,
      notice: PolicyNotice(roles: ["sales", "finance"], moments: [.before], channels: [.email]),
      reason: "They talk to the customer.")
    let place = try await NoticesPlace(policy: Policy(name: "testing", rules: [told]))
    try await place.house.notified("sam", "Sam Ray", .sales)
    try await place.house.notified("fay", "Fay Ito", .finance)
    _ = try await place.propose("one")
    #expect(try await place.tell()?.proposed == 2)
    // Sam's message is decided; Fay's waits.
    func message(to address: String) async throws -> ActionID {
      for state in try await place.house.actions() where state.status == .pendingApproval {
        let card = try await place.house.card(of: state.id)
        guard case .email(_, let email) = card.proposal.operation,
          email.recipients.map(\.rawValue) == [address]
        else { continue }
        return state.id
      }
      throw NothingProposed()
    }
    func refuse(_ id: ActionID) async throws {
      _ = try await Approvals(place.house.context).reject(
        place.house.org, id, reason: "said by telephone", by: .tester, via: "test")
    }
    try await refuse(try await message(to: "sam@harbor.example"))
    _ = try await place.propose("two", partner: 2)
    #expect(try await place.tell()?.proposed == 1)
    try await refuse(try await message(to: "sam@harbor.example"))
    #expect(try await place.tell()?.proposed == 0)
    try await refuse(try await message(to: "fay@harbor.example"))
    #expect(try await place.tell()?.proposed == 1)
    let last = try await place.house.card(of: try await message(to: "fay@harbor.example"))
    guard case .email(_, let email) = last.proposal.operation else {
      Issue.record("no e-mail")
      return
    }
    #expect(email.bodyText.contains("Customer 2") && !email.bodyText.contains("Acme"))
  }

  @Test func `whoever answers for the agent that proposed is not told to decide it`() async throws {
    let asks = PolicyRule(
      id: "ask", title: "Somebody else", on: [.group(.inside)],
      then: .require(PolicyRequirement(role: "owner", notProposer: true)), reason: "Four eyes.")
    let place = try await NoticesPlace(asks)
    try await place.house.notified("cem", "Cem Aydin", .owner)
    let (org, now) = (place.house.org, place.house.clock.now)
    try await place.house.store.write { store in
      try store.insert(
        TokenRecord(
          org: org, id: "t1", digest: .sha256([1]), name: "crm-bot", kind: .agent,
          person: PersonID(rawValue: "ann").unsafelyUnwrapped, scopes: [.read, .propose],
          createdAt: now, expiresAt: now.advanced(by: .seconds(9_000_000))))
    }
    _ = try await place.propose()
    place.pass(minutes: 10)
    #expect(try await place.tell()?.proposed == 1)
    #expect(
      try await place.messages().flatMap(\.recipients).map(\.rawValue) == ["cem@harbor.example"])
  }

  @Test func `what is old, or was kept before it was switched off, is told to nobody`()
    async throws
  {
    let told = PolicyRule(
      id: "tell", title: "Sales hear of it", on: [.group(.inside)], then: nil,
      notice: PolicyNotice(roles: ["sales"], moments: [.before], channels: [.email]),
      reason: "They talk to the customer.")
    let place = try await NoticesPlace(told)
    try await place.house.notified("sam", "Sam Ray", .sales)
    _ = try await place.propose("one")
    try await place.house.change { $0.tellsPersons = false }
    #expect(try await place.tell() == nil)
    try await place.house.change { $0.tellsPersons = true }
    #expect(try await place.tell()?.proposed == 0)
    _ = try await place.propose("two", partner: 2, expiresAfter: .seconds(30 * 86_400))
    place.pass(minutes: 8 * 24 * 60)
    _ = try await place.tell()
    #expect(
      try await !place.messages().flatMap(\.recipients).map(\.rawValue)
        .contains("sam@harbor.example"))
  }

  @Test func `a message that cannot be stored leaves nothing told`() async throws {
    let place = try await NoticesPlace()
    _ = try await place.propose()
    place.pass(minutes: 10)
    var broken = place.house.context
    broken.drafting = NoDrafting()
    broken.roles = StoredRoles()
    await #expect(throws: (any Error).self) {
      try await PersonNotices(broken).tell(place.house.org, via: "test")
    }
    #expect(try await place.tell()?.proposed == 1)
  }

  @Test func `owners get the briefing once, where persons are told`() async throws {
    let place = try await NoticesPlace()
    try await place.house.notified("fay", "Fay Ito", .finance)
    _ = try await place.propose()
    #expect(try await place.run(.briefing)["proposed"] == 1)
    let message = try #require(try await place.messages().first)
    #expect(message.recipients.map(\.rawValue) == ["ann@harbor.example"])
    #expect(message.subject.hasPrefix("Morning briefing of "))
    #expect(message.bodyText.contains("1 proposal for your approval."))
    _ = try await place.house.run()
    #expect(place.house.channel.calls.count == 1)
    #expect(try await place.run(.briefing)["proposed"] == 0)
    try await place.house.change { $0.tellsPersons = false }
    #expect(try await place.run(.eveningSummary)["proposed"] == nil)
  }

  @Test func `the job tells what it did`() async throws {
    let place = try await NoticesPlace()
    _ = try await place.propose()
    place.pass(minutes: 10)
    #expect(
      try await place.run(.notices)
        == ["waiting": 1, "proposed": 1, "unreachable": 0, "refused": 0])
  }
}
