import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let outreach = [
    StoreConformance("outreach is counted per partner, address, scope, channel and delivery") {
      try await counters($0)
    },
    StoreConformance("the latest message counts") { store in
      try await store.write { store in
        try store.reserve(Sample.reservation(1, at: Sample.later(500)))
        try store.reserve(Sample.reservation(2, at: Sample.later(100)))
        try same(try facts(store), all(Sample.later(500)), "the latest")
      }
    },
    StoreConformance("sent and kept messages count, a released one no longer does") { store in
      try await store.write { store in
        try store.reserve(Sample.reservation(1, at: Sample.later(1)))
        try store.reserve(Sample.reservation(2, at: Sample.later(2)))
        try store.reserve(Sample.reservation(3, at: Sample.later(3)))
        try store.settleOutreach(Sample.org(), Sample.operation(3), .released)
        try same(try facts(store), all(Sample.later(2)), "after the release of the last")
        try store.settleOutreach(Sample.org(), Sample.operation(2), .kept)
        try same(try facts(store), all(Sample.later(2)), "kept")
        try store.settleOutreach(Sample.org(), Sample.operation(2), .sent)
        try same(try facts(store), all(Sample.later(2)), "sent")
        try store.settleOutreach(Sample.org(), Sample.operation(1), .released)
        try same(try facts(store), all(Sample.later(2)), "an earlier one released")
      }
    },
    StoreConformance("a released message that is proven sent counts again, also its address") {
      store in
      try await store.write { store in
        try store.reserve(Sample.reservation(1, at: Sample.later(1)))
        try store.settleOutreach(Sample.org(), Sample.operation(1), .released)
        try same(try facts(store), OutreachFacts(), "released")
        try store.settleOutreach(Sample.org(), Sample.operation(1), .sent)
        try same(try facts(store), all(Sample.later(1)), "proven")
        try store.settleOutreach(Sample.org(), Sample.operation(1), .released)
        try same(try facts(store), all(Sample.later(1)), "what is proven stays")
      }
    },
    StoreConformance("a message counts for each of its customers and scopes, until released") {
      try await severalCustomers($0)
    },
    StoreConformance("a call reserves once") { store in
      try await store.write { try $0.reserve(Sample.reservation(1)) }
      try await refused(store, "a second reservation of one call") {
        try $0.reserve(Sample.reservation(1, at: Sample.later(9)))
      }
    },
    StoreConformance("a channel's pause is set, replaced and taken away") { store in
      let (org, first) = (Sample.org(), Hold(reason: .throttled, until: Sample.later(1)))
      let second = Hold(reason: .configuration, until: Sample.later(2))
      try await store.write { store in
        try same(try store.channelPause(org, .email), nil, "before")
        try store.pause(org, .email, first)
        try same(try store.channelPause(org, .email), first, "set")
        try same(try store.channelPause(org, .sms), nil, "another channel's")
        try store.pause(org, .email, second)
        try same(try store.channelPause(org, .email), second, "replaced")
        try store.pause(org, .email, nil)
        try same(try store.channelPause(org, .email), nil, "taken away")
      }
    },
  ]

  private static let scope = "partner_1:reminder"

  private static func facts(
    _ store: any StoreReading, channel: OutreachChannel = .email, partner: Int64? = 1,
    address: String = "a", scope: String = scope, delivery: DeliveryMode = .sandbox
  ) throws -> OutreachFacts {
    try store.outreachFacts(
      Sample.org(), channel: channel, partners: partner.map { [Sample.partner($0)] } ?? [],
      addresses: [Sample.digest("nobody"), Sample.digest(address)], scopes: [scope],
      delivery: delivery)
  }

  private static func all(_ instant: Instant) -> OutreachFacts {
    OutreachFacts(
      lastToPartner: instant, lastToAddress: instant, lastInScope: [scope: instant])
  }

  private static func counters(_ store: any StorePort) async throws {
    let sent = Sample.later(7)
    try await store.write { store in
      try store.reserve(Sample.reservation(1, addresses: ["a", "b"], at: sent))
      try same(try facts(store), all(sent), "the same in everything")
      var expected = all(sent)
      expected.lastToPartner = nil
      try same(try facts(store, partner: 2), expected, "another partner")
      try same(try facts(store, partner: nil), expected, "no partner")
      expected = all(sent)
      expected.lastToAddress = nil
      try same(try facts(store, address: "c"), expected, "another address")
      try same(try facts(store, address: "b"), all(sent), "the second address")
      expected = all(sent)
      expected.lastInScope = [:]
      try same(try facts(store, scope: "partner_1:other"), expected, "another scope")
      // A scope holds across channels: what was said by e-mail is not repeated by SMS.
      expected = OutreachFacts(lastInScope: [scope: sent])
      try same(try facts(store, channel: .sms), expected, "another channel")
      try same(try facts(store, delivery: .live), OutreachFacts(), "another delivery")
    }
  }

  private static func severalCustomers(_ store: any StorePort) async throws {
    let sent = Sample.later(7)
    try await store.write { store in
      try store.reserve(
        Sample.reservation(
          1, partners: [1, 2, 3], scopes: ["partner_1:reminder", "partner_1:x", "partner_2:x"],
          at: sent))
      func last() throws -> [Instant?] {
        try [1, 2, 3, 4].map { try facts(store, partner: $0).lastToPartner }
          + ["partner_1:reminder", "partner_1:x", "partner_2:x", "partner_3:x"].map {
            try facts(store, scope: $0).lastInScope[$0]
          }
      }
      let counted: [Instant?] = [sent, sent, sent, nil, sent, sent, sent, nil]
      try same(try last(), counted, "reserved")
      try same(
        try facts(store, channel: .sms, partner: 2, scope: "partner_2:x"),
        OutreachFacts(lastInScope: ["partner_2:x": sent]), "another channel")
      try same(
        try facts(store, partner: 2, scope: "partner_2:x", delivery: .live), OutreachFacts(),
        "another delivery")
      try store.settleOutreach(Sample.org(), Sample.operation(1), .released)
      try same(try last(), [Instant?](repeating: nil, count: 8), "released")
      try store.settleOutreach(Sample.org(), Sample.operation(1), .sent)
      try same(try last(), counted, "proven sent")
      let both = try store.outreachFacts(
        Sample.org(), channel: .email, partners: [Sample.partner(4), Sample.partner(3)],
        addresses: [], scopes: [], delivery: .sandbox)
      try same(both.lastToPartner, sent, "any of several")
    }
  }
}
