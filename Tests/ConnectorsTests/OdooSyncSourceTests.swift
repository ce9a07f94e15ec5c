import ActionProtocol
import Engine
import Foundation
import Synchronization
import Testing

@testable import Connectors
@testable import Odoo

@Suite("What is asked of Odoo to take records over")
struct OdooSyncSourceTests {
  private final class Asked: Sendable {
    let searches = Mutex<[Search]>([])
    var last: Search? { searches.withLock { $0.last } }
  }

  private static let described = """
    {"name":{"type":"char"},"write_date":{"type":"datetime"},"company_id":{"type":"many2one"},
    "active":{"type":"boolean"},"category_id":{"type":"many2many"},"code":{"type":"char"},
    "account_type":{"type":"selection"},"type":{"type":"selection",
    "selection":[["contact","Contact"],["private","Private"]]}}
    """

  private func source(
    _ asked: Asked, settings: SyncSettings = SyncSettings(), described: String = described,
    records: @escaping @Sendable (Search) -> [OdooRecord] = { _ in [] }
  ) async throws -> OdooSyncSource {
    let set = try #require(JSONReader.read(described).flatMap { FieldSet($0) })
    let reader = OdooSyncSource.Reader(
      fields: { _ in set },
      search: { search in
        asked.searches.withLock { $0.append(search) }
        return records(search)
      },
      mayRead: { model in model != "crm.lead" })
    return try await OdooSyncSource(
      reader, settings, zone: try #require(TimeZone(identifier: "UTC")),
      since: OdooTime("2026-01-01 00:00:00"))
  }

  private func domain(_ search: Search?) throws -> String {
    Self.text(try #require(search).domain.json)
  }

  private static func text(_ json: OdooJSON) -> String {
    switch json {
    case .null: "null"
    case .bool(let flag): "\(flag)"
    case .int(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): "\"\(text)\""
    case .array(let elements): "[\(elements.map(text).joined(separator: ","))]"
    case .object: "{}"
    }
  }

  @Test func `all records go by id, changes by time and id`() async throws {
    let asked = Asked()
    let source = try await source(asked)
    _ = try await source.page(SyncRequest(.projects, .all(after: 7), limit: 3))
    #expect(try domain(asked.last) == #"[["id",">",7]]"#)
    #expect(asked.last?.order.text == "id")
    #expect(asked.last?.limit == 3)
    #expect(asked.last?.context?.activeTest == false)
    _ = try await source.page(SyncRequest(.projects, .changes(since: 1_767_225_600), limit: 3))
    #expect(try domain(asked.last) == #"[["write_date",">=","2026-01-01 00:00:00"]]"#)
    #expect(asked.last?.order.text == "write_date, id")
    _ = try await source.page(
      SyncRequest(.projects, .second(1_767_225_600, after: 4), limit: 3))
    #expect(
      try domain(asked.last)
        == #"[["write_date",">=","2026-01-01 00:00:00"],["write_date","<","2026-01-01 00:00:01"],"#
        + #"["id",">",4]]"#)
    #expect(asked.last?.order.text == "id")
  }

  @Test func `fields that the server lacks are not asked for`() async throws {
    let asked = Asked()
    let source = try await source(asked)
    _ = try await source.page(SyncRequest(.partners, .all(after: 0), limit: 3))
    #expect(
      asked.last?.fields.map(\.text) == ["name", "type", "category_id", "active", "write_date"])
    #expect(try domain(asked.last).contains(#"["type","!=","private"]"#))
  }

  @Test func `chosen companies narrow the domain and the context`() async throws {
    let asked = Asked()
    var settings = SyncSettings()
    settings.companies = [3, 1]
    let source = try await source(asked, settings: settings)
    _ = try await source.page(SyncRequest(.invoices, .all(after: 0), limit: 3))
    #expect(try domain(asked.last).contains(#"["company_id","in",[3,1]]"#))
    #expect(try !domain(asked.last).contains(#"["company_id","=",false]"#))
    #expect(asked.last?.context?.allowedCompanies == [3, 1])
    _ = try await source.page(SyncRequest(.partners, .all(after: 0), limit: 3))
    #expect(try domain(asked.last).contains(#"["company_id","=",false]"#))
    #expect(try await source.basis(of: .invoices) == "1; companies 1,3")
    #expect(try await source.basis(of: .messages) == "1")
  }

  @Test func `settled credit notes and payments are read when they change, not among all`()
    async throws
  {
    let asked = Asked()
    let source = try await source(asked)
    _ = try await source.page(SyncRequest(.invoices, .all(after: 0), limit: 3))
    #expect(try domain(asked.last).contains("amount_residual"))
    _ = try await source.page(SyncRequest(.invoices, .changes(since: 0), limit: 3))
    #expect(try !domain(asked.last).contains("amount_residual"))
    _ = try await source.page(SyncRequest(.payments, .changes(since: 0), limit: 3))
    #expect(try !domain(asked.last).contains("reconciled"))
    #expect(try domain(asked.last).contains(#"["account_type","=","asset_receivable"]"#))
  }

  @Test func `before 16 the account's type has another name`() async throws {
    let asked = Asked()
    let source = try await source(
      asked, described: #"{"name":{"type":"char"},"write_date":{"type":"datetime"}}"#)
    _ = try await source.page(SyncRequest(.payments, .all(after: 0), limit: 3))
    #expect(try domain(asked.last).contains(#"["account_internal_type","=","receivable"]"#))
  }

  @Test func `tags are found by name and decide about the basis`() async throws {
    var settings = SyncSettings()
    settings.disputeTags = ["in STREIT"]
    settings.neverRemindTags = []
    let source = try await source(Asked(), settings: settings) { search in
      guard search.model == "res.partner.category" else { return [] }
      return [
        OdooRecord(model: search.model, id: 4, values: ["name": .text("In Streit")]),
        OdooRecord(model: search.model, id: 5, values: ["name": .text("Other")]),
      ]
    }
    #expect(source.facts.disputeTags == [4])
    #expect(try await source.basis(of: .partners) == "1; tags 4; tags ")
  }

  @Test func `a page says what it held, also of what is left out`() async throws {
    let source = try await source(Asked()) { search in
      guard search.model == "project.task" else { return [] }
      return [
        OdooRecord(
          model: search.model, id: 9,
          values: ["write_date": OdooTime(secondsSinceEpoch: 50).map { .time($0) } ?? .nothing])
      ]
    }
    let page = try await source.page(SyncRequest(.tasks, .all(after: 0), limit: 3))
    #expect(page.rows.isEmpty)
    #expect(page.leftOut == [9: "project_missing"])
    #expect(page.extent == SyncExtent(count: 1, lastID: 9, lastChange: 50))
  }

  @Test func `what may not be read is an obstacle and no error`() async throws {
    let source = try await source(Asked())
    #expect(try await source.obstacle(to: .deals) == "odoo_access_denied")
    #expect(try await source.obstacle(to: .partners) == nil)
  }
}
