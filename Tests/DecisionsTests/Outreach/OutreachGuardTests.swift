import ActionProtocol
import Decisions
import Testing

@Suite struct OutreachGuardTests {
  private static let scope = "partner_1:invoice_reminder"

  /// A Wednesday, ten o'clock in New York.
  private static let now = "2026-03-04T15:00:00Z"

  private func window(
    _ zone: String = "America/New_York", _ start: String = "09:00", _ end: String = "17:00",
    holidays: [String] = []
  ) throws -> RevalidationCheck {
    let hours = try #require(
      QuietHours(
        timezone: zone, start: start, end: end, holidays: holidays.map { try day($0) }))
    return RevalidationCheck(
      checkID: "quiet_hours", description: "Inside business hours", severity: .block,
      predicate: .quietHours(hours))
  }

  private func duplicate(minutes: Int, scope: String = scope) -> RevalidationCheck {
    RevalidationCheck(
      checkID: "no_duplicate", description: "Nothing sent lately", severity: .block,
      predicate: .noDuplicateInWindow(scopeKey: scope, windowMinutes: minutes))
  }

  private func verdict(
    _ facts: OutreachFacts, plan: [RevalidationCheck] = [], channel: OutreachChannel = .email,
    now: Instant
  ) -> GuardVerdict {
    OutreachGuard.evaluate(
      OutreachMessage(.sendInvoiceReminder, channel, plan: plan), facts: facts, rules: .standard,
      now: now)
  }

  enum Counter: String, CaseIterable, Sendable {
    case partner = "cool_down.partner"
    case address = "cool_down.address"

    func facts(_ last: Instant) -> OutreachFacts {
      self == .partner ? OutreachFacts(lastToPartner: last) : OutreachFacts(lastToAddress: last)
    }
  }

  @Test(arguments: Counter.allCases, OutreachChannel.allCases)
  func `a cool-down ends at its exact instant`(
    _ counter: Counter, _ channel: OutreachChannel
  ) throws {
    let sent = try at(Self.now)
    let end = sent.plus(minutes: channel == .email ? 240 : 360)
    let facts = counter.facts(sent)
    let before = end.plus(milliseconds: -1)
    #expect(
      verdict(facts, channel: channel, now: before)
        == .wait(
          until: end,
          reasons: [
            GuardReason(
              rule: counter.rawValue, hold: .coolDown,
              limit: .spacing(.seconds(channel == .email ? 240 * 60 : 360 * 60)), until: end,
              since: sent)
          ]))
    #expect(verdict(facts, channel: channel, now: end) == .send)
    #expect(verdict(facts, channel: channel, now: end.plus(milliseconds: 1)) == .send)
    #expect(
      OutreachGuard.nextAllowed(after: sent, channel: channel, coolDowns: .standard) == end)
  }

  @Test(arguments: [1, 60, 7200])
  func `a duplicate window ends at its exact instant`(_ minutes: Int) throws {
    let sent = try at(Self.now)
    let end = sent.plus(minutes: Int64(minutes))
    let facts = OutreachFacts(lastInScope: [Self.scope: sent])
    let plan = [duplicate(minutes: minutes)]
    #expect(
      verdict(facts, plan: plan, now: end.plus(milliseconds: -1))
        == .wait(
          until: end,
          reasons: [
            GuardReason(
              rule: "duplicate.window", hold: .coolDown, limit: .spacing(.seconds(minutes * 60)),
              until: end, since: sent)
          ]))
    #expect(verdict(facts, plan: plan, now: end) == .send)
    #expect(verdict(facts, plan: plan, now: end.plus(milliseconds: 1)) == .send)
  }

  @Test func `another scope's message is no duplicate`() throws {
    let facts = OutreachFacts(lastInScope: ["partner_2:invoice_reminder": try at(Self.now)])
    #expect(verdict(facts, plan: [duplicate(minutes: 60)], now: try at(Self.now)) == .send)
  }

  @Test func `nothing sent and no plan is free to go`() throws {
    #expect(verdict(OutreachFacts(), now: try at(Self.now)) == .send)
  }

  @Test(arguments: [
    ("2026-03-04T13:59:59.999Z", Optional("2026-03-04T14:00:00Z"), "Wed 08:59 in America/New_York"),
    ("2026-03-04T14:00:00Z", nil, ""), ("2026-03-04T21:59:59.999Z", nil, ""),
    ("2026-03-04T22:00:00Z", "2026-03-05T14:00:00Z", "Wed 17:00 in America/New_York"),
  ])
  func `quiet hours hold until the opening`(
    _ moment: String, _ opening: String?, _ clock: String
  ) throws {
    let found = verdict(OutreachFacts(), plan: [try window()], now: try at(moment))
    guard let opening = try opening.map({ try at($0) }) else {
      #expect(found == .send)
      return
    }
    #expect(
      found
        == .wait(
          until: opening,
          reasons: [
            GuardReason(
              rule: "window.quiet_hours", hold: .quietHours,
              limit: .hours(OpenHours(start: 540, end: 1020, days: [1, 2, 3, 4, 5])),
              until: opening, found: clock)
          ]))
  }

  @Test func `a cool-down that ends in quiet hours waits for the opening`() throws {
    // Sent at 16:30 New York time; the four hours end at 20:30.
    let sent = try at("2026-03-04T21:30:00Z")
    let found = verdict(
      OutreachFacts(lastToPartner: sent), plan: [try window()], now: sent.plus(minutes: 10))
    let reason = GuardReason(
      rule: "cool_down.partner", hold: .coolDown, limit: .spacing(.seconds(240 * 60)),
      until: sent.plus(minutes: 240), since: sent)
    #expect(found == .wait(until: try at("2026-03-05T14:00:00Z"), reasons: [reason]))
  }

  @Test func `all reasons are named, the binding one first`() throws {
    let now = try at("2026-03-05T03:00:00Z")
    let facts = OutreachFacts(
      lastToPartner: now.plus(minutes: -30), lastToAddress: now.plus(minutes: -60),
      lastInScope: [Self.scope: now.plus(minutes: -60)])
    let found = verdict(facts, plan: [try window(), duplicate(minutes: 7200)], now: now)
    guard case .wait(let until, let reasons) = found else {
      Issue.record("expected to wait, got \(found)")
      return
    }
    #expect(
      reasons.map(\.rule) == [
        "duplicate.window", "window.quiet_hours", "cool_down.partner", "cool_down.address",
      ])
    // Five days after Wednesday 21:00 local is Monday, 22:00 by the new summer time.
    #expect(reasons.first?.until == now.plus(minutes: 7140))
    #expect(until == (try at("2026-03-10T13:00:00Z")))
  }

  @Test func `the wait ends at the first instant at which all windows are open`() throws {
    let now = try at("2026-03-04T07:00:00Z")
    let plan = [
      try window("Europe/Zurich", "09:00", "17:00"),
      try window("America/New_York", "09:00", "17:00"),
    ]
    guard case .wait(let until, let reasons) = verdict(OutreachFacts(), plan: plan, now: now)
    else {
      Issue.record("expected to wait")
      return
    }
    #expect(until == (try at("2026-03-04T14:00:00Z")))
    #expect(reasons.count == 2)
    #expect(verdict(OutreachFacts(), plan: plan, now: until) == .send)
  }

  @Test func `the wait's end meets no next reason`() throws {
    let sent = try at("2026-03-04T15:00:00Z")
    let plan = [
      try window("Europe/Zurich", "09:00", "17:00", holidays: ["2026-03-05"]),
      try window("America/New_York", "09:00", "17:00", holidays: ["2026-03-06"]),
      duplicate(minutes: 60),
    ]
    let facts = OutreachFacts(lastToPartner: sent, lastInScope: [Self.scope: sent])
    guard case .wait(let until, _) = verdict(facts, plan: plan, now: sent.plus(minutes: 1)) else {
      Issue.record("expected to wait")
      return
    }
    #expect(until == (try at("2026-03-09T13:00:00Z")))
    #expect(verdict(facts, plan: plan, now: until) == .send)
    #expect(verdict(facts, plan: plan, now: until.plus(milliseconds: -1)) != .send)
  }

  @Test func `an unknown zone needs a person, whatever else holds`() throws {
    let now = try at(Self.now)
    let plan = [try window("Europe/Atlantis")]
    guard
      case .needsPerson(let reasons) = verdict(
        OutreachFacts(lastToPartner: now.plus(minutes: -1)), plan: plan, now: now)
    else {
      Issue.record("expected a person")
      return
    }
    #expect(reasons.map(\.rule) == ["cool_down.partner", "window.quiet_hours"])
    #expect(reasons.last?.until == nil)
  }

  @Test func `windows that are never open together need a person`() throws {
    let plan = [
      try window("Europe/Zurich", "09:00", "10:00"),
      try window("America/New_York", "09:00", "10:00"),
    ]
    guard
      case .needsPerson(let reasons) = verdict(OutreachFacts(), plan: plan, now: try at(Self.now))
    else {
      Issue.record("expected a person")
      return
    }
    #expect(reasons.contains { $0.hold == .quietHours })
  }

  @Test func `only messages are counted`() {
    let channels = OperationType.allCases.map { OutreachChannel($0) }
    #expect(channels == [.email, .sms, nil, nil, nil, nil, nil])
  }

  @Test func `cool-downs are four and six hours`() {
    #expect(CoolDowns.standard[.email] == .seconds(14_400))
    #expect(CoolDowns.standard[.sms] == .seconds(21_600))
  }
}
