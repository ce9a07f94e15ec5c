import ActionProtocol
import Engine
import Odoo

/// Tags that somebody put on a customer since the records were taken over.
extension OdooRecords {
  /// A person's own tags count, and those of the company.
  static let tagFields: [FieldName] = ["category_id", "commercial_partner_id"]

  /// The answers, with the invoices disputed where one of the customers has one of the tags. Whose tags
  /// could not be read could not be read at all.
  /// - Parameter tags: names in small letters.
  func marked(
    _ answers: [ActionProtocol.RecordReference: LiveAnswer], _ tags: Set<String>
  ) async -> [ActionProtocol.RecordReference: LiveAnswer] {
    guard !tags.isEmpty else { return answers }
    var (marked, isDisputed) = (answers, false)
    for (record, answer) in answers where record.model == OdooContact.model.text {
      guard case .found(let facts) = answer else { continue }
      switch await Self.limited(limit, { await hasTag(facts, record, tags) }) {
      case .success(let hasTag)?: isDisputed = isDisputed || hasTag
      case .failure(let error)?: marked[record] = .unavailable(OdooOutcome.problem(error))
      case nil: marked[record] = .unavailable(OdooOutcome.late)
      }
    }
    guard isDisputed else { return marked }
    for (record, answer) in answers where record.model == "account.move" {
      guard case .found(var facts) = answer else { continue }
      facts["aiom_disputed"] = .bool(true)
      marked[record] = .found(facts)
    }
    return marked
  }

  private func hasTag(
    _ facts: JSONObject, _ record: ActionProtocol.RecordReference, _ tags: Set<String>
  ) async -> Result<Bool, OdooError> {
    do throws(OdooError) {
      var ids = Self.ids(facts["category_id"])
      if let company = facts["commercial_partner_id"]?.arrayValue?.first?.integerValue,
        company != record.id
      {
        let read = try await source.read(OdooContact.model, Int(company), ["category_id"])
        ids.formUnion(read.records.first?.links("category_id") ?? [])
      }
      guard !ids.isEmpty else { return .success(false) }
      let names = try await source.tagNames(ids)
      return .success(names.values.contains { tags.contains($0.lowercased()) })
    } catch {
      return .failure(error)
    }
  }

  private static func ids(_ value: JSONValue?) -> Set<Int> {
    Set((value?.arrayValue ?? []).compactMap(\.integerValue).map { Int($0) })
  }
}
