import ActionProtocol
import Decisions

/// What goes first among an org's actions, in a person's word. What a customer sees of an action, and
/// whether it may go at all, stays as it is: no approval is touched.
public struct Priorities: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Gives an action that is not over another priority. The same again changes and records nothing.
  /// - Throws: ``DecisionError`` where there is none, or it is over; store errors.
  @discardableResult
  public func set(
    _ org: OrgID, _ id: ActionID, to priority: ActionPriority, by author: Author, via: String
  ) async throws -> ActionState {
    let state = try await context.store.write { store in
      guard var state = try store.action(org, id) else {
        throw DecisionError.unknown(id.rawValue)
      }
      guard state.status.isLive else { throw Self.over(state) }
      guard state.priority != priority else { return state }
      let old = state.priority
      guard try store.prioritize(org, id, priority) else { throw EngineFault.lostRace }
      state.priority = priority
      try Desk(store: store).append(
        state, "action.prioritized", by: author, via: via,
        details: ["from": .string(old.word), "to": .string(priority.word)])
      return state
    }
    await context.wake.ring()
    return state
  }

  private static func over(_ state: ActionState) -> DecisionError {
    DecisionError(
      .conflict, "action.over",
      "The action \(state.id.rawValue) is \(state.status.rawValue); its turn has been.",
      remedy: "Look at it: aiom action show \(state.id.rawValue).")
  }
}
