import ActionProtocol
import Decisions
import Odoo

/// Reads records in an org's Odoo live, for the checks that are made in the moment of acting.
///
/// One read per record answers all checks on it; different records are read at the same time. What
/// could not be read is `unavailable`, never `missing`: a check on it cannot tell.
public struct OdooRecords: Sendable {
  /// What of Odoo is needed.
  struct Source: Sendable {
    var fields: @Sendable (ModelName) async throws(OdooError) -> FieldSet
    var read: @Sendable (ModelName, Int, [FieldName]) async throws(OdooError) -> ReadResult
  }

  private let source: Source

  init(source: Source) { self.source = source }

  /// Reads through a client; the user's rights decide what is seen.
  public init(client: OdooClient) {
    source = Source(
      fields: { model throws(OdooError) in try await client.fields(of: model) },
      read: { model, id, fields throws(OdooError) in
        try await client.read(model, ids: [id], fields: fields)
      })
  }

  /// What Odoo says of every record that a plan looks at.
  /// - Parameter now: asked before the first read, so that nothing looks younger than it is.
  public func answers(
    to plan: [RevalidationCheck], now: @Sendable () -> Instant
  ) async -> [ActionProtocol.RecordReference: RecordAnswer] {
    let asOf = now()
    var fields: [ActionProtocol.RecordReference: Set<String>] = [:]
    for check in plan {
      guard let record = check.predicate.record else { continue }
      fields[record, default: []].formUnion(check.predicate.field.map { [$0] } ?? [])
    }
    return await withTaskGroup { group in
      for (record, names) in fields {
        group.addTask { (record, await answer(record, names, asOf: asOf)) }
      }
      var answers: [ActionProtocol.RecordReference: RecordAnswer] = [:]
      for await (record, answer) in group { answers[record] = answer }
      return answers
    }
  }

  private func answer(
    _ record: ActionProtocol.RecordReference, _ names: Set<String>, asOf: Instant
  ) async -> RecordAnswer {
    guard let model = ModelName(record.model), let id = Int(exactly: record.id), id > 0 else {
      return .unavailable(code: "odoo_record_invalid")
    }
    do throws(OdooError) {
      // A field that this server does not have is left out: the check on it then cannot tell.
      let known = try await source.fields(model)
      let fields = names.sorted().compactMap { FieldName($0) }.filter { known[$0] != nil }
      let result = try await source.read(model, id, fields)
      guard let found = result.records.first else { return .missing }
      return .found(RecordFacts(fields: found.facts, asOf: asOf))
    } catch {
      return .unavailable(code: "odoo_\(error.kind.rawValue)")
    }
  }
}

extension OdooRecord {
  /// As the predicates compare it: Odoo's field names, many2one as `[id, name]`, amounts as decimal
  /// text, times in UTC, nothing as null.
  fileprivate var facts: JSONObject {
    JSONObject(
      values.sorted { $0.key < $1.key }.compactMap { name, value in
        value.fact.map { (name.text, $0) }
      } + [("id", .integer(Int64(id)))])
  }
}

extension FieldValue {
  /// Nil for a kind that nobody can compare: the check on it cannot tell.
  fileprivate var fact: JSONValue? {
    switch self {
    case .other: nil
    case .nothing: .null
    case .flag(let flag): .bool(flag)
    case .integer(let number): .integer(Int64(number))
    case .number(let number): .number(number)
    case .money(let money): .string("\(money.amount)")
    case .text(let text), .html(let text), .choice(let text): .string(text)
    case .date(let date): .string(date.description)
    case .time(let time): .string(time.description)
    case .link(let link): .array([.integer(Int64(link.id)), .string(link.name)])
    case .links(let ids): .array(ids.map { .integer(Int64($0)) })
    }
  }
}
