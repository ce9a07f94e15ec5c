import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import TestSupport

/// Acme Corp and what it owes, as files would bring it.
enum Books {
  static let usd = Currency(code: "USD").unsafelyUnwrapped

  static func acme(
    email: String? = "billing@acmecorp.com", due: String, number: String = "INV-2024-001",
    cents: Int64 = 500_000
  ) throws -> [LedgerRow] {
    [
      .partner(
        PartnerRow(
          externalID: "acme", name: "Acme Corp", email: try email.map { try EmailAddress($0) },
          phone: try PhoneNumber(e164: "+16175550123"), country: "US",
          zone: "America/New_York")),
      invoice(number, due: due, cents: cents),
    ]
  }

  static func invoice(
    _ number: String, due: String, cents: Int64, partner: String = "acme"
  ) -> LedgerRow {
    .invoice(
      InvoiceRow(
        externalID: number, number: number, partner: partner,
        issuedOn: LocalDate(iso: due)?.adding(days: -30), dueOn: LocalDate(iso: due),
        total: Money(minorUnits: cents, currency: usd)))
  }

  static func payment(
    _ id: String, of invoice: String, cents: Int64, on day: String
  ) throws -> LedgerRow {
    .payment(
      SettlementRow(
        externalID: id, invoice: invoice, partner: nil,
        amount: Money(minorUnits: cents, currency: usd),
        on: LocalDate(iso: day).unsafelyUnwrapped))
  }
}

extension EngineHouse {
  /// A house with Acme's books, sixty days after INV-2024-001 was due, on a Wednesday at ten.
  static func withAcme(
    at start: String = "2026-03-04T15:00:00Z", undoSeconds: Int = 0,
    configuration: EngineConfiguration = EngineConfiguration()
  ) async throws -> EngineHouse {
    let house = try await EngineHouse(
      at: start, undoSeconds: undoSeconds, drafting: try MustacheDrafting(),
      configuration: configuration)
    let due = LocalDate(house.clock.now, in: .gmt).adding(days: -60)
    try await house.books(try Books.acme(due: due.iso))
    return house
  }

  /// One approved reminder for each of so many customers, who owe an invoice each.
  func approvedReminders(_ count: Int) async throws -> [ActionID] {
    let due = LocalDate(clock.now, in: .gmt).adding(days: -60).iso
    for number in 1...count {
      try await books([
        .partner(
          PartnerRow(
            externalID: "c\(number)", name: "Customer \(number)",
            email: try EmailAddress("billing@customer\(number).example"))),
        Books.invoice("INV-\(number)", due: due, cents: 10_000, partner: "c\(number)"),
      ])
    }
    let ids = try await analyze().outcomes.compactMap(\.state?.id)
    guard ids.count == count else { throw NothingProposed() }
    for id in ids { try await approve(id) }
    return ids
  }

  /// Runs the analysis and gives the first action it made or found.
  func propose() async throws -> ActionID {
    let report = try await analyze()
    guard let state = report.outcomes.compactMap(\.state).first else { throw NothingProposed() }
    return state.id
  }

  func analyze() async throws -> AnalysisReport {
    try await Analyst(context).analyze(
      org, asOf: nil, dryRun: false, by: Author(.system, "analyzer").unsafelyUnwrapped,
      via: "test")
  }

  /// A message to Acme of a person's own, with a key of its own.
  func custom(_ key: String, partner: Int64 = 1) async throws -> IntakeOutcome {
    let proposal = Proposal(
      orgID: org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress("billing@acmecorp.com")], subject: "Our new opening hours",
          bodyText: "We are open longer from Monday on.")),
      idempotencyKey: IdempotencyKey(rawValue: key),
      expectedEffect: "The customer knows our new hours.",
      reasoning: "The opening hours change next week.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [partner], partnerID: PartnerID(rawValue: partner),
        partnerName: "Acme Corp"))
    return try await Intake(context).submit(proposal, by: .tester, via: "test")
  }

  func kinds(_ id: ActionID? = nil) async throws -> [String] {
    let org = org
    let entries = try await store.read { try $0.audit(org, action: id, after: 0, limit: 1000) }
    return try entries.map { entry in
      guard case .success(.object(let leaf)) = JSONReader.read(entry.leaf),
        case .string(let kind)? = leaf["kind"]
      else { throw NothingProposed() }
      return kind
    }
  }
}

struct NothingProposed: Error {}

extension Array {
  /// The first element so many times.
  func repeated(_ count: Int) -> [Element] { [Element](repeating: self[0], count: count) }
}
