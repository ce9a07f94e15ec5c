import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Insights
import Logging
import SQLiteDriver
import Store
import Synchronization
import TestSupport
import Testing

extension EngineHouse {
  /// A house without books.
  static func bare() async throws -> EngineHouse {
    try await EngineHouse(drafting: try MustacheDrafting())
  }

  /// Approved messages, each to a customer of its own.
  /// - Parameter partner: all to the customer of this number instead.
  func approvedMessages(
    _ numbers: ClosedRange<Int>, of org: OrgID? = nil, partner: Int? = nil
  ) async throws -> [ActionID] {
    let org = org ?? self.org
    let customers = try await store.write { store in
      try numbers.map { number in
        let row = PartnerRow(
          externalID: "m\(partner ?? number)", name: "Customer \(partner ?? number)",
          email: try EmailAddress("billing@customer\(partner ?? number).example"))
        switch try store.upsert(org, .partner(row), asOf: store.now) {
        case .inserted(let one), .updated(let one), .unchanged(let one):
          guard let id = one.partnerID else { throw NothingProposed() }
          return (number, row.email, id)
        case .rejected: throw NothingProposed()
        }
      }
    }
    return try await withThrowingTaskGroup(of: ActionID.self) { group in
      for (number, email, id) in customers {
        group.addTask { try await self.approvedMessage(number, org, to: id, email) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func approvedMessage(
    _ number: Int, _ org: OrgID, to partner: PartnerID, _ email: EmailAddress?
  ) async throws -> ActionID {
    let proposal = Proposal(
      orgID: org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try #require(email)], subject: "Our new opening hours",
          bodyText: "We are open longer from Monday on.")),
      idempotencyKey: IdempotencyKey(rawValue: "hours-\(number)"),
      expectedEffect: "The customer knows our new hours.",
      reasoning: "The opening hours change next week.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [partner.rawValue], partnerID: partner,
        partnerName: "Customer"))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    let state = try #require(outcome.state)
    _ = try await Approvals(context).approve(
      org, state.id, digest: state.digest, by: .tester, via: "test")
    return state.id
  }

  /// Another process on the house's database: own connections, own lock, a lease in real time.
  func another(
    _ channel: any ChannelDirectory, epoch: (any EpochPort)? = nil
  ) throws -> EngineContext {
    var context = EngineContext(
      store: SQLStore(database: try reopened(), entropy: .system), channels: channel,
      blobs: NoBlobs(), drafting: try MustacheDrafting(),
      liveness: try FlockLiveness(databasePath: folder + "/aiom.sqlite"), entropy: .system,
      configuration: EngineConfiguration(concurrentCalls: 4),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    context.epoch = epoch
    return context
  }

  func count(_ status: ActionStatus) async throws -> Int {
    let org = org
    return try await store.read { try $0.actionCounts(org)[status] ?? 0 }
  }
}

/// Says once that something may go on.
final class Latch: Sendable {
  private let state = Mutex(false)

  var isOpen: Bool { state.withLock { $0 } }

  func open() { state.withLock { $0 = true } }

  /// Waits until it is open; gives up loudly after a minute.
  func wait() async {
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while !isOpen {
      guard ContinuousClock.now < end else {
        Issue.record("nobody opened it within a minute")
        return
      }
      await Task.yield()
    }
  }
}

/// Asks again until it holds; gives up loudly after a minute.
func until(_ holds: () async throws -> Bool) async throws {
  let end = ContinuousClock.now.advanced(by: .seconds(60))
  while try await !holds() {
    try #require(ContinuousClock.now < end, "it did not come to it within a minute")
    await Task.yield()
  }
}
