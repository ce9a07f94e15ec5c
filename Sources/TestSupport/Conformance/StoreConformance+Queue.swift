import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let queue = [
    StoreConformance("what is due comes in order of its holds and then its ids") {
      try await dueOrder($0)
    },
    StoreConformance("of named actions only those that are due come, up to the limit") { store in
      // The first forty are held; they must not use up the places of those behind them.
      let states = (1...50).map { number in
        approved(number, hold: number <= 40 ? Hold(reason: .quietHours, until: nil) : nil)
      }
      try await store.put(states)
      try await store.read { store in
        let found = try store.due(
          Sample.org(), ids: states.map(\.id), in: .sandbox, at: Sample.start, limit: 8)
        try same(found.map(\.state.id), (41...48).map { Sample.id($0) }, "the due of the named")
        try check(
          try store.due(Sample.org(), ids: [], in: .sandbox, at: Sample.start, limit: 8).isEmpty,
          "of no named action some are due")
        let anywhere = try store.due(
          nil, ids: [Sample.id(45)], in: .sandbox, at: Sample.start, limit: 8)
        try same(anywhere.map(\.state.id), [Sample.id(45)], "named without an org")
      }
    },
    StoreConformance("only approved actions are due") { store in
      try await store.put(
        ActionStatus.allCases.enumerated().map { Sample.action($0 + 1, $1) })
      try await store.read { store in
        let found = try store.due(
          nil, ids: nil, in: .sandbox, at: Sample.later(1 << 40), limit: 100)
        try same(found.map(\.state.status), [.approved], "statuses of what is due")
        try same(
          found.first?.revision, found.first.map { Sample.revision(of: $0.state) }, "its revision")
      }
    },
    StoreConformance("what another delivery mode approved is not due") { store in
      let states = DeliveryMode.allCases.enumerated().map { number, mode in
        Sample.action(number + 1, .approved, delivery: mode)
      }
      try await store.put(states)
      try await store.read { store in
        for state in states {
          for ids in [nil, states.map(\.id)] {
            let found = try store.due(
              Sample.org(), ids: ids, in: state.delivery, at: Sample.start, limit: 9)
            try same(found.map(\.state.id), [state.id], "due in \(state.delivery.rawValue)")
          }
        }
      }
    },
    StoreConformance("decisions and deadlines are over at their instant") {
      try await overdue($0)
    },
    StoreConformance("the next wake is the earliest hold's end or timer") {
      try await nextWake($0)
    },
    StoreConformance("a released hold is looked at again, the others stay") { store in
      try await store.put([
        approved(1, hold: Hold(reason: .staleFacts, until: nil)),
        approved(2, hold: Hold(reason: .quietHours, until: Sample.later(5))),
        approved(3, hold: Hold(reason: .staleFacts, until: nil)),
      ])
      let released = try await store.write { try $0.releaseHolds(Sample.org(), .staleFacts) }
      try same(released, 2, "released holds")
      try same(try await store.action(1).hold, nil, "a released hold")
      try same(
        try await store.action(2).hold, Hold(reason: .quietHours, until: Sample.later(5)),
        "another reason's hold")
    },
  ]

  static func approved(_ number: Int, hold: Hold?, org: OrgID = Sample.org()) -> ActionState {
    var state = Sample.action(number, .approved, org: org)
    state.hold = hold
    return state
  }

  private static func dueOrder(_ store: any StorePort) async throws {
    func held(_ number: Int, _ until: Int64?) -> ActionState {
      approved(
        number, hold: Hold(reason: .quietHours, until: until.map { Sample.later($0) }))
    }
    try await store.put([
      held(1, 20), held(2, 10), held(3, 10), held(4, nil), approved(6, hold: nil),
      approved(5, hold: nil), held(7, 21),
    ])
    try await store.read { store in
      func due(_ at: Int64, limit: Int = 100) throws -> [Int] {
        try store.due(Sample.org(), ids: nil, in: .sandbox, at: Sample.later(at), limit: limit)
          .compactMap { Int($0.state.id.rawValue.suffix(1)) }
      }
      try same(try due(9), [5, 6], "before the first hold ends")
      try same(try due(10), [5, 6, 2, 3], "when a hold ends")
      try same(try due(20), [5, 6, 2, 3, 1], "when the next one ends")
      try same(try due(1 << 40), [5, 6, 2, 3, 1, 7], "much later")
      try same(try due(20, limit: 3), [5, 6, 2], "up to the limit")
    }
  }

  private static func overdue(_ store: any StorePort) async throws {
    var pending = Sample.action(1)
    pending.expiresAt = Sample.later(100)
    var approved = Sample.action(2, .approved)
    approved.executeBy = Sample.later(200)
    // An approved action may be carried out after the time to decide about it.
    approved.expiresAt = Sample.later(50)
    var executing = Sample.action(3, .executing)
    executing.expiresAt = Sample.later(0)
    executing.executeBy = Sample.later(0)
    try await store.put([pending, approved, executing])
    try await store.read { store in
      func over(_ at: Int64) throws -> [ActionID] {
        try store.overdue(at: Sample.later(at), limit: 10).map(\.id)
      }
      try same(try over(99), [], "before")
      try same(try over(100), [Sample.id(1)], "at the end of the time to decide")
      try same(try over(199), [Sample.id(1)], "before the deadline")
      try same(try over(200), [Sample.id(1), Sample.id(2)], "at the deadline")
    }
  }

  private static func nextWake(_ store: any StorePort) async throws {
    try await store.put([
      approved(1, hold: Hold(reason: .coolDown, until: Sample.later(50))),
      approved(2, hold: Hold(reason: .needsPerson, until: nil)), approved(3, hold: nil),
    ])
    func wake(_ at: Int64) async throws -> Instant? {
      try await store.read { try $0.nextWake(Sample.org(), after: Sample.later(at)) }
    }
    try same(try await wake(0), Sample.later(50), "a hold's end")
    try same(try await wake(50), nil, "after the last hold")
    let timer = DurableTimer(
      org: Sample.org(), kind: .reconcile, subject: "email", due: Sample.later(30))
    try await store.write { try $0.put(timer) }
    try same(try await wake(0), Sample.later(30), "a timer before a hold")
    try same(try await wake(50), Sample.later(30), "a timer that is due already")
  }
}
