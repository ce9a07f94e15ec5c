import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct JobTests {
  // MARK: - What people do

  @Test func `switching, setting and running stand in the audit trail`() async throws {
    let house = try await EngineHouse.withAcme()
    let (jobs, org) = (house.jobs, house.org)
    #expect(try await jobs.pause(org, .retention, by: .tester, via: "test"))
    #expect(try await !jobs.pause(org, .retention, by: .tester, via: "test"))
    #expect(try await jobs.resume(org, .retention, by: .tester, via: "test"))
    #expect(try await !jobs.resume(org, .retention, by: .tester, via: "test"))
    try await house.plan(.retention, "0 4 * * *")
    let process = ProcessLife(house.context)
    let run = try await process.whileAlive {
      try await jobs.run(org, .retention, process: process, by: .tester, via: "test")
    }
    #expect(run.state == .succeeded)
    #expect(run.cause == .person)
    #expect(
      try await house.kinds().filter { $0.hasPrefix("job.") }
        == ["job.paused", "job.resumed", "job.set", "job.run_requested"])
  }

  @Test func `only a person switches jobs`() async throws {
    let house = try await EngineHouse.withAcme()
    let agent = try #require(Author(.agent, "helper"))
    await #expect(throws: DecisionError.self) {
      try await house.jobs.pause(house.org, .retention, by: agent, via: "test")
    }
    #expect(try await house.job(.retention)?.job.pausedAt == nil)
  }

  @Test func `a text that is no schedule changes nothing`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.plan(.retention, "0 4 * * *")
    await #expect(throws: CronError.self) { try await house.plan(.retention, "0 25 * * *") }
    #expect(try await house.job(.retention)?.job.schedule == "0 4 * * *")
  }

  @Test func `a run that is asked for waits for none and leaves the plan alone`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let (jobs, org) = (house.jobs, house.org)
    let process = ProcessLife(house.context)
    let (first, second) = try await process.whileAlive {
      let first = try await jobs.run(
        org, .financialAnalysis, process: process, by: .tester, via: "test")
      house.clock.advance(by: .seconds(1))
      let second = try await jobs.run(
        org, .financialAnalysis, process: process, by: .tester, via: "test")
      return (first, second)
    }
    #expect(first.result["proposed"] == .integer(1))
    #expect(second.result["proposed"] == .integer(0))
    #expect(
      try await house.job(.financialAnalysis)?.job.nextAt?.toTheSecond == "2026-03-04T16:00:00Z")
  }

  @Test func `while a run is under way another is refused`() async throws {
    let house = try await EngineHouse.withAcme()
    let (jobs, org) = (house.jobs, house.org)
    let process = ProcessLife(house.context)
    try await process.begin()
    let boot = try #require(process.boot)
    _ = try await house.jobs.pause(org, .expire, by: .tester, via: "test")
    try await house.store.write { store in
      let run = JobRun(
        org: org, name: .expire, scheduledAt: store.now.advanced(by: .seconds(-5)),
        cause: .schedule, boot: boot, startedAt: store.now)
      let begun = try store.begin(run)
      #expect(begun)
    }
    let error = await #expect(throws: DecisionError.self) {
      try await jobs.run(org, .expire, process: process, by: .tester, via: "test")
    }
    #expect(error?.code == "job.running")
    #expect(try await !house.kinds().contains("job.run_requested"))
    try await process.end()
  }

  @Test func `the list says who starts the jobs, and that nobody does`() async throws {
    let house = try await EngineHouse.withAcme()
    #expect(try await house.jobs.list(house.org).leader == nil)
    let process = try await JobProcess(house)
    try await process.look()
    let leader = try #require(try await house.jobs.list(house.org).leader)
    #expect(leader.lease.boot == process.life.boot)
    house.clock.advance(by: .seconds(9))
    #expect(try await house.jobs.list(house.org).leader == nil)
  }

  // MARK: - What they do

  @Test func `expire ends what nobody decided in time`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    let process = try await JobProcess(house)
    try await process.look()
    house.clock.set(try await house.state(id).expiresAt)
    try await process.look()
    #expect(try await house.state(id).status == .expired)
  }

  @Test func `reconcile sets a look that was lost, and leaves one that is set`() async throws {
    let house = try await EngineHouse.withAcme()
    house.channel.answer(with: .unknown(code: "timeout"))
    let id = try await house.propose()
    try await house.approve(id)
    try await house.run()
    let org = house.org
    let timer = { @Sendable (store: any StoreReading) in
      try store.timer(org, .reconcile, subject: "email")
    }
    let set = try #require(try await house.store.read(timer))
    _ = try await house.store.write { store in
      try store.remove(
        DurableTimer(org: org, kind: .reconcile, subject: "email", due: set))
    }
    let process = ProcessLife(house.context)
    for expected in [1, 0] {
      let run = try await process.whileAlive {
        house.clock.advance(by: .seconds(1))
        return try await house.jobs.run(
          org, .reconcile, process: process, by: .tester, via: "test")
      }
      #expect(run.result["armed"] == .integer(Int64(expected)))
    }
    #expect(try await house.store.read(timer) == set)
  }

  @Test func `retention erases history beyond thirty days and keeps the rest`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let process = try await JobProcess(house)
    try await process.look()
    house.clock.set("2026-03-04T16:00:00Z")
    try await process.look()
    #expect(try await house.history(.financialAnalysis).count == 1)
    house.clock.set("2026-04-04T16:30:00Z")
    let (jobs, org) = (house.jobs, house.org)
    let life = ProcessLife(house.context)
    let run = try await life.whileAlive {
      try await jobs.run(org, .retention, process: life, by: .tester, via: "test")
    }
    #expect((run.result["runs"]?.integerValue ?? 0) >= 1)
    #expect(try await house.history(.financialAnalysis).isEmpty)
  }

  @Test func `every default schedule can be read`() throws {
    for name in JobName.allCases { _ = try CronSchedule(name.defaultSchedule) }
  }
}
