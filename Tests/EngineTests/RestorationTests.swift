import ActionProtocol
import Addressing
import Decisions
import Engine
import Insights
import TestSupport
import Testing

@Suite struct RestorationTests {
  /// A house as a backup has it, after all that was approved in it went out without its knowing.
  private static func restored(
    _ count: Int = 3
  ) async throws -> (house: EngineHouse, ids: [ActionID]) {
    let house = try await EngineHouse.bare()
    let ids = try await house.approvedMessages(1...count)
    try await house.store.write { store in
      _ = try Restoration.begin(store, entropy: .system)
    }
    house.clock.advance(by: .seconds(3600))
    return (house, ids)
  }

  private static func reconcile(
    _ house: EngineHouse, withoutActivity: Bool = false
  ) async throws -> RestorationReport {
    try await Restoration(house.context).reconcile(
      withoutActivity: withoutActivity, by: .tester, via: "test")
  }

  private static func resume(_ house: EngineHouse) async throws {
    _ = try await EmergencyStop(house.context).resume(
      .everything, reason: nil, by: .tester, via: "test")
  }

  private static func hits(_ ids: [ActionID], call: Int = 1) -> SearchAnswer {
    .found(
      Dictionary(
        uniqueKeysWithValues: ids.map { ("\($0.rawValue).1.\(call)", "provider-\($0.rawValue)") }))
  }

  @Test func `what the activity shows is completed, counted and never sent again`() async throws {
    let (house, ids) = try await Self.restored()
    house.channel.find(Self.hits(ids))
    let report = try await Self.reconcile(house)
    #expect(report.isDone && report.completed == 3 && report.askedAgain == 0)
    try await Self.resume(house)
    #expect(try await house.run().isEmpty)
    #expect(house.channel.calls.isEmpty)
    for id in ids {
      let state = try await house.state(id)
      #expect(state.status == .completed)
      #expect(state.providerID == "provider-\(id.rawValue)")
      let org = house.org
      let (attempts, evidence) = try await house.store.read {
        (try $0.attempts(org, id), try $0.evidence(org, id))
      }
      #expect(attempts.map(\.outcome) == ["accepted"])
      #expect(evidence.map(\.source) == ["activity_search"])
    }
    // They count in the cool-down: a further message to the customer waits.
    let again = try await house.approvedMessages(101...101, partner: 1)
    #expect(try await house.run().map(\.outcome.isHeld) == [true])
    #expect(try await house.state(again[0]).hold?.reason == .coolDown)
  }

  @Test func `what it does not show goes back for approval; what was approved since goes out`()
    async throws
  {
    let (house, ids) = try await Self.restored()
    house.channel.find(Self.hits([ids[0]]))
    let fresh = try await house.approvedMessages(50...50)
    let report = try await Self.reconcile(house)
    #expect(report.completed == 1 && report.askedAgain == 2)
    try await Self.resume(house)
    #expect(try await house.run().map(\.id) == fresh)
    let states = try await Self.states(house, Array(ids[1...]))
    #expect(states.allSatisfy { $0.status == .pendingApproval && $0.revision == 2 })
    let org = house.org
    let causes = try await house.store.read { try $0.revisions(org, ids[1]).map(\.cause) }
    #expect(causes == ["proposed", "restored"])
    // Approved again, it goes out once.
    try await house.approve(ids[1])
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  private static func states(
    _ house: EngineHouse, _ ids: [ActionID]
  ) async throws -> [ActionState] {
    var states: [ActionState] = []
    for id in ids { states.append(try await house.state(id)) }
    return states
  }

  @Test func `one that was pending in the backup and sent since is completed too`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.store.write { _ = try Restoration.begin($0, entropy: .system) }
    house.channel.find(Self.hits([id]))
    #expect(try await Self.reconcile(house).completed == 1)
    #expect(try await house.state(id).status == .completed)
  }

