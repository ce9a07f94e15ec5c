import ActionProtocol
import Engine

extension SQLTransaction {
  func absent(_ org: OrgID, _ references: SyncReferences) throws -> SyncReferences {
    var absent = SyncReferences()
    for (kind, ids) in references.ids {
      guard let table = Self.tables[kind] else { continue }
      let sorted = ids.sorted()
      let found = try sql.firsts(
        "SELECT 1 FROM \(table) WHERE org_id = $1 AND id = $2",
        each: sorted.map { [.text(org.rawValue), .integer($0)] }
      ) { _ in true }
      let missing = zip(sorted, found).filter { $1 == nil }.map(\.0)
      if !missing.isEmpty { absent.ids[kind] = Set(missing) }
    }
    return absent
  }

  private static let tables: [SyncKind: String] = [
    .companies: "companies", .users: "ledger_users", .dealStages: "deal_stages",
    .taskStages: "task_stages", .projects: "projects", .partners: "partners",
    .invoices: "invoices", .deals: "deals", .tasks: "tasks",
  ]

  func syncedIDs(
    _ org: OrgID, _ kind: SyncKind, above: Int64, through: Int64
  ) throws -> [Int64] {
    let key = SQLValue.text(org.rawValue)
    guard kind != .payments else {
      return try sql.all(
        """
        SELECT (id - 1) / 2 FROM settlements
        WHERE org_id = $1 AND kind = 'payment' AND id > $2 AND id <= $3
          AND external_id LIKE 'odoo:%'
        ORDER BY id
        """,
        [
          key, .integer(SyncedCredit.key(.payment, above)),
          .integer(through > Int64.max / 4 ? Int64.max : SyncedCredit.key(.payment, through)),
        ]
      ) { $0.integer(0) }
    }
    guard let table = Self.tables[kind], kind.findsGone else { return [] }
    // A credit note stands among the invoices of the source and among the settlements of the ledger.
    let credits =
      kind == .invoices
      ? """
      UNION ALL SELECT id / 2 FROM settlements
      WHERE org_id = $1 AND kind = 'credit' AND external_id LIKE 'odoo:%'
        AND id / 2 > $2 AND id / 2 <= $3
      """ : ""
    return try sql.all(
      """
      SELECT id FROM \(table)
      WHERE org_id = $1 AND id > $2 AND id <= $3 AND gone_at IS NULL
        AND external_id LIKE 'odoo:%' \(credits)
      ORDER BY 1
      """, [key, .integer(above), .integer(through)]
    ) { $0.integer(0) }
  }

  func markGone(_ org: OrgID, _ kind: SyncKind, _ ids: [Int64], asOf: Instant) throws -> Int {
    guard !ids.isEmpty else { return 0 }
    let key = SQLValue.text(org.rawValue)
    var changed = 0
    if kind == .payments || kind == .invoices {
      let source: SyncedCredit.Source = kind == .payments ? .payment : .credit
      changed += try sql.execute(
        "DELETE FROM settlements WHERE org_id = $1 AND id = $2 AND as_of <= $3",
        each: ids.map { [key, .integer(SyncedCredit.key(source, $0)), .instant(asOf)] }
      ).reduce(0, +)
    }
    let statement: String
    switch kind {
    case .partners: statement = "UPDATE partners SET is_active = 0,"
    case .invoices:
      statement = """
        UPDATE invoices SET open_minor = 0, stated_open_minor = 0, state = 'cancelled',
        """
    case .deals: statement = "UPDATE deals SET state = 'lost',"
    case .tasks: statement = "UPDATE tasks SET is_done = 1,"
    default: return changed
    }
    return try changed
      + sql.execute(
        statement + """
           gone_at = $1, as_of = $1, updated_at = $2
          WHERE org_id = $3 AND id = $4 AND gone_at IS NULL AND as_of <= $1
          """, each: ids.map { [.instant(asOf), .instant(sql.now), key, .integer($0)] }
      ).reduce(0, +)
  }

  func isSynced(_ org: OrgID) throws -> Bool {
    try sql.first(
      "SELECT 1 FROM sync_cursors WHERE org_id = $1 LIMIT 1", [.text(org.rawValue)]
    ) { _ in true } ?? false
  }

  func hasForeignRecords(_ org: OrgID) throws -> Bool {
    for table in ["partners", "invoices", "deals", "settlements", "tasks"] {
      let own = table == "tasks" ? " AND origin = 'source'" : ""
      let found = try sql.first(
        """
        SELECT 1 FROM \(table) WHERE org_id = $1 AND external_id NOT LIKE 'odoo:%'\(own) LIMIT 1
        """, [.text(org.rawValue)]
      ) { _ in true }
      if found == true { return true }
    }
    return false
  }
}
