import ActionProtocol
import Engine

extension SQLTransaction {
  func ledgerCounts(_ org: OrgID) throws -> [LedgerKind: Int] {
    var counts: [LedgerKind: Int] = [:]
    for kind in LedgerKind.allCases {
      let count = try sql.first(Self.inventory(kind), [.text(org.rawValue)]) { $0.integer(0) }
      counts[kind] = Int(count ?? 0)
    }
    return counts
  }

  func ledgerAge(_ org: OrgID) throws -> [LedgerKind: ClosedRange<Instant>] {
    var ages: [LedgerKind: ClosedRange<Instant>] = [:]
    for kind in LedgerKind.allCases {
      ages[kind] =
        try sql.first(Self.inventory(kind), [.text(org.rawValue)]) { row in
          row.integer(0) == 0 ? nil : row.instant(1)...row.instant(2)
        } ?? nil
    }
    return ages
  }

  /// Count, oldest and newest as-of time of a kind. AIOM's own tasks have no source.
  private static func inventory(_ kind: LedgerKind) -> String {
    let from =
      switch kind {
      case .partners: "partners WHERE kind = 'partner' AND"
      case .contacts: "partners WHERE kind = 'contact' AND"
      case .invoices: "invoices WHERE"
      case .payments: "settlements WHERE kind = 'payment' AND"
      case .credits: "settlements WHERE kind = 'credit' AND"
      case .disputes: "disputes WHERE"
      case .deals: "deals WHERE"
      case .tasks: "tasks WHERE origin = 'source' AND"
      case .bills: "bills WHERE"
      case .balances: "balances WHERE"
      }
    return "SELECT COUNT(*), MIN(as_of), MAX(as_of) FROM \(from) org_id = $1"
  }
}
