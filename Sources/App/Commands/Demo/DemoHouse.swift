import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import Logging

/// The demo's installation: nothing of the user's own settings is read.
struct DemoHouse: Sendable {
  let desk: ActionDesk

  var house: House { desk.house }
  var org: OrgID { desk.org }

  /// - Parameter books: nil: the embedded ledger.
  static func open(
    folder: DemoFolder, port: Int, books: OrgBooks? = nil
  ) async throws -> DemoHouse {
    let settings = try settings(folder: folder, port: port)
    let house = try await Composition.create(settings, level: .error)
    var organisation = try organisation(at: SystemClock.now())
    if let books {
      organisation.books = books
      organisation.undoSeconds = 0
    }
    let writer = OrganisationWriter(
      store: house.store, author: try await house.authorEverywhere(.settings), via: "demo")
    try await writer.create(organisation)
    try await writer.use(organisation.id)
    return DemoHouse(desk: ActionDesk(house, organisation))
  }

  /// Settings from the demo alone: no variable, no file, loopback only, sandbox delivery.
  static func settings(folder: DemoFolder, port: Int) throws -> Settings {
    let reader = try SettingsReader(
      flags: [
        .home: ("demo", folder.path), .delivery: ("demo", "sandbox"),
        .url: ("demo", "http://127.0.0.1:\(port)/v3"),
      ], environment: [:], directory: folder.path, readFile: { _ in nil })
    return try Settings(reader.resolve(), directory: folder.path, environment: [:])
  }

  /// A company whose window is always open, so that the demo works at any hour of any day.
  private static func organisation(at now: Instant) throws -> Organisation {
    try OrganisationForm.alwaysOpen(
      id: "demo", name: "Northwind Office Supplies", legalName: "Northwind Office Supplies, Inc.",
      address: "12 Harbor Street, Portland, ME 04101",
      sender: "Northwind Billing <billing@northwind.example>", undoSeconds: 5
    ).organisation(at: now).get()
  }

  /// Imports the demo company's books, through the same door as `aiom import`.
  func importBooks() async throws -> [ImportReport] {
    let today = LocalDate(SystemClock.now(), in: desk.organisation.profile.zone)
    let rows = try DemoCompany.rows(today: today)
    let importer = LedgerImport(store: house.store, newID: house.context.entropy.uuid7)
    var reports: [ImportReport] = []
    for kind in DemoCompany.order {
      let source = DemoRowSource(rows: rows[kind] ?? [])
      reports.append(try await importer.run(source, kind: kind, org: org))
    }
    return reports
  }
}

/// Rows of a table as if they came from a file.
struct DemoRowSource: LedgerRowSource {
  private var rows: ArraySlice<LedgerRow>
  private var line = 1

  init(rows: [LedgerRow]) { self.rows = rows[...] }

  mutating func next(_ limit: Int) throws -> [ParsedLedgerLine] {
    let batch = rows.prefix(limit)
    rows = rows.dropFirst(limit)
    return batch.map { row in
      line += 1
      return .row(row, line: line)
    }
  }

  func columnName(of field: String) -> String { field }
}
