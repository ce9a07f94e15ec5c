import ActionProtocol
import Engine
import Foundation
import Sandbox
import Spawning
import Testing

/// The suite's main promises once more, with the key that the user's guide makes.
@Suite(.serialized) struct SendOnlyKeyTests {
  @Test func `two processes send every message exactly once`() async throws {
    let house = try await SendOnlyKey.installation()
    let ids = try await house.approvedMessages(40)
    let runs = try (0..<2).map { _ in
      try Binary.start(["action", "run", "--all"], house.environment)
    }
    for run in runs { #expect(try await run.end().status == 0) }
    // Which call it was does not matter: one that was held back before its first byte is repeated.
    let revisions = try await house.arrived().map(Installation.revision)
    #expect(Set(revisions) == Set(ids.map { "\($0.rawValue).1" }))
    #expect(try await house.arrived().count == 40)
    #expect(try await house.states().allSatisfy { $0.status == .completed })
    try await house.close()
  }

  @Test func `a kill in mid-work repeats nothing, and asks a person about what is open`()
    async throws
  {
    let house = try await SendOnlyKey.installation()
    _ = try await house.approvedMessages(30)
    let run = try Binary.start(["action", "run", "--all"], house.environment)
    while await house.sandbox.mailbox.count < 11, run.process.isRunning { await Task.yield() }
    run.kill()
    _ = try await run.end()
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while try await !house.states().allSatisfy({
      $0.status == .completed || $0.hold?.reason == .outcomeUnknown
    }) {
      try #require(ContinuousClock.now < end, "it did not come to it within a minute")
      _ = try await Binary.run(["action", "run", "--all"], house.environment)
    }
    _ = try await Reconciler(house.context).reconcile(house.org)
    let arrived = try await house.arrived()
    #expect(arrived.count == Set(arrived).count)
    let org = house.org
    for state in try await house.states() where state.status != .completed {
      let attempts = try await house.store.read { try $0.attempts(org, state.id) }
      #expect(attempts.last?.askedWhy == "activity_not_permitted")
    }
    try await house.close()
  }

  @Test func `SMS to customers are held until the operator says how they opt out`() async throws {
    let house = try await SendOnlyKey.installation()
    let id = try await house.approvedSMS(to: "+442079460123")
    let held = try await Binary.run(["action", "run", id.rawValue, "--json"], house.environment)
    #expect(held.status == 1)
    let state = try #require(try await house.states().first)
    #expect(state.status == .approved)
    #expect(state.hold?.reason == .configuration)
    #expect(await house.sandbox.mailbox.sms().isEmpty)
    let card = try await Binary.run(["action", "show", id.rawValue], house.environment)
    #expect(card.output.contains("sms_opt_out.unknown"))
    #expect(card.output.contains("AIOM_SMS_OPT_OUT"))
    try await house.close()
  }

  @Test(arguments: ["webhook", "provider", "Call +1 555 010 0199 to stop these messages."])
  func `once it is said, they go out`(_ way: String) async throws {
    let house = try await SendOnlyKey.installation()
    let id = try await house.approvedSMS(to: "+442079460123")
    let environment = house.environment.merging(["AIOM_SMS_OPT_OUT": way]) { _, new in new }
    let run = try await Binary.run(["action", "run", id.rawValue], environment)
    #expect(run.status == 0)
    #expect(try await house.states().first?.status == .completed)
    #expect(await house.sandbox.mailbox.sms().count == 1)
    try await house.close()
  }

  @Test func `with a key that may read answers they go out, for the answers are read first`()
    async throws
  {
    let house = try await Installation()
    let id = try await house.approvedSMS(to: "+442079460123")
    let run = try await Binary.run(["action", "run", id.rawValue], house.environment)
    #expect(run.status == 0)
    #expect(await house.sandbox.mailbox.sms().count == 1)
    try await house.close()
  }
}
