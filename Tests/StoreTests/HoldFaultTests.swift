import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Insights
import Synchronization
import TestSupport
import Testing

/// The Nth statement, commit or acknowledgement fails while somebody puts an invoice on hold, and while
/// an approved reminder of it is carried out.
@Suite struct HoldFaultTests {
  @Test(arguments: FaultPlan.Mode.allCases)
  func `no hold without its entry, and what it holds never goes out`(
    _ mode: FaultPlan.Mode
  ) async throws {
    let template = try await approved()
    var last = 0
    for number in 1... {
      let world = try await FaultWorld(template)
      world.plan.arm(number, mode)
      do {
        try await hold(world.faulty)
      } catch {
        #expect(world.plan.hasFired)
      }
      let fired = world.plan.hasFired
      world.plan.disarm()
      let place: Comment = "fault \(number), \(mode.rawValue)"
      let held = try await holds(world)
      #expect(try await entries(world) == held, place)
      if held == 0 { try await hold(world.sound) }
      try await world.run(world.sound)
      #expect(world.channel.calls.isEmpty, place)
      #expect(try await world.state()?.status == .rejected, place)
      last = number
      if !fired { break }
    }
    #expect(last > 4)
  }

  @Test(arguments: FaultPlan.Mode.allCases)
  func `whatever fails while it is carried out, a hold that stands before it lets nothing out`(
    _ mode: FaultPlan.Mode
  ) async throws {
    let template = try await approved(held: true)
    var last = 0
    for number in 1... {
      let world = try await FaultWorld(template)
      world.plan.arm(number, mode)
      do {
        try await world.run(world.faulty)
      } catch {
        #expect(world.plan.hasFired)
      }
      let fired = world.plan.hasFired
      world.plan.disarm()
      world.liveness.everybodyDies()
      let place: Comment = "fault \(number), \(mode.rawValue)"
      try await world.recover(world.sound)
      try await world.run(world.sound)
      #expect(world.channel.calls.isEmpty, place)
      #expect(try await world.state()?.status == .rejected, place)
      last = number
      if !fired { break }
    }
    #expect(last > 4)
  }

  /// An approved reminder, and where asked for a hold that nobody acted on yet.
  func approved(held: Bool = false) async throws -> FaultWorld.Template {
    let world = try await FaultWorld(nil)
    let due = LocalDate(TestFolder.now, in: .gmt).adding(days: -60)
    let invoice = InvoiceRow(
      externalID: "I-1", number: "I-1", partner: "acme", issuedOn: due.adding(days: -30),
      dueOn: due, total: Money(minorUnits: 100_00, currency: Self.usd))
    try await world.store.write { store in
      _ = try store.upsert(FaultWorld.org, .invoice(invoice), asOf: TestFolder.now)
    }
    let outcome = try await Intake(world.sound).submit(
      try Self.reminder(), by: .tester, via: "test")
    #expect(outcome.state != nil, "\(outcome)")
    try await world.approve(world.sound)
    if held {
      try await world.store.write { store in
        try store.insert(
          CollectionHold(
            id: "h", subject: .customer(Self.acme), kind: .dispute, madeOn: due, setBy: .tester),
          org: FaultWorld.org, at: store.now, endsAt: nil)
      }
    }
    return try world.template()
  }

  private func hold(_ context: EngineContext) async throws {
    _ = try await CollectionHolds(context).add(
      FaultWorld.org, CollectionHolds.Wish(subject: .invoice("I-1"), kind: .dispute),
      note: "goods damaged", by: .tester, via: "test")
  }

  private func holds(_ world: FaultWorld) async throws -> Int {
    try await CollectionHolds(world.sound).list(FaultWorld.org).holds.count
  }

  private func entries(_ world: FaultWorld) async throws -> Int {
    try await world.store.read {
      try $0.audit(FaultWorld.org, action: nil, after: 0, limit: 1000).count {
        String(decoding: $0.leaf, as: UTF8.self).contains(#""kind":"hold.added""#)
      }
    }
  }

  private static let usd = Currency(code: "USD").unsafelyUnwrapped
  private static let acme = PartnerID(rawValue: 1).unsafelyUnwrapped

  private static func reminder() throws -> Proposal {
    Proposal(
      actionID: FaultWorld.id, orgID: FaultWorld.org,
      operation: .email(
        .sendInvoiceReminder,
        SendEmail(
          to: [try EmailAddress(FaultWorld.address)], subject: "Payment Reminder: I-1",
          bodyText: "Your invoice I-1 is overdue. Please pay 100.00 USD.")),
      idempotencyKey: IdempotencyKey(rawValue: "reminder-of-i-1"),
      expectedEffect: "The customer is asked for 100.00 USD.",
      reasoning: "The invoice is sixty days overdue.",
      affectedRecords: AffectedRecords(
        model: "account.move", ids: [1], partnerID: acme, partnerName: "Acme Corp",
        recordName: "I-1"))
  }
}
