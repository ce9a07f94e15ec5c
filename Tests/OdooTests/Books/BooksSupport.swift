import ActionProtocol
import Decisions
import Engine
import Insights
import TestSupport
import Testing

@testable import Connectors
@testable import Odoo

/// An org's books in an Odoo, for tests of what is done there.
enum BooksSupport {
  static func organisation(
    _ books: OrgBooks = OrgBooks(.odoo), zone: String = "America/New_York"
  ) -> Organisation {
    Organisation(
      profile: .sample("acme-books", zone: zone), mode: .sandbox, sender: nil, books: books,
      createdAt: Instant(milliseconds: 0))
  }

  /// Leave is always given.
  static let departure = Departure(isAllowed: { true }, left: {})

  static func action(_ number: Int) throws -> ActionID {
    try #require(ActionID(rawValue: "action-of-a-test-\(number)"))
  }

  static func change(
    _ number: Int, _ operation: BooksChange.Operation, before: JSONObject = [:]
  ) throws -> BooksChange {
    let org = try #require(OrgID(rawValue: "acme-books"))
    return BooksChange(org: org, action: try action(number), operation: operation, before: before)
  }

  /// Carries a change out as the engine does: what nobody knows is looked for, and only what has an id
  /// of its own is made again.
  static func settle(_ books: OdooBooks, _ change: BooksChange) async -> CallOutcome {
    for _ in 0..<20 {
      let outcome = await books.carryOut(change, departure: departure)
      switch outcome {
      case .unknown:
        switch await books.look(for: change) {
        case .found(let id): return .accepted(providerID: id, warnings: [])
        case .absent(true): continue
        case .absent(false), .failed: return outcome
        }
      case .notSent: continue
      default: return outcome
      }
    }
    return .unknown(code: "never_settled")
  }
}

extension MiniOdoo {
  /// Runs a body with the books of an org in a small Odoo.
  static func run(
    _ settings: OrgBooks = OrgBooks(.odoo, project: 3), zone: String = "America/New_York",
    fields: [String: String] = [:], _ body: (MiniOdoo, OdooBooks) async throws -> Void
  ) async throws {
    let odoo = try await MiniOdoo(fields: fields)
    odoo.put("project.project", 3, ["name": "Collections"])
    odoo.put("res.partner", 15, ["name": "Azure"])
    odoo.put(
      "crm.lead", 9,
      [
        "name": "Shelves", "stage_id": [1, "New"], "team_id": [4, "Sales"],
        "description": "Own text",
      ])
    odoo.put("crm.stage", 1, ["name": "New"])
    odoo.put("crm.stage", 2, ["name": "Won", "team_id": [4, "Sales"]])
    odoo.put("crm.stage", 5, ["name": "Other team's", "team_id": [8, "Others"]])
    odoo.put("sale.order", 6, ["state": "draft"])
    let client = try OdooClient(
      configuration: Fixture.configuration(
        odoo.url, .apiKey("0123456789abcdef", login: "bot@acme.example")))
    let books = OdooBooks(
      client: client, organisation: BooksSupport.organisation(settings, zone: zone))
    do {
      try await body(odoo, books)
    } catch {
      try await client.shutdown()
      try await odoo.stop()
      throw error
    }
    try await client.shutdown()
    try await odoo.stop()
  }
}
