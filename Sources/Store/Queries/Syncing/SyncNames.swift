import ActionProtocol
import Engine

/// Stages, projects, people and companies: the ledger knows them by name too, so that a second one of
/// the same name carries its number.
extension SQLTransaction {
  func storeNames(_ names: [SyncedName], _ kind: SyncKind, _ org: OrgID) throws -> SyncChanges {
    guard let table = NameTable(kind) else {
      throw StoreError(code: "constraint", detail: "no table of names")
    }
    let key = SQLValue.text(org.rawValue)
    var changes = SyncChanges()
    for row in names.sorted(by: { $0.id < $1.id }) {
      let held = try sql.first(table.find, [key, .integer(row.id)]) { ($0.text(0), $0.flag(1)) }
      var name = row.name
      if try sql.first(
        table.others, [key, .text(table.key(name)), .integer(row.id)], { _ in true })
        != nil
      {
        name += " #\(row.id)"
      }
      if let held, held.0 == name, !table.hasWon || held.1 == row.isWon {
        changes.unchanged += 1
        continue
      }
      try sql.execute(
        held == nil ? table.insert : table.update,
        [.text(name)] + table.extra(name, row) + [key, .integer(row.id)])
      if held == nil { changes.inserted.insert(row.id) } else { changes.updated.insert(row.id) }
    }
    return changes
  }
}

private struct NameTable {
  let hasWon: Bool
  private let hasKey: Bool
  let find: String
  let others: String
  let insert: String
  let update: String

  init?(_ kind: SyncKind) {
    let name: String
    switch kind {
    case .companies: name = "companies"
    case .users: name = "ledger_users"
    case .dealStages: name = "deal_stages"
    case .taskStages: name = "task_stages"
    case .projects: name = "projects"
    default: return nil
    }
    hasWon = kind == .dealStages
    hasKey = kind == .users
    let more = hasWon ? ["is_won"] : hasKey ? ["name_key"] : []
    let columns = ["name"] + more
    find = "SELECT name, \(hasWon ? "is_won" : "0") FROM \(name) WHERE org_id = $1 AND id = $2"
    others = """
      SELECT 1 FROM \(name) WHERE org_id = $1 AND \(hasKey ? "name_key" : "name") = $2 AND id <> $3
      """
    let count = columns.count
    let places = (1...(count + 2)).map { "$\($0)" }.joined(separator: ", ")
    insert =
      "INSERT INTO \(name) (\(columns.joined(separator: ", ")), org_id, id) VALUES (\(places))"
    let set = columns.enumerated().map { "\($1) = $\($0 + 1)" }.joined(separator: ", ")
    update = "UPDATE \(name) SET \(set) WHERE org_id = $\(count + 1) AND id = $\(count + 2)"
  }

  /// As the table tells names apart.
  func key(_ name: String) -> String { hasKey ? name.lowercased() : name }

  func extra(_ name: String, _ row: SyncedName) -> [SQLValue] {
    hasWon ? [.flag(row.isWon)] : hasKey ? [.text(key(name))] : []
  }
}
