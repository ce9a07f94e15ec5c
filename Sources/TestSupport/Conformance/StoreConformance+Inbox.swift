import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let inboxes = [
    StoreConformance("remarks come back in their order, and are never changed") { store in
      let state = Sample.action(1)
      try await store.put([state])
      let remarks = [
        remark(state, 1, .comment), remark(state, 2, .question, to: Sample.ann),
        remark(state, 3, .answer),
      ]
      try await store.write { store in
        for remark in [remarks[1], remarks[0], remarks[2]] { try store.insert(remark) }
        try same(try store.remarks(state.org, state.id), remarks, "in order")
        try same(try store.remarks(state.org, Sample.id(2)), [], "another's")
      }
      try await refused(store, "a number twice") { try $0.insert(remarks[0]) }
      try await refused(store, "a question to nobody") {
        try $0.insert(remark(state, 4, .question))
      }
    },
    StoreConformance("an inbox leaves out what is snoozed, another revision or person brings it") {
      store in
      let states = (1...4).map { Sample.action($0) }
      try await store.put(states)
      let org = states[0].org
      let ann = Sample.person("ann").id
      try await store.write { store in
        let soon = store.now.advanced(by: .seconds(60))
        let marks = [
          InboxMark(org: org, action: states[0].id, revision: 1, snoozedUntil: soon),
          InboxMark(org: org, action: states[1].id, revision: 2, snoozedUntil: soon),
          InboxMark(
            org: org, action: states[2].id, revision: 1, snoozedUntil: store.now,
            assignedTo: ann, hasQuestion: true),
        ]
        for mark in marks {
          try store.save(InboxMark(org: org, action: mark.action, revision: 7))
          try store.save(mark)
          try same(try store.inboxMark(org, mark.action), mark, "a mark")
        }
        try same(try store.inboxMark(org, states[3].id), nil, "no mark")
        let found = try store.inboxMarks(org, states.map(\.id))
        try same(found.count, 3, "marks of several")
        func ids(_ filter: InboxFilter) throws -> [Int] {
          try store.inbox(org, filter).compactMap { one in
            states.firstIndex { $0.id == one.id }.map { $0 + 1 }
          }.sorted()
        }
        try same(try ids(InboxFilter()), [2, 3, 4], "not snoozed")
        try same(try store.inboxCount(org), 3, "counted")
        try same(try ids(InboxFilter(includesSnoozed: true)), [1, 2, 3, 4], "all")
        try same(try ids(InboxFilter(assignedTo: ann)), [3], "handed over")
        try same(try ids(InboxFilter(type: states[0].type)), [2, 3, 4], "of the type")
        try same(try ids(InboxFilter(type: .createCollectionTask)), [], "of another type")
        let all = try store.inbox(org, InboxFilter(includesSnoozed: true))
        let rest = try store.inbox(
          org, InboxFilter(includesSnoozed: true, before: ActionCursor(all[1]), limit: 1))
        try same(rest.map(\.id), [all[2].id], "the next page")
      }
    },
    StoreConformance("only what is pending stands in an inbox") { store in
      let states = ActionStatus.allCases.enumerated().map { Sample.action($0 + 1, $1) }
      try await store.put(states)
      try await store.read { store in
        let found = try store.inbox(states[0].org, InboxFilter(includesSnoozed: true))
        try same(Set(found.map(\.status)), [.pendingApproval], "status")
        try same(found.count, 1, "count")
      }
    },
    StoreConformance("the oldest first is the newest first the other way round, page by page") {
      store in
      let states = (1...3).map { Sample.action($0) }
      try await store.put(states)
      try await store.read { store in
        let newest = try store.inbox(states[0].org, InboxFilter())
        var filter = InboxFilter(limit: 2)
        filter.order = .oldest
        let first = try store.inbox(states[0].org, filter)
        filter.before = first.last.map { ActionCursor($0) }
        let rest = try store.inbox(states[0].org, filter)
        try same((first + rest).map(\.id), newest.reversed().map(\.id), "order")
        try same(rest.count, 1, "the next page")
      }
    },
    StoreConformance("only an approval whose time to undo runs can be undone") { store in
      let now = try await store.read { $0.now }
      let ends = [18, 9, 0].map { now.advanced(by: .seconds($0)) }
      let states = zip(1..., ends).map { number, end in
        approved(number, hold: Hold(reason: .undoWindow, until: end))
      }
      let quiet = Hold(reason: .quietHours, until: ends[0])
      try await store.put(states + [approved(4, hold: quiet), Sample.action(5)])
      try await store.read { store in
        let org = states[0].org
        try same(
          try store.undoable(org, limit: 9).map(\.id), [states[1].id, states[0].id], "by its end")
        try same(try store.undoable(org, limit: 1).map(\.id), [states[1].id], "so many")
      }
    },
    StoreConformance("a view is one person's, once by its name") { store in
      let org = Sample.org()
      let (ann, bob) = (Sample.person("ann").id, Sample.person("bob").id)
      try await store.put([Sample.action(1)])
      @Sendable func view(_ person: PersonID, _ id: String, _ name: String) -> SavedView {
        SavedView(org: org, id: id, person: person, name: name)
      }
      var later = view(ann, "v9", "Large")
      (later.isMine, later.includesSnoozed, later.order) = (true, true, .oldest)
      later.type = .sendInvoiceReminder
      try await store.write { [later] store in
        for one in [view(ann, "v1", "Large"), view(ann, "v2", "Bills"), view(bob, "v3", "Large")] {
          try store.save(one)
        }
        try store.save(later)
        var kept = later
        kept.id = "v1"
        try same(
          try store.inboxViews(org, of: ann), [view(ann, "v2", "Bills"), kept], "by name")
        try store.remove(view(bob, "v1", "Large"))
        try same(try store.inboxViews(org, of: ann).count, 2, "another's stays")
        try store.remove(kept)
        try same(try store.inboxViews(org, of: ann).map(\.id), ["v2"], "the rest")
        try same(try store.inboxViews(org, of: bob).map(\.id), ["v3"], "bob's")
      }
      try await refused(store, "a name too long") {
        try $0.save(view(ann, "v5", String(repeating: "x", count: 61)))
      }
    },
  ]

  private static func remark(
    _ state: ActionState, _ number: Int, _ kind: ActionRemark.Kind, to: Author? = nil
  ) -> ActionRemark {
    ActionRemark(
      org: state.org, action: state.id, number: number, kind: kind, by: Sample.ann, to: to,
      text: "Words “\(number)”\nmore", revision: 1, at: Sample.later(Int64(number)))
  }
}
