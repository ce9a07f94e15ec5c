import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let batches = [
    StoreConformance("a claim takes what still is as it was read, and nothing else") {
      try await claims($0)
    },
    StoreConformance("a claim is refused when anything that decides about it changed") {
      try await changedBeforeClaims($0)
    },
    StoreConformance("accepted calls are recorded whole") { try await completions($0) },
    StoreConformance("accepted calls are recorded together or not at all") {
      try await refusedCompletions($0)
    },
    StoreConformance("a batch reads what its actions read by themselves") {
      try await batchReads($0)
    },
  ]

  private static func claimed(_ read: ActionState) -> ActionClaim {
    var state = read
    state.status = .executing
    state.hold = nil
    state.calls += 1
    state.lastToken += 1
    state.claim = Claim(boot: Sample.boot, token: state.lastToken)
    return ActionClaim(read: read, claimed: state)
  }

  private static func claims(_ store: any StorePort) async throws {
    let read = (1...3).map { Sample.action($0, .approved) }
    var held = Sample.action(4, .approved)
    held.hold = Hold(reason: .undoWindow, until: Sample.start)
    try await store.put(read + [held])
    let claims = (read + [held]).map(claimed)
    try await store.write { store in
      // Somebody was faster at the second one.
      try check(try store.save(claims[1].claimed, replacing: read[1].version), "saved")
      try same(try store.claim(claims), [true, false, true, true], "claimed")
      try same(try store.claim(claims), [false, false, false, false], "claimed twice")
      try same(try store.claim([]), [], "no claims")
    }
    for (number, claim) in zip(1..., claims) {
      try same(try await store.action(number), claim.claimed, "action \(number)")
    }
  }

  private static func changedBeforeClaims(_ store: any StorePort) async throws {
    let changes: [(name: String, change: @Sendable (inout ActionState) -> Void)] = [
      ("hold", { $0.hold = Hold(reason: .needsPerson, until: nil) }),
      ("approved by", { $0.approval?.by = Sample.unwrap(Author(rawValue: "person:local:bo")) }),
      ("approved at", { $0.approval?.at = Sample.later(1) }),
      ("approved delivery", { $0.approval?.delivery = .live }),
      ("deadline", { $0.executeBy = Sample.later(7) }),
      ("facts", { $0.factsConfirmed = true }),
      ("token", { $0.lastToken = 4 }),
      ("calls", { $0.calls = 2 }),
      ("attempts", { $0.attempts = 2 }),
      ("status", { $0.status = .pendingApproval }),
    ]
    let read = changes.indices.map { Sample.action($0 + 1, .approved) }
    try await store.put(read)
    try await store.write { store in
      var changed = read
      for (index, change) in changes.enumerated() {
        change.change(&changed[index])
        _ = try store.save(changed[index], replacing: read[index].version)
        try same(try store.claim([claimed(read[index])]), [false], change.name)
        try same(try store.action(Sample.org(), read[index].id), changed[index], change.name)
      }
    }
  }

  /// Calls under way: claimed, with an intent and a reservation.
  private static func underWay(
    _ store: any StorePort, _ numbers: ClosedRange<Int>
  ) async throws -> [AcceptedCall] {
    let read = numbers.map { Sample.action($0, .approved) }
    try await store.put([])
    return try await store.write { store in
      for (number, state) in zip(numbers, read) {
        try store.insert(
          state, Sample.revision(of: state), records: [Sample.invoice(Int64(number))])
        try check(try store.claim([claimed(state)]) == [true], "claimed")
        try store.insert(Sample.intent(number))
        try store.reserve(Sample.reservation(number, at: Sample.later(Int64(number))))
      }
      return zip(numbers, read).map { accepted($0, claimed($1).claimed) }
    }
  }

  private static func accepted(_ number: Int, _ executing: ActionState) -> AcceptedCall {
    var state = executing
    state.status = .completed
    state.claim = nil
    state.attempts = 1
    state.providerID = "p\(number)"
    state.warnings = ["one \"was\" refused"]
    state.executedAt = Sample.start
    state.durationMilliseconds = 12
    let stage = StageRecord(
      stage: .execution, startedAt: Sample.start, microseconds: 5, result: "accepted")
    return AcceptedCall(
      intent: Sample.intent(number), executing: executing, completed: state,
      evidence: Evidence(
        source: "worker", outcome: "accepted", providerID: "p\(number)", at: Sample.later(3),
        detail: nil), stages: [stage])
  }

  private static func completions(_ store: any StorePort) async throws {
    let calls = try await underWay(store, 1...3)
    try await store.write { try $0.complete(calls) }
    try await store.read { store in
      let org = Sample.org()
      for (number, call) in zip(1..., calls) {
        let id = Sample.id(number)
        try same(try store.action(org, id), call.completed, "action")
        try same(
          try store.attempts(org, id),
          [
            AttemptRecord(
              intent: call.intent, outcome: "accepted", detail: nil, providerID: "p\(number)",
              endedAt: Sample.later(3), looks: 0)
          ], "attempt")
        try same(try store.evidence(org, id), [call.evidence], "evidence")
        try same(try store.stages(org, id).map(\.stage), call.stages, "stages")
        try check(
          try store.liveAction(
            org, .sendInvoiceReminder, on: [Sample.invoice(Int64(number))], in: .sandbox) == nil,
          "its record is still taken")
      }
      // Sent messages go on counting.
      let facts = try store.outreachFacts(
        org, channel: .email, partners: [Sample.partner(1)], addresses: [], scopes: [],
        delivery: .sandbox)
      try same(facts.lastToPartner, Sample.later(3), "the last one counts")
    }
    try await store.write { store in
      try store.settleOutreach(Sample.org(), Sample.operation(1), .released)
      try same(
        try store.addresses(Sample.org(), Sample.operation(1)).count, 1, "a sent one stays sent")
      // What is found out about a call later stands beside what was recorded with it.
      let late = [Stage.execution, .recording].map {
        StageRecord(stage: $0, startedAt: Sample.later(9), microseconds: 1, result: "late")
      }
      try store.insert(late, org: Sample.org(), operation: Sample.operation(1))
      try same(
        try store.stages(Sample.org(), Sample.id(1)).map(\.stage), calls[0].stages + [late[1]],
        "stages found out later")
    }
  }

  private static func refusedCompletions(_ store: any StorePort) async throws {
    let calls = try await underWay(store, 1...4)
    let org = Sample.org()
    try await store.write { store in
      // A webhook was faster.
      _ = try store.settle(
        org, Sample.operation(2), outcome: "accepted", detail: nil, providerID: "p9",
        at: Sample.start)
    }
    let before = try await store.read { try $0.action(org, Sample.id(1)) }
    try await refused(store, "an attempt that is settled") {
      try $0.complete([calls[0], calls[1]])
    }
    var stolen = calls[2]
    stolen.intent.token = 7
    let other = stolen
    try await refused(store, "another token's") { try $0.complete([calls[0], other]) }
    stolen = calls[2]
    stolen.intent.boot = BootID("boot-2")
    let foreign = stolen
    try await refused(store, "another boot's") { try $0.complete([calls[0], foreign]) }
    var repeated = calls[3]
    repeated.evidence.providerID = "p9"
    let same9 = repeated
    try await refused(store, "an id that another attempt has") {
      try $0.complete([calls[0], same9])
    }
    try await store.read { store in
      try same(try store.action(org, Sample.id(1)), before, "the others stay as they are")
      try same(try store.evidence(org, Sample.id(1)), [], "no evidence of them")
      try same(try store.attempts(org, Sample.id(1)).map(\.outcome), [nil], "no outcome of them")
    }
    try await store.write { try $0.complete([calls[0]]) }
  }

  private static func batchReads(_ store: any StorePort) async throws {
    let other = Sample.org("other")
    try await store.put([], orgs: [Sample.org(), other])
    try await store.write { store in
      for number in 1...5 {
        try store.reserve(
          Sample.reservation(
            number, partners: [Int64(number)], addresses: ["a\(number)"],
            scopes: ["partner_\(number):x"], at: Sample.later(Int64(number))))
      }
      let questions = [Sample.org(), other].flatMap { org in
        (0...6).map { number in
          OutreachQuestion(
            org: org, channel: number == 5 ? .sms : .email,
            partners: [Sample.partner(Int64(number + 1)), Sample.partner(90)],
            addresses: (0..<number).map { Sample.digest("a\($0)") },
            domains: [Sample.digest("domain")], scopes: ["partner_\(number):x"],
            delivery: .sandbox)
        }
      }
      let single = try questions.map { question in
        try store.outreachFacts(
          question.org, channel: question.channel, partners: question.partners,
          addresses: question.addresses, scopes: question.scopes, delivery: question.delivery)
      }
      try same(try store.outreachFacts(questions), single, "outreach")
      try same(try store.outreachFacts([]), [], "no questions")
      try same(try store.records([]).count, 0, "no records")
      let missing = OrgRecord(Sample.org(), Sample.invoice(77))
      try same(try store.records([missing]).count, 0, "a record that is not there")
    }
  }
}
