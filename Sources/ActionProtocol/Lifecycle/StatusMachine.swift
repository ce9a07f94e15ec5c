/// The statuses an action passes through, as the protocol's table has them.
///
/// A pure value: each method is an event, moves the state and returns what the caller must do in
/// the same transaction. Whatever the table does not list throws, and the state stays.
public struct StatusMachine: Hashable, Sendable {
  private var state: State

  private enum State: Hashable, Sendable {
    /// → approved, rejected, expired, pendingApproval (an edit).
    case pendingApproval
    /// → executing, pendingApproval, rejected, expired.
    case approved
    /// → completed, approved, pendingApproval, failed.
    case executing
    /// → completed, pendingApproval, approved.
    case failed
    /// → nothing: final for the revision.
    case completed
    /// → nothing: final for the revision.
    case rejected
    /// → nothing: final for the revision.
    case expired
  }

  /// The machine of an action stored in a status.
  public init(_ status: ActionStatus) {
    state =
      switch status {
      case .pendingApproval: .pendingApproval
      case .approved: .approved
      case .executing: .executing
      case .failed: .failed
      case .completed: .completed
      case .rejected: .rejected
      case .expired: .expired
      }
  }

  /// The machine of a new action, as policy decided, and what the caller must do.
  public static func proposed(_ verdict: PolicyVerdict) -> (StatusMachine, [Action]) {
    let machine = StatusMachine(verdict.status)
    return (machine, machine.status.isLive ? [.occupyRecords] : [])
  }

  /// The status to store.
  public var status: ActionStatus {
    switch state {
    case .pendingApproval: .pendingApproval
    case .approved: .approved
    case .executing: .executing
    case .failed: .failed
    case .completed: .completed
    case .rejected: .rejected
    case .expired: .expired
    }
  }

  /// Moves by an event.
  ///
  /// - Returns: what the caller must do in the same transaction.
  /// - Throws: `IllegalTransition` where the table has no such move; the state is unchanged.
  public mutating func apply(_ event: Event) throws(IllegalTransition) -> [Action] {
    guard let next = successor(on: event) else {
      throw IllegalTransition(from: status, event: event.name)
    }
    let before = status
    state = next
    return actions(from: before, on: event)
  }

  private func successor(on event: Event) -> State? {
    switch (state, event) {
    case (.pendingApproval, .approve): .approved
    case (.pendingApproval, .reject): .rejected
    case (.pendingApproval, .expire), (.approved, .expire): .expired
    case (.pendingApproval, .edit(let verdict)): StatusMachine(verdict.status).state
    case (.approved, .edit), (.approved, .policyGrewStricter): .pendingApproval
    case (.approved, .withdraw): .rejected
    case (.approved, .claim): .executing
    case (.executing, .complete): .completed
    case (.executing, .release): .approved
    case (.executing, .sendBack): .pendingApproval
    case (.executing, .fail): .failed
    case (.failed, .proveAccepted): .completed
    case (.failed, .requeue(.requiresApproval)): .pendingApproval
    case (.failed, .requeue(.allows)): .approved
    default: nil
    }
  }

  private func actions(from before: ActionStatus, on event: Event) -> [Action] {
    var actions: [Action] = []
    if event.makesRevision { actions.append(.storeRevision) }
    if before == .approved || before == .executing, status == .pendingApproval {
      actions.append(.voidApproval)
    }
    if status == .executing { actions.append(.issueFencingToken) }
    if before.isLive, !status.isLive { actions.append(.freeRecords) }
    if !before.isLive, status.isLive { actions.append(.occupyRecords) }
    return actions
  }
}

extension StatusMachine {
  /// Holds a stored change against the table.
  ///
  /// - Throws: `IllegalTransition` where no event leads from one status to the other.
  public static func check(
    from before: ActionStatus?, to after: ActionStatus
  ) throws(IllegalTransition) {
    let legal =
      before.map { successors(of: $0) } ?? Set(PolicyVerdict.allCases.map(\.status))
    guard legal.contains(after) else {
      throw IllegalTransition(from: before, event: "store " + after.rawValue)
    }
  }

  /// The statuses that some event leads to.
  public static func successors(of status: ActionStatus) -> Set<ActionStatus> {
    var found: Set<ActionStatus> = []
    for event in Event.allCases {
      var machine = StatusMachine(status)
      // That an event is refused is the answer that was asked for.
      if (try? machine.apply(event)) != nil { found.insert(machine.status) }
    }
    return found
  }
}
