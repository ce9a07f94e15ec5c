import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let syncing: [StoreConformance] = [
    StoreConformance("a synced row is new, then known, then changed") { store in
      let org = try await SyncSample.org(store)
      let at = Instant(milliseconds: 1_700_000_000_000)
      let rows = SyncSample.rows()
      try await store.write { store in
        let first = try store.store(org, rows, asOf: at)
        try same(first.inserted, rows.count, "inserted")
        let again = try store.store(org, rows, asOf: at.advanced(by: .seconds(1)))
        try same(again.unchanged, rows.count, "unchanged")
        let early = try store.store(
          org, [SyncSample.invoice(open: 5)], asOf: at.advanced(by: .seconds(-1)))
        try same(early.updated, 0, "an older reading changes")
        let changed = try store.store(
          org, [SyncSample.invoice(open: 5)], asOf: at.advanced(by: .seconds(2)))
        try same(changed.updated, 1, "updated")
        try same(changed.partners.map(\.rawValue), [11], "touched")
      }
    },
    StoreConformance("two names that are the same stay apart") { store in
      let org = try await SyncSample.org(store)
      try await store.write { store in
        for kind in [SyncKind.dealStages, .taskStages, .projects, .users] {
          let rows = [1, 2].map { SyncedRow.name(kind, SyncedName(id: $0, name: "New")) }
          let at = Instant(milliseconds: 1)
          try same(try store.store(org, rows, asOf: at).inserted, 2, kind.rawValue)
          try same(try store.store(org, rows, asOf: at).unchanged, 2, kind.rawValue)
        }
      }
    },
    StoreConformance("a cursor is saved by whoever read it last") { store in
      let org = try await SyncSample.org(store)
      try await store.write { store in
        var cursor = SyncCursor(
          place: .second(77, after: 5), newest: 78, basis: "b", movedAt: store.now,
          isSettled: true, confirmedAt: store.now, checkedAt: nil, version: 1)
        try check(try store.save(cursor, org, .deals), "the first cursor is refused")
        try same(try store.syncCursor(org, .deals), cursor, "cursor")
        try check(try !store.save(cursor, org, .deals), "a second first cursor is taken")
        cursor.version = 2
        cursor.place = .all(after: 9)
        try check(try store.save(cursor, org, .deals), "the next one is refused")
        try check(try !store.save(cursor, org, .deals), "the same version is taken twice")
        try same(try store.syncCursor(org, .deals)?.place, .all(after: 9), "place")
        try same(try store.syncCursor(org, .tasks), nil, "another kind's cursor")
      }
    },
    StoreConformance("sync settings are read as they were written") { store in
      let org = try await SyncSample.org(store)
      try await store.write { store in
        try same(try store.syncSettings(org), SyncSettings(), "standard")
        var settings = SyncSettings()
        settings.companies = [3, 1]
        settings.disputeTags = ["Streit, offen", "x"]
        settings.neverRemindTags = []
        settings.answerPause = .zero
        settings.requestsPerMinute = 7
        try store.save(settings, org)
        try same(try store.syncSettings(org), settings, "settings")
      }
    },
    StoreConformance("a deal's stages are noted as they are seen") { store in
      let org = try await SyncSample.org(store)
      try await store.write { store in
        let at = Instant(milliseconds: 1_000)
        let stages = [4, 5].map { SyncedRow.name(.dealStages, SyncedName(id: $0, name: "S\($0)")) }
        _ = try store.store(org, stages, asOf: at)
        for (step, stage) in [Int64(4), 4, 5, 4].enumerated() {
          let deal = SyncedDeal(
            id: 9, name: "D\(step)", stage: stage,
            stageSince: step == 0 ? nil : Instant(milliseconds: Int64(step)))
          _ = try store.store(
            org, [.deal(deal)], asOf: at.advanced(by: .seconds(Int64(step))))
        }
        let history = try store.stageHistory(org, deal: 9)
        try same(history.map(\.stage), [4, 5, 4], "stages")
        try same(
          history.map { $0.enteredAt?.milliseconds }, [1, 2, 3],
          "when it came to them, also where that was told later")
      }
    },
    StoreConformance("the last word of a customer is known, machines aside") { store in
      let org = try await SyncSample.org(store)
      let rows = SyncSample.rows()
      try await store.write { store in
        _ = try store.store(org, rows, asOf: Instant(milliseconds: 1))
        func message(_ id: Int64, _ at: Int64, _ model: String, _ isAutomatic: Bool) -> SyncedRow {
          .message(
            SyncedMessage(
              id: id, record: RecordReference(model: model, id: model == "res.partner" ? 12 : 21),
              author: nil, at: Instant(milliseconds: at), isAutomatic: isAutomatic))
        }
        let partner = SyncSample.partner
        try same(try store.lastAnswer(org, from: [partner]), nil, "before any")
        let messages = [
          message(1, 50, "account.move", false), message(2, 70, "account.move", true),
          message(3, 60, "res.partner", false), message(4, 90, "sale.order", false),
        ]
        let counts = try store.store(org, messages, asOf: Instant(milliseconds: 2))
        try same(counts.inserted, 3, "one of nobody is left out")
        try same(
          try store.lastAnswer(org, from: [partner])?.milliseconds, 60, "the last word")
      }
    },
  ]
}

/// A customer with a contact, an invoice and a task.
enum SyncSample {
  static func org(_ store: any StorePort, _ name: String = "acme") async throws -> OrgID {
    let organisation = try Sample.organisation(Sample.org(name))
    try await store.write { try $0.save(organisation) }
    return organisation.id
  }

  static func rows() -> [SyncedRow] {
    [
      .name(.projects, SyncedName(id: 2, name: "P")),
      .name(.taskStages, SyncedName(id: 3, name: "New")),
      .partner(SyncedPartner(id: 11, name: "Acme")),
      .partner(SyncedPartner(id: 12, parent: 11, name: "Ann")), invoice(open: 10),
      .task(SyncedTask(id: 31, name: "Call", project: 2, stage: 3, partner: 12)),
    ]
  }

  static let partner = Sample.partner(11)

  static func invoice(open: Int64) -> SyncedRow {
    let usd = Currency(code: "USD").unsafelyUnwrapped
    return .invoice(
      SyncedInvoice(
        id: 21, number: "INV/21", partner: 11, total: Money(minorUnits: 10, currency: usd),
        open: Money(minorUnits: open, currency: usd)))
  }
}
