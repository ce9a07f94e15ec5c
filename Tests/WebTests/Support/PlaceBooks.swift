import ActionProtocol
import Addressing
import Connectors
import Credentials
import Decisions
import Engine
import Foundation
import Store
import TestSupport

@testable import Web

extension AccessPlace {
  /// Customers with their contacts and open invoices, numbered from a number on.
  func addDebtors(_ numbers: ClosedRange<Int>, invoices: Int = 1) async throws {
    let rows = try numbers.flatMap { number -> [LedgerRow] in
      let partner = PartnerRow(
        externalID: "d\(number)", name: "Debtor \(number)",
        email: try EmailAddress("pay@debtor\(number).example"))
      return [.partner(partner)]
        + (0..<invoices).map { place in
          .invoice(
            InvoiceRow(
              externalID: "i\(number)-\(place)", number: "INV-\(number)-\(place)",
              partner: "d\(number)", issuedOn: LocalDate(iso: "2026-01-02"),
              dueOn: LocalDate(iso: "2026-02-01")?.adding(days: place),
              total: Money(minorUnits: 12_500, currency: Currency(code: "USD").unsafelyUnwrapped)))
        }
    }
    try await house.books(rows)
  }

  /// The number of a customer by a part of its name.
  func customer(_ name: String) async throws -> PartnerID {
    let found = try await Customers(engine).page(house.org, CustomerFilter(search: name))
    guard let id = found.lines.first?.record.id else {
      throw StoreError(code: "not_found", detail: "a customer of a test")
    }
    return id
  }

  /// What the place asks its database while something is done with a context that counts.
  func counting(
    _ body: (EngineContext, AccessContext) async throws -> Void
  ) async throws -> CountingDatabase.Count {
    let tally = CountingDatabase.Tally()
    let store = SQLStore(database: CountingDatabase(house.database, tally), entropy: .system)
    var engine = engine
    engine.store = store
    let access = AccessContext(store: store, entropy: .system, crypto: context.crypto)
    try await body(engine, access)
    return tally.count
  }

  /// The statements that a GET of a page takes, the door included.
  func statements(_ path: String, _ session: String) async throws -> Int {
    let count = try await counting { engine, access in
      let ports = RecordingPorts()
      let reading = ReadPorts(
        health: ports, metrics: ports, unsubscribePages: ports, access: AccessViews(access),
        actions: ActionViews(engine), setup: ports, settings: ports)
      let writing = WritePorts(
        webhooks: ports, unsubscribing: ports, access: access, engine: engine,
        policies: PolicyTexts(), setup: ports, settings: ports)
      try await RunningListener.run(
        .private, reading: reading, writing: writing, logger: spy.logger
      ) { running in
        _ = try await running.ask("GET \(path)", Browsing.fields(session))
      }
    }.statements
    if ProcessInfo.processInfo.environment["AIOM_TEST_VERBOSE"] != nil { print(path, count) }
    return count
  }
}
