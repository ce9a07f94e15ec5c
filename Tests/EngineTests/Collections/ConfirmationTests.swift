import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

/// Customers are told that their money arrived: once a payment, and only what is true.
@Suite struct ConfirmationTests {
  @Test func `nothing is confirmed unless the organisation wants it`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.pay("P", "INV-2024-001", 500_000)
    #expect(try await house.analyze().confirmations == nil)
    #expect(try await house.actions().isEmpty)
  }

  @Test func `a payment is confirmed once, with what it settles`() async throws {
    let house = try await EngineHouse.thanking()
    try await house.books([Books.invoice("INV-2", due: "2026-01-20", cents: 20_000)])
    try await house.pay("P/1", "INV-2024-001", 500_000)
    try await house.pay("P/2", "INV-2", 20_000)
    let ids = try await house.confirmations()
    #expect(ids.count == 1)
    let card = try await house.card(of: ids[0])
    let email = try #require(card.proposal.operation.email)
    #expect(email.recipients.map(\.rawValue) == ["billing@acmecorp.com"])
    #expect(email.subject == "Payment received: 2 invoices, first INV-2024-001")
    for words in [
      "We received $5,200.00 on March 4, 2026. Thank you. Nothing remains open on the invoices",
      "INV-2 ", "$200.00",
    ] {
      #expect(email.bodyText.contains(words), "\(email.bodyText)")
      let html = try #require(email.bodyHTML)
      #expect(words.contains("$5,200") || html.contains(words.trimmingCharacters(in: .whitespaces)))
    }
    #expect(card.proposal.reasoning.contains("Nothing remains open on them."))
    try await house.approve(ids[0])
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(house.channel.calls.count == 1)
    #expect(try await house.confirmations().isEmpty)
  }

  @Test func `a partial payment is acknowledged without thanks, and the rest not asked for`()
    async throws
  {
    let house = try await EngineHouse.thanking()
    try await house.pay("P", "INV-2024-001", 120_000)
    let card = try await house.card(of: try #require(try await house.confirmations().first))
    let email = try #require(card.proposal.operation.email)
    #expect(
      email.bodyText.contains("We received $1,200.00 on March 4, 2026. $3,800.00 remains open."))
    #expect(!email.bodyText.contains("Thank"))
    #expect(!email.bodyText.lowercased().contains("please pay"))
  }

  @Test func `it is written in the customer's language`() async throws {
    let house = try await EngineHouse.thanking()
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "acme", name: "Acme Corp", email: try EmailAddress("billing@acmecorp.com"),
          country: "DE", zone: "Europe/Berlin", language: "de"))
    ])
    try await house.pay("P", "INV-2024-001", 500_000)
    let card = try await house.card(of: try #require(try await house.confirmations().first))
    let email = try #require(card.proposal.operation.email)
    #expect(email.subject == "Zahlungseingang: Rechnung INV-2024-001")
    #expect(email.bodyText.contains("wir haben am 4. März 2026 5.000,00 $ von Ihnen erhalten."))
  }

  @Test func `what was paid, or known, before it was switched on is never confirmed`() async throws
  {
    let house = try await EngineHouse.withAcme()
    // Known before, whatever its day.
    try await house.pay("P-known", "INV-2024-001", 10_000)
    house.clock.advance(by: EngineHouse.day)
    try await house.thank()
    // Paid before, known afterwards.
    try await house.pay("P-late", "INV-2024-001", 10_000)
    #expect(try await house.confirmations().isEmpty)
    try await house.books([
      try Books.payment("P-new", of: "INV-2024-001", cents: 10_000, on: "2026-03-05")
    ])
    #expect(try await house.confirmations().count == 1)
  }

  @Test func `what arrived more than two weeks ago is not confirmed any more`() async throws {
    let house = try await EngineHouse.thanking()
    try await house.pay("P", "INV-2024-001", 500_000)
    house.clock.advance(by: .seconds(15 * 86_400))
    #expect(try await house.confirmations().isEmpty)
  }

  @Test(arguments: ["same", "amount", "day", "invoice"])
  func `a payment that is brought in again, or corrected, is not confirmed again`(
    _ change: String
  ) async throws {
    let house = try await EngineHouse.thanking()
    try await house.books([Books.invoice("INV-2", due: "2026-01-20", cents: 90_000)])
    try await house.pay("P", "INV-2024-001", 40_000)
    let id = try #require(try await house.confirmations().first)
    try await house.approve(id)
    try await house.run()
    #expect(house.channel.calls.count == 1)
    house.clock.advance(by: .seconds(86_400))
    switch change {
    case "amount": try await house.pay("P", "INV-2024-001", 45_000)
    case "day":
      try await house.books([
        try Books.payment("P", of: "INV-2024-001", cents: 40_000, on: "2026-03-05")
      ])
    case "invoice": try await house.pay("P", "INV-2", 40_000)
    default: try await house.pay("P", "INV-2024-001", 40_000)
    }
    #expect(try await house.confirmations().isEmpty)
    try await house.run()
    #expect(house.channel.calls.count == 1)
  }

  @Test func `a payment that is taken back withdraws what waits, approved or not`() async throws {
    for approves in [false, true] {
      let house = try await EngineHouse.thanking(undoSeconds: 60)
      try await house.pay("P", "INV-2024-001", 500_000)
      let id = try #require(try await house.confirmations().first)
      if approves { try await house.approve(id) }
      try await house.pay("P-back", "INV-2024-001", -500_000)
      #expect(try await house.supersede() == [id])
      #expect(try await house.state(id).rejection?.reason == "The payment was taken back.")
      #expect(try await house.confirmations().isEmpty)
      house.clock.advance(by: .seconds(120))
      try await house.run()
      #expect(house.channel.calls.isEmpty)
    }
  }

  @Test func `taken back right before it would go, it does not go`() async throws {
    for amount: Int64 in [-500_000, 0] {
      let house = try await EngineHouse.thanking()
      try await house.pay("P", "INV-2024-001", 500_000)
      let id = try #require(try await house.confirmations().first)
      try await house.approve(id)
      try await house.pay(amount == 0 ? "P" : "P-back", "INV-2024-001", amount == 0 ? 1 : amount)
      try await house.run()
      #expect(house.channel.calls.isEmpty)
      #expect(try await house.state(id).status == .failed)
    }
  }

  @Test func `a further payment makes the remainder untrue, and it is said anew`() async throws {
    let house = try await EngineHouse.thanking()
    try await house.pay("P-1", "INV-2024-001", 100_000)
    let first = try #require(try await house.confirmations().first)
    house.clock.advance(by: .seconds(60))
    try await house.pay("P-2", "INV-2024-001", 400_000)
    let second = try #require(try await house.confirmations().first)
    #expect(
      try await house.state(first).rejection?.reason == "The payment is not booked as before.")
    let email = try #require(try await house.card(of: second).proposal.operation.email)
    #expect(email.bodyText.contains("We received $5,000.00 on March 4, 2026. Thank you."))
    try await house.approve(second)
    try await house.run()
    #expect(house.channel.calls.count == 1)
    #expect(try await house.confirmations().isEmpty)
  }

  @Test func `what a person rejected is not asked again`() async throws {
    let house = try await EngineHouse.thanking()
    try await house.pay("P", "INV-2024-001", 500_000)
    let id = try #require(try await house.confirmations().first)
    _ = try await Approvals(house.context).reject(
      house.org, id, reason: "I called them", by: .tester, via: "test")
    house.clock.advance(by: .seconds(86_400))
    #expect(try await house.confirmations().isEmpty)
  }

  @Test func `no agent confirms what is confirmed already`() async throws {
    let house = try await EngineHouse.thanking()
    try await house.pay("P", "INV-2024-001", 500_000)
    let id = try #require(try await house.confirmations().first)
    try await house.approve(id)
    try await house.run()
    var proposal = try await house.card(of: id).proposal
    proposal.actionID = nil
    proposal.idempotencyKey = IdempotencyKey(rawValue: "another-key")
    proposal.expiresAt = nil
    let outcome = try await Intake(house.context).submit(
      proposal, by: try #require(Author(.agent, "helper")), via: "mcp")
    guard case .existing(let state, .sameFinding) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(state.id == id)
  }

  @Test func `whoever cannot be written to is named with the reason`() async throws {
    let house = try await EngineHouse.thanking()
    try await house.books([
      .partner(PartnerRow(externalID: "acme", name: "Acme Corp", country: "US"))
    ])
    try await house.pay("P", "INV-2024-001", 500_000)
    let report = try #require(try await house.analyze().confirmations)
    #expect(report.recommendation.skipped.map(\.reason.code) == ["no_address"])
  }

  @Test func `a customer who is never reminded still hears that the money came`() async throws {
    let house = try await EngineHouse.thanking()
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "acme", name: "Acme Corp", email: try EmailAddress("billing@acmecorp.com"),
          country: "US", zone: "America/New_York", neverRemind: true))
    ])
    try await house.pay("P", "INV-2024-001", 500_000)
    #expect(try await house.confirmations().count == 1)
  }
}

extension EngineHouse {
  /// Acme's books in a house that confirms payments from its beginning on.
  static func thanking(undoSeconds: Int = 0) async throws -> EngineHouse {
    let house = try await EngineHouse.withAcme(undoSeconds: undoSeconds)
    try await house.thank()
    return house
  }

  func thank() async throws {
    let now = clock.now
    try await change { $0.confirmsPaymentsSince = now }
  }

  /// The confirmations that an analysis made.
  func confirmations() async throws -> [ActionID] {
    guard let report = try await analyze().confirmations else { return [] }
    return report.outcomes.compactMap { outcome in
      if case .created(let state) = outcome { return state.id }
      Issue.record("\(outcome)")
      return nil
    }
  }
}

extension TypedOperation {
  fileprivate var email: SendEmail? {
    if case .email(_, let email) = self { return email }
    return nil
  }
}
