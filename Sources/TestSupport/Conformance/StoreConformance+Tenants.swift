import ActionProtocol
import Decisions
import Engine
import Insights

extension StoreConformance {
  static let tenants = [
    StoreConformance("no query of an org ever returns what belongs to another (G8)") {
      try await twins($0)
    },
    StoreConformance("no write of an org changes what belongs to another (G8)") {
      try await writes($0)
    },
  ]

  private static let ours = Sample.org("ours")
  private static let theirs = Sample.org("theirs")

  /// The number of an org's first action: an id is given once over all orgs.
  private static func first(_ org: OrgID) -> Int { org == ours ? 1 : 11 }

  /// The same keys, records, partners, addresses and times in two orgs; ours has one action more.
  private static func fill(_ store: any StorePort) async throws {
    try await store.put([], orgs: [ours, theirs])
    for org in [ours, theirs] {
      try await store.write { store in
        for place in 1...(org == ours ? 2 : 1) {
          var state = Sample.action(
            first(org) + place - 1, .approved, org: org, key: "key-\(place)")
          state.title = org.rawValue
          state.hold = Hold(
            reason: .quietHours, until: Sample.later(org == ours ? 100 : 50))
          try store.insert(
            state, Sample.revision(of: state), records: [Sample.invoice(Int64(place))])
        }
        try fill(store, org, at: org == ours ? 100 : 200)
      }
    }
  }

  private static func fill(_ store: any StoreTransaction, _ org: OrgID, at: Int64) throws {
    let instant = Sample.later(at)
    let operation = Sample.operation(first(org))
    try store.insert(Sample.intent(first(org), org: org, at: instant))
    _ = try store.settle(
      org, operation, outcome: "unknown", detail: org.rawValue, providerID: nil, at: instant)
    try store.insert(
      [StageRecord(stage: .execution, startedAt: instant, microseconds: at, result: "ok")],
      org: org, operation: operation)
    try store.insert(
      Evidence(source: org.rawValue, outcome: "unknown", providerID: nil, at: instant, detail: nil),
      org: org, operation: operation)
    try store.reserve(Sample.reservation(first(org), org: org, at: instant))
    try store.pause(org, .email, Hold(reason: .throttled, until: instant))
    try store.append([Sample.event(org.rawValue, action: Sample.id(first(org)))], org: org)
    try store.insert(
      FollowUpRecord(
        org: org, scheduledBy: Sample.id(first(org)), revision: 1, due: instant, became: nil))
    try store.put(DurableTimer(org: org, kind: .reconcile, subject: "email", due: instant))
    _ = try store.upsert(
      org, .partner(PartnerRow(externalID: "p", name: org.rawValue)), asOf: instant)
  }

  private static func twins(_ store: any StorePort) async throws {
    try await fill(store)
    try await store.read { store in
      for org in [ours, theirs] {
        let instant = Sample.later(org == ours ? 100 : 200)
        try actionsOf(org, store)
        try executionOf(org, store, at: instant)
        try same(
          try store.outreachFacts(
            org, channel: .email, partners: [Sample.partner(1)], addresses: [Sample.digest("a")],
            scopes: ["partner_1:reminder"], delivery: .sandbox),
          OutreachFacts(
            lastToPartner: instant, lastToAddress: instant,
            lastInScope: ["partner_1:reminder": instant]), "outreach")
        try same(try store.channelPause(org, .email)?.until, instant, "pause")
        try ledgerOf(org, store, at: instant)
      }
    }
  }

  private static func actionsOf(_ org: OrgID, _ store: any StoreReading) throws {
    let count = org == ours ? 2 : 1
    let id = Sample.id(first(org))
    let theirID = Sample.id(first(org == ours ? theirs : ours))
    try same(try store.action(org, id)?.title, org.rawValue, "action by id")
    try same(try store.actions(org, idPrefix: id.rawValue).map(\.org), [org], "by prefix")
    try same(
      try store.actions(org, ActionFilter()).map(\.org),
      [OrgID](repeating: org, count: count), "list")
    try same(try store.actionCounts(org), [.approved: count], "counts")
    try same(try store.action(org, key: Sample.key("key-1"), in: .sandbox)?.org, org, "by key")
    try same(
      try store.liveAction(
        org, .sendInvoiceReminder, on: [Sample.invoice(1)], in: .sandbox)?.org, org, "live action")
    try same(
      try store.liveAction(
        org, .sendInvoiceReminder, on: [Sample.invoice(2)], in: .sandbox)?.org,
      org == ours ? ours : nil, "live action that only one org has")
    try check(try store.action(org, theirID) == nil, "another's id")
    try check(try store.actions(org, idPrefix: theirID.rawValue).isEmpty, "another's prefix")
    let all = try store.due(org, ids: nil, in: .sandbox, at: Sample.later(999), limit: 9)
    try same(all.map(\.state.org), [OrgID](repeating: org, count: count), "due")
    let named = try store.due(
      org, ids: [Sample.id(1), Sample.id(2), Sample.id(11)], in: .sandbox,
      at: Sample.later(999), limit: 9)
    try same(named.map(\.state.org), [OrgID](repeating: org, count: count), "due by id")
    try same(
      try store.nextWake(org, after: Sample.start), Sample.later(org == ours ? 100 : 50), "wake")
    try same(
      try store.nextWake(org, after: Sample.later(100)), Sample.later(org == ours ? 100 : 200),
      "wake by timer")
  }