  @Test func `what was sent in a revision that the backup does not have is completed`()
    async throws
  {
    let (house, ids) = try await Self.restored(1)
    house.channel.find(.found(["\(ids[0].rawValue).4.7": "provider-x"]))
    #expect(try await Self.reconcile(house).completed == 1)
    let state = try await house.state(ids[0])
    #expect(state.status == .completed && state.calls == 7)
  }

  @Test func `messages of actions that the backup does not have are counted`() async throws {
    let (house, _) = try await Self.restored(1)
    house.channel.find(.found(["0193f2aa-0000-7000-8000-000000000001.1.1": "provider-y"]))
    let report = try await Self.reconcile(house)
    #expect(report.foreign == 1 && report.completed == 0)
  }

  @Test(arguments: [
    SearchAnswer.failed(code: "activity_search_failed"),
    .unsupported(code: "activity_not_permitted"),
  ])
  func `where the activity cannot be read it stays stopped, unless somebody insists`(
    _ answer: SearchAnswer
  ) async throws {
    let (house, ids) = try await Self.restored()
    house.channel.find(answer)
    let report = try await Self.reconcile(house)
    #expect(!report.isDone && report.failures.count == 1)
    let error = await #expect(throws: DecisionError.self) { try await Self.resume(house) }
    #expect(error?.code == "restore.not_reconciled")
    #expect(try await house.count(.approved) == 3)
    #expect(try await Self.reconcile(house, withoutActivity: true).askedAgain == ids.count)
    try await Self.resume(house)
    #expect(try await house.run().isEmpty)
  }

  @Test func `what was being carried out is unknown and looked for`() async throws {
    let house = try await EngineHouse.bare()
    let id = try await house.approvedMessages(1...1)[0]
    let store = house.store
    // The backup is made while the call is under way.
    house.channel.duringCall { _ in
      _ = try? await store.write { try Restoration.begin($0, entropy: .system) }
    }
    _ = try? await house.run()
    house.channel.find(Self.hits([id]))
    let before = try await house.state(id)
    #expect(before.status == .executing || before.status == .completed)
    _ = try await Self.reconcile(house)
    #expect(try await house.state(id).status == .completed)
    #expect(house.channel.calls.count == 1)
  }

  @Test func `an SMS that the report shows is completed, once for each line`() async throws {
    let house = try await EngineHouse.withAcme()
    // Two customers behind one number: their messages can be told apart by nothing.
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "twin", name: "Twin Corp", phone: try PhoneNumber(e164: "+16175550123"),
          country: "US", zone: "America/New_York"))
    ])
    let ids = [try await Self.text(house, 1), try await Self.text(house, 2)]
    try await house.store.write { _ = try Restoration.begin($0, entropy: .system) }
    let phone = try PhoneNumber(e164: "+16175550123")
    house.channel.report(
      .found([
        ReportedSMS(providerID: "s1", destination: phone, text: "Call us.", at: house.clock.now)
      ]))
    let report = try await Self.reconcile(house)
    #expect(report.completed == 1 && report.askedAgain == 1)
    let states = try await Self.states(house, ids)
    #expect(Set(states.map(\.status)) == [.completed, .pendingApproval])
  }

  private static func text(_ house: EngineHouse, _ partner: Int64) async throws -> ActionID {
    let proposal = Proposal(
      orgID: house.org,
      operation: .sms(
        .xSendSMSAlert,
        SendSMS(to: try PhoneNumber(e164: "+16175550123"), body: "Call us.")),
      idempotencyKey: IdempotencyKey(rawValue: "text-\(partner)"),
      expectedEffect: "The customer calls.", reasoning: "There is something to talk about.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [partner], partnerID: PartnerID(rawValue: partner)))
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    let state = try #require(outcome.state, "\(outcome)")
    try await house.approve(state.id)
    return state.id
  }

  @Test func `only a restored database is reconciled`() async throws {
    let house = try await EngineHouse.bare()
    let error = await #expect(throws: DecisionError.self) { _ = try await Self.reconcile(house) }
    #expect(error?.code == "restore.not_restored")
  }
}

extension ExecutionReport.Outcome {
  fileprivate var isHeld: Bool {
    if case .held = self { true } else { false }
  }
}
