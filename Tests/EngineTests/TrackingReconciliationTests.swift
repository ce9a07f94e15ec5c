import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct TrackingReconciliationTests {
  private func asked(_ house: EngineHouse, _ id: ActionID) async throws -> String? {
    try await house.attempts(id).last?.askedWhy
  }

  private func pass(_ house: EngineHouse, _ seconds: Int) async throws {
    house.clock.advance(by: .seconds(seconds))
    try await TimerService(house.context).runDue()
  }

  @Test func `without activity search and webhook a person is asked at the first look`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    house.channel.find(.unsupported(code: "activity_not_permitted"))
    let id = try await house.unknown()
    #expect(try await asked(house, id) == nil)
    try await pass(house, 15)
    #expect(try await asked(house, id) == "activity_not_permitted")
    #expect(try await house.kinds(id).count { $0 == "execution.person_asked" } == 1)
    // It is looked at again, should the permission be given.
    house.channel.find(.found(["\(id.rawValue).1.1": "vendor-1"]))
    try await pass(house, 3600)
    #expect(try await house.state(id).status == .completed)
  }

  @Test func `with a webhook the person is not asked before it had its time`() async throws {
    let house = try await EngineHouse.withAcme()
    _ = try await house.endpoint()
    house.channel.find(.unsupported(code: "activity_not_permitted"))
    let id = try await house.unknown()
    try await pass(house, 15)
    #expect(try await asked(house, id) == nil)
    try await house.arrive(Post(id: "1", kind: "processed", echo: house.echo(id)))
    #expect(try await house.state(id).status == .completed)
  }

  @Test func `a webhook that stays silent does not keep the question from a person for ever`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    _ = try await house.endpoint()
    house.channel.find(.unsupported(code: "activity_not_permitted"))
    let id = try await house.unknown()
    try await pass(house, 15)
    for _ in 0..<6 { try await pass(house, 3600) }
    #expect(try await asked(house, id) == "activity_not_permitted")
  }

  @Test func `looked for in vain through the whole schedule, a person is asked`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    for wait in [15, 45, 60, 180, 600] { try await pass(house, wait) }
    #expect(try await house.attempts(id).last?.looks == 5)
    #expect(try await asked(house, id) == nil)
    try await pass(house, 2700)
    #expect(try await asked(house, id) == "not_found")
    #expect(try await house.state(id).hold?.reason == .outcomeUnknown)
    #expect(house.channel.calls.count == 1)
  }

  @Test func `delayed activity settles at the look that shows it`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    for wait in [15, 45, 60] { try await pass(house, wait) }
    house.channel.find(.found(["\(id.rawValue).1.1": "vendor-1"]))
    try await pass(house, 179)
    #expect(try await house.state(id).status == .executing)
    try await pass(house, 1)
    #expect(try await house.state(id).status == .completed)
  }

  @Test func `looks for others neither count as its own nor ask a person early`() async throws {
    let house = try await EngineHouse.withAcme()
    house.channel.answerAlways(with: .unknown(code: "deadline"))
    var ids: [ActionID] = []
    // Each second one more outcome is unknown, and the provider shows none of them.
    for number in 1...60 {
      ids.append(try await house.message(number))
      try await house.run()
      try await pass(house, 1)
    }
    let first = try #require(ids.first)
    #expect(try await house.attempts(first).last?.looks == 2)
    #expect(try await asked(house, first) == nil)
    #expect((9...10).contains(house.channel.searches), "\(house.channel.searches)")
  }

  @Test func `a process that dies while it looks does not end the looking`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    let (looking, began) = AsyncStream<Void>.makeStream()
    house.channel.duringSearch {
      began.yield()
      // As long as the test lasts.
      try? await Task.sleep(for: .seconds(3600))
    }
    let dying = Task { try await pass(house, 15) }
    for await _ in looking { break }
    house.channel.duringSearch(nil)
    try await pass(house, 59)
    #expect(house.channel.searches == 1)
    // Nobody restarted: whoever lives looks again.
    house.channel.find(.found(["\(id.rawValue).1.1": "vendor-1"]))
    try await pass(house, 1)
    #expect(try await house.state(id).status == .completed)
    dying.cancel()
    _ = await dying.result
  }

  @Test func `nobody is asked before a look is due, however often a process starts`() async throws {
    let house = try await EngineHouse.withAcme()
    _ = try await house.unknown()
    for _ in 0..<5 { try await pass(house, 2) }
    #expect(house.channel.searches == 0)
    try await pass(house, 5)
    #expect(house.channel.searches == 1)
    for _ in 0..<40 { try await pass(house, 1) }
    #expect(house.channel.searches == 1)
    try await pass(house, 5)
    #expect(house.channel.searches == 2)
  }

  @Test func `a process that slept through its looks makes up for them with one`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    try await pass(house, 3 * 3600)
    #expect(house.channel.searches == 1)
    #expect(try await house.attempts(id).last?.looks == 8)
    #expect(try await asked(house, id) == "not_found")
    for _ in 0..<10 { try await pass(house, 60) }
    #expect(house.channel.searches == 1)
  }

  @Test func `older than the provider remembers, a person is asked at once`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.unknown()
    // The house slept for five days.
    house.channel.find(.found(["\(id.rawValue).1.1": "not-even-asked"]))
    try await pass(house, 5 * 86_400)
    #expect(try await asked(house, id) == "retention_over")
    #expect(try await house.state(id).status == .executing)
    try await pass(house, 3600)
    #expect(try await house.attempts(id).last?.looks == 0)
    let state = try await Approvals(house.context).settle(
      house.org, id, answer: .sendAgain, reason: "they say nothing came", by: .tester, via: "test")
    #expect(state.status == .pendingApproval)
  }

  @Test func `a thousand unknown outcomes settle by one search`() async throws {
    let house = try await EngineHouse.withAcme()
    house.channel.answerAlways(with: .unknown(code: "deadline"))
    var hits: [String: String] = [:]
    for number in 1...120 {
      let id = try await house.message(number)
      hits["\(id.rawValue).1.1"] = "vendor-\(number)"
    }
    try await house.run()
    house.channel.find(.found(hits))
    #expect(try await Reconciler(house.context).reconcile(house.org) == 120)
    #expect(try await Reconciler(house.context).reconcile(house.org) == 0)
  }

  // MARK: - SMS

  private static let phone = "+16175550123"

  private func line(
    _ id: String, _ text: String = "Please call us.", to: String = phone,
    at: String = "2026-03-04T15:00:01Z"
  ) throws -> ReportedSMS {
    ReportedSMS(
      providerID: id, destination: try PhoneNumber(e164: to), text: text,
      at: try #require(Instant(rfc3339: at)))
  }

  private func unknownText(
    _ house: EngineHouse, _ key: String = "alert-1", _ text: String = "Please call us."
  ) async throws -> ActionID {
    house.channel.answer(with: .unknown(code: "deadline"))
    return try await house.sentText(key, text)
  }

  @Test func `an SMS is found by number, text and time`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await unknownText(house)
    for wrong in [
      try line("a", "Please call me."), try line("b", to: "+12025550959"),
      try line("c", at: "2026-03-04T14:59:59Z"),
    ] {
      house.channel.report(.found([wrong]))
      #expect(try await Reconciler(house.context).reconcile(house.org) == 0)
    }
    house.channel.report(.found([try line("d")]))
    #expect(try await Reconciler(house.context).reconcile(house.org) == 1)
    #expect(try await house.state(id).providerID == "d")
  }

  @Test func `another attempt's message is not taken for it`() async throws {
    let house = try await EngineHouse.withAcme()
    let first = try await unknownText(house)
    try await Reconciler(house.context).reconcile(house.org)
    _ = try await Approvals(house.context).settle(
      house.org, first, answer: .sendAgain, reason: "nothing came", by: .tester, via: "test")
    try await house.approve(first)
    house.channel.answer(with: .accepted(providerID: "second", warnings: []))
    try await house.run()
    #expect(try await house.state(first).providerID == "second")
    house.channel.report(.found([try line("second")]))
    #expect(try await Reconciler(house.context).reconcile(house.org) == 0)
    // Its line is missing and another stands there: of two candidates neither is proven.
    house.channel.report(.found([try line("other")]))
    #expect(try await Reconciler(house.context).reconcile(house.org) == 0)
    // Both lines: the one that is left can only be the first's.
    house.channel.report(.found([try line("second"), try line("first")]))
    #expect(try await Reconciler(house.context).reconcile(house.org) == 1)
    #expect(try await house.attempts(first).first?.providerID == "first")
    #expect(try await house.kinds(first).contains("alert.accepted_after_all"))
  }

  @Test func `while one SMS is unknown, an identical one waits and another text may go`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let first = try await unknownText(house)
    house.clock.advance(by: .seconds(6 * 3600 + 1))
    let same = try await house.sentText("alert-2", "Please call us.", on: "account.move")
    #expect(try await house.state(same).hold?.reason == .outcomeUnknown)
    #expect(house.channel.calls.count == 1)
    _ = try await Approvals(house.context).settle(
      house.org, first, answer: .leave, reason: "nobody knows", by: .tester, via: "test")
    house.clock.advance(by: .seconds(300))
    try await house.run()
    #expect(house.channel.calls.count == 2)
    #expect(try await house.state(same).status == .completed)
  }

  @Test func `without the report of SMS a person is asked`() async throws {
    let house = try await EngineHouse.withAcme()
    house.channel.report(.unsupported(code: "sms_report_not_permitted"))
    let id = try await unknownText(house)
    try await pass(house, 15)
    #expect(try await asked(house, id) == "sms_report_not_permitted")
  }
}

