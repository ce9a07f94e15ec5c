import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let tracking = [
    StoreConformance("an event is kept once per org, and comes back as it was") {
      try await events($0)
    },
    StoreConformance("an event is due until it is settled, and again when it is woken") {
      try await dueEvents($0)
    },
    StoreConformance("an action's events are read in the order they happened") {
      try await timeline($0)
    },
    StoreConformance("only what is old loses recipients and bodies") { try await erasing($0) },
    StoreConformance("a webhook is found by its token until it is removed") {
      try await webhooks($0)
    },
    StoreConformance("proof and names are given once") { try await proofs($0) },
    StoreConformance("a person is asked once") { try await questions($0) },
    StoreConformance("an attempt is found by its own and by the provider's id") {
      try await lookups($0)
    },
    StoreConformance("attempts are found by the address they went to") { try await reached($0) },
    StoreConformance("suppressions merge, each in its org and channel") {
      try await merging($0)
    },
    StoreConformance("a suppression ends, is removed, and may come again") {
      try await ending($0)
    },
  ]

  private static func event(
    _ id: String, org: OrgID = Sample.org(), kind: ProviderEvent.Kind = .delivered,
    provider: String? = "p", at: Int64 = 0, happened: Int64? = nil,
    recipient: String? = "ann@customer.example"
  ) -> StoredEvent {
    StoredEvent(
      org: org,
      event: ProviderEvent(
        eventID: id, kind: kind, name: kind.rawValue, channel: .email, providerID: provider,
        operation: Sample.operation(1),
        recipient: recipient, occurredAt: happened.map { Sample.later($0) },
        mailMessageID: "<m@example>", code: "250"),
      endpoint: "hook", receivedAt: Sample.later(at))
  }

  private static func events(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put([], orgs: [Sample.org(), other])
    try await store.write { store in
      let first = event("1", happened: 5)
      try check(try store.insert(first), "the first was refused")
      try check(!(try store.insert(event("1", kind: .opened))), "kept twice")
      try check(try store.insert(event("1", org: other)), "another org's was refused")
      let due = try store.dueEvents(at: Sample.later(0), limit: 10)
      try same(due.filter { $0.org == Sample.org() }, [first], "as kept")
      try same(due.count, 2, "due")
      var unreadable = event("2")
      unreadable.state = .done
      unreadable.attribution = .unreadable
      unreadable.body = [0, 255, 10]
      try check(try store.insert(unreadable), "the unreadable one was refused")
      try same(try store.strayEvents(Sample.org(), limit: 5), [unreadable], "strays")
      try same(try store.strayEvents(other, limit: 5), [], "the other's strays")
      try check(try store.insert(event("3", at: 7)), "the late one was refused")
      func newest(_ limit: Int) throws -> [String] {
        try store.newestEvents(Sample.org(), limit: limit).map(\.event.eventID)
      }
      try same(try newest(9), ["3", "1", "2"], "newest")
      try same(try newest(1), ["3"], "limit of newest")
      try same(try store.newestEvents(other, limit: 9).count, 1, "the other's newest")
    }
  }

  private static func dueEvents(_ store: any StorePort) async throws {
    try await store.put([Sample.action(1, .executing)])
    try await store.write { store in
      let org = Sample.org()
      func due(_ at: Int64) throws -> [String] {
        try store.dueEvents(at: Sample.later(at), limit: 10).map(\.event.eventID)
      }
      for (id, at) in [("a", Int64(-1)), ("b", -3), ("c", -2)] {
        _ = try store.insert(event(id, provider: id, at: at))
      }
      try same(try due(-4), [], "before they came")
      try same(try due(-1), ["b", "c", "a"], "the longest due first")
      try same(try store.dueEvents(at: Sample.later(9), limit: 2).count, 2, "limit")
      let later = Instant(milliseconds: store.now.milliseconds + 50)
      try store.postpone(org, event: "b", until: later)
      try same(try store.dueEvent(org, "b"), nil, "put off")
      try check(try store.dueEvent(org, "c") != nil, "not due")
      let waiting = try store.dueEvents(at: later, limit: 10).first { $0.event.eventID == "b" }
      try same(waiting?.state, .waiting, "state")
      try same(waiting?.looks, 1, "looks")
      try store.wakeEvents(org, .sms, providerID: "b")
      try same(try store.dueEvent(org, "b"), nil, "woken by another channel")
      try store.wakeEvents(org, .email, providerID: "b")
      try check(try store.dueEvent(org, "b") != nil, "not woken")
      try store.settle(org, event: "b", .providerID, Sample.operation(1))
      try store.postpone(org, event: "b", until: later)
      try same(try due(100_000).sorted(), ["a", "c"], "after settling")
      try same(
        try store.events(org, Sample.id(1)).map(\.event.eventID), ["b"], "on the action")
    }
  }

  private static func timeline(_ store: any StorePort) async throws {
    try await store.put([Sample.action(1, .executing), Sample.action(2, .executing)])
    try await store.write { store in
      let org = Sample.org()
      let given: [(String, Int64, Int64?, Int)] = [
        ("late", 1, 90, 1), ("none", 50, nil, 1), ("early", 70, 10, 1), ("tie-b", 2, 60, 1),
        ("tie-a", 3, 60, 1), ("other", 4, 5, 2),
      ]
      for (id, at, happened, action) in given {
        _ = try store.insert(event(id, at: at, happened: happened))
        try store.settle(org, event: id, .operation, Sample.operation(action))
      }
      for action in [1, 2] { try store.insert(Sample.intent(action)) }
      try same(
        try store.events(org, Sample.id(1)).map(\.event.eventID),
        ["early", "none", "tie-a", "tie-b", "late"], "in order")
      let ann = AddressDigest.of("ann@customer.example", .email)
      func last(_ delivery: DeliveryMode) throws -> String? {
        try store.lastEvent(org, ann, .delivered, delivery)?.event.eventID
      }
      func history(_ delivery: DeliveryMode) throws -> [String] {
        try store.bounceHistory(org, ann, delivery, since: Sample.later(60)).map(\.event.eventID)
      }
      try same(try last(.sandbox), "late", "the last")
      try same(try last(.live), nil, "the last of another mode")
      try same(try history(.sandbox), ["tie-a", "tie-b", "late"], "since")
      try same(try history(.live), [], "since, in another mode")
    }
  }

  private static func erasing(_ store: any StorePort) async throws {
    try await store.put([])
    try await store.write { store in
      for (id, at) in [("a", Int64(1)), ("b", 2), ("c", 3)] {
        _ = try store.insert(event(id, at: at))
      }
      try same(try store.eraseRawEvents(before: Sample.later(3), limit: 1), 1, "limit")
      try same(try store.eraseRawEvents(before: Sample.later(3), limit: 9), 1, "the rest")
      try same(try store.eraseRawEvents(before: Sample.later(3), limit: 9), 0, "again")
      let left = try store.dueEvents(at: Sample.later(9), limit: 9)
      try same(left.map(\.event.recipient), [nil, nil, "ann@customer.example"], "recipients")
      try check(left.allSatisfy { $0.recipientDigest != nil }, "a digest is gone")
    }
  }

  private static func webhooks(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put([], orgs: [Sample.org(), other])
    try await store.write { store in
      let token = Sample.digest("token")
      func made(_ org: OrgID, _ token: Digest) -> StoredWebhook {
        StoredWebhook(
          endpoint: WebhookEndpoint(
            org: org, id: "w", scheme: .bearer, createdAt: Sample.start, vendorID: nil),
          token: token, authorization: Sample.digest("authorization"))
      }
      try store.insert(made(Sample.org(), token))
      try store.insert(made(other, Sample.digest("theirs")))
      try same(try store.webhook(token: token), made(Sample.org(), token), "by token")
      try same(try store.webhook(token: Sample.digest("none")), nil, "by no token")
      try store.setVendorID(Sample.org(), webhook: "w", "7")
      try same(try store.webhooks(Sample.org()).map(\.vendorID), ["7"], "the vendor's id")
      try same(try store.webhooks(other).map(\.vendorID), [nil], "the other's")
      try store.removeWebhook(Sample.org(), "w")
      try same(try store.webhook(token: token), nil, "removed")
      try same(try store.webhooks(Sample.org()), [], "removed")
      try same(try store.webhooks(other).count, 1, "the other's stays")
    }
  }

  private static func settle(
    _ store: any StoreTransaction, _ call: Int, _ outcome: String, _ id: String? = nil
  ) throws -> SettleAnswer {
    try store.settleNaming(
      Sample.org(), Sample.operation(1, call: call), outcome: outcome, detail: nil,
      providerID: id, at: Sample.start)
  }

  private static func proofs(_ store: any StorePort) async throws {
    try await store.put([Sample.action(1, .executing)])
    try await store.write { store in
      let org = Sample.org()
      for call in 1...2 { try store.insert(Sample.intent(1, call: call)) }
      func prove(_ call: Int, _ id: String?) throws -> Bool {
        try store.prove(
          org, Sample.operation(1, call: call), providerID: id, at: Sample.later(9))
      }
      func name(_ id: String) throws -> Bool {
        try store.name(org, Sample.operation(1, call: 2), providerID: id)
      }
      try check(!(try prove(1, "p")), "an open attempt was proven")
      try same(try settle(store, 1, "left"), .settled, "left")
      try same(try settle(store, 1, "accepted"), .alreadySettled, "twice")
      try same(try store.unsettledAttempts(org).count, 1, "left is looked for")
      try check(try prove(1, "p"), "not proven")
      try check(!(try prove(1, "q")), "proven twice")
      try same(try store.unsettledAttempts(org).count, 0, "proven is not looked for")
      try same(try settle(store, 2, "accepted", "p"), .settledWithoutID, "a taken id")
      try check(!(try name("p")), "a taken id was given")
      try check(try name("q"), "not named")
      try check(!(try name("r")), "renamed")
      let attempts = try store.attempts(org, Sample.id(1))
      try same(attempts.map(\.providerID), ["p", "q"], "ids")
      try same(attempts.map(\.provenAt), [Sample.later(9), nil], "proofs")
    }
  }

  private static func questions(_ store: any StorePort) async throws {
    try await store.put([Sample.action(1, .executing)])
    try await store.write { store in
      let org = Sample.org()
      try store.insert(Sample.intent(1))
      try same(try settle(store, 1, "unknown"), .settled, "unknown")
      func ask(_ why: String) throws -> Bool {
        try store.ask(org, Sample.operation(1), why: why, at: Sample.later(4))
      }
      try check(try ask("first"), "not asked")
      try check(!(try ask("second")), "asked twice")
      let attempt = try store.attempt(org, Sample.operation(1))
      try same(attempt?.askedWhy, "first", "the question")
      try same(attempt?.askedAt, Sample.later(4), "when")
    }
  }

  private static func texts(_ store: any StoreTransaction) throws {
    for call in 1...3 {
      let at = Sample.later(Int64(call))
      try store.insert(Sample.intent(1, call: call, channel: .sms, at: at))
      try store.reserve(Sample.reservation(1, call: call, channel: .sms, at: at))
    }
    _ = try settle(store, 1, "accepted", "p")
    _ = try settle(store, 2, "unknown")
  }

  private static func lookups(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put(
      [Sample.action(1, .executing), Sample.action(7, .executing, org: other)],
      orgs: [Sample.org(), other])
    try await store.write { store in
      let org = Sample.org()
      try texts(store)
      try check(try store.isElsewhere(org, Sample.id(7)), "not elsewhere")
      try check(!(try store.isElsewhere(org, Sample.id(1))), "its own is elsewhere")
      try check(!(try store.isElsewhere(org, Sample.id(8))), "nowhere is elsewhere")
      func call(_ org: OrgID, _ channel: OutreachChannel) throws -> Int? {
        try store.attempt(org, channel: channel, providerID: "p")?.intent.operation.call
      }
      try same(try call(org, .sms), 1, "id")
      try same(try call(org, .email), nil, "channel")
      try same(try call(other, .sms), nil, "org")
      try same(
        try store.attempt(org, Sample.operation(1, call: 3))?.intent.operation.call, 3, "call")
    }
  }

  private static func reached(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put([Sample.action(1, .executing)], orgs: [Sample.org(), other])
    try await store.write { store in
      let org = Sample.org()
      try texts(store)
      let address = Sample.digest("a")
      func calls(_ attempts: [AttemptRecord]) -> [Int] { attempts.map(\.intent.operation.call) }
      try same(try store.addresses(org, Sample.operation(1)), [address], "addresses")
      try same(calls(try store.openSMS(org, to: address)), [2, 3], "open")
      try same(calls(try store.openSMS(other, to: address)), [], "the other's open")
      let since = try store.attempts(
        org, to: address, .sms, .sandbox, since: Sample.later(2))
      try same(calls(since), [2, 3], "since")
      try check(try store.hasWritten(org, to: address, .sms, .sandbox), "not written")
      try check(!(try store.hasWritten(org, to: address, .sms, .live)), "another mode")
      try check(!(try store.hasWritten(org, to: address, .email, .sandbox)), "another channel")
      try check(!(try store.hasWritten(other, to: address, .sms, .sandbox)), "another org")
      func sent(_ org: OrgID, _ delivery: DeliveryMode, _ since: Instant) throws -> Bool {
        try store.hasWrittenSMS(org, delivery, since: since)
      }
      try check(try sent(org, .sandbox, Sample.start), "no SMS")
      try check(!(try sent(org, .live, Sample.start)), "an SMS of another mode")
      try check(!(try sent(org, .sandbox, Sample.later(9999))), "an older SMS")
      try check(!(try sent(other, .sandbox, Sample.start)), "another org's SMS")
    }
  }

  private static func suppression(
    _ id: String, end: Int64? = nil, org: OrgID = Sample.org(),
    channel: OutreachChannel = .email, reason: Suppression.Reason = .manual
  ) -> Suppression {
    Suppression(
      org: org, id: id, channel: channel, address: Sample.digest("a"), scope: .purpose("news"),
      reason: reason, source: "test", createdAt: Sample.start,
      expiresAt: end.map { Sample.later($0) }, evidence: "e",
      addressText: "ann@customer.example")
  }

  /// The ids of what binds an address, and another one, at an instant.
  private static func active(
    _ store: any StoreReading, _ at: Int64, _ channel: OutreachChannel = .email
  ) throws -> [String] {
    try store.suppressions(
      Sample.org(), channel, of: [Sample.digest("b"), Sample.digest("a")], at: Sample.later(at)
    ).map(\.id)
  }

  private static func merging(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put([], orgs: [Sample.org(), other])
    try await store.write { store in
      let org = Sample.org()
      let first = suppression("1", end: 10)
      try same(try store.insert(first), .added, "the first")
      try same(try store.suppression(org, "1"), first, "as kept")
      try same(try store.insert(suppression("2", end: 9)), .known, "a shorter one")
      try same(try store.insert(suppression("3", end: 11)), .prolonged, "a longer one")
      try same(try store.insert(suppression("4", reason: .legal)), .added, "another reason")
      try same(try store.insert(suppression("5", channel: .sms)), .added, "another channel")
      try same(try store.insert(suppression("1", org: other)), .added, "another org")
      try same(try active(store, 10), ["1", "4"], "before the end")
      try same(try active(store, 11), ["4"], "at the end")
      try same(try active(store, 0, .sms), ["5"], "the other channel")
      try same(
        try store.suppressions(org, at: Sample.later(0), after: "1", limit: 1).map(\.id), ["4"],
        "a page")
      try same(
        try store.suppressions(other, at: Sample.start, after: nil, limit: 9).map(\.id), ["1"],
        "the other's")
    }
  }

  private static func ending(_ store: any StorePort) async throws {
    try await store.put([])
    try await store.write { store in
      let org = Sample.org()
      _ = try store.insert(suppression("1", end: 10))
      _ = try store.insert(suppression("4", reason: .legal))
      try store.setEnd(org, suppression: "1", at: Sample.later(5))
      try same(try active(store, 5), ["4"], "an earlier end")
      try check(try store.removeSuppression(org, "4", at: Sample.start), "not removed")
      try check(!(try store.removeSuppression(org, "4", at: Sample.start)), "removed twice")
      try same(try store.suppression(org, "4"), nil, "removed")
      try same(
        try store.insert(suppression("6", reason: .legal)), .added, "again after the removal")
      try same(try active(store, 5), ["6"], "again")
    }
  }
}
