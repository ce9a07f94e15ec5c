import ActionProtocol
import Engine
import Insights

extension StoreConformance {
  static let collectionHolds: [StoreConformance] = [
    StoreConformance("what is on hold is told with its end, and ended once") { store in
      let org = try await ledger(store)
      let all = [
        hold("a", .invoice(1, of: Sample.partner(1)), .dispute),
        hold("b", .customer(Sample.partner(1)), .pause, last: "2026-03-10"),
        hold(
          "c", .invoice(1, of: Sample.partner(1)), .promise, last: "2026-03-12",
          promise: PromiseToPay(amount: dollars(500), due: day("2026-03-10"), graceDays: 2)),
      ]
      try await store.write { store in
        for one in all {
          try store.insert(
            one, org: org, at: noon, endsAt: one.lastDay.map { _ in noon.advanced(by: .seconds(9)) }
          )
        }
      }
      try await store.write { store in
        try same(try store.collectionHolds(org, asOf: day("2026-03-05")), all, "as they were set")
        try same(
          try store.collectionHolds(Sample.org("other"), asOf: day("2026-03-05")), [], "other")
        let ended = try (1...2).map { _ in
          try store.endCollectionHold(org, "a", at: noon, on: day("2026-03-06"), by: ann)
        }
        try same(ended, [true, false], "ended")
        try same(
          try store.collectionHold(org, "a", asOf: day("2026-03-05"))?.endedOn, day("2026-03-06"),
          "the end")
        try same(
          try store.endCollectionHold(org, "z", at: noon, on: day("2026-03-06"), by: ann), false,
          "none")
      }
    },
    StoreConformance("an invoice's record names a hold that binds it, and none that is over") {
      store in
      let org = try await ledger(store)
      let own = CollectionHold.Subject.invoice(1, of: Sample.partner(1))
      try await held(store, "nothing", is: nil, org)
      try await store.write { store in
        try store.insert(
          hold("over", own, .pause, last: "2026-03-05"), org: org, at: noon,
          endsAt: Instant(milliseconds: noon.milliseconds + 1))
        try store.insert(
          hold("sister", .customer(Sample.partner(2)), .dispute), org: org, at: noon, endsAt: nil)
      }
      try await held(store, "what is over, and another customer's", is: nil, org)
      try await store.write { store in
        try store.merge(
          PartnerAlias(org: org, partner: Sample.partner(2), root: Sample.partner(1)))
      }
      try await held(store, "of a customer that became this one", is: "sister", org)
      try await store.write { store in
        try store.insert(
          hold("of-customer", .customer(Sample.partner(1)), .dispute), org: org, at: noon,
          endsAt: nil)
      }
      try await held(store, "the customer's", is: "of-customer", org)
      try await store.write { store in
        try store.insert(hold("own", own, .dispute), org: org, at: noon, endsAt: nil)
      }
      try await held(store, "its own before the customer's", is: "own", org)
      try await store.write { store in
        _ = try store.endCollectionHold(org, "own", at: noon, on: day("2026-03-06"), by: ann)
        _ = try store.endCollectionHold(
          org, "of-customer", at: noon, on: day("2026-03-06"), by: ann)
      }
      try await held(store, "after their ends", is: "sister", org)
    },
    StoreConformance("a promise is told what was paid in time, and no more") { store in
      let org = try await ledger(store)
      let promise = PromiseToPay(amount: dollars(500), due: day("2026-03-10"), graceDays: 2)
      try await store.write { store in
        try store.insert(
          hold("c", .customer(Sample.partner(1)), .promise, last: "2026-03-12", promise: promise),
          org: org, at: noon, endsAt: noon.advanced(by: .seconds(9)))
        for (number, on) in ["2026-03-04", "2026-03-05", "2026-03-12", "2026-03-13"].enumerated() {
          _ = try store.upsert(
            org,
            .payment(
              SettlementRow(
                externalID: "P\(number)", invoice: "I-1", partner: nil, amount: dollars(100),
                on: day(on))), asOf: noon.advanced(by: .seconds(30 * 86_400)))
        }
      }
      let paid = try await store.read { store in
        try ["2026-03-05", "2026-03-12", "2026-04-12"].map {
          try store.collectionHolds(org, asOf: day($0)).first?.promise?.paid
        }
      }
      try same(paid, [dollars(100), dollars(200), dollars(200)], "paid")
    },
    StoreConformance("what was put on hold stays on record, whoever asks for less") { store in
      let org = try await ledger(store)
      let subject = CollectionHold.Subject.customer(Sample.partner(1))
      try await refused(store, "a pause without an end") { store in
        try store.insert(hold("p", subject, .pause), org: org, at: noon, endsAt: nil)
      }
      try await refused(store, "a promise without an amount") { store in
        try store.insert(
          hold("p", subject, .promise, last: "2026-03-12"), org: org, at: noon,
          endsAt: noon.advanced(by: .seconds(9)))
      }
      try await refused(store, "a hold on nobody") { store in
        try store.insert(
          hold("p", .customer(Sample.partner(99)), .dispute), org: org, at: noon, endsAt: nil)
      }
    },
  ]

  private static let noon = Instant(milliseconds: 1_772_452_800_000)  // 2 March 2026, 12:00 UTC
  private static var ann: Author { .tester }

  private static func dollars(_ cents: Int64) -> Money {
    Money(minorUnits: cents, currency: usd)
  }

  private static var usd: Currency {
    guard let usd = Currency(code: "USD") else { preconditionFailure("a currency") }
    return usd
  }

  private static func day(_ iso: String) -> LocalDate {
    guard let day = LocalDate(iso: iso) else { preconditionFailure("no day \(iso)") }
    return day
  }

  private static func hold(
    _ id: String, _ subject: CollectionHold.Subject, _ kind: CollectionHold.Kind,
    last: String? = nil, promise: PromiseToPay? = nil
  ) -> CollectionHold {
    CollectionHold(
      id: id, subject: subject, kind: kind, madeOn: day("2026-03-05"), lastDay: last.map(day),
      promise: promise, setBy: ann, note: "they called")
  }

  /// Two customers, and an invoice of the first.
  private static func ledger(_ store: any StorePort) async throws -> OrgID {
    let organisation = try Sample.organisation()
    try await store.write { store in
      try store.save(organisation)
      for number in 1...2 {
        _ = try store.upsert(
          organisation.id,
          .partner(PartnerRow(externalID: "C\(number)", name: "Customer \(number)")), asOf: noon)
      }
      _ = try store.upsert(
        organisation.id,
        .invoice(
          InvoiceRow(
            externalID: "I-1", number: "I-1", partner: "C1", issuedOn: day("2026-01-01"),
            dueOn: day("2026-02-01"), total: dollars(1000))), asOf: noon)
    }
    return organisation.id
  }

  private static func held(
    _ store: any StorePort, _ what: String, is id: String?, _ org: OrgID
  ) async throws {
    let found = try await store.read { try $0.record(org, Sample.invoice(1)) }
    try same(found?.fields[LedgerRecord.holdField]?.stringValue, id, what)
  }
}
