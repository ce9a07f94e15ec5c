import ActionProtocol
import Connectors
import Decisions
import Engine
import Foundation
import SMTP2GO
import Sandbox
import Store
import TestSupport
import Testing

/// For N in 1...: the Nth write of a process fails before or after its commit, while the provider cuts
/// a connection somewhere; then a restart, recovery, a search, and a person's answers. Each message is
/// accepted once, counted by the sandbox over HTTP.
///
/// (`StoreTests/FaultLoopTests` does the same for every single statement, with a scripted channel.)
@Suite struct PipelineFaultTests {
  private static let messages = 3

  /// Where a connection breaks: not at all, before the provider has the message, and after.
  static let cuts: [SandboxFault] = [
    .none, .cutBeforeAccepting, .cutAfterAccepting, .cutMidAnswer, .http500AfterAccepting,
  ]

  /// One database and one cut. A server is asked about the cuts that differ for it; `make soak` asks
  /// about all of them.
  struct Case: Sendable, CustomTestStringConvertible {
    let kind: DatabaseUnderTest.Kind
    let cut: SandboxFault

    var testDescription: String { "\(kind.rawValue), \(cut.rawValue)" }

    static let all = DatabaseUnderTest.Kind.available.flatMap { kind in
      let isWhole = kind == .file || ProcessInfo.processInfo.environment["AIOM_SOAK"] == "1"
      return (isWhole ? cuts : [.none, .cutAfterAccepting]).map { Case(kind: kind, cut: $0) }
    }
  }

  @Test(arguments: Case.all, FaultyWrites.Side.allCases)
  func `a write that fails once loses nothing and repeats nothing`(
    _ one: Case, _ side: FaultyWrites.Side
  ) async throws {
    try await loop(one) { FaultyWrites.Plan($0, side, isDeath: false) }
  }

  @Test(arguments: DatabaseUnderTest.Kind.available, FaultyWrites.Side.allCases)
  func `a process that is gone after any write loses nothing and repeats nothing`(
    _ kind: DatabaseUnderTest.Kind, _ side: FaultyWrites.Side
  ) async throws {
    try await loop(Case(kind: kind, cut: .cutAfterAccepting)) {
      FaultyWrites.Plan($0, side, isDeath: true)
    }
  }

  /// Until no write is left that could fail.
  private func loop(_ one: Case, _ plan: (Int) -> FaultyWrites.Plan) async throws {
    for number in 1... {
      let plan = plan(number)
      let world = try await World(one.kind, plan)
      let place: Comment = "\(one.testDescription), write \(number), \(plan.side.rawValue)"
      try await world.begin(one.cut)
      try await world.check(place)
      try await world.afterwards()
      try await world.check(place)
      try await world.end(place)
      if !plan.hasFired {
        // A process begins, writes its intents, their results, together or apart, and its end.
        #expect(number > 4, place)
        return
      }
    }
  }

  private struct World {
    let house: Installation
    let faulty: EngineContext
    let sound: EngineContext
    let liveness = MovedLiveness()
    let ids: [ActionID]

    init(_ kind: DatabaseUnderTest.Kind, _ plan: FaultyWrites.Plan) async throws {
      house = try await Installation(on: kind)
      var context = house.context
      context.liveness = liveness
      sound = context
      context.store = SQLStore(
        database: FaultyWrites(base: house.place.database, plan: plan), entropy: .system)
      faulty = context
      ids = try await house.approvedMessages(PipelineFaultTests.messages)
    }

    /// A process that meets the fault.
    func begin(_ cut: SandboxFault) async throws {
      if cut != .none { house.sandbox.setFault(cut, count: 1) }
      do { try await run(faulty) } catch is StoreError {
        // Its way to tell; what counts is what it leaves.
      }
      liveness.everybodyDies()
      // A fault that no call met is none of what follows.
      house.sandbox.clearFaults()
    }

    private func run(_ context: EngineContext) async throws {
      let process = ProcessLife(context)
      try await process.begin()
      try await Pipeline(context, process: process).run(org: house.org)
      try await process.end()
    }

    /// A restart, and the provider's word about what is unknown.
    func afterwards() async throws {
      try await Recovery(sound).recover()
      try await run(sound)
      try await Reconciler(sound).reconcile(house.org)
    }

    /// G1 and G4: no message twice, none without an intent before it.
    func check(_ place: Comment) async throws {
      let arrived = try await house.arrived()
      #expect(Set(arrived).count == arrived.count, place)
      let org = house.org
      var intents: Set<String> = []
      for id in ids {
        let attempts = try await house.store.read { try $0.attempts(org, id) }
        intents.formUnion(attempts.map(\.intent.operation.rawValue))
      }
      #expect(intents.isSuperset(of: arrived), place)
      #expect(Set(arrived.map(action)).count == arrived.count, place)
    }

    private func action(_ operation: String) -> String {
      operation.split(separator: ".").dropLast(2).joined(separator: ".")
    }

    /// G2: what is still unknown never arrived; sent again by a person's word, all of it is there once.
    func end(_ place: Comment) async throws {
      let arrived = Set(try await house.arrived().map(action))
      for state in try await house.states() where state.status != .completed {
        #expect(state.hold?.reason == .outcomeUnknown, place)
        #expect(!arrived.contains(state.id.rawValue), place)
        let again = try await Approvals(sound).settle(
          house.org, state.id, answer: .sendAgain, reason: "not in the activity", by: .tester,
          via: "test")
        _ = try await Approvals(sound).approve(
          house.org, state.id, digest: again.digest, by: .tester, via: "test")
      }
      try await run(sound)
      #expect(try await house.states().allSatisfy { $0.status == .completed }, place)
      let all = try await house.arrived().map(action)
      #expect(all.sorted() == ids.map(\.rawValue).sorted(), place)
      try await house.close()
    }
  }
}
