import ActionProtocol
import Engine

/// A table of records that a source brings, with its statements written once: constant text, so
/// that each is prepared once.
struct LedgerTable: Sendable {
  enum ColumnKind: Sendable { case integer, text }

  /// The model whose counter gives the ids.
  let model: String
  /// The columns that decide whether a record changed.
  let columns: [(name: String, kind: ColumnKind)]
  let find: String
  let insert: String
  let update: String
  let touch: String

  /// - Parameters:
  ///   - discriminator: the column that, with the external id, names a record; nil where the external
  ///     id alone does.
  ///   - integers, texts: the columns that decide whether a record changed, in the order of the
  ///     values: first the integers.
  ///   - carried: integer columns that follow the source's time and so never count as a change.
  ///   - initial: columns that are the ledger's own and are only written with a new record.
  init(
    _ name: String, model: String, discriminator: String? = nil, integers: [String] = [],
    texts: [String] = [], carried: [String] = [], initial: [String] = []
  ) {
    self.model = model
    columns = integers.map { ($0, .integer) } + texts.map { ($0, .text) }
    let compared = columns.map(\.name)
    let key = ([discriminator].compactMap { $0 }) + ["external_id"]
    find =
      "SELECT id, as_of" + compared.map { ", \($0)" }.joined() + " FROM \(name) WHERE org_id = $1"
      + key.enumerated().map { " AND \($1) = $\($0 + 2)" }.joined()
    let all = ["org_id", "id"] + key + compared + carried + initial + ["as_of", "updated_at"]
    let places = all.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    insert = "INSERT INTO \(name) (\(all.joined(separator: ", "))) VALUES (\(places))"
    update = Self.set(name, compared + carried + ["as_of", "updated_at"])
    touch = Self.set(name, carried + ["as_of"])
  }

  private static func set(_ name: String, _ columns: [String]) -> String {
    let assignments = columns.enumerated().map { "\($1) = $\($0 + 1)" }.joined(separator: ", ")
    return
      "UPDATE \(name) SET \(assignments) "
      + "WHERE org_id = $\(columns.count + 1) AND id = $\(columns.count + 2)"
  }
}

/// A record as a source tells it, in the order of its table's columns.
struct SourceRecord {
  var discriminator: String?
  var externalID: String
  var values: [SQLValue]
  var carried: [SQLValue] = []
  var initial: [SQLValue] = []

  var key: [SQLValue] {
    (discriminator.map { [SQLValue.text($0)] } ?? []) + [.text(externalID)]
  }
}

/// A record as the ledger holds it already.
struct HeldRecord {
  let id: Int64
  let asOf: Instant
  let values: [SQLValue]
}

enum LedgerChange { case inserted, updated, unchanged, outdated }

extension LedgerUpsert {
  init(_ change: LedgerChange, _ touch: LedgerTouch) {
    switch change {
    case .inserted: self = .inserted(touch)
    case .updated: self = .updated(touch)
    case .unchanged, .outdated: self = .unchanged(touch)
    }
  }
}

extension SQLTransaction {
  /// What the ledger holds under the record's external id.
  func held(_ record: SourceRecord, in table: LedgerTable, _ org: OrgID) throws -> HeldRecord? {
    try sql.first(table.find, [.text(org.rawValue)] + record.key) { row in
      HeldRecord(
        id: row.integer(0), asOf: row.instant(1),
        values: table.columns.enumerated().map { index, column in
          switch column.kind {
          case .integer: .optional(row.optionalInteger(index + 2))
          case .text: .optional(row.optionalText(index + 2))
          }
        })
    }
  }

  /// Inserts or updates a record; a source older than what is held changes nothing.
  /// - Returns: what happened, and the record's id.
  func store(
    _ record: SourceRecord, over held: HeldRecord?, in table: LedgerTable, _ org: OrgID,
    asOf: Instant
  ) throws -> (change: LedgerChange, id: Int64) {
    let key = SQLValue.text(org.rawValue)
    let times = [SQLValue.instant(asOf), .instant(sql.now)]
    guard let held else {
      let id = try nextLedgerID(org, table.model)
      let values = record.values + record.carried + record.initial + times
      try sql.execute(table.insert, [key, .integer(id)] + record.key + values)
      return (.inserted, id)
    }
    if held.asOf > asOf { return (.outdated, held.id) }
    if held.values == record.values {
      if held.asOf < asOf {
        try sql.execute(table.touch, record.carried + [.instant(asOf), key, .integer(held.id)])
      }
      return (.unchanged, held.id)
    }
    try sql.execute(
      table.update, record.values + record.carried + times + [key, .integer(held.id)])
    return (.updated, held.id)
  }

  /// The next id of a model in an org, from 1.
  func nextLedgerID(_ org: OrgID, _ model: String) throws -> Int64 {
    let id = try sql.first(
      """
      INSERT INTO ledger_ids (org_id, model, next_id) VALUES ($1, $2, 2)
      ON CONFLICT (org_id, model) DO UPDATE SET next_id = ledger_ids.next_id + 1
      RETURNING next_id - 1
      """, [.text(org.rawValue), .text(model)]
    ) { $0.integer(0) }
    guard let id else { throw StoreError(code: "corrupt", detail: "ledger_ids gave no id") }
    return id
  }
}
