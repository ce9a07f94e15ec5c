import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import Logging
import Web

/// The demo's installation: nothing of the user's own settings is read.
struct DemoHouse: Sendable {
  let desk: ActionDesk

  var house: House { desk.house }
  var org: OrgID { desk.org }

  /// How long an approval can be taken back: in the terminal somebody waits for the end.
  private static let undoSeconds = (told: 5, onPages: 20)

  /// - Parameters:
  ///   - books: nil: the embedded ledger.
  ///   - listen: where its pages are, where it has any.
  ///   - isTold: whether it happens in the terminal.
  static func open(
    folder: DemoFolder, port: Int, books: OrgBooks? = nil, listen: ListenAddress, isTold: Bool
  ) async throws -> DemoHouse {
    let settings = try settings(folder: folder, port: port, listen: listen)
    let house = try await Composition.create(settings, level: .error)
    var organisation = try organisation(at: SystemClock.now())
    organisation.undoSeconds = isTold ? undoSeconds.told : undoSeconds.onPages
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
  static func settings(
    folder: DemoFolder, port: Int, listen: ListenAddress = .privateDefault
  ) throws -> Settings {
    let reader = try SettingsReader(
      flags: [
        .home: ("demo", folder.path), .delivery: ("demo", "sandbox"),
        .url: ("demo", "http://127.0.0.1:\(port)/v3"),
        .listen: ("demo", listen.description), .publicListen: ("demo", "off"),
      ], environment: [:], directory: folder.path, readFile: { _ in nil })
    return try Settings(reader.resolve(), directory: folder.path, environment: [:])
  }

  /// A company whose window is always open, so that the demo works at any hour of any day.
  private static func organisation(at now: Instant) throws -> Organisation {
    try OrganisationForm.alwaysOpen(
      id: "demo", name: "Northwind Office Supplies", legalName: "Northwind Office Supplies, Inc.",
      address: "12 Harbor Street, Portland, ME 04101",
      sender: "Northwind Billing <billing@northwind.example>", undoSeconds: undoSeconds.told
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