extension EngineHouse {
  /// An approved SMS to Acme that was carried out as far as it could be.
  /// - Parameter model: whose first record it is about.
  func sentText(
    _ key: String, _ text: String, on model: String = "res.partner"
  ) async throws -> ActionID {
    let proposal = Proposal(
      orgID: org,
      operation: .sms(
        .xSendSMSAlert, SendSMS(to: try PhoneNumber(e164: "+16175550123"), body: text)),
      idempotencyKey: IdempotencyKey(rawValue: key), expectedEffect: "They call.",
      reasoning: "Nobody answers mail.",
      affectedRecords: AffectedRecords(
        model: model, ids: [1], partnerID: PartnerID(rawValue: 1)))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    guard let id = outcome.state?.id else { throw NothingProposed() }
    try await approve(id)
    try await run()
    return id
  }

  /// An approved message to a customer of its own.
  func message(_ number: Int) async throws -> ActionID {
    let address = "c\(number)@customer\(number).example"
    let ids = try await store.write { [org] store in
      try store.upsert(
        org,
        .partner(
          .init(
            externalID: "c\(number)", name: "C \(number)", email: try EmailAddress(address))),
        asOf: store.now)
    }
    guard case .inserted(let touch) = ids, let partner = touch.partnerID else {
      throw NothingProposed()
    }
    let proposal = Proposal(
      orgID: org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(to: [try EmailAddress(address)], subject: "Hours", bodyText: "Open at nine.")),
      idempotencyKey: IdempotencyKey(rawValue: "m-\(number)"), expectedEffect: "They know.",
      reasoning: "New hours.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [partner.rawValue], partnerID: partner))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    guard let id = outcome.state?.id else { throw NothingProposed() }
    return try await approve(id).id
  }
}
