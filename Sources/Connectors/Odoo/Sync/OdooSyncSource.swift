import ActionProtocol
import Decisions
import Engine
import Foundation
import Odoo

/// An org's Odoo as a source of records.
struct OdooSyncSource: SyncSource {
  /// What of Odoo is needed.
  struct Reader: Sendable {
    var fields: @Sendable (ModelName) async throws(OdooError) -> FieldSet
    var search: @Sendable (Search) async throws(OdooError) -> [OdooRecord]
    var mayRead: @Sendable (ModelName) async throws(OdooError) -> Bool
  }

  let reader: Reader
  let settings: SyncSettings
  let facts: OdooBooksFacts
  /// Messages before it are not read.
  let since: OdooTime?

  /// Reads what mapping needs: currencies, countries and tags.
  init(
    _ reader: Reader, _ settings: SyncSettings, zone: TimeZone, since: OdooTime?
  ) async throws {
    self.reader = reader
    self.settings = settings
    self.since = since
    facts = try await OdooFactsReader(reader: reader).facts(settings, zone)
  }

  func obstacle(to kind: SyncKind) async throws -> String? {
    let model = OdooSyncKind(kind).model
    do throws(OdooError) {
      _ = try await reader.fields(model)
      return try await reader.mayRead(model) ? nil : "odoo_access_denied"
    } catch {
      switch error.kind {
      case .accessDenied, .modelUnknown: return "odoo_\(error.kind.rawValue)"
      default: throw error
      }
    }
  }

  /// What was mapped by other tags, or is of other companies now, has to be read again.
  func basis(of kind: SyncKind) async throws -> String {
    var parts = ["1"]
    if OdooSyncKind(kind).hasCompany, !settings.companies.isEmpty {
      parts.append(
        "companies \(settings.companies.sorted().map(String.init).joined(separator: ","))")
    }
    if kind == .partners {
      for tags in [facts.disputeTags, facts.neverRemindTags] {
        parts.append("tags \(tags.sorted().map { String($0) }.joined(separator: ","))")
      }
    }
    return parts.joined(separator: "; ")
  }

  func newestChange(of kind: SyncKind) async throws -> Int64? {
    let plan = try await plan(kind)
    let records = try await reader.search(
      Search(
        plan.model, where: plan.changed, fields: ["write_date"],
        order: Order(.descending("write_date")), limit: 1, context: plan.context))
    return records.first?.time("write_date").map { Int64($0.secondsSinceEpoch) }
  }

  func page(_ request: SyncRequest) async throws -> SyncPage {
    let plan = try await plan(request.kind)
    let (domain, order) = Self.selection(request.place, plan)
    return try await page(
      request.kind,
      Search(
        plan.model, where: domain, fields: plan.fields, order: order, limit: request.limit,
        context: plan.context))
  }

  func records(_ kind: SyncKind, ids: [Int64]) async throws -> SyncPage {
    let plan = try await plan(kind)
    return try await page(
      kind,
      Search(
        plan.model, where: Domain.id.isOneOf(ids.map { Int($0) }) && plan.wanted,
        fields: plan.fields, limit: max(1, ids.count), context: plan.context))
  }

  func ids(_ kind: SyncKind, after: Int64, limit: Int) async throws -> [Int64] {
    let plan = try await plan(kind)
    return try await reader.search(
      Search(
        plan.model, where: plan.wanted && Domain.id.isAfter(Int(after)), fields: [],
        limit: limit, context: plan.context)
    ).map(\.id64)
  }

  /// The client belongs to whoever made it.
  func close() async {}

  // MARK: -

  private func plan(_ kind: SyncKind) async throws(OdooError) -> OdooSyncPlan {
    OdooSyncPlan(
      kind, known: try await reader.fields(OdooSyncKind(kind).model),
      companies: settings.companies, since: since)
  }

  /// The server compares with parts of a second, which reading drops: a second ends before the next one
  /// begins.
  static func selection(
    _ place: SyncCursor.Place, _ plan: OdooSyncPlan
  ) -> (domain: Domain, order: Order) {
    let changed = Domain.time("write_date")
    func time(_ second: Int64) -> OdooTime { OdooTime.clamped(second) }
    switch place {
    case .all(let after): return (plan.wanted && Domain.id.isAfter(Int(after)), .byID)
    case .changes(let since):
      return (
        plan.changed && changed.isAtOrAfter(time(since)), Order(.ascending("write_date"))
      )
    case .second(let second, let after):
      return (
        plan.changed && changed.isAtOrAfter(time(second)) && changed.isBefore(time(second + 1))
          && Domain.id.isAfter(Int(after)), .byID
      )
    }
  }

  private func page(_ kind: SyncKind, _ search: Search) async throws(OdooError) -> SyncPage {
    let records = try await reader.search(search)
    var page = SyncPage(rows: [], extent: SyncExtent(count: records.count))
    let mapping = OdooMapping(facts: facts)
    for record in records {
      page.extent.lastID = max(page.extent.lastID ?? 0, record.id64)
      if let change = record.time("write_date").map({ Int64($0.secondsSinceEpoch) }) {
        page.extent.lastChange = max(page.extent.lastChange ?? change, change)
      }
      do throws(OdooLeftOut) {
        page.rows.append(try mapping.row(kind, record))
      } catch {
        page.leftOut[record.id64] = error.rawValue
      }
    }
    return page
  }
}

extension OdooTime {
  /// Within the years that Odoo has.
  fileprivate static func clamped(_ second: Int64) -> OdooTime {
    let bounded = min(max(second, 0), 253_402_300_799)
    guard let time = OdooTime(secondsSinceEpoch: Int(bounded)) else {
      preconditionFailure("the range is Odoo's own")
    }
    return time
  }
}
