import ActionProtocol
import Testing

@Suite("Status machine")
struct StatusMachineTests {
  typealias Event = StatusMachine.Event

  /// The table of ACTION_PROTOCOL.md, "Statuses", row by row; every pair not in it is illegal.
  static let table: [ActionStatus: [Event: ActionStatus]] = [
    .pendingApproval: [
      .approve: .approved, .reject: .rejected, .expire: .expired,
      .edit(.requiresApproval): .pendingApproval, .edit(.allows): .approved,
      .edit(.denies): .rejected,
    ],
    .approved: [
      .claim: .executing, .edit(.requiresApproval): .pendingApproval,
      .edit(.allows): .pendingApproval, .edit(.denies): .pendingApproval,
      .policyGrewStricter: .pendingApproval, .withdraw: .rejected, .expire: .expired,
    ],
    .executing: [
      .complete: .completed, .release: .approved, .sendBack: .pendingApproval, .fail: .failed,
    ],
    .failed: [
      .proveAccepted: .completed, .requeue(.requiresApproval): .pendingApproval,
      .requeue(.allows): .approved,
    ],
    .completed: [:], .rejected: [:], .expired: [:],
  ]

  static let pairs = ActionStatus.allCases.flatMap { status in
    Event.allCases.map { (status, $0) }
  }

  @Test(arguments: pairs)
  func `every pair of status and event does what the table says`(
    status: ActionStatus, event: Event
  ) throws {
    var machine = StatusMachine(status)
    #expect(machine.status == status)
    guard let expected = Self.table[status]?[event] else {
      #expect(throws: StatusMachine.IllegalTransition.self) { try machine.apply(event) }
      #expect(machine.status == status)
      return
    }
    _ = try machine.apply(event)
    #expect(machine.status == expected)
  }

  @Test(arguments: [
    (StatusMachine.PolicyVerdict.requiresApproval, ActionStatus.pendingApproval),
    (.allows, .approved), (.denies, .rejected),
  ])
  func `a new action begins as policy says`(
    verdict: StatusMachine.PolicyVerdict, status: ActionStatus
  ) {
    let (machine, actions) = StatusMachine.proposed(verdict)
    #expect(machine.status == status)
    #expect(actions == (verdict == .denies ? [] : [.occupyRecords]))
  }

  @Test(
    arguments: [
      (.pendingApproval, .approve, []), (.pendingApproval, .reject, [.freeRecords]),
      (.pendingApproval, .edit(.requiresApproval), [.storeRevision]),
      (.pendingApproval, .edit(.denies), [.storeRevision, .freeRecords]),
      (.approved, .claim, [.issueFencingToken]),
      (.approved, .edit(.allows), [.storeRevision, .voidApproval]),
      (.approved, .policyGrewStricter, [.voidApproval]), (.approved, .expire, [.freeRecords]),
      (.executing, .complete, [.freeRecords]), (.executing, .release, []),
      (.executing, .sendBack, [.storeRevision, .voidApproval]),
      (.executing, .fail, [.freeRecords]), (.failed, .proveAccepted, []),
      (.failed, .requeue(.allows), [.storeRevision, .occupyRecords]),
    ] as [(ActionStatus, Event, [StatusMachine.Action])])
  func `an event returns what the caller must do`(
    status: ActionStatus, event: Event, actions: [StatusMachine.Action]
  ) throws {
    var machine = StatusMachine(status)
    #expect(try machine.apply(event) == actions)
  }

  @Test(arguments: ActionStatus.allCases)
  func `a stored change is legal exactly where an event makes it`(status: ActionStatus) {
    let reachable = Set(Self.table[status, default: [:]].values)
    #expect(StatusMachine.successors(of: status) == reachable)
    #expect(status.isFinal == reachable.isEmpty)
    for next in ActionStatus.allCases {
      let legal = (try? StatusMachine.check(from: status, to: next)) != nil
      #expect(legal == reachable.contains(next))
    }
  }

  @Test func `a new action is stored pending, approved or rejected only`() {
    let legal = ActionStatus.allCases.filter {
      (try? StatusMachine.check(from: nil, to: $0)) != nil
    }
    #expect(legal == [.pendingApproval, .approved, .rejected])
  }

  @Test func `an illegal move names status and event and nothing else`() {
    var machine = StatusMachine(.completed)
    let error = #expect(throws: StatusMachine.IllegalTransition.self) {
      try machine.apply(.claim)
    }
    #expect(error?.description == "status.illegal_transition: completed, claim")
  }
}