  private static func executionOf(
    _ org: OrgID, _ store: any StoreReading, at instant: Instant
  ) throws {
    let id = Sample.id(first(org))
    let theirID = Sample.id(first(org == ours ? theirs : ours))
    try check(try store.attempts(org, theirID).isEmpty, "another's attempts")
    try check(try store.stages(org, theirID).isEmpty, "another's stages")
    try check(try store.evidence(org, theirID).isEmpty, "another's evidence")
    try check(try store.revisions(org, theirID).isEmpty, "another's revisions")
    try check(try store.followUp(org, scheduledBy: theirID) == nil, "another's follow-up")
    try check(
      try store.audit(org, action: theirID, after: 0, limit: 9).isEmpty, "another's audit")
    try same(try store.revisions(org, id).count, 1, "revisions")
    try same(try store.attempts(org, id).map(\.intent.org), [org], "attempts")
    try same(try store.unsettledAttempts(org).map(\.intent.org), [org], "unsettled")
    try same(try store.stages(org, id).map(\.stage.startedAt), [instant], "stages")
    try same(try store.evidence(org, id).map(\.source), [org.rawValue], "evidence")
    try same(try store.followUp(org, scheduledBy: id)?.due, instant, "follow-up")
    for action in [id, nil] {
      let entries = try store.audit(org, action: action, after: 0, limit: 9)
      try same(entries.map(\.sequence), [1], "audit")
      try check(
        entries.allSatisfy {
          String(decoding: $0.leaf, as: UTF8.self).contains(#""kind":"\#(org.rawValue)""#)
        }, "another org's entry")
    }
  }

  private static func ledgerOf(
    _ org: OrgID, _ store: any StoreReading, at instant: Instant
  ) throws {
    let day = Sample.unwrap(LocalDate(iso: "2026-03-05"))
    let books = try store.books(org, asOf: day)
    try same(books.partners.map(\.name), [org.rawValue], "books")
    let partner = RecordReference(
      model: "res.partner", id: books.partners.first?.id.rawValue ?? 0)
    try same(
      try store.record(org, partner)?.fields["name"], .string(org.rawValue), "record")
    try same(try store.ledgerCounts(org)[.partners], 1, "ledger counts")
    try same(try store.ledgerAge(org)[.partners], instant...instant, "ledger age")
  }

  private static func writes(_ store: any StorePort) async throws {
    try await fill(store)
    let before = try await store.action(first(theirs), org: theirs)
    try await store.write { store in
      var state = Sample.unwrap(try store.action(ours, Sample.id(1)))
      let old = state.version
      state.status = .expired
      try check(try store.save(state, replacing: old), "saved")
      try check(
        try store.settle(
          ours, Sample.operation(1), outcome: "accepted", detail: nil, providerID: "p",
          at: Sample.start), "settled")
      try store.settleOutreach(ours, Sample.operation(1), .released)
      try store.pause(ours, .email, nil)
      _ = try store.releaseHolds(ours, .quietHours)
      try store.markFollowUp(ours, scheduledBy: Sample.id(1), became: Sample.id(2))
      try store.remove(
        DurableTimer(
          org: ours, kind: .reconcile, subject: "email", due: Sample.later(100)))
    }
    try same(try await store.action(first(theirs), org: theirs), before, "their action")
    try await store.read { store in
      try executionOf(theirs, store, at: Sample.later(200))
      try check(
        try store.liveAction(theirs, .sendInvoiceReminder, on: [Sample.invoice(1)], in: .sandbox)
          != nil,
        "their live record")
      try same(
        try store.channelPause(theirs, .email)?.until, Sample.later(200), "their pause")
      try same(
        try store.followUp(theirs, scheduledBy: Sample.id(first(theirs)))?.became, nil, "became")
      try same(try store.dueTimers(at: Sample.later(999), limit: 9).map(\.org), [theirs], "timers")
      try same(
        try store.outreachFacts(
          theirs, channel: .email, partners: [], addresses: [Sample.digest("a")], scopes: [],
          delivery: .sandbox
        ).lastToAddress, Sample.later(200), "their outreach")
    }
  }
}
