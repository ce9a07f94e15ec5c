import ActionProtocol
import Decisions

/// Ends what nobody decided in time, and what was approved and could not be carried out in time.
public struct Expiry: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Parameter org: only this org's actions, or all.
  /// - Returns: the actions that were ended.
  @discardableResult
  public func expire(_ org: OrgID? = nil) async throws -> [ActionID] {
    var ended: [ActionID] = []
    while true {
      let isIdle = try await context.store.read { store in
        try Self.overdue(org, store, limit: 1).isEmpty
      }
      if isIdle { return ended }
      let batch = try await context.store.write { store in
        let due = try Self.overdue(org, store, limit: 200)
        let desk = Desk(store: store)
        for var state in due { try desk.expire(&state) }
        return due.map(\.id)
      }
      ended += batch
      if batch.isEmpty { return ended }
    }
  }

  private static func overdue(
    _ org: OrgID?, _ store: any StoreReading, limit: Int
  ) throws -> [ActionState] {
    if let org { return try store.overdue(org, at: store.now, limit: limit) }
    return try store.overdue(at: store.now, limit: limit)
  }
}
