import ActionProtocol
import Decisions
import Engine
import Insights

extension StoreConformance {
  static let pipeline: [StoreConformance] = [
    StoreConformance("deals of files have stays from what changed between two of them") { store in
      let org = try await SyncSample.org(store)
      let first = Instant(milliseconds: 1_767_268_800_000)  // 1 January 2026, 12:00 UTC
      let second = first.advanced(by: .seconds(10 * 86_400))
      try await store.write { store in
        _ = try store.upsert(org, row("New", since: day("2025-12-20")), asOf: first)
        _ = try store.upsert(org, row("Offer"), asOf: second)
        _ = try store.upsert(org, row("Offer"), asOf: second.advanced(by: .seconds(86_400)))
      }
      let pipeline = try await store.read { try $0.pipeline(org, asOf: day("2026-02-01")) }
      let names = Dictionary(
        uniqueKeysWithValues: pipeline.stages.map { ($0.id, $0.name) })
      let stays = pipeline.deals.first?.stays ?? []
      try same(stays.map { names[$0.stage] ?? "" }, ["New", "Offer"], "stages")
      try same(stays.map(\.enteredOn), [day("2025-12-20"), day("2026-01-11")], "entered")
      try same(stays.map(\.leftOn), [day("2026-01-11"), nil], "left")
    },
    StoreConformance("a stage's first day is taken over when a later file tells it") { store in
      let org = try await SyncSample.org(store)
      let first = Instant(milliseconds: 1_767_268_800_000)
      try await store.write { store in
        _ = try store.upsert(org, row("New"), asOf: first)
        try same(
          try store.pipeline(org, asOf: day("2026-02-01")).deals.first?.stays, [], "unknown")
        _ = try store.upsert(
          org, row("New", since: day("2025-12-20")), asOf: first.advanced(by: .seconds(1)))
        try same(
          try store.pipeline(org, asOf: day("2026-02-01")).deals.first?.stageSince,
          day("2025-12-20"), "told")
      }
    },
    StoreConformance("an expected close that moves later is counted, earlier is not") { store in
      let org = try await SyncSample.org(store)
      let start = Instant(milliseconds: 1_767_268_800_000)
      let closes = ["2026-02-01", "2026-03-01", "2026-03-01", "2026-02-15", "2026-04-01"]
      try await store.write { store in
        for (index, close) in closes.enumerated() {
          _ = try store.upsert(
            org, row("New", close: day(close)), asOf: start.advanced(by: .seconds(Int64(index))))
        }
        // Late news of before changes nothing.
        _ = try store.upsert(org, row("New", close: day("2027-01-01")), asOf: start)
      }
      let deal = try await store.read { try $0.pipeline(org, asOf: day("2026-02-01")) }.deals.first
      try same(deal?.postponed, 2, "postponed")
      try same(deal?.expectedClose, day("2026-04-01"), "expected close")
    },
    StoreConformance("a synced deal counts what was put off, and knows its ends") { store in
      let org = try await SyncSample.org(store)
      let at = Instant(milliseconds: 1_767_268_800_000)
      try await store.write { store in
        _ = try store.store(
          org, [.name(.dealStages, SyncedName(id: 5, name: "Offer"))], asOf: at)
        for (second, close) in ["2026-02-01", "2026-03-01"].enumerated() {
          let deal = SyncedDeal(
            id: 9, name: "Deal", stage: 5, stageSince: at, closesOn: day(close),
            openedOn: day("2025-12-01"))
          _ = try store.store(
            org, [.deal(deal)], asOf: at.advanced(by: .seconds(Int64(second))))
        }
      }
      let deal = try await store.read { try $0.pipeline(org, asOf: day("2026-02-01")) }.deals.first
      try same(deal?.postponed, 1, "postponed")
      try same(deal?.openedOn, day("2025-12-01"), "opened")
      try same(deal?.stageSince, day("2026-01-01"), "in its stage since")
    },
    StoreConformance("the pipeline of an org is its own, with its customers") { store in
      let org = try await SyncSample.org(store)
      let other = try await SyncSample.org(store, "other")
      let at = Instant(milliseconds: 1_767_268_800_000)
      try await store.write { store in
        _ = try store.upsert(org, .partner(PartnerRow(externalID: "p", name: "Acme")), asOf: at)
        _ = try store.upsert(org, row("New", partner: "Acme"), asOf: at)
      }
      let own = try await store.read { try $0.pipeline(org, asOf: day("2026-02-01")) }
      try same(own.deals.map(\.partnerName), ["Acme"], "customer")
      try same(own.partners.map(\.name), ["Acme"], "customers")
      let foreign = try await store.read { try $0.pipeline(other, asOf: day("2026-02-01")) }
      try same(foreign.deals.count + foreign.stages.count + foreign.partners.count, 0, "foreign")
    },
  ]

  private static func row(
    _ stage: String, since: LocalDate? = nil, close: LocalDate? = nil, partner: String? = nil
  ) -> LedgerRow {
    .deal(
      DealRow(
        externalID: "d-1", name: "Deal", partner: partner, stage: stage, expectedClose: close,
        stageSince: since))
  }

  private static func day(_ iso: String) -> LocalDate {
    LocalDate(iso: iso) ?? LocalDate(epochDay: 0)
  }
}
