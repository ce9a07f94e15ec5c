import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let claims = [
    StoreConformance("a priority is kept, changed while an action lives, and not by saving it") {
      try await priorities($0)
    },
    StoreConformance("lanes of the queue come in order, each once, of what is approved alone") {
      try await lanes($0)
    },
    StoreConformance("the lanes go on behind an org, and its neighbours are not skipped") { store in
      let orgs = ["a", "a b", "aa", "b"].map { Sample.org($0) }
      try await store.put(
        orgs.enumerated().map { approved($0 + 1, hold: nil, org: $1) }, orgs: orgs)
      try await store.read { store in
        for (place, org) in orgs.enumerated() {
          let behind = try store.claimLanes(nil, in: .sandbox, after: org, orgs: 9)
          try same(behind.map(\.org), Array(orgs[(place + 1)...]), "behind \(org.rawValue)")
        }
        try same(
          try store.claimLanes(nil, in: .sandbox, after: nil, orgs: 2).map(\.org),
          Array(orgs.prefix(2)), "up to the limit")
      }
    },
    StoreConformance("a lane gives what is due in the order of its waiting") { store in
      func held(_ number: Int, _ until: Int64?) -> ActionState {
        approved(
          number, hold: Hold(reason: .quietHours, until: until.map { Sample.later($0) }))
      }
      // Approved at the start; the released ones wait since before and after it.
      try await store.put([
        approved(5, hold: nil), held(1, 30), held(2, -5), approved(6, hold: nil), held(3, nil),
        held(4, 31),
      ])
      try await store.read { store in
        func due(_ at: Int64, limit: Int = 9) throws -> [ActionID] {
          let lane = ClaimLane(org: Sample.org(), operation: .sendEmail, priority: .normal)
          let other = ClaimLane(org: Sample.org("other"), operation: .sendEmail, priority: .normal)
          let found = try store.due(
            [other, lane], in: .sandbox, at: Sample.later(at), limit: limit)
          try same(found.first ?? [], [], "another org's lane")
          return found.last?.map(\.id) ?? []
        }
        try same(try due(30), [2, 5, 6, 1].map { Sample.id($0) }, "at the end of a hold")
        try same(try due(29), [2, 5, 6].map { Sample.id($0) }, "just before it")
        try same(try due(31, limit: 1), [2, 5].map { Sample.id($0) }, "one of each kind")
      }
    },
    StoreConformance("what is being claimed is left out, and takes nobody's place") { store in
      let hold = Hold(reason: .quietHours, until: Sample.later(-5))
      try await store.put([
        approved(1, hold: nil), approved(2, hold: nil), approved(3, hold: nil),
        approved(4, hold: hold), approved(5, hold: hold),
      ])
      try await store.read { store in
        func due(without: [Int], limit: Int) throws -> [ActionID] {
          let lane = ClaimLane(org: Sample.org(), operation: .sendEmail, priority: .normal)
          return try store.due(
            [lane], in: .sandbox, at: Sample.later(1), limit: limit,
            without: Set(without.map { Sample.id($0) }))[0].map(\.id).sorted {
              $0.rawValue < $1.rawValue
            }
        }
        try same(
          try due(without: [1, 4], limit: 9), [2, 3, 5].map { Sample.id($0) }, "the others")
        let one = try due(without: [1, 2], limit: 1)
        try check(one.contains(Sample.id(3)), "the one behind those that are left out")
        try same(try due(without: [1, 2, 3, 4, 5], limit: 1), [], "all left out")
      }
    },
    StoreConformance("what binds an org's claims is what it set, its pauses and its debts") {
      try await terms($0)
    },
    StoreConformance("a rate lets its burst go and then one by one, for each channel apart") {
      store in
      guard let rate = ChannelRate(120, per: .minute) else { throw ConformanceFailure("rate") }
      try await store.put([])
      try await store.write { store in
        func take(_ channel: OutreachChannel, _ org: String = "acme") throws -> Instant? {
          try store.take(rate, Sample.org(org), channel)
        }
        for _ in 0..<rate.burst { try same(try take(.email), nil, "the burst") }
        let until = try take(.email)
        try check(until.map { $0 > store.now } ?? false, "the burst has no end")
        try same(try take(.email), until, "asked again")
        try same(try take(.sms), nil, "another channel")
        try same(try take(.email, "north"), nil, "another org")
      }
    },
    StoreConformance("what is due is counted by operation") { store in
      try await store.put([
        approved(1, hold: nil), approved(2, hold: nil),
        approved(3, hold: Hold(reason: .coolDown, until: Sample.later(5))), Sample.action(4),
      ])
      try await store.read { store in
        func waiting(_ at: Int64) throws -> [OperationType: Int] {
          try store.waiting(Sample.org(), in: .sandbox, at: Sample.later(at))
        }
        try same(try waiting(4), [.sendEmail: 2], "before a hold ends")
        try same(try waiting(5), [.sendEmail: 3], "when it ends")
        try same(
          try store.waiting(Sample.org("other"), in: .sandbox, at: Sample.later(9)), [:],
          "another org")
      }
    },
  ]

  private static func priorities(_ store: any StorePort) async throws {
    var urgent = Sample.action(1)
    urgent.priority = .critical
    var done = Sample.action(3, .completed)
    done.priority = .low
    try await store.put([urgent, Sample.action(2), done])
    try same(try await store.action(1).priority, .critical, "as inserted")
    try same(try await store.action(2).priority, .normal, "of a reminder")
    try await store.write { store in
      try same(
        try store.prioritize(Sample.org(), Sample.id(2), .high), true, "a pending action")
      try same(
        try store.prioritize(Sample.org(), Sample.id(3), .high), false, "one that is over")
      try same(
        try store.prioritize(Sample.org("other"), Sample.id(2), .low), false, "another org's")
      guard var state = try store.action(Sample.org(), Sample.id(2)) else { return }
      state.priority = .low
      state.title = "Renamed"
      _ = try store.save(state, replacing: state.version)
    }
    try same(try await store.action(2).priority, .high, "saving changes none")
    try same(try await store.action(3).priority, .low, "what is over keeps its own")
  }

  private static func lanes(_ store: any StorePort) async throws {
    let north = Sample.org("north")
    var states: [ActionState] = []
    for (number, priority) in [ActionPriority.low, .critical, .low, .normal].enumerated() {
      var state = approved(number + 1, hold: nil)
      state.priority = priority
      states.append(state)
    }
    states.append(approved(10, hold: Hold(reason: .quietHours, until: nil), org: north))
    states += [Sample.action(20), Sample.action(21, .executing), Sample.action(22, .completed)]
    states.append(Sample.action(30, .approved, delivery: .live))
    try await store.put(states, orgs: [Sample.org(), north])
    try await store.read { store in
      func lane(_ org: OrgID, _ priority: ActionPriority) -> ClaimLane {
        ClaimLane(org: org, operation: .sendEmail, priority: priority)
      }
      let own = [ActionPriority.critical, .normal, .low].map { lane(Sample.org(), $0) }
      let all = try store.claimLanes(nil, in: .sandbox, after: nil, orgs: 99)
      try same(all, own + [lane(north, .normal)], "all lanes")
      try same(
        try store.claimLanes(Sample.org(), in: .sandbox, after: nil, orgs: 99), own, "one org's")
      try same(
        try store.claimLanes(nil, in: .live, after: nil, orgs: 99),
        [lane(Sample.org(), .normal)], "another mode's")
      try same(
        try store.claimLanes(nil, in: .redirect, after: nil, orgs: 99), [], "where there is none")
    }
  }

  private static func terms(_ store: any StorePort) async throws {
    let (org, north) = (Sample.org(), Sample.org("north"))
    try await store.put([], orgs: [org, north])
    try await store.read { try same(try $0.claimTerms(at: $0.now), [:], "nothing set") }
    guard let rate = ChannelRate(20, per: .hour) else { throw ConformanceFailure("rate") }
    let limits = OrgLimits(weight: 3, email: ChannelLimit(calls: 2), sms: ChannelLimit(rate: rate))
    try await store.write { store in
      guard var organisation = try store.organisation(org) else { return }
      organisation.limits = limits
      try store.save(organisation)
      try same(try store.organisation(org)?.limits, limits, "as saved")
      try same(try store.organisation(north)?.limits, .standard, "another org's")
      try store.pause(
        north, .sms, Hold(reason: .throttled, until: store.now.advanced(by: .seconds(60))))
      try store.pause(
        north, .email, Hold(reason: .throttled, until: store.now.advanced(by: .seconds(-60))))
      _ = try store.take(rate, org, .sms)
    }
    try await store.read { store in
      let terms = try store.claimTerms(at: store.now)
      try same(terms[org]?.limits, limits, "the limits")
      try same(terms[org]?.arrivals.keys.map(\.rawValue), ["sms"], "the debts")
      try same(
        terms[north]?.pauses,
        [
          .sms: ChannelPause(
            .throttled, since: store.now, until: store.now.advanced(by: .seconds(60)))
        ], "pauses that are not long over")
      try same(
        try store.lastPause(north, .email)?.until, store.now.advanced(by: .seconds(-60)),
        "the last pause, long over")
      try same(try store.lastPause(org, .email), nil, "where there was none")
    }
    try await store.write { store in
      guard var organisation = try store.organisation(org) else { return }
      organisation.limits = .standard
      try store.save(organisation)
      try same(try store.organisation(org)?.limits, .standard, "taken back")
    }
  }
}
