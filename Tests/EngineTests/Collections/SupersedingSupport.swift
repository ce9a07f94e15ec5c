import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import TestSupport

extension EngineHouse {
  @discardableResult
  func supersede() async throws -> [ActionID] { try await Superseding(context).withdraw(org) }

  func pay(_ id: String, _ invoice: String, _ cents: Int64) async throws {
    try await books([try Books.payment(id, of: invoice, cents: cents, on: "2026-03-04")])
  }

  /// Acme's invoice, changed at its source.
  func acme(_ change: (inout InvoiceRow) -> Void) async throws {
    guard case .invoice(var row) = Books.invoice("INV-2024-001", due: "2026-01-03", cents: 500_000)
    else { return }
    change(&row)
    try await books([.invoice(row)])
  }

  /// A reminder for each of so many customers, who owe an invoice each.
  func pendingReminders(_ count: Int, from first: Int = 1) async throws -> [ActionID] {
    let due = LocalDate(clock.now, in: .gmt).adding(days: -60).iso
    for number in first..<(first + count) {
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
    return ids
  }

  /// A house with forty deals that were won and one that stands still.
  static func withStalledDeal() async throws -> EngineHouse {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    let today = LocalDate(house.clock.now, in: .gmt)
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "buyer", name: "Buyer", email: try EmailAddress("buyer@acmecorp.com")))
    ])
    try await house.books(
      (1...40).map { number in
        let closed = today.adding(days: -number)
        return .deal(
          DealRow(
            externalID: "won-\(number)", name: "Won \(number)", partner: nil, stage: "Won",
            state: .won, openedOn: closed.adding(days: -number), closedOn: closed))
      })
    try await house.stalledDeal(.open)
    return house
  }

  func stalledDeal(_ state: DealRow.State) async throws {
    let today = LocalDate(clock.now, in: .gmt)
    try await books([
      .deal(
        DealRow(
          externalID: "open", name: "Hundred gates", partner: "Buyer", stage: "Offer",
          value: Money(minorUnits: 500_000, currency: Books.usd), state: state,
          salesperson: "Ann Lee", openedOn: today.adding(days: -40),
          closedOn: state == .open ? nil : today))
    ])
  }
}
