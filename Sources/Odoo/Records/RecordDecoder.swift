/// What to ask for so that every value can be understood, and how to understand the answer.
struct RecordDecoder {
  let model: ModelName
  let asked: [FieldName]
  private let kinds: [FieldName: ModelField]
  private let readsArchive: Bool

  /// What was wrong with an answer: the field, or `row`.
  struct Mismatch: Error {
    let where_: String
  }

  /// - Throws: the field that the model does not have, or that is a path.
  init(_ model: ModelName, _ fields: [FieldName], _ set: FieldSet, readsArchive: Bool)
    throws(Mismatch)
  {
    self.model = model
    self.readsArchive = readsArchive && set.hasArchive
    var kinds: [FieldName: ModelField] = [:]
    for name in fields where name != "id" {
      guard let field = set[name] else { throw Mismatch(where_: name.text) }
      kinds[name] = field
      if let currency = field.currencyField, let field = set[currency] { kinds[currency] = field }
    }
    if self.readsArchive { kinds["active"] = set["active"] }
    self.kinds = kinds
    asked = fields.filter { $0 != "id" }
  }

  /// The names for the wire, each once. With none, the server would read all fields.
  var names: [String] {
    let extra = kinds.keys.filter { !asked.contains($0) }.sorted()
    var seen: Set<FieldName> = []
    let names = (asked + extra).filter { seen.insert($0).inserted }.map(\.text)
    return names.isEmpty ? ["id"] : names
  }

  /// The rows of an answer. A row without an id, with an id that occurred before, or with a value of
  /// another type spoils the answer: none of it is used.
  func records(_ answer: OdooJSON) throws(Mismatch) -> [OdooRecord] {
    guard let rows = answer.elements else { throw Mismatch(where_: "rows") }
    var records: [OdooRecord] = []
    var seen: Set<Int> = []
    for row in rows {
      guard let id = row["id"]?.id, seen.insert(id).inserted else { throw Mismatch(where_: "id") }
      records.append(try record(row, id))
    }
    return records
  }

  func isArchived(_ record: OdooRecord) -> Bool { readsArchive && record.flag("active") == false }

  private func record(_ row: OdooJSON, _ id: Int) throws(Mismatch) -> OdooRecord {
    var values: [FieldName: FieldValue] = [:]
    for (name, field) in kinds {
      guard let json = row[name.text], let value = FieldValue(json, kind: field.kind) else {
        throw Mismatch(where_: name.text)
      }
      values[name] = value
    }
    for (name, field) in kinds where field.kind == .monetary {
      guard let currency = field.currencyField, case .money(let money) = values[name],
        case .link(let reference) = values[currency]
      else { continue }
      values[name] = .money(Monetary(amount: money.amount, currency: reference))
    }
    return OdooRecord(model: model, id: id, values: values)
  }
}
