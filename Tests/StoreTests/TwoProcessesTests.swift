import ActionProtocol
import Addressing
import Decisions
import Engine
import Logging
import SQLiteDriver
import Store
import TestSupport
import Testing

/// Two databases opened on one file share nothing but the file, like two processes.
@Suite struct TwoProcessesTests {
  private static let count = 200

  private static func address(_ number: Int) -> String { "billing@customer\(number).example" }

  /// Approved messages to as many customers.
  private func house() async throws -> EngineHouse {
    let house = try await EngineHouse(drafting: NoDrafting())
    try await house.books(
      (1...Self.count).map { number in
        .partner(
          PartnerRow(
            externalID: "p\(number)", name: "Customer \(number)",
            email: try EmailAddress(Self.address(number))))
      })
    for number in 1...Self.count { try await approved(number, house) }
    return house
  }

  private func approved(_ number: Int, _ house: EngineHouse) async throws {
    let proposal = Proposal(
      orgID: house.org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress(Self.address(number))],
          subject: "Our new opening hours", bodyText: "We are open longer from Monday on.")),
      idempotencyKey: IdempotencyKey(rawValue: "hours-\(number)"),
      expectedEffect: "The customer knows our new hours.",
      reasoning: "The opening hours change next week.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [Int64(number)], partnerID: PartnerID(rawValue: Int64(number)),
        partnerName: "Customer \(number)"))
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    try await house.approve(try #require(outcome.state).id)
  }

  /// Another process on the house's file.
  private func process(
    _ house: EngineHouse, _ channel: ScriptedChannel
  ) throws -> EngineContext {
    let clock = house.clock
    let file = house.folder + "/aiom.sqlite"
    let database = try SQLiteDatabase(path: file, clock: { clock.now })
    return EngineContext(
      store: SQLStore(database: database, entropy: .system), channels: channel, blobs: NoBlobs(),
      drafting: NoDrafting(), liveness: try FlockLiveness(databasePath: file), entropy: .system,
      configuration: EngineConfiguration(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func run(_ context: EngineContext, _ org: OrgID) async throws -> [ExecutionReport] {
    let life = ProcessLife(context)
    try await life.begin()
    let reports = try await Pipeline(context, process: life).run(org: org)
    try await life.end()
    return reports
  }

  @Test func `two processes on one file make every call exactly once`() async throws {
    let house = try await house()
    let channels = [ScriptedChannel(), ScriptedChannel()]
    let contexts = try channels.map { try process(house, $0) }
    async let first = run(contexts[0], house.org)
    async let second = run(contexts[1], house.org)
    let reports = try await first + second
    let calls = channels.flatMap(\.calls).map(\.operation)
    #expect(calls.count == Self.count)
    #expect(Set(calls).count == Self.count)
    #expect(reports.count { $0.outcome == .completed } == Self.count)
    #expect(reports.allSatisfy { $0.outcome == .completed || $0.outcome == .skipped })
    let org = house.org
    let counts = try await house.store.read { try $0.actionCounts(org) }
    #expect(counts == [.completed: Self.count])
    let audit = try await house.store.read {
      try $0.audit(org, action: nil, after: 0, limit: 10 * Self.count).map(\.sequence)
    }
    // Four for each action, after the one of the org's first policy.
    #expect(audit == (1...Int64(1 + 4 * Self.count)).map { $0 })
  }

  @Test func `an approval in one process and a rejection in another: one of them holds`()
    async throws
  {
    let house = try await EngineHouse(drafting: NoDrafting())
    try await house.books([.partner(PartnerRow(externalID: "p1", name: "Customer"))])
    let contexts = try (0..<2).map { _ in try process(house, house.channel) }
    for number in 1...10 {
      let state = try #require(try await proposed(number, house))
      async let approval = outcome {
        _ = try await Approvals(contexts[0]).approve(
          house.org, state.id, digest: state.digest, by: .tester, via: "test")
      }
      async let rejection = outcome {
        _ = try await Approvals(contexts[1]).reject(
          house.org, state.id, reason: "no", by: .tester, via: "test")
      }
      let (approved, rejected) = await (approval, rejection)
      // A rejection after the approval withdraws it; an approval after the rejection is refused.
      let end = try await house.state(state.id)
      #expect(rejected)
      #expect(end.status == .rejected)
      let kinds = try await house.store.read {
        try $0.audit(house.org, action: state.id, after: 0, limit: 9).count
      }
      #expect(kinds == (approved ? 3 : 2))
    }
  }

  private func outcome(_ body: @Sendable () async throws -> Void) async -> Bool {
    do {
      try await body()
      return true
    } catch {
      return false
    }
  }

  private func proposed(_ number: Int, _ house: EngineHouse) async throws -> ActionState? {
    let proposal = Proposal(
      orgID: house.org,
      operation: .createTask(.createFollowUpTask, CreateTask(name: "Call customer \(number)")),
      idempotencyKey: IdempotencyKey(rawValue: "call-\(number)"),
      expectedEffect: "Somebody calls the customer.", reasoning: "It is time for a call again.",
      affectedRecords: AffectedRecords(
        model: "project.task", ids: [Int64(number)], partnerName: "Customer"))
    return try await Intake(house.context).submit(proposal, by: .tester, via: "test").state
  }
}
