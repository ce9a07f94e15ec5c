import Engine
import Foundation
import Odoo

/// Reads what a whole synchronisation needs to know of an Odoo.
struct OdooFactsReader: Sendable {
  /// So many at once; a tag that was not read would be a customer who gets a reminder after all.
  private static let page = 1000

  let reader: OdooSyncSource.Reader

  func facts(_ settings: SyncSettings, _ zone: TimeZone) async throws(OdooError) -> OdooBooksFacts {
    let context = OdooContext(activeTest: false)
    var facts = OdooBooksFacts(zone: zone)
    facts.currencies = try await texts("res.currency", "name", context)
    facts.countries = try await texts("res.country", "code", context)
    let tags = try await texts("res.partner.category", "name", context)
    facts.disputeTags = Self.ids(of: settings.disputeTags, in: tags)
    facts.neverRemindTags = Self.ids(of: settings.neverRemindTags, in: tags)
    return facts
  }

  /// The names of all tags on customers, by id.
  func tagNames() async throws(OdooError) -> [Int: String] {
    try await texts("res.partner.category", "name", OdooContext(activeTest: false))
  }

  private func texts(
    _ model: ModelName, _ field: FieldName, _ context: OdooContext
  ) async throws(OdooError) -> [Int: String] {
    var texts: [Int: String] = [:]
    var last = 0
    while true {
      let records = try await reader.search(
        Search(
          model, where: Domain.id.isAfter(last), fields: [field], limit: Self.page,
          context: context))
      for record in records { texts[record.id] = record.line(field) }
      guard records.count == Self.page, let end = records.last?.id, end > last else { return texts }
      last = end
    }
  }

  /// Names are a person's: letter case does not matter.
  private static func ids(of names: [String], in tags: [Int: String]) -> Set<Int> {
    let wanted = Set(names.map { $0.lowercased() })
    return Set(tags.filter { wanted.contains($0.value.lowercased()) }.keys)
  }
}
