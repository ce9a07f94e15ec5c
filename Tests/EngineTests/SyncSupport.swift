import ActionProtocol
import Addressing
import Connectors
import Engine
import TestSupport

/// A house whose records come from a scripted source.
struct SyncHouse: Sendable {
  let house: EngineHouse
  let books = ScriptedSource()
  let context: EngineContext

  /// The second that the clock shows.
  var second: Int64 { house.clock.now.milliseconds / 1000 }

  init() async throws {
    house = try await EngineHouse(drafting: try MustacheDrafting())
    var context = house.context
    context.syncing = books
    self.context = context
  }

  @discardableResult
  func sync(
    full: Bool = false, page: Int = 3, ids: Int = 4
  ) async throws -> [SyncKind: SyncKindReport] {
    var options = Syncer.Options(isFull: full)
    (options.pageSize, options.idPageSize) = (page, ids)
    options.sleep = { _ in }
    let report = try await Syncer(context, options).run(house.org)
    return Dictionary(
      (report?.kinds ?? []).map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func cursor(_ kind: SyncKind) async throws -> SyncCursor? {
    try await house.store.read { [org = house.org] in try $0.syncCursor(org, kind) }
  }

  func record(_ model: String, _ id: Int64) async throws -> JSONObject? {
    try await house.store.read { [org = house.org] in
      try $0.record(org, RecordReference(model: model, id: id))?.fields
    }
  }

  /// The numbers of the invoices that the ledger holds, by id.
  func invoices() async throws -> [Int64: String] {
    try await house.store.read { [org = house.org] store in
      var found: [Int64: String] = [:]
      for id in try store.syncedIDs(org, .invoices, above: 0, through: Int64.max) {
        let record = try store.record(org, RecordReference(model: "account.move", id: id))
        found[id] = record?.fields["name"]?.stringValue
      }
      return found
    }
  }
}

extension SyncedRow {
  static func customer(
    _ id: Int64, _ name: String = "Acme", parent: Int64? = nil,
    _ change: (inout SyncedPartner) -> Void = { _ in }
  ) -> SyncedRow {
    var row = SyncedPartner(id: id, parent: parent, name: name)
    change(&row)
    return .partner(row)
  }

  static func bill(
    _ id: Int64, partner: Int64 = 1, open: Int64 = 100_00, number: String? = nil,
    _ change: (inout SyncedInvoice) -> Void = { _ in }
  ) -> SyncedRow {
    var row = SyncedInvoice(
      id: id, number: number ?? "INV/\(id)", partner: partner,
      issuedOn: LocalDate(iso: "2026-01-01"), dueOn: LocalDate(iso: "2026-02-01"),
      total: .usd(100_00), open: .usd(open), paymentState: "not_paid")
    change(&row)
    return .invoice(row)
  }
}

extension Money {
  static func usd(_ cents: Int64) -> Money {
    Money(minorUnits: cents, currency: Currency(code: "USD").unsafelyUnwrapped)
  }
}
