import ActionProtocol
import Engine

/// A table of records under their source's ids, with its statements written once.
struct SyncTable: Sendable {
  /// Whether the column holds text.
  let columns: [(name: String, isText: Bool)]
  let find: String
  let insert: String
  let update: String
  let touch: String

  /// - Parameters:
  ///   - integers, texts: what decides whether a record changed, in the order of the values.
  ///   - fixed: columns that are the same for all records of the source, as SQL.
  ///   - carried: columns that follow the source's time and so never count as a change.
  init(
    _ name: String, integers: [String], texts: [String], carried: [String] = [],
    fixed: [(String, String)] = []
  ) {
    columns = integers.map { ($0, false) } + texts.map { ($0, true) }
    let compared = columns.map(\.name)
    find =
      "SELECT as_of" + compared.map { ", \($0)" }.joined()
      + " FROM \(name) WHERE org_id = $1 AND id = $2"
    let set = compared + carried + ["as_of", "updated_at"]
    let all = ["org_id", "id", "external_id"] + set + fixed.map(\.0)
    let places = (all.indices.dropLast(fixed.count)).map { "$\($0 + 1)" } + fixed.map(\.1)
    insert =
      "INSERT INTO \(name) (\(all.joined(separator: ", "))) "
      + "VALUES (\(places.joined(separator: ", ")))"
    update = Self.update(name, set)
    touch = Self.update(name, carried + ["as_of"])
  }

  private static func update(_ name: String, _ columns: [String]) -> String {
    let set = columns.enumerated().map { "\($1) = $\($0 + 1)" }.joined(separator: ", ")
    return
      "UPDATE \(name) SET \(set) WHERE org_id = $\(columns.count + 1) AND id = $\(columns.count + 2)"
  }
}

/// A record in the order of its table's columns.
struct SyncRecord {
  let id: Int64
  let values: [SQLValue]
  var carried: [SQLValue] = []
}

/// What became of records of one table.
struct SyncChanges {
  /// Ids that are new, and ids whose values are others now.
  var inserted: Set<Int64> = []
  var updated: Set<Int64> = []
  var unchanged = 0

  func isChanged(_ id: Int64) -> Bool { inserted.contains(id) || updated.contains(id) }
}

extension SQLTransaction {
  /// Writes what is new or changed, each statement once for all of it; of a record that comes twice the
  /// last counts.
  /// - Parameter externalID: of a record's id.
  func store(
    _ all: [SyncRecord], in table: SyncTable, _ org: OrgID, asOf: Instant,
    externalID: (Int64) -> String = SyncedID.text
  ) throws -> SyncChanges {
    var latest: [Int64: SyncRecord] = [:]
    for record in all { latest[record.id] = record }
    let records = latest.values.sorted { $0.id < $1.id }
    let key = SQLValue.text(org.rawValue)
    let held = try sql.firsts(table.find, each: records.map { [key, .integer($0.id)] }) { row in
      (
        asOf: row.instant(0),
        values: table.columns.enumerated().map { index, column -> SQLValue in
          column.isText
            ? .optional(row.optionalText(index + 1)) : .optional(row.optionalInteger(index + 1))
        }
      )
    }
    var changes = SyncChanges()
    var (new, other, same): ([[SQLValue]], [[SQLValue]], [[SQLValue]]) = ([], [], [])
    let times = [SQLValue.instant(asOf), .instant(sql.now)]
    for (record, held) in zip(records, held) {
      let name = [key, .integer(record.id)]
      guard let held else {
        changes.inserted.insert(record.id)
        new.append(
          name + [.text(externalID(record.id))] + record.values + record.carried + times)
        continue
      }
      guard held.asOf <= asOf, held.values != record.values else {
        changes.unchanged += 1
        if held.asOf < asOf { same.append(record.carried + [times[0]] + name) }
        continue
      }
      changes.updated.insert(record.id)
      other.append(record.values + record.carried + times + name)
    }
    if !new.isEmpty { _ = try sql.execute(table.insert, each: new) }
    if !other.isEmpty { _ = try sql.execute(table.update, each: other) }
    if !same.isEmpty { _ = try sql.execute(table.touch, each: same) }
    return changes
  }
}

/// The external id of a record that came from the source.
enum SyncedID {
  static let prefix = "odoo:"
  static func text(_ id: Int64) -> String { "\(prefix)\(id)" }
}
