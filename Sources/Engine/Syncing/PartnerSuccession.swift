import ActionProtocol
import Decisions

/// What became of customers that are gone.
///
/// Merging two customers moves everything that named the one to the other and deletes the one, in Odoo
/// without a trace in the times of change. So whatever named a partner that is gone is read again; where
/// all that its invoices, credits and people name now is one other customer, the two are one: what was
/// sent to either counts for both.
struct PartnerSuccession {
  private let sync: KindSync

  init(_ sync: KindSync) { self.sync = sync }

  /// - Parameter gone: partners that the source does not have any more, marked so in the ledger.
  func settle(_ gone: [Int64], _ report: inout SyncKindReport) async throws {
    for partner in gone {
      var heirs: Set<Int64> = []
      for kind in [SyncKind.partners, .invoices, .payments, .deals, .tasks] {
        heirs.formUnion(try await readAgain(kind, naming: partner, &report))
      }
      heirs.remove(partner)
      if heirs.count == 1, let heir = heirs.first { try await unite(partner, heir) }
    }
  }

  /// - Returns: the customers that the records name now.
  private func readAgain(
    _ kind: SyncKind, naming partner: Int64, _ report: inout SyncKindReport
  ) async throws -> Set<Int64> {
    let org = sync.org
    let ids = try await sync.context.store.read { try $0.syncedIDs(org, kind, naming: partner) }
    var heirs: Set<Int64> = []
    let reading = sync.of(kind)
    for part in ids.split(by: sync.options.pageSize) {
      try await sync.wait()
      report.requests += 1
      let asOf = try await sync.now()
      let page = try await sync.source.records(kind, ids: part)
      report.leave(out: page.leftOut)
      report.add(try await reading.store(page, asOf, nil, &report))
      heirs.formUnion(page.rows.compactMap(\.customer))
    }
    return heirs
  }

  private func unite(_ partner: Int64, _ heir: Int64) async throws {
    guard let old = PartnerID(rawValue: partner) else { return }
    let org = sync.org
    try await sync.context.store.write { store in
      let aliases = Dictionary(
        uniqueKeysWithValues: try store.partnerAliases(org).map { ($0.partner, $0.root) })
      guard let customer = try store.customer(org, of: heir),
        let new = PartnerID(rawValue: customer)
      else { return }
      let root = aliases[new] ?? new
      guard root != old, aliases[old] != root else { return }
      try store.merge(PartnerAlias(org: org, partner: old, root: root))
      try store.append(
        [
          AuditEvent(
            kind: "partner.merged", actor: Author.engine.rawValue, via: "sync",
            subject: "partner:\(partner)", details: ["into": .integer(root.rawValue)])
        ], org: org)
    }
  }
}

extension SyncedRow {
  /// The customer whose record it is, where it names one that can be no mere contact.
  fileprivate var customer: Int64? {
    switch self {
    case .invoice(let row): row.partner
    case .credit(let row): row.partner
    case .partner(let row): row.parent
    case .name, .deal, .task, .message: nil
    }
  }
}
