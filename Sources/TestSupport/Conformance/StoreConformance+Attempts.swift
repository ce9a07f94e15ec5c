import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let attempts = [
    StoreConformance("an intent is stored once, and never without its revision") { store in
      try await store.put([Sample.action(1, .executing)])
      let intent = Sample.intent(1)
      try await store.write { try $0.insert(intent) }
      try await refused(store, "a second intent of one call") { try $0.insert(intent) }
      try await refused(store, "an intent of no revision") { try $0.insert(Sample.intent(2)) }
      try await store.read { store in
        try same(
          try store.attempts(Sample.org(), Sample.id(1)),
          [
            AttemptRecord(
              intent: intent, outcome: nil, detail: nil, providerID: nil, endedAt: nil, looks: 0)
          ], "the attempt")
      }
    },
    StoreConformance("an attempt is settled once; unknown is not settled yet") {
      try await settling($0)
    },
    StoreConformance("a provider's id belongs to one attempt of an org and channel") {
      try await providerIDs($0)
    },
    StoreConformance("evidence is kept in the order it came") { store in
      try await store.put([Sample.action(1, .executing)])
      let kept = ["worker", "activity_search", "person", "worker"].enumerated().map {
        Evidence(
          source: $1, outcome: "unknown", providerID: $0 == 1 ? "p" : nil,
          at: Sample.later(Int64(9 - $0)), detail: $0 == 2 ? "code" : nil)
      }
      try await store.write { store in
        for evidence in kept {
          try store.insert(evidence, org: Sample.org(), operation: Sample.operation(1))
        }
        try same(try store.evidence(Sample.org(), Sample.id(1)), kept, "the evidence")
        try store.insert(kept[0], org: Sample.org(), operation: Sample.operation(1, call: 2))
        try same(
          try store.evidence(Sample.org(), of: Sample.operation(1)), kept, "of the first call")
        try same(
          try store.evidence(Sample.org(), of: Sample.operation(1, call: 2)), [kept[0]],
          "of the second call")
      }
    },
    StoreConformance("stages come back by call and stage, and the first record of one stays") {
      store in
      let states = Stage.allCases.reversed().map {
        StageRecord(stage: $0, startedAt: Sample.start, microseconds: 5, result: "ok", detail: "d")
      }
      let again = StageRecord(
        stage: .execution, startedAt: Sample.later(9), microseconds: 9, result: "again")
      try await store.write { store in
        let org = Sample.org()
        try store.insert(states, org: org, operation: Sample.operation(1, call: 2))
        try store.insert([again], org: org, operation: Sample.operation(1, call: 1))
        try store.insert([again], org: org, operation: Sample.operation(1, call: 2))
        let found = try store.stages(org, Sample.id(1))
        try same(found.map(\.call), [1, 2, 2, 2, 2, 2, 2], "calls")
        try same(found.map(\.stage), [again] + states.reversed(), "stages")
      }
    },
    StoreConformance("a follow-up remembers what it became") { store in
      let state = Sample.action(1, .executing)
      try await store.put([state])
      var record = FollowUpRecord(
        org: state.org, scheduledBy: state.id, revision: 1, due: Sample.later(5), became: nil)
      let made = record
      try await store.write { try $0.insert(made) }
      try await refused(store, "a second follow-up of one action") { try $0.insert(made) }
      record.became = Sample.id(2)
      let expected = record
      try await store.write { store in
        try same(try store.followUp(state.org, scheduledBy: state.id), made, "stored")
        try store.markFollowUp(state.org, scheduledBy: state.id, became: Sample.id(2))
        try same(try store.followUp(state.org, scheduledBy: state.id), expected, "marked")
      }
    },
  ]

  private static func settling(_ store: any StorePort) async throws {
    try await store.put([Sample.action(1, .executing)])
    try await store.write { store in
      let org = Sample.org()
      try store.insert(Sample.intent(1))
      func open() throws -> Int { try store.openAttempts(of: Sample.boot).count }
      func unknown() throws -> Int { try store.unsettledAttempts(org).count }
      func settle(_ outcome: String, _ at: Int64, provider: String? = nil) throws -> Bool {
        try store.settle(
          org, Sample.operation(1), outcome: outcome, detail: "d", providerID: provider,
          at: Sample.later(at))
      }
      try same([try open(), try unknown()], [1, 0], "open and unknown before")
      try check(try settle("unknown", 1), "unknown was refused")
      try same([try open(), try unknown()], [0, 1], "open and unknown after unknown")
      try store.count(looks: 2, org, Sample.operation(1))
      try check(try settle("accepted", 2, provider: "p"), "acceptance was refused")
      try same([try open(), try unknown()], [0, 0], "open and unknown after acceptance")
      for outcome in ["refused", "unknown", "accepted"] {
        try check(!(try settle(outcome, 3)), "settled twice: \(outcome)")
      }
      try check(
        !(try store.settle(
          org, Sample.operation(2), outcome: "accepted", detail: nil, providerID: nil,
          at: Sample.start)), "settled an attempt that is not there")
      try same(
        try store.attempts(org, Sample.id(1)),
        [
          AttemptRecord(
            intent: Sample.intent(1), outcome: "accepted", detail: "d", providerID: "p",
            endedAt: Sample.later(2), looks: 2)
        ], "the settled attempt")
    }
  }

  private static func providerIDs(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put(
      (1...4).map { Sample.action($0, .executing) } + [Sample.action(5, .executing, org: other)],
      orgs: [Sample.org(), other])
    @Sendable func settle(
      _ number: Int, _ channel: OutreachChannel?, _ provider: String?, org: OrgID = Sample.org()
    ) async throws {
      try await store.write { store in
        try store.insert(Sample.intent(number, org: org, channel: channel))
        _ = try store.settle(
          org, Sample.operation(number), outcome: "accepted", detail: nil, providerID: provider,
          at: Sample.start)
      }
    }
    try await settle(1, .email, "p")
    try await settle(2, .sms, "p")
    try await settle(5, .email, "p", org: other)
    // A record that the embedded ledger changed is named as often as it is changed.
    try await settle(3, nil, "crm.lead:1")
    try await settle(4, nil, "crm.lead:1")
    try await store.write { store in
      try store.insert(Sample.intent(1, call: 2))
      try store.insert(Sample.intent(2, call: 2))
    }
    // An id that the provider repeats: the second attempt is settled without it.
    try await store.write { store in
      try same(
        try store.settleNaming(
          Sample.org(), Sample.operation(1, call: 2), outcome: "accepted", detail: nil,
          providerID: "p", at: Sample.start), .settledWithoutID, "a repeated id")
      let attempts = try store.attempts(Sample.org(), Sample.id(1))
      try same(attempts.map(\.outcome), ["accepted", "accepted"], "outcomes")
      try same(attempts.map(\.providerID), ["p", nil], "ids")
    }
  }
}
