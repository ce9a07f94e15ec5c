import ActionProtocol
import Decisions
import Engine
import Foundation
import TestSupport
import Testing

/// The Nth statement, commit or acknowledgement fails while a reminder of what was paid is taken back.
@Suite struct SupersedingFaultTests {
  @Test(arguments: FaultPlan.Mode.allCases)
  func `a withdrawal is whole or did not happen, and is made up for`(
    _ mode: FaultPlan.Mode
  ) async throws {
    let template = try await HoldFaultTests().approved()
    var last = 0
    for number in 1... {
      let world = try await FaultWorld(template)
      try await pay(world)
      world.plan.arm(number, mode)
      do {
        try await Superseding(world.faulty).withdraw(FaultWorld.org)
      } catch {
        #expect(world.plan.hasFired)
      }
      let fired = world.plan.hasFired
      world.plan.disarm()
      let place: Comment = "fault \(number), \(mode.rawValue)"
      let isWithdrawn = try await world.state()?.status == .rejected
      #expect(try await entries(world) == (isWithdrawn ? 1 : 0), place)
      try await Superseding(world.sound).withdraw(FaultWorld.org)
      #expect(try await world.state()?.status == .rejected, place)
      #expect(try await entries(world) == 1, place)
      try await world.run(world.sound)
      #expect(world.channel.calls.isEmpty, place)
      last = number
      if !fired { break }
    }
    #expect(last > 4)
  }

  private func pay(_ world: FaultWorld) async throws {
    let payment = SettlementRow(
      externalID: "P", invoice: "I-1", partner: nil,
      amount: Money(minorUnits: 100_00, currency: Currency(code: "USD").unsafelyUnwrapped),
      on: LocalDate(TestFolder.now, in: .gmt))
    try await world.store.write { store in
      _ = try store.upsert(FaultWorld.org, .payment(payment), asOf: TestFolder.now)
    }
  }

  private func entries(_ world: FaultWorld) async throws -> Int {
    try await world.store.read {
      try $0.audit(FaultWorld.org, action: nil, after: 0, limit: 1000).count {
        String(decoding: $0.leaf, as: UTF8.self).contains(#""kind":"action.withdrawn""#)
      }
    }
  }
}
