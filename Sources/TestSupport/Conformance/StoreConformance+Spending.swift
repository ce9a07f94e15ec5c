import ActionProtocol
import Decisions
import Engine
import Foundation

extension StoreConformance {
  static let spending = [
    StoreConformance("what messages cost adds up by org, channel, delivery and month") { store in
      try await store.write { store in
        let (march, april) = (Self.month(0), Self.month(31))
        try store.reserve(Self.costing(1, 3, march))
        try store.reserve([Self.costing(2, 4, march), Self.costing(3, 5, march)])
        try store.reserve([Self.costing(4, 7, april), Self.costing(5, 9, march, .sms)])
        try same(try Self.spent(store, march), 12, "March")
        try same(try Self.spent(store, april), 7, "April")
        try same(try Self.spent(store, march, .sms), 9, "texts")
        try same(try Self.spent(store, march, .email, .live), 0, "another delivery")
        try same(
          try store.spent(Sample.org("other"), .email, .sandbox, month: march), 0, "another org")
      }
    },
    StoreConformance("a released message gives its cost back once, and takes it again") { store in
      try await store.write { store in
        let march = Self.month(0)
        try store.reserve([Self.costing(1, 3, march), Self.costing(2, 4, march)])
        for _ in 0..<2 {
          try store.settleOutreach(Sample.org(), Sample.operation(1), .released)
          try same(try Self.spent(store, march), 4, "released")
        }
        for _ in 0..<2 {
          try store.settleOutreach(Sample.org(), Sample.operation(1), .sent)
          try same(try Self.spent(store, march), 7, "proven")
        }
        try store.settleOutreach(Sample.org(), Sample.operation(2), .sent)
        try same(try Self.spent(store, march), 7, "sent")
      }
    },
    StoreConformance("a question about a month is answered with what it cost and its end") {
      store in
      try await store.write { store in
        let march = Self.month(0)
        try store.reserve(Self.costing(1, 3, march))
        let questions = [Self.question(march), Self.question(nil), Self.question(march)]
        let found = try store.outreachFacts(questions).map(\.month)
        let spent = SpentMonth(spent: 3, end: march.end)
        try same(found, [spent, nil, spent], "two questions and one without a budget")
      }
    },
    StoreConformance("consents are told by address, whatever became of them") { store in
      try await store.write { store in
        let consents = [
          Self.consent("1"), Self.consent("2", .contract), Self.consent("3", of: "b"),
        ]
        for consent in consents { try store.insert(consent) }
        let own = try store.consents(Sample.org(), .sms, of: Sample.digest("a"))
        try same(own, Array(consents.prefix(2)), "by address")
        try same(try store.withdrawConsent(Sample.org(), "1", at: store.now), true, "withdrawn")
        try same(try store.withdrawConsent(Sample.org(), "1", at: store.now), false, "again")
        try same(
          try store.consent(Sample.org(), "1")?.withdrawnAt, store.now, "stays on record")
        try same(
          try store.consents(Sample.org(), after: nil, limit: 9).map(\.id), ["2", "3"], "list")
        try same(
          try store.consents(Sample.org(), after: "2", limit: 9).map(\.id), ["3"], "after one")
        try same(try store.consents(Sample.org("other"), after: nil, limit: 9), [], "another org")
        var question = Self.question(nil)
        question.channel = .sms
        question.addresses = [Sample.digest("a")]
        try same(try store.outreachFacts([question])[0].consents, [], "not asked for")
        question.needsConsent = true
        let facts = try store.outreachFacts([question])[0].consents
        try same(
          Set(facts),
          Set(try consents.prefix(2).compactMap { try store.consent($0.org, $0.id)?.fact }),
          "asked for")
      }
    },
  ]

  private static func month(_ days: Int) -> SpendingMonth {
    SpendingMonth(of: Sample.start.advanced(by: .seconds(days * 86_400)), in: .gmt)
  }

  private static func costing(
    _ number: Int, _ cost: Int64, _ month: SpendingMonth, _ channel: OutreachChannel = .email
  ) -> OutreachReservation {
    var reservation = Sample.reservation(number, channel: channel)
    (reservation.cost, reservation.month) = (cost, month)
    return reservation
  }

  private static func spent(
    _ store: any StoreReading, _ month: SpendingMonth, _ channel: OutreachChannel = .email,
    _ delivery: DeliveryMode = .sandbox
  ) throws -> Int64 {
    try store.spent(Sample.org(), channel, delivery, month: month)
  }

  private static func question(_ month: SpendingMonth?) -> OutreachQuestion {
    OutreachQuestion(
      org: Sample.org(), channel: .email, partners: [], addresses: [], scopes: [],
      delivery: .sandbox, month: month)
  }

  private static func consent(
    _ id: String, _ basis: ConsentBasis = .express, of address: String = "a"
  ) -> Consent {
    Consent(
      org: Sample.org(), id: id, channel: .sms, address: Sample.digest(address), basis: basis,
      scope: .purpose("send_deal_check_in"), obtainedAt: Sample.start,
      expiresAt: Sample.later(9_000_000), source: "test", evidence: "form:1",
      recordedAt: Sample.later(1), recordedBy: Sample.ann, addressText: "+15550001")
  }
}
