import ActionProtocol
import Engine

/// Which partners records that were taken over name.
extension SQLTransaction {
  func syncedIDs(
    _ org: OrgID, _ kind: SyncKind, naming partner: Int64
  ) throws -> [Int64] {
    guard let statement = Self.naming[kind] else { return [] }
    return try sql.all(statement, [.text(org.rawValue), .integer(partner)]) { $0.integer(0) }
  }

  private static let naming: [SyncKind: String] = [
    .partners: """
    SELECT id FROM partners WHERE org_id = $1 AND parent_id = $2 AND gone_at IS NULL
      AND external_id LIKE 'odoo:%' ORDER BY id
    """,
    .invoices: """
    SELECT id FROM invoices WHERE org_id = $1 AND partner_id = $2 AND gone_at IS NULL
      AND external_id LIKE 'odoo:%'
    UNION ALL SELECT id / 2 FROM settlements WHERE org_id = $1 AND partner_id = $2
      AND kind = 'credit' AND external_id LIKE 'odoo:%'
    ORDER BY 1
    """,
    .payments: """
    SELECT (id - 1) / 2 FROM settlements WHERE org_id = $1 AND partner_id = $2
      AND kind = 'payment' AND external_id LIKE 'odoo:%' ORDER BY 1
    """,
    .deals: """
    SELECT id FROM deals WHERE org_id = $1 AND partner_id = $2 AND gone_at IS NULL
      AND external_id LIKE 'odoo:%' ORDER BY id
    """,
    .tasks: """
    SELECT id FROM tasks WHERE org_id = $1 AND partner_id = $2 AND gone_at IS NULL
      AND external_id LIKE 'odoo:%' ORDER BY id
    """,
  ]

  func partnersLeft(_ org: OrgID, by rows: [SyncedRow]) throws -> Set<Int64> {
    var named: [String: [(id: Int64, partner: Int64?)]] = [:]
    for row in rows {
      switch row {
      case .partner(let row): named["partners", default: []].append((row.id, row.parent))
      case .invoice(let row): named["invoices", default: []].append((row.id, row.partner))
      case .credit(let row) where row.source == .credit:
        named["settlements", default: []].append((SyncedCredit.key(.credit, row.id), row.partner))
      case .deal(let row): named["deals", default: []].append((row.id, row.partner))
      case .name, .credit, .task, .message: break
      }
    }
    var left: Set<Int64> = []
    for (table, rows) in named {
      let held = try sql.firsts(
        Self.owner(in: table), each: rows.map { [.text(org.rawValue), .integer($0.id)] }
      ) { $0.integer(0) }
      for (row, owner) in zip(rows, held) {
        if let owner, owner != row.partner { left.insert(owner) }
      }
    }
    return left
  }

  /// Whom a record names, where that partner is not gone.
  private static func owner(in table: String) -> String {
    let column = table == "partners" ? "parent_id" : "partner_id"
    return """
      SELECT o.id FROM \(table) r JOIN partners o ON o.org_id = r.org_id AND o.id = r.\(column)
      WHERE r.org_id = $1 AND r.id = $2 AND o.gone_at IS NULL
      """
  }

  func customers(_ org: OrgID, of partners: [Int64]) throws -> [Int64: Int64] {
    let owners = try sql.firsts(
      "SELECT COALESCE(parent_id, id) FROM partners WHERE org_id = $1 AND id = $2",
      each: partners.map { [.text(org.rawValue), .integer($0)] }
    ) { $0.integer(0) }
    return Dictionary(
      zip(partners, owners).compactMap { partner, owner in owner.map { (partner, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}
