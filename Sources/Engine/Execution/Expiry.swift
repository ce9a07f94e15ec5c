import ActionProtocol
import Decisions

/// Ends what nobody decided in time, and what was approved and could not be carried out in time.
public struct Expiry: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Returns: the actions that were ended.
  @discardableResult
  public func expire() async throws -> [ActionID] {
    var ended: [ActionID] = []
    while true {
      let batch = try await context.store.write { store in
        let due = try store.overdue(at: store.now, limit: 200)
        let desk = Desk(store: store)
        for var state in due { try desk.expire(&state) }
        return due.map(\.id)
      }
      ended += batch
      if batch.isEmpty { return ended }
    }
  }
}
