import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let actions = [
    StoreConformance("a state comes back as it was stored and as it was changed") { store in
      for seed in [UInt64(1), 7, 20_260_304] {
        try await roundTrip(store, seed: seed)
      }
    },
    StoreConformance("a body that throws leaves no trace") { store in
      try await store.put([])
      try await refused(store, "the body threw") { store in
        let state = Sample.action(1)
        try store.insert(state, Sample.revision(of: state), records: [Sample.invoice(1)])
        try store.append([Sample.event("x")], org: state.org)
        throw ConformanceThrown()
      }
      try await store.read { store in
        let org = Sample.org()
        try check(try store.action(org, Sample.id(1)) == nil, "an action stayed")
        try check(try store.revision(org, Sample.id(1), 1) == nil, "a revision stayed")
        try check(
          try store.liveAction(
            org, .sendInvoiceReminder, on: [Sample.invoice(1)], in: .sandbox) == nil,
          "a live record stayed")
        try check(
          try store.audit(org, action: nil, after: 0, limit: 9).isEmpty, "an entry stayed")
      }
    },
    StoreConformance("a change is refused when status, revision, digest or token differ") {
      try await compareAndSet($0)
    },
    StoreConformance("a transaction's time stands still") { store in
      try await store.write { store in
        let first = store.now
        for _ in 0..<100 { try same(store.now, first, "now inside a transaction") }
      }
    },
    StoreConformance("revisions come back in order, and a number is taken once") { store in
      let state = Sample.action(1)
      try await store.put([state])
      var second = Sample.revision(of: state)
      second.number = 2
      second.digest = Sample.digest("second")
      second.document = [0, 255, 10]
      second.sender = "Harbor <a@b.example>"
      second.replyTo = "c@d.example"
      second.cause = "edited"
      let record = second
      try await store.write { try $0.insert(record, org: state.org, of: state.id) }
      try await refused(store, "a second revision 2") {
        try $0.insert(record, org: state.org, of: state.id)
      }
      try await store.read { store in
        try same(
          try store.revisions(state.org, state.id), [Sample.revision(of: state), record],
          "revisions")
        try same(try store.revision(state.org, state.id, 2), record, "revision 2")
        try check(try store.revision(state.org, state.id, 3) == nil, "a revision 3 is there")
      }
    },
    StoreConformance("a revision of an action that is not there is refused") { store in
      try await store.put([])
      try await refused(store, "a revision without an action") {
        try $0.insert(
          Sample.revision(of: Sample.action(1)), org: Sample.org(), of: Sample.id(1))
      }
    },
    StoreConformance("lists are narrowed by status, partner and limit, newest first") {
      try await lists($0)
    },
    StoreConformance("the beginning of an id finds at most two actions") { store in
      try await store.put((1...3).map { Sample.action($0) })
      try await store.read { store in
        let org = Sample.org()
        try same(try store.actions(org, idPrefix: "action-").count, 2, "an ambiguous prefix")
        try same(
          try store.actions(org, idPrefix: "action-100002").map(\.id), [Sample.id(2)],
          "a full id")
        try check(try store.actions(org, idPrefix: "action-2").isEmpty, "an unknown prefix")
        try check(try store.actions(org, idPrefix: "%").isEmpty, "a wildcard")
        let several = [Sample.id(2), Sample.id(999_999), Sample.id(1)]
        try same(
          try store.actions(org, several).map { $0?.id }, [Sample.id(2), nil, Sample.id(1)],
          "several, in the order asked for")
      }
    },
  ]

  private static func roundTrip(_ store: any StorePort, seed: UInt64) async throws {
    var generator = StateGenerator(seed: seed)
    let base = Int(seed % 1000) * 1000
    let states = (1...40).map { generator.state(base + $0) }
    try await store.put(states)
    for var state in states {
      let org = state.org
      let id = state.id
      let inserted = state
      try await store.read {
        try same(try $0.action(org, id), inserted, "inserted with seed \(seed)")
      }
      let old = state.version
      generator.change(&state, generator.pick(ActionStatus.allCases))
      let changed = state
      let saved = try await store.write { try $0.save(changed, replacing: old) }
      try check(saved, "the change of seed \(seed) was refused")
      try await store.read {
        try same(try $0.action(org, id), changed, "changed with seed \(seed)")
      }
    }
  }

  private static func compareAndSet(_ store: any StorePort) async throws {
    let state = Sample.action(1)
    try await store.put([state])
    var wrong = [ActionVersion](repeating: state.version, count: 4)
    wrong[0].status = .approved
    wrong[1].revision = 2
    wrong[2].digest = Sample.digest("another")
    wrong[3].token = 1
    var changed = state
    changed.title = "changed"
    let change = changed
    for version in wrong {
      let saved = try await store.write { try $0.save(change, replacing: version) }
      try check(!saved, "saved although the version differs: \(version)")
      try same(try await store.action(1), state, "the state after a refused change")
    }
    var other = change
    other.id = Sample.id(2)
    let unknown = other
    let saved = try await store.write { try $0.save(unknown, replacing: unknown.version) }
    try check(!saved, "saved an action that is not there")
    try check(
      try await store.write { try $0.save(change, replacing: state.version) },
      "the right version was refused")
    try same(try await store.action(1), change, "the changed state")
  }

  private static func lists(_ store: any StorePort) async throws {
    var states = (1...6).map { Sample.action($0, $0 % 2 == 0 ? .pendingApproval : .approved) }
    states[5].partner = Sample.partner(2)
    try await store.put(states)
    try await store.read { store in
      let org = Sample.org()
      func numbers(_ filter: ActionFilter) throws -> [String] {
        try store.actions(org, filter).map { String($0.id.rawValue.suffix(1)) }
      }
      try same(try numbers(ActionFilter()), ["6", "5", "4", "3", "2", "1"], "all")
      try same(try numbers(ActionFilter(limit: 2)), ["6", "5"], "the newest two")
      try same(try numbers(ActionFilter(statuses: [.approved])), ["5", "3", "1"], "approved")
      try same(
        try numbers(ActionFilter(statuses: [.completed, .pendingApproval])), ["6", "4", "2"],
        "pending")
      try same(try numbers(ActionFilter(partner: Sample.partner(2))), ["6"], "of a partner")
      try same(try store.actionCounts(org), [.approved: 3, .pendingApproval: 3], "counts")
    }
  }
}

/// What a case's own body throws on purpose.
struct ConformanceThrown: Error {}
