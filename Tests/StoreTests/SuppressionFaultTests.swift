import ActionProtocol
import Addressing
import Decisions
import Engine
import Synchronization
import TestSupport
import Testing

/// The Nth statement, commit or acknowledgement fails while somebody unsubscribes, a person
/// suppresses, or the provider's list is read; the same again, and the end is the same.
@Suite struct SuppressionFaultTests {
  enum Scenario: String, CaseIterable, Sendable {
    case unsubscribe, add, sync

    func act(_ world: FaultWorld, _ context: EngineContext, _ token: String) async throws {
      switch self {
      case .unsubscribe:
        _ = try await UnsubscribeService(context).unsubscribe(
          token: token, via: .oneClick)
      case .add:
        _ = try await Suppressions(context).add(
          FaultWorld.org,
          Suppressions.Wish(address: SuppressionAddress(EmailAddress(FaultWorld.address))),
          note: "asked for it", by: .tester, via: "test")
      case .sync:
        world.channel.list(OneEntry())
        try await SuppressionSync(context).sync(FaultWorld.org)
      }
    }

    /// The audit entry that every suppression of the scenario has.
    var entry: String { self == .sync ? "suppression.imported" : "suppression.added" }
  }

  @Test(arguments: Scenario.allCases, FaultPlan.Mode.allCases)
  func `no suppression without its entry, and none lost or doubled by trying again`(
    _ scenario: Scenario, _ mode: FaultPlan.Mode
  ) async throws {
    let (template, token) = try await prepared()
    var last = 0
    for number in 1... {
      let world = try await FaultWorld(template)
      world.plan.arm(number, mode)
      do {
        try await scenario.act(world, world.faulty, token)
      } catch {
        #expect(world.plan.hasFired)
      }
      let fired = world.plan.hasFired
      world.plan.disarm()
      let place: Comment = "\(scenario.rawValue), fault \(number), \(mode.rawValue)"
      #expect(try await suppressed(world) == entries(scenario, world), place)
      try await scenario.act(world, world.sound, token)
      #expect(try await suppressed(world) == 1, place)
      #expect(try await entries(scenario, world) == 1, place)
      last = number
      if !fired { break }
    }
    #expect(last > 4)
  }

  /// One message that went out, and the token in it.
  private func prepared() async throws -> (FaultWorld.Template, token: String) {
    let world = try await FaultWorld(nil)
    try await world.submit(world.sound)
    try await world.approve(world.sound)
    try await world.run(world.sound)
    let link = try #require(world.channel.calls.first?.unsubscribe?.link)
    return (try world.template(), String(link.suffix(43)))
  }

  private func suppressed(_ world: FaultWorld) async throws -> Int {
    try await world.store.read {
      try $0.suppressions(FaultWorld.org, at: $0.now, after: nil, limit: 9).count
    }
  }

  private func entries(_ scenario: Scenario, _ world: FaultWorld) async throws -> Int {
    try await world.store.read {
      try $0.audit(FaultWorld.org, action: nil, after: 0, limit: 1000).count {
        String(decoding: $0.leaf, as: UTF8.self).contains(#""kind":"\#(scenario.entry)""#)
      }
    }
  }
}

/// A provider that lists one address and takes everything.
private struct OneEntry: VendorSuppressions {
  func page(_ token: String?, until end: Instant) async -> VendorAnswer<VendorSuppressionPage> {
    .done(
      VendorSuppressionPage(
        entries: [
          VendorSuppression(address: FaultWorld.address, reason: .hardBounce, since: nil)
        ], next: nil))
  }

  func add(_ address: String, why: SuppressionReason) async -> VendorAnswer<Void> { .done(()) }
}
