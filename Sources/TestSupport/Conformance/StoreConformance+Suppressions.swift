import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let suppressions = [
    StoreConformance("an unsubscribe link is found by its token alone, and kept once") {
      try await links($0)
    },
    StoreConformance("suppressions of many addresses are found at once") { try await many($0) },
    StoreConformance("a suppression that had ended begins anew") { try await again($0) },
    StoreConformance("only what the provider has to know is pushed, once") {
      try await pushing($0)
    },
    StoreConformance("the state of the provider's list is kept per org") { try await syncs($0) },
    StoreConformance("due timers can be asked for by kind") { try await kinds($0) },
  ]

  private static func made(
    _ id: String, _ address: String, org: OrgID = Sample.org(),
    channel: OutreachChannel = .email, scope: SuppressionScope = .all, end: Int64? = nil,
    text: String? = "ann@customer.example"
  ) -> Suppression {
    Suppression(
      org: org, id: id, channel: channel, address: Sample.digest(address), scope: scope,
      reason: .manual, source: "test", createdAt: Sample.start,
      expiresAt: end.map { Sample.later($0) }, addressText: text)
  }

  private static func links(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put([], orgs: [Sample.org(), other])
    let link = UnsubscribeLink(
      token: Sample.digest("token"), org: Sample.org(), operation: Sample.operation(1, call: 2),
      channel: .email, createdAt: Sample.later(5))
    try await store.write { store in
      try store.insert(link)
      try same(try store.unsubscribeLink(token: Sample.digest("token")), link, "as kept")
      try same(try store.unsubscribeLink(token: Sample.digest("none")), nil, "no link")
    }
    try await refused(store, "a token twice, also in another org") { store in
      var again = link
      again.org = other
      try store.insert(again)
    }
  }

  private static func many(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put([], orgs: [Sample.org(), other])
    try await store.write { store in
      let org = Sample.org()
      for number in 0..<150 { _ = try store.insert(made("s\(100 + number)", "a\(number)")) }
      _ = try store.insert(made("t", "a1", channel: .sms))
      _ = try store.insert(made("u", "a1", org: other))
      func found(_ count: Int, from start: Int = 0) throws -> Int {
        let addresses = (start..<(start + count)).map { Sample.digest("a\($0)") }
        return try store.suppressions(org, .email, of: addresses, at: Sample.start).count
      }
      for count in [0, 1, 2, 3, 5, 8, 63, 64, 65, 129, 150] {
        try same(try found(count), count, "of \(count)")
      }
      try same(try found(20, from: 140), 10, "of some that are none")
      let twice = [Sample.digest("a1"), Sample.digest("a1"), Sample.digest("a1")]
      try same(
        try store.suppressions(org, .email, of: twice, at: Sample.start).map(\.id), ["s101"],
        "the same address again")
    }
  }

  private static func again(_ store: any StorePort) async throws {
    try await store.put([])
    try await store.write { store in
      let org = Sample.org()
      func came(_ id: String, at: Int64, end: Int64?) throws -> SuppressionInsert {
        var one = made(id, "a", end: end)
        one.createdAt = Sample.later(at)
        return try store.insert(one)
      }
      func found(_ at: Int64) throws -> [String] {
        try store.suppressions(
          org, .email, of: [Sample.digest("a")], at: Sample.later(at)
        ).map { "\($0.id) since \($0.createdAt.milliseconds - Sample.start.milliseconds)" }
      }
      try same(try came("1", at: 0, end: 10), .added, "the first")
      try same(try came("2", at: 9, end: 20), .prolonged, "while it binds")
      try same(try found(19), ["1 since 0"], "prolonged")
      try same(try came("3", at: 20, end: 30), .added, "when it has ended")
      try same(try found(20), ["3 since 20"], "anew")
      try same(try store.suppression(org, "1"), nil, "the old one")
      try same(try came("4", at: 40, end: 25), .known, "one that has ended already")
    }
  }

  private static func pushing(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put([], orgs: [Sample.org(), other])
    try await store.write { store in
      let org = Sample.org()
      for suppression in [
        made("1", "a"), made("2", "b"), made("3", "c", channel: .sms),
        made("4", "d", scope: .marketing), made("5", "e", end: 9), made("6", "f", text: nil),
        made("7", "g", org: other), made("8", "h"),
      ] { _ = try store.insert(suppression) }
      func due(_ org: OrgID = Sample.org(), limit: Int = 9) throws -> [String] {
        try store.suppressionsToPush(org, limit: limit).map(\.id)
      }
      try same(try due(), ["1", "2", "8"], "due")
      try same(try due(limit: 2), ["1", "2"], "limit")
      try store.markPushed(org, address: Sample.digest("b"))
      try same(try due(), ["1", "8"], "after telling")
      try store.markPushed(org, address: Sample.digest("g"))
      try same(try due(other), ["7"], "the other's")
      _ = try store.removeSuppression(org, "8", at: Sample.start)
      try same(try due(), ["1"], "after a removal")
      // Prolonged for good, it has to be told.
      _ = try store.insert(made("9", "e"))
      try same(try due(), ["1", "5"], "prolonged")
    }
  }

  private static func syncs(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put([], orgs: [Sample.org(), other])
    try await store.write { store in
      func state(
        _ org: OrgID, _ pull: String?, whole: Int64?, listed: Int
      ) -> SuppressionSyncState {
        SuppressionSyncState(
          org: org, pullCode: pull, pushCode: nil, lookedAt: Sample.later(1),
          wholeAt: whole.map { Sample.later($0) }, listed: listed)
      }
      try same(try store.suppressionSync(Sample.org()), nil, "before")
      for next in [
        state(Sample.org(), nil, whole: 1, listed: 3),
        state(Sample.org(), "not_permitted", whole: nil, listed: 0),
      ] {
        try store.save(next)
        try same(try store.suppressionSync(Sample.org()), next, "as kept")
      }
      try same(try store.suppressionSync(other), nil, "the other's")
    }
  }

  private static func kinds(_ store: any StorePort) async throws {
    try await store.put([])
    try await store.write { store in
      let given = DurableTimer.Kind.allCases.enumerated().map { index, kind in
        DurableTimer(
          org: Sample.org(), kind: kind, subject: "s", due: Sample.later(Int64(10 - index)))
      }
      for timer in given { try store.put(timer) }
      for timer in given {
        try same(
          try store.dueTimers([timer.kind], at: Sample.later(10), limit: 9), [timer],
          timer.kind.rawValue)
      }
      try same(try store.dueTimers([], at: Sample.later(10), limit: 9), [], "no kind")
      try same(
        try store.dueTimers(DurableTimer.Kind.allCases, at: Sample.later(10), limit: 9),
        Array(given.reversed()), "all, the longest due first")
      try same(
        try store.dueTimers(DurableTimer.Kind.allCases, at: Sample.later(10), limit: 1).count, 1,
        "limit")
    }
  }
}
