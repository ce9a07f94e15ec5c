import Engine
import Foundation
import Odoo

/// Reads what a whole synchronisation needs to know of an Odoo.
struct OdooFactsReader: Sendable {
  /// More than there are of each; without a limit an answer could be anything.
  private static let most = 5000

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

  private func texts(
    _ model: ModelName, _ field: FieldName, _ context: OdooContext
  ) async throws(OdooError) -> [Int: String] {
    let records = try await reader.search(
      Search(model, fields: [field], limit: Self.most, context: context))
    return Dictionary(
      records.compactMap { record in record.line(field).map { (record.id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Names are a person's: letter case does not matter.
  private static func ids(of names: [String], in tags: [Int: String]) -> Set<Int> {
    let wanted = Set(names.map { $0.lowercased() })
    return Set(tags.filter { wanted.contains($0.value.lowercased()) }.keys)
  }
}
