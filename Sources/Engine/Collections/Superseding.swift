import ActionProtocol
import Decisions
import Insights

/// Takes back what waits and rests on nothing any more: reminders whose invoices were all paid, cancelled
/// or put on hold, follow-ups on deals that were won or lost.
///
/// A convenience for people and a courtesy to customers; that nothing goes out does not rest on it
/// (``Revalidation``). It runs after each import and synchronisation, before each analysis, and every
/// minute as part of the job `expire`.
public struct Superseding: Sendable {
  public static let code = "superseded"
  /// So many are withdrawn in one transaction: others are let in between.
  private static let batch = 200

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Withdraws them, each with its audit entry in the same transaction. What is on its way stays.
  /// - Returns: the actions that were withdrawn.
  /// - Throws: store errors; what was withdrawn before stays so.
  @discardableResult
  public func withdraw(_ org: OrgID) async throws -> [ActionID] {
    let delivery = context.configuration.delivery
    var withdrawn: [ActionID] = []
    while true {
      let isIdle = try await context.store.read { store in
        try Self.found(org, delivery, store, limit: 1).isEmpty
      }
      if isIdle { return withdrawn }
      let batch = try await context.store.write { store in
        try Self.found(org, delivery, store, limit: Self.batch).compactMap { found in
          try Self.withdraw(found, org, store)
        }
      }
      withdrawn += batch
      if batch.isEmpty { return withdrawn }
    }
  }

  private static func found(
    _ org: OrgID, _ delivery: DeliveryMode, _ store: any StoreReading, limit: Int
  ) throws -> [SupersededAction] {
    guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
    return try store.superseded(
      org, in: delivery, on: organisation.day(store.now), limit: limit)
  }

  private static func withdraw(
    _ found: SupersededAction, _ org: OrgID, _ store: any StoreTransaction
  ) throws -> ActionID? {
    // Between the two looks another process may have claimed it: then it is on its way.
    guard var state = try store.action(org, found.id),
      state.status == .pendingApproval || state.status == .approved
    else { return nil }
    try Desk(store: store).withdraw(&state, because: found)
    return state.id
  }
}

extension Desk {
  /// Takes an action back before any effect, because nothing is left to be done. Should the books have it
  /// again, the same may be proposed anew.
  func withdraw(_ state: inout ActionState, because found: SupersededAction) throws {
    let old = state.version
    state.status = .rejected
    state.hold = nil
    state.errorCode = Superseding.code
    state.rejection = RejectionRecord(
      by: .engine, at: store.now, reason: SupersededReason.explanation(found.reasons),
      quietUntil: store.now)
    try store.change(state, from: old)
    try store.endRequests(state.org, state.id, as: .superseded, by: .engine)
    try store.removeCapCounts(state.org, state.id)
    var reasons = JSONObject()
    for reason in SupersededReason.allCases {
      reasons[reason.rawValue] = found.reasons[reason].map { .integer(Int64($0)) }
    }
    try append(
      state, "action.withdrawn",
      details: ["code": .string(Superseding.code), "records": .object(reasons)])
  }
}
