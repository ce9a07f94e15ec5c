import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import Synchronization
import TestSupport

/// The engine itself, doing what the model's commands say.
final class ModelWorld: Sendable {
  let house: EngineHouse
  let provider = ModelProvider()
  private let context: EngineContext
  private let state = Mutex(State())

  private struct State {
    var ids: [ActionID] = []
    var stale: [ActionID: Digest] = [:]
    var posts = 0
    /// Processes that hang, with what to do when they may go on.
    var stopped: [Task<Void, any Error>] = []
    var dead: [Task<Void, any Error>] = []
  }

  init() async throws {
    var configuration = EngineConfiguration()
    configuration.ledgerMaximumAge = .seconds(365 * 86_400)
    house = try await EngineHouse(
      at: "2026-03-02T08:00:00Z", drafting: try MustacheDrafting(),
      window: CompanyProfile.aroundTheClock, zone: "UTC", configuration: configuration)
    var context = house.context
    context.channels = provider
    self.context = context
    let org = house.org
    try await house.store.write { store in
      for number in 0..<ModelCommand.actions {
        let partner = PartnerRow(
          externalID: "c\(number)", name: "C \(number)",
          email: try EmailAddress("c\(number)@customer\(number).example"))
        _ = try store.upsert(org, .partner(partner), asOf: store.now)
      }
    }
  }

  /// What the store says, by action.
  func states() async throws -> [Int: ActionState] {
    var found: [Int: ActionState] = [:]
    for (number, id) in ids { found[number] = try await house.state(id) }
    return found
  }

  private var ids: [Int: ActionID] { provider.ids }

  /// - Parameter due: how many calls the model expects of a process that does not come back.
  /// - Returns: whether it was done; false where the engine refused.
  func apply(_ command: ModelCommand, due: Int, seen: OperationID?) async throws -> Bool {
    switch command {
    case .propose(let n): try await propose(n)
    case .edit, .requeue, .approve, .approveStale, .reject, .settle:
      do { try await decide(command) } catch is DecisionError { return false }
    case .run(let deeds): try await run(deeds)
    case .die(let deeds): try await begin(deeds, due: due, dies: true)
    case .stall(let deeds): try await begin(deeds, due: due, dies: false)
    case .wake: try await wake()
    case .recover: try await Recovery(context).recover()
    case .expire: try await Expiry(context).expire()
    case .look: try await Reconciler(context).reconcile(house.org)
    case .webhook: if let seen { try await post(seen) }
    case .pass(let seconds): house.clock.advance(by: .seconds(seconds))
    }
    return true
  }

  /// Lets everything go on that hangs, and waits for it.
  func close() async {
    let (stopped, dead) = state.withLock { ($0.stopped, $0.dead) }
    provider.release(.all)
    for task in stopped + dead { _ = await task.result }
  }

  // MARK: - People

  private func propose(_ number: Int) async throws {
    let address = try EmailAddress("c\(number)@customer\(number).example")
    let partner = PartnerID(rawValue: Int64(number + 1))
    let proposal = Proposal(
      orgID: house.org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(to: [address], subject: "Hours", bodyText: "Open at nine.")),
      idempotencyKey: IdempotencyKey(rawValue: "m-\(number)"), expectedEffect: "They know more.",
      reasoning: "The hours are new.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [Int64(number + 1)], partnerID: partner))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    guard let id = outcome.state?.id else { throw NothingProposed() }
    provider.know(number, id)
  }

  private func decide(_ command: ModelCommand) async throws {
    let approvals = Approvals(context)
    let org = house.org
    switch command {
    case .edit(let n):
      guard let id = ids[n] else { throw Missing.action }
      let shown = try await house.state(id)
      _ = try await approvals.edit(
        org, id, ActionEdit(subject: "Hours \(shown.revision + 1)"), by: .tester, via: "test")
      state.withLock { $0.stale[id] = shown.digest }
    case .requeue(let n):
      guard let id = ids[n] else { throw Missing.action }
      _ = try await approvals.requeue(org, id, by: .tester, via: "test")
    case .approve(let n):
      guard let id = ids[n] else { throw Missing.action }
      let digest = try await house.state(id).digest
      _ = try await approvals.approve(org, id, digest: digest, by: .tester, via: "test")
    case .approveStale(let n):
      guard let id = ids[n] else { throw Missing.action }
      let digest = state.withLock { $0.stale[id] } ?? Digest.sha256([1])
      _ = try await approvals.approve(org, id, digest: digest, by: .tester, via: "test")
    case .reject(let n):
      guard let id = ids[n] else { throw Missing.action }
      _ = try await approvals.reject(org, id, reason: "no", by: .tester, via: "test")
    case .settle(let n, let answer):
      guard let id = ids[n] else { throw Missing.action }
      _ = try await approvals.settle(
        org, id, answer: answer, reason: "as they say", by: .tester, via: "test")
    default: break
    }
  }

  private enum Missing {
    /// A decision about what nobody has proposed.
    static let action = DecisionError(
      .unknown, "action.unknown", "There is none.", remedy: "Propose it.")
  }

  // MARK: - Processes

  private func run(_ deeds: [Deed]) async throws {
    provider.will(deeds, hang: nil)
    let process = ProcessLife(context)
    try await process.begin()
    try await Pipeline(context, process: process).run(org: house.org)
    try await process.end()
  }

  /// Starts a process that gets as far as its calls.
  private func begin(_ deeds: [Deed], due: Int, dies: Bool) async throws {
    provider.will(deeds, hang: dies ? .dead : .stopped)
    let process = ProcessLife(context)
    let boot = try await process.begin()
    let (context, org) = (context, house.org)
    let before = provider.count
    let work = Task {
      try await Pipeline(context, process: process).run(org: org)
      if !dies { try await process.end() }
    }
    try await provider.waits(for: before + due)
    if due == 0 { try await work.value }
    if dies { await context.liveness.release(boot) }
    state.withLock { state in
      if dies { state.dead.append(work) } else { state.stopped.append(work) }
    }
  }

  private func wake() async throws {
    let stopped = state.withLock { state in
      defer { state.stopped = [] }
      return state.stopped
    }
    provider.release(.stopped)
    for task in stopped { try await task.value }
  }

  private func post(_ operation: OperationID) async throws {
    let number = state.withLock { state in
      state.posts += 1
      return state.posts
    }
    let name = ids.first { $0.value == operation.action }?.key ?? 0
    try await house.arrive(
      Post(
        id: "post-\(number)", kind: "processed", provider: "p-\(operation.rawValue)",
        echo: operation, recipient: "c\(name)@customer\(name).example"))
  }
}
