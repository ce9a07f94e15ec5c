import ActionProtocol
import Decisions

/// What became of customers that are gone.
///
/// Merging two customers moves everything that named the one to the other and deletes the one. Two
/// things prove it: a note of the source's own, and posted invoices or credit notes of the one that name
/// the other now, which nobody can move by hand while they are posted. Then the two are one: what was
/// sent to either counts for both. Whatever proves less is told to a person.
public struct PartnerSuccession {
  private let sync: KindSync

  init(_ sync: KindSync) { self.sync = sync }

  /// Why a partner was left out: it may have become another.
  public static let unclear = "merge_unclear"

  /// Looks for customers that rows name no more, before the rows are stored: the ledger still knows what
  /// was theirs.
  func settle(leftBy rows: [SyncedRow], _ report: inout SyncKindReport) async throws {
    let org = sync.org
    let left = try await sync.context.store.read { try $0.partnersLeft(org, by: rows) }
    for part in left.sorted().split(by: sync.options.pageSize) {
      try await sync.wait()
      report.requests += 1
      let asOf = try await sync.now()
      let page = try await sync.source.records(.partners, ids: part)
      let shown = Set(page.rows.map(\.id)).union(page.leftOut.keys)
      try await settle(part.filter { !shown.contains($0) }, asOf, &report)
    }
  }

  /// Marks partners as gone, after it was seen to who they became. Cut off before, the next comparison
  /// of ids begins anew with them.
  func settle(_ gone: [Int64], _ asOf: Instant, _ report: inout SyncKindReport) async throws {
    guard !gone.isEmpty else { return }
    let org = sync.org
    let customers = try await sync.context.store.read { store in
      let owners = try store.customers(org, of: gone)
      return gone.filter { owners[$0] == $0 }
    }
    for part in customers.split(by: Self.notesAtOnce) {
      try await sync.wait()
      report.requests += 1
      let merges = try await sync.source.merges(of: part)
      for partner in part {
        var traces = try await traces(of: partner, &report)
        traces.notes = try await owners(of: merges[partner] ?? [], &report)
        traces.notes.remove(partner)
        if let heir = traces.heir {
          try await unite(partner, heir)
        } else if traces.areUnclear {
          report.leave(out: [partner: Self.unclear])
          try await tell(partner)
        }
      }
    }
    report.gone += try await sync.context.store.write { store in
      try store.markGone(org, .partners, gone, asOf: asOf)
    }
    for partner in customers {
      for kind in Self.kinds { try await readAgain(kind, naming: partner, &report) }
    }
  }

  private static let notesAtOnce = 100
  private static let kinds: [SyncKind] = [.partners, .invoices, .payments, .deals, .tasks]

  /// Which customers what named one that is gone names now.
  private struct Traces {
    var notes: Set<Int64> = []
    var proofs: Set<Int64> = []
    var hints: Set<Int64> = []

    var heir: Int64? {
      let said = notes.isEmpty ? proofs : notes
      return said.count == 1 ? said.first : nil
    }

    var areUnclear: Bool { !(notes.isEmpty && proofs.isEmpty && hints.isEmpty) }
  }

  private func traces(
    of partner: Int64, _ report: inout SyncKindReport
  ) async throws -> Traces {
    var traces = Traces()
    for kind in [SyncKind.partners, .invoices, .deals] {
      for part in try await ids(of: kind, naming: partner) {
        let (page, _) = try await page(of: kind, part, &report)
        for row in page.rows {
          if let customer = row.provenCustomer { traces.proofs.insert(customer) }
          if let named = row.namedPartner { traces.hints.insert(named) }
        }
      }
    }
    traces.proofs.remove(partner)
    traces.hints.remove(partner)
    return traces
  }

  private func readAgain(
    _ kind: SyncKind, naming partner: Int64, _ report: inout SyncKindReport
  ) async throws {
    let reading = sync.of(kind)
    for part in try await ids(of: kind, naming: partner) {
      let (page, asOf) = try await page(of: kind, part, &report)
      report.leave(out: page.leftOut)
      report.add(try await reading.store(page, asOf, nil, &report))
    }
  }

  private func ids(of kind: SyncKind, naming partner: Int64) async throws -> [[Int64]] {
    let org = sync.org
    return try await sync.context.store.read {
      try $0.syncedIDs(org, kind, naming: partner)
    }.split(by: sync.options.pageSize)
  }

  private func page(
    of kind: SyncKind, _ ids: [Int64], _ report: inout SyncKindReport
  ) async throws -> (SyncPage, Instant) {
    try await sync.wait()
    report.requests += 1
    let asOf = try await sync.now()
    return (try await sync.source.records(kind, ids: ids), asOf)
  }

  /// The customers that partners belong to by now, which the ledger may not have yet.
  private func owners(
    of partners: Set<Int64>, _ report: inout SyncKindReport
  ) async throws -> Set<Int64> {
    guard !partners.isEmpty else { return [] }
    let (page, asOf) = try await page(of: .partners, partners.sorted(), &report)
    report.add(try await sync.of(.partners).store(page, asOf, nil, &report))
    return Set(
      page.rows.compactMap { row in
        guard case .partner(let partner) = row else { return nil }
        return partner.parent ?? partner.id
      })
  }

  // MARK: - What follows

  private func unite(_ partner: Int64, _ heir: Int64) async throws {
    guard let old = PartnerID(rawValue: partner), let new = PartnerID(rawValue: heir) else {
      return
    }
    let org = sync.org
    try await sync.context.store.write { store in
      let aliases = Dictionary(
        uniqueKeysWithValues: try store.partnerAliases(org).map { ($0.partner, $0.root) })
      let root = aliases[new] ?? new
      guard root != old, aliases[old] != root else { return }
      try store.merge(PartnerAlias(org: org, partner: old, root: root))
      try store.append(
        [Self.event("partner.merged", partner, ["into": .integer(root.rawValue)])], org: org)
    }
  }

  private func tell(_ partner: Int64) async throws {
    let org = sync.org
    try await sync.context.store.write { store in
      try store.append([Self.event("partner.merge_unclear", partner, [:])], org: org)
    }
  }

  private static func event(_ kind: String, _ partner: Int64, _ details: JSONObject) -> AuditEvent {
    AuditEvent(
      kind: kind, actor: Author.engine.rawValue, via: "sync", subject: "partner:\(partner)",
      details: details)
  }
}

extension SyncedRow {
  /// The customer of a document that nobody can move to another by hand.
  fileprivate var provenCustomer: Int64? {
    switch self {
    case .invoice(let row): row.state == .posted ? row.partner : nil
    case .credit(let row): row.source == .credit ? row.partner : nil
    case .partner, .name, .deal, .task, .message: nil
    }
  }

  fileprivate var namedPartner: Int64? {
    switch self {
    case .invoice(let row): row.partner
    case .credit(let row): row.partner
    case .partner(let row): row.parent
    case .deal(let row): row.partner
    case .name, .task, .message: nil
    }
  }
}
