import ActionProtocol
import Decisions
import Engine
import Foundation
import TestSupport
import Testing

@Suite struct StopTests {
  private static let wait: Duration = .seconds(30)

  private static func stop(
    _ house: EngineHouse, _ scope: StopScope = .everything
  ) async throws -> StopOrder {
    try await EmergencyStop(house.context).stop(
      scope, reason: "too many complaints", by: .tester, via: "test")
  }

  private static func resume(
    _ house: EngineHouse, _ scope: StopScope = .everything
  ) async throws {
    _ = try await EmergencyStop(house.context).resume(
      scope, reason: nil, by: .tester, via: "test")
  }

  @Test func `while it is stopped nothing goes out, and afterwards what was due does`()
    async throws
  {
    let house = try await EngineHouse.bare()
    let ids = try await house.approvedMessages(1...3)
    _ = try await Self.stop(house)
    #expect(try await house.run().isEmpty)
    // Approving goes on, and what is approved waits like the rest.
    let more = try await house.approvedMessages(4...4)
    #expect(try await house.run().isEmpty)
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.count(.approved) == 4)
    try await Self.resume(house)
    #expect(try await house.run().count == 4)
    #expect(Set(house.channel.calls.map(\.operation.action)) == Set(ids + more))
  }

  @Test func `a stop that comes between reading and intent is found by the intent`() async throws {
    let house = try await EngineHouse.bare()
    let id = try await house.approvedMessages(1...1)[0]
    let process = ProcessLife(house.context)
    try await process.begin()
    // The process has not heard of it when it looks for what is due.
    _ = try await Self.stop(house)
    let reports = try await Pipeline(house.context, process: process).run(org: house.org)
    try await process.end()
    #expect(reports.map(\.outcome) == [.held(Hold(reason: .paused, until: nil))])
    #expect(house.channel.calls.isEmpty)
    let state = try await house.state(id)
    #expect(state.status == .approved && state.hold == nil && state.calls == 0)
  }

  @Test func `one org is stopped, the others go on`() async throws {
    let house = try await EngineHouse.bare()
    let other = try await Self.secondOrg(house)
    _ = try await house.approvedMessages(1...2)
    _ = try await house.approvedMessages(11...12, of: other)
    _ = try await Self.stop(house, .org(house.org))
    let process = ProcessLife(house.context)
    try await process.begin()
    let reports = try await Pipeline(house.context, process: process).run(org: nil)
    try await process.end()
    #expect(reports.filter { $0.outcome == .completed }.map(\.org) == [other, other])
    #expect(house.channel.calls.allSatisfy { $0.org == other })
    #expect(try await house.count(.approved) == 2)
    try await Self.resume(house, .org(house.org))
    #expect(try await house.run().count { $0.outcome == .completed } == 2)
  }

  private static func secondOrg(_ house: EngineHouse) async throws -> OrgID {
    let id = try #require(OrgID(rawValue: "other-books"))
    try await house.store.write { [org = house.org] store in
      let first = try #require(try store.organisation(org))
      try store.save(
        Organisation(
          profile: .sample("other-books"), mode: first.mode, sender: first.sender, undoSeconds: 0,
          createdAt: store.now))
    }
    return id
  }

  @Test func `a call that has its intent and not its first byte is held back, and sent once later`()
    async throws
  {
    let house = try await EngineHouse.bare()
    let id = try await house.approvedMessages(1...1)[0]
    let (waits, isStopped) = (Latch(), Latch())
    let channel = GatedChannel(before: {
      waits.open()
      await isStopped.wait()
    })
    let context = try house.another(channel)
    async let run = Self.run(context, house.org)
    await waits.wait()
    let order = try await Self.stop(house)
    let report = try await EmergencyStop(house.context).wait(order, for: Self.wait)
    #expect(report.isStopped)
    #expect(report.acknowledged.count == 1)
    #expect(report.inFlight.isEmpty)
    isStopped.open()
    let outcomes = try await run.map(\.outcome)
    #expect(channel.departed.isEmpty)
    #expect(channel.heldBack == 1)
    #expect(outcomes.contains(.held(Hold(reason: .paused, until: house.clock.now))))
    let state = try await house.state(id)
    #expect(state.status == .approved && state.hold?.reason == .paused && state.attempts == 0)
    let org = house.org
    let attempts = try await house.store.read { try $0.attempts(org, id) }
    #expect(attempts.map(\.outcome) == ["not_sent"])
    #expect(attempts.map(\.detail) == ["stopped"])
    try await Self.resume(house)
    #expect(try await Self.run(context, house.org).last?.outcome == .completed)
    #expect(channel.departed.map(\.operation.call) == [2])
  }

  @Test(arguments: [true, false])
  func `a call whose first byte is out is listed, and its answer is recorded`(
    _ asking: Bool
  ) async throws {
    let house = try await EngineHouse.bare()
    let id = try await house.approvedMessages(1...1)[0]
    let (isOut, mayAnswer) = (Latch(), Latch())
    let channel = GatedChannel(
      asking: asking,
      after: {
        isOut.open()
        await mayAnswer.wait()
      })
    let context = try house.another(channel)
    async let run = Self.run(context, house.org)
    await isOut.wait()
    let order = try await Self.stop(house)
    let service = EmergencyStop(house.context)
    if asking {
      let report = try await service.wait(order, for: Self.wait, settling: .zero)
      #expect(report.isStopped)
      #expect(report.inFlight.map(\.rawValue) == ["\(id.rawValue).1.1"])
    } else {
      // Nobody knows whether its first byte is out: the process cannot give its word.
      let report = try await service.wait(order, for: .milliseconds(300), settling: .zero)
      #expect(report.unreachable.map(\.open.count) == [1])
    }
    mayAnswer.open()
    let after = try await service.wait(order, for: Self.wait)
    #expect(after.isStopped && after.inFlight.isEmpty)
    if asking { #expect(after.ended.map(\.action) == [id]) }
    #expect(try await run.map(\.outcome) == [.completed])
    #expect(try await house.state(id).status == .completed)
  }

  @Test func `a process that does not answer is unreachable until it ends`() async throws {
    let house = try await EngineHouse.bare()
    let silent = ProcessLife(try house.another(GatedChannel()))
    let boot = try await silent.begin()
    let service = EmergencyStop(house.context)
    let order = try await Self.stop(house)
    let report = try await service.wait(order, for: .milliseconds(100))
    #expect(!report.isStopped)
    #expect(report.unreachable.map(\.boot.id) == [boot])
    try await silent.end()
    let after = try await service.wait(order, for: Self.wait)
    #expect(after.isStopped && after.dead.map(\.id) == [boot])
  }

  @Test func `a dead process is waited for until its lease is over, and its calls are named`()
    async throws
  {
    let house = try await EngineHouse.bare()
    let id = try await house.approvedMessages(1...1)[0]
    let org = house.org
    // Its lock is free: it never held one; its lease is over at a time that the test's clock decides.
    let dead = BootID("dead-one")
    let (kernel, lease) = (house.context.liveness.kernelBoot, house.clock.now.milliseconds + 15_000)
    try await house.store.write { store in
      try store.insert(
        BootRecord(
          id: dead, host: "here", processID: 1,
          life: BootLife(kernelBoot: kernel, leaseEndsAt: lease), startedAt: store.now))
      var state = try #require(try store.action(org, id))
      let old = state.version
      state.status = .executing
      state.lastToken += 1
      state.claim = Claim(boot: dead, token: state.lastToken)
      state.calls = 1
      #expect(try store.save(state, replacing: old))
      try store.insert(
        AttemptIntent(
          org: org, operation: OperationID(action: id, revision: 1, call: 1), boot: dead,
          token: state.lastToken, at: store.now, channel: .email, delivery: .sandbox,
          requestDigest: state.digest))
    }
    let service = EmergencyStop(house.context)
    let order = try await Self.stop(house)
    #expect(try await service.report(order).unreachable.map(\.boot.id) == [dead])
    house.clock.advance(by: .seconds(15))
    let report = try await service.wait(order, for: Self.wait, settling: .zero)
    #expect(report.isStopped && report.dead.map(\.id) == [dead])
    #expect(report.inFlight.map(\.action) == [id])
  }

  @Test func `a process that begins while it is stopped knows it and has given its word`()
    async throws
  {
    let house = try await EngineHouse.bare()
    _ = try await Self.stop(house)
    let late = ProcessLife(try house.another(GatedChannel()))
    try await late.begin()
    let again = try await Self.stop(house)
    #expect(!again.isNew)
    #expect(try await EmergencyStop(house.context).report(again).isStopped)
    try await late.end()
  }

  @Test func `who stops and resumes, and why, is in every org's audit log`() async throws {
    let house = try await EngineHouse.bare()
    _ = try await Self.stop(house)
    _ = try await Self.stop(house)
    try await Self.resume(house)
    let kinds = try await house.kinds()
    #expect(
      kinds == ["policy.activated", "engine.stopped", "engine.stopped_again", "engine.resumed"])
    let org = house.org
    let entries = try await house.store.read { try $0.audit(org, action: nil, after: 0, limit: 9) }
    #expect(entries[1].personal["reason"] == Array("too many complaints".utf8))
  }

  @Test func `a stop needs a reason, a resumption a stop, and an org must exist`() async throws {
    let house = try await EngineHouse.bare()
    let service = EmergencyStop(house.context)
    let nobody = try #require(OrgID(rawValue: "nobody"))
    let codes = [
      await Self.code {
        _ = try await service.stop(.everything, reason: "", by: .tester, via: "t")
      },
      await Self.code {
        _ = try await service.stop(.org(nobody), reason: "why", by: .tester, via: "t")
      },
      await Self.code {
        _ = try await service.resume(.everything, reason: nil, by: .tester, via: "t")
      },
    ]
    #expect(codes == ["reason.length", "org.unknown", "stop.not_stopped"])
    let order = try await Self.stop(house)
    try await Self.resume(house)
    #expect(await Self.code { _ = try await service.report(order) } == "stop.lifted")
  }

  private static func code(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? DecisionError)?.code ?? "\(error)"
    }
  }

  static func run(_ context: EngineContext, _ org: OrgID) async throws -> [ExecutionReport] {
    let process = ProcessLife(context)
    return try await process.whileAlive {
      try await Pipeline(context, process: process).run(org: org)
    }
  }
}
