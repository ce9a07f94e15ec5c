import ActionProtocol
import Decisions
import Engine
import Foundation
import Store
import TestSupport
import Testing

/// SQLite's manner: for N in 1..., let the Nth statement, commit or acknowledgement fail, look at
/// what is left, go on without faults, and look at the end.
@Suite struct FaultLoopTests {
  enum Scenario: String, CaseIterable, Sendable {
    case submit, approve, reject, edit, editApproved
    case execute, executeRefused, executeUnknown
    case settleArrived, settleSendAgain, settleLeave, recover

    /// What comes before the faults.
    func prepare(_ world: FaultWorld) async throws {
      guard self != .submit else { return }
      try await world.submit(world.sound)
      guard self != .approve, self != .reject, self != .edit else { return }
      try await world.approve(world.sound)
      switch self {
      case .settleArrived, .settleSendAgain, .settleLeave:
        world.channel.answer(with: .unknown(code: "deadline"))
        try await world.run(world.sound)
        #expect(try await world.state()?.hold?.reason == .outcomeUnknown)
        // Nobody may send again before the provider was asked once.
        try await Reconciler(world.sound).reconcile(FaultWorld.org)
      case .recover:
        // The answer is never recorded: nothing works from the moment of the call on.
        let plan = world.plan
        world.channel.duringCall { _ in plan.arm(1, .fromThenOn) }
        await #expect(throws: StoreError.self) { try await world.run(world.faulty) }
        plan.disarm()
      default:
        break
      }
    }

    /// What the faults meet.
    func act(_ world: FaultWorld, _ context: EngineContext) async throws {
      switch self {
      case .submit: try await world.submit(context)
      case .approve: try await world.approve(context)
      case .reject: try await world.reject(context)
      case .edit, .editApproved: try await world.edit(context)
      case .execute: try await world.run(context)
      case .executeRefused:
        world.channel.answer(with: .refused(code: "bad_address", message: "no"))
        try await world.run(context)
      case .executeUnknown:
        world.channel.answer(with: .unknown(code: "deadline"))
        try await world.run(context)
      case .settleArrived: try await world.settle(context, .arrived)
      case .settleSendAgain: try await world.settle(context, .sendAgain)
      case .settleLeave: try await world.settle(context, .leave)
      case .recover: try await world.recover(context)
      }
    }

    var answer: UnknownAnswer? {
      switch self {
      case .settleArrived: .arrived
      case .settleSendAgain: .sendAgain
      case .settleLeave: .leave
      default: nil
      }
    }
  }

