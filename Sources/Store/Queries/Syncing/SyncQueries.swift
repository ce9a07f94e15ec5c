import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: SyncReading, SyncWriting {
  func store(_ org: OrgID, _ rows: [SyncedRow], asOf: Instant) throws -> SyncCounts {
    var page = SyncedPage()
    for row in rows { page.add(row) }
    var counts = SyncCounts()
    for (kind, names) in page.names.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      counts.add(try storeNames(names, kind, org))
    }
    // A person or address names its customer.
    let whole = page.partners.filter { $0.parent == nil }
    for partners in [whole, page.partners.filter { $0.parent != nil }] {
      try store(partners, org, asOf, &counts)
    }
    try store(page.invoices, org, asOf, &counts)
    try store(page.credits, org, asOf, &counts)
    try store(page.deals, org, asOf, &counts)
    try store(page.tasks, org, asOf, &counts)
    try store(page.messages, org, asOf, &counts)
    return counts
  }

  private func store(
    _ partners: [SyncedPartner], _ org: OrgID, _ asOf: Instant, _ counts: inout SyncCounts
  ) throws {
    let changes = try store(partners.map(\.record), in: .partners, org, asOf: asOf)
    counts.add(changes)
    counts.touch(partners.filter { changes.isChanged($0.id) }.map { $0.parent ?? $0.id })
  }

  private func store(
    _ invoices: [SyncedInvoice], _ org: OrgID, _ asOf: Instant, _ counts: inout SyncCounts
  ) throws {
    guard !invoices.isEmpty else { return }
    let day = SQLValue.day(LocalDate(asOf, in: try zone(of: org)))
    let changes = try store(
      invoices.map { $0.record(on: day) }, in: .invoices, org, asOf: asOf)
    counts.add(changes)
    counts.touch(invoices.filter { changes.isChanged($0.id) }.map(\.partner))
  }

  /// Ids are counted for each kind of record of the source alone: odd ones here are payments.
  private func store(
    _ credits: [SyncedCredit], _ org: OrgID, _ asOf: Instant, _ counts: inout SyncCounts
  ) throws {
    guard !credits.isEmpty else { return }
    let credits = try ofCustomers(credits, org)
    let left = credits.filter { $0.amount.minorUnits != 0 }
    let changes = try store(
      left.map { $0.record(asOf) }, in: .settlements, org, asOf: asOf)
    counts.add(changes)
    let spent = credits.filter { $0.amount.minorUnits == 0 }
    let removed = try sql.execute(
      "DELETE FROM settlements WHERE org_id = $1 AND id = $2 AND as_of <= $3",
      each: spent.map { [.text(org.rawValue), .integer($0.key), .instant(asOf)] })
    counts.updated += removed.reduce(0, +)
    counts.unchanged += removed.count { $0 == 0 }
    counts.touch(left.filter { changes.isChanged($0.key) }.map(\.partner))
    counts.touch(zip(spent, removed).filter { $1 == 1 }.map(\.0.partner))
  }

  /// A payment may name a person or an address; it is to the credit of their customer.
  private func ofCustomers(_ credits: [SyncedCredit], _ org: OrgID) throws -> [SyncedCredit] {
    let owners = try sql.firsts(
      "SELECT COALESCE(parent_id, id) FROM partners WHERE org_id = $1 AND id = $2",
      each: credits.map { [.text(org.rawValue), .integer($0.partner)] }
    ) { $0.integer(0) }
    return zip(credits, owners).map { credit, owner in
      var credit = credit
      credit.partner = owner ?? credit.partner
      return credit
    }
  }

  private func store(
    _ tasks: [SyncedTask], _ org: OrgID, _ asOf: Instant, _ counts: inout SyncCounts
  ) throws {
    counts.add(try store(tasks.map(\.record), in: .tasks, org, asOf: asOf))
  }

  private func store(
    _ deals: [SyncedDeal], _ org: OrgID, _ asOf: Instant, _ counts: inout SyncCounts
  ) throws {
    try notePostponed(deals.map { ($0.id, $0.closesOn) }, org, asOf)
    let changes = try store(deals.map(\.record), in: .deals, org, asOf: asOf)
    counts.add(changes)
    let changed = deals.filter { changes.isChanged($0.id) }
    try noteStages(
      of: changed.map { StageNote(deal: $0.id, stage: $0.stage, since: $0.stageSince) }, org)
  }
}

/// A page's rows by their tables.
private struct SyncedPage {
  var names: [SyncKind: [SyncedName]] = [:]
  var partners: [SyncedPartner] = []
  var invoices: [SyncedInvoice] = []
  var credits: [SyncedCredit] = []
  var deals: [SyncedDeal] = []
  var tasks: [SyncedTask] = []
  var messages: [SyncedMessage] = []

  mutating func add(_ row: SyncedRow) {
    switch row {
    case .name(let kind, let name): names[kind, default: []].append(name)
    case .partner(let partner): partners.append(partner)
    case .invoice(let invoice): invoices.append(invoice)
    case .credit(let credit): credits.append(credit)
    case .deal(let deal): deals.append(deal)
    case .task(let task): tasks.append(task)
    case .message(let message): messages.append(message)
    }
  }
}

extension SyncCounts {
  mutating func add(_ changes: SyncChanges) {
    inserted += changes.inserted.count
    updated += changes.updated.count
    unchanged += changes.unchanged
  }

  mutating func touch(_ ids: [Int64]) {
    partners.formUnion(ids.compactMap { PartnerID(rawValue: $0) })
  }
}
