import ActionProtocol
import Decisions
import Synchronization

/// Claims whose books outside were being read: nothing was called for them, so they are given back
/// whenever their process cannot go on with them.
enum ClaimWithoutIntent {
  /// Gives an action back as the first step of a transaction.
  /// - Parameter released: as it stands afterwards.
  /// - Returns: false where the claim is not ours any more; nothing is changed then.
  static func release(
    _ released: ActionState, _ claim: Claim, _ store: any StoreTransaction
  ) throws -> Bool {
    guard var state = try store.action(released.org, released.id), state.status == .executing,
      state.claim == claim
    else { return false }
    let old = state.version
    state.status = .approved
    state.claim = nil
    try store.change(state, from: old)
    return true
  }

  /// Gives back what a process that is over, or has lost track, had claimed.
  /// - Parameter isUnderWay: those that it goes on with.
  static func releaseAll(
    of boot: BootID, _ store: any StoreTransaction, code: String,
    unless isUnderWay: (ActionID) -> Bool = { _ in false }
  ) throws {
    for organisation in try store.organisations() where organisation.books.kind == .odoo {
      let filter = ActionFilter(statuses: [.executing], limit: 10_000)
      for state in try store.actions(organisation.id, filter) {
        guard let claim = state.claim, claim.boot == boot, !isUnderWay(state.id),
          try !store.attempts(state.org, state.id).contains(where: {
            $0.intent.token == claim.token
          }), try release(state, claim, store)
        else { continue }
        try Desk(store: store).append(
          state, "execution.released", details: ["code": .string(code)])
      }
    }
  }
}

/// The actions that a process has claimed and not written an intent for. Thread-safe.
final class ClaimsUnderWay: Sendable {
  private struct State {
    var actions: Set<ActionID> = []
    var hasLeftovers = false
  }

  private let state = Mutex(State())

  func begin(_ ids: [ActionID]) { state.withLock { $0.actions.formUnion(ids) } }

  /// - Parameter isLeft: its claim could not be given back.
  func end(_ ids: [ActionID], isLeft: Bool = false) {
    state.withLock { state in
      state.actions.subtract(ids)
      state.hasLeftovers = state.hasLeftovers || isLeft
    }
  }

  func isUnderWay(_ id: ActionID) -> Bool { state.withLock { $0.actions.contains(id) } }

  /// Whether claims wait to be given back; asking takes the note away.
  func takeLeftovers() -> Bool {
    state.withLock { state in
      defer { state.hasLeftovers = false }
      return state.hasLeftovers
    }
  }

  func noteLeftovers() { state.withLock { $0.hasLeftovers = true } }
}
