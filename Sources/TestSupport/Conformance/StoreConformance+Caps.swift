import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let caps = [
    StoreConformance("caps are told the messages of each subject, the latest first") {
      try await subjects($0)
    },
    StoreConformance("only the ranks and the span that are asked for are read") {
      try await ranks($0)
    },
    StoreConformance("a message to several people of a company is one for their domain") { store in
      try await store.write { store in
        try store.reserve(
          Sample.reservation(
            1, addresses: ["a", "b"], at: store.now, domains: ["a": "d"]))
        try same(try counted(store, [.domain], domains: ["d"]), [[store.now]], "one domain")
        try same(
          try counted(store, [.recipient], addresses: ["a", "b"]), [[store.now], [store.now]],
          "each recipient")
      }
    },
    StoreConformance("messages to the org's own people are counted apart") { store in
      try await store.write { store in
        try store.reserve(Sample.reservation(1, at: store.now))
        try store.reserve(
          Sample.reservation(2, partners: [], at: store.now, audience: .internal))
        try same(try counted(store, [.org]), [[store.now]], "customers")
        try same(try counted(store, [.org], audience: .internal), [[store.now]], "own people")
      }
    },
    StoreConformance("a released message is not counted, a proven one again") { store in
      try await store.write { store in
        try store.reserve(
          Sample.reservation(1, partners: [1, 2], at: store.now, domains: ["a": "d"]))
        let all: [OutreachCap.Subject] = [.org, .partner, .recipient, .domain]
        func read() throws -> [[Instant]] {
          try counted(store, all, partners: [1, 2], addresses: ["a"], domains: ["d"])
        }
        let five = [[Instant]](repeating: [store.now], count: 5)
        try same(try read(), five, "reserved")
        try store.settleOutreach(Sample.org(), Sample.operation(1), .released)
        try same(try read(), [[Instant]](repeating: [], count: 5), "released")
        try store.settleOutreach(Sample.org(), Sample.operation(1), .sent)
        try same(try read(), five, "proven")
      }
    },
    StoreConformance("what was sent to merged partners counts for each of them") {
      try await merged($0)
    },
    StoreConformance("turns are given out one after the other and forgotten") { store in
      try await store.write { store in
        let (org, start) = (Sample.org(), Sample.later(0))
        func take(_ lane: String, _ from: Instant) throws -> Instant {
          try store.takeTurn(org, lane, from: from, every: .seconds(3))
        }
        try same(try take("a", start), start, "the first")
        try same(try take("a", start), start.advanced(by: .seconds(3)), "the second")
        try same(try take("b", start), start, "another lane")
        let late = start.advanced(by: .seconds(60))
        try same(try take("a", late), late, "after a rest")
        try store.forgetTurns(org)
        try same(try take("a", start), start, "forgotten")
      }
    },
    StoreConformance("a waiver is good for its revision, and the first word counts") { store in
      try await store.put([Sample.action(1)])
      try await store.write { store in
        let waiver = LimitWaiver(
          org: Sample.org(), action: Sample.id(1), revision: 1, by: Sample.ann, at: store.now,
          reason: "first")
        var second = waiver
        second.reason = "second"
        try same(try store.insert(waiver), true, "new")
        try same(try store.insert(second), false, "again")
        try same(try store.limitWaiver(Sample.org(), Sample.id(1), revision: 1), waiver, "read")
        try same(try store.limitWaiver(Sample.org(), Sample.id(1), revision: 2), nil, "another")
      }
    },
  ]

  private static func question(
    _ subjects: [OutreachCap.Subject], _ partners: [Int64], _ addresses: [String],
    _ domains: [String], _ audience: OutreachAudience, _ span: OutreachCap.Span,
    _ ranks: Range<Int>
  ) -> OutreachQuestion {
    OutreachQuestion(
      org: Sample.org(), channel: .email, partners: partners.map { Sample.partner($0) },
      addresses: addresses.map(Sample.digest), scopes: [], delivery: .sandbox, audience: audience,
      cappedDomains: domains.map(Sample.digest),
      ranks: Dictionary(
        uniqueKeysWithValues: subjects.map { ($0, [RankedSpan(span: span, ranks: ranks)]) }))
  }

  /// The instants of each subject, in the order org, partners, recipients, domains.
  private static func counted(
    _ store: any StoreReading, _ subjects: [OutreachCap.Subject], partners: [Int64] = [1],
    addresses: [String] = [], domains: [String] = [], audience: OutreachAudience = .customer,
    span: OutreachCap.Span = .day, ranks: Range<Int> = 0..<9
  ) throws -> [[Instant]] {
    let question = question(subjects, partners, addresses, domains, audience, span, ranks)
    let found = try store.outreachFacts([question])[0].counted
    return OutreachCap.Subject.allCases.flatMap { subject in
      found.filter { $0.subject == subject }.map(\.instants)
    }
  }

  private static func subjects(_ store: any StorePort) async throws {
    try await store.write { store in
      let now = store.now
      let earlier = now.advanced(by: .seconds(-60))
      try store.reserve(Sample.reservation(1, at: earlier, domains: ["a": "d"]))
      try store.reserve(
        Sample.reservation(2, partners: [2], addresses: ["b"], at: now, domains: ["b": "d"]))
      try store.reserve(Sample.reservation(3, channel: .sms, at: now))
      try store.reserve(Sample.reservation(4, delivery: .live, at: now))
      try same(try counted(store, [.org]), [[now, earlier]], "the org's")
      try same(
        try counted(store, [.partner], partners: [1, 2, 3]), [[earlier], [now], []], "partners'")
      try same(
        try counted(store, [.recipient], addresses: ["a", "b", "c"]), [[earlier], [now], []],
        "recipients'")
      try same(
        try counted(store, [.domain], domains: ["d", "e"]), [[now, earlier], []], "domains'")
      // Two questions of one org share the answer about the org.
      let both = [
        question([.org], [1], [], [], .customer, .day, 0..<9),
        question([.org], [2], [], [], .customer, .day, 0..<9),
      ]
      let answers = try store.outreachFacts(both).map { $0.counted.map(\.instants) }
      try same(answers, [[[now, earlier]], [[now, earlier]]], "shared")
    }
  }

  private static func ranks(_ store: any StorePort) async throws {
    try await store.write { store in
      let ages = [0, 600, 1200, 3599, 3600, 7200]
      let times = ages.map { store.now.advanced(by: .seconds(-$0)) }
      for (number, at) in times.enumerated() {
        try store.reserve(Sample.reservation(number + 1, at: at))
      }
      let subjects: [OutreachCap.Subject] = [.org, .partner, .recipient]
      func read(_ span: OutreachCap.Span, _ ranks: Range<Int>) throws -> [[Instant]] {
        try counted(store, subjects, addresses: ["a"], span: span, ranks: ranks)
      }
      func three(_ instants: ArraySlice<Instant>) -> [[Instant]] {
        [[Instant]](repeating: Array(instants), count: 3)
      }
      try same(try read(.hour, 0..<9), three(times[0..<4]), "an hour old is no longer counted")
      try same(try read(.day, 2..<4), three(times[2..<4]), "ranks")
      try same(try read(.hour, 3..<9), three(times[3..<4]), "the last of the hour")
      try same(try read(.hour, 4..<9), three([]), "none")
    }
  }

  private static func merged(_ store: any StorePort) async throws {
    try await store.write { store in
      let (org, now) = (Sample.org(), store.now)
      let earlier = now.advanced(by: .seconds(-60))
      try store.reserve(Sample.reservation(1, partners: [1], at: earlier))
      try store.reserve(Sample.reservation(2, partners: [2], at: now))
      func merge(_ partner: Int64, _ root: Int64) throws {
        try store.merge(
          PartnerAlias(org: org, partner: Sample.partner(partner), root: Sample.partner(root)))
      }
      func last(_ partner: Int64) throws -> Instant? {
        try store.outreachFacts(
          org, channel: .email, partners: [Sample.partner(partner)], addresses: [], scopes: [],
          delivery: .sandbox
        ).lastToPartner
      }
      try merge(2, 1)
      try merge(1, 3)
      for partner: Int64 in [1, 2, 3] {
        try same(
          try counted(store, [.partner], partners: [partner]), [[now, earlier]], "\(partner)")
        try same(try last(partner), now, "the last to \(partner)")
      }
      try same(try counted(store, [.partner], partners: [4]), [[]], "another")
      let family = try store.partnerFamilies([OrgPartner(org, Sample.partner(1))])
      try same(
        family, [OrgPartner(org, Sample.partner(1)): [1, 2, 3].map { Sample.partner($0) }],
        "the family")
      try same(
        try store.partnerFamilies([OrgPartner(org, Sample.partner(9))]).values.first ?? [],
        [Sample.partner(9)], "one that was never merged")
      let aliases = try store.partnerAliases(org).map { [$0.partner.rawValue, $0.root.rawValue] }
      try same(aliases, [[1, 3], [2, 3]], "all follow")
    }
  }
}