  @Test(arguments: Scenario.allCases, FaultPlan.Mode.allCases)
  func `no fault leaves a half state, and no message leaves twice`(
    _ scenario: Scenario, _ mode: FaultPlan.Mode
  ) async throws {
    let template = EngineHouse.isOnFile ? try await prepared(scenario) : nil
    var last = 0
    for number in 1... {
      let world = try await world(scenario, template)
      world.plan.arm(number, mode)
      do { try await scenario.act(world, world.faulty) } catch { #expect(world.plan.hasFired) }
      let fired = world.plan.hasFired
      world.plan.disarm()
      let place: Comment = "\(scenario.rawValue), fault \(number), \(mode.rawValue)"
      try await Invariants(world).check(world, place)
      try await afterwards(scenario, world, place)
      last = number
      if !fired { break }
    }
    // Each of these is several statements, a commit and its acknowledgement.
    #expect(last > (EngineHouse.isOnFile || Self.isSoak ? 8 : 2))
  }

  private static let isSoak = ProcessInfo.processInfo.environment["AIOM_SOAK"] == "1"

  /// On a file every single statement fails once; on a server every commit and acknowledgement, and
  /// the statements too in `make soak`.
  private func world(
    _ scenario: Scenario, _ template: FaultWorld.Template?
  ) async throws -> FaultWorld {
    if let template { return try await FaultWorld(template) }
    let world = try await FaultWorld(onServer: Self.isSoak ? .statement : .write)
    try await scenario.prepare(world)
    world.liveness.everybodyDies()
    return world
  }

  private func prepared(_ scenario: Scenario) async throws -> FaultWorld.Template {
    let world = try await FaultWorld(nil)
    try await scenario.prepare(world)
    return try world.template()
  }

  /// A restart, recovery, and everything that people and the provider still have to say.
  private func afterwards(
    _ scenario: Scenario, _ world: FaultWorld, _ place: Comment
  ) async throws {
    let sound = world.sound
    world.liveness.everybodyDies()
    try await world.recover(sound)
    if try await world.state() == nil { try await world.submit(sound) }
    if let answer = scenario.answer, try await world.state()?.status == .executing {
      try await world.settle(sound, answer)
    }
    if try await world.state()?.status == .pendingApproval {
      if scenario == .reject {
        try await world.reject(sound)
      } else {
        try await world.approve(sound)
      }
    }
    try await world.run(sound)
    try await Invariants(world).check(world, place)
    if scenario != .executeRefused {
      let found = world.sent.map { ($0, "provider-\($0)") }
      world.channel.find(.found(Dictionary(uniqueKeysWithValues: found)))
    }
    try await Reconciler(sound).reconcile(FaultWorld.org)
    let before = world.sent
    try await world.run(sound)
    #expect(world.sent == before, place)
    try await Invariants(world).check(world, place)
    try await end(scenario, world, place)
  }

  private func end(
    _ scenario: Scenario, _ world: FaultWorld, _ place: Comment
  ) async throws {
    let state = try #require(try await world.state())
    let isUnknown = state.status == .executing && state.hold?.reason == .outcomeUnknown
    switch scenario {
    case .reject:
      #expect(state.status == .rejected && world.sent.isEmpty, place)
    case .settleLeave:
      // Given up by a person, and proven by the provider's search afterwards.
      #expect(state.status == .completed && world.sent.count == 1, place)
    case .settleSendAgain:
      #expect(state.status == .completed && world.sent.count == 2, place)
    case .executeRefused:
      // Refused and recorded, or nobody knows: then either the answer was lost or no call was made.
      #expect(state.status == .failed ? world.sent.count == 1 : isUnknown, place)
      #expect(world.sent.count <= 1, place)
    default:
      // Exactly one message; or none, and it shows as unknown, never as done.
      #expect(state.status == .completed ? world.sent.count == 1 : isUnknown, place)
      #expect(isUnknown ? world.sent.isEmpty : true, place)
    }
  }

  /// The answer of a call could not be recorded; the process went on and later ended in order.
  @Test func `an attempt that its process could not record is unknown after its orderly end`()
    async throws
  {
    let world =
      EngineHouse.isOnFile
      ? try await FaultWorld(nil) : try await FaultWorld(onServer: .statement)
    try await world.submit(world.sound)
    try await world.approve(world.sound)
    let process = ProcessLife(world.faulty)
    try await process.begin()
    let plan = world.plan
    world.channel.duringCall { _ in plan.arm(1, .fromThenOn) }
    await #expect(throws: StoreError.self) {
      try await Pipeline(world.faulty, process: process).run(org: FaultWorld.org)
    }
    plan.disarm()
    try await process.end()
    world.liveness.everybodyDies()
    try await world.recover(world.sound)
    #expect(try await world.state()?.hold?.reason == .outcomeUnknown)
    try await world.run(world.sound)
    #expect(world.sent.count == 1)
    try await Invariants(world).check(world, "after the orderly end")
  }

  @Test(.enabled(if: EngineHouse.isOnFile, "on a file alone"))
  func `a migration that fails anywhere leaves the schema as it was`() async throws {
    var last = 0
    for number in 1... {
      let folder = try TestFolder()
      let database = try folder.open()
      let plan = FaultPlan()
      plan.arm(number, .once)
      let faulty = FaultyDatabase(base: database, plan: plan)
      let names = try? await Migrator(database: faulty).migrate()
      plan.disarm()
      let version = try await Migrator(database: database).version()
      #expect(version == 0 || version == Migrator.all.count, "fault \(number)")
      if version == 0 { #expect(try await Schema.dump(database).isEmpty, "fault \(number)") }
      _ = try await Migrator(database: database).migrate()
      #expect(try await Migrator(database: database).version() == Migrator.all.count)
      last = number
      if names != nil { break }
    }
    #expect(last > 40)
  }
}
