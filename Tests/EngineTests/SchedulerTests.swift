import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights
import Store
import Testing
import TestSupport

@Suite struct SchedulerTests {
  @Test func `a job is planned first and run when its instant has come, once`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let process = try await JobProcess(house)
    try await process.look()
    #expect(try await house.history(.financialAnalysis).isEmpty)
    #expect(
      try await house.job(.financialAnalysis)?.job.nextAt?.toTheSecond == "2026-03-04T16:00:00Z")
    house.clock.set("2026-03-04T16:00:01Z")
    try await process.look()
    try await process.look()
    let runs = try await house.history(.financialAnalysis)
    #expect(runs.count == 1)
    #expect(runs.first?.scheduledAt.toTheSecond == "2026-03-04T16:00:00Z")
    #expect(runs.first?.state == .succeeded)
    #expect(runs.first?.cause == .schedule)
    #expect(runs.first?.result["proposed"] == .integer(1))
    #expect(
      try await house.job(.financialAnalysis)?.job.nextAt?.toTheSecond == "2026-03-04T17:00:00Z")
  }

  @Test func `of many processes one leads, and each instant is run for once`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    var processes: [JobProcess] = []
    for _ in 0..<4 { processes.append(try await JobProcess(house)) }
    for minute in 0..<5 {
      house.clock.advance(by: .seconds(minute == 0 ? 0 : 60))
      let all = processes
      let leading = try await withThrowingTaskGroup(of: Bool.self) { tasks in
        for process in all { tasks.addTask { try await process.look() } }
        return try await tasks.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(leading == 1)
    }
    let runs = try await house.history(.expire)
    #expect(Set(runs.map(\.scheduledAt)).count == runs.count)
    #expect(runs.count == 4)
  }

  @Test func `after the leader's death another leads within its lease`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let first = try await JobProcess(house)
    let second = try await JobProcess(house)
    #expect(try await first.look())
    try await first.die(house)
    house.clock.advance(by: .milliseconds(8_999))
    #expect(try await !second.look())
    house.clock.advance(by: .milliseconds(1))
    #expect(try await second.look())
    house.clock.set("2026-03-04T15:01:00Z")
    #expect(try await second.look())
    #expect(try await house.history(.expire).count == 1)
  }

  @Test func `a leader that ended in order is followed at once`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let first = try await JobProcess(house)
    let second = try await JobProcess(house)
    #expect(try await first.look())
    #expect(try await !second.look())
    try await first.scheduler.release()
    #expect(try await second.look())
    #expect(try await !first.look())
  }

  @Test func `a leader that is proven dead is followed before its lease is over`() async throws {
    let house = try await EngineHouse.withAcme(
      at: "2026-03-04T15:00:10Z", configuration: EngineConfiguration(leaseSeconds: 2))
    let first = try await JobProcess(house)
    let second = try await JobProcess(house)
    #expect(try await first.look())
    try await first.die(house)
    house.clock.advance(by: .seconds(3))
    try await second.life.heartbeat()
    try await Recovery(house.context).recover()
    #expect(try await second.look())
  }

  @Test func `a leader that slept through its lease claims nothing when it wakes`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let sleeper = try await JobProcess(house)
    let other = try await JobProcess(house)
    #expect(try await sleeper.look())
    // The sleeper read that something is due, and was stopped before it claimed it.
    house.clock.set("2026-03-04T15:01:00Z")
    let stale = try await house.store.read { try $0.leader() }
    #expect(try await other.look())
    let lease = try #require(stale)
    let renewed = try await house.store.write { store in
      try store.renewLead(lease, until: store.now.advanced(by: .seconds(9)))
    }
    #expect(!renewed)
    #expect(try await !sleeper.look())
    #expect(try await house.history(.expire).count == 1)
  }

  @Test(arguments: [MissedRunRule.runOnce, .skip])
  func `what passed while nobody ran it is made up for once, or left out`(
    _ rule: MissedRunRule
  ) async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    try await house.plan(.financialAnalysis, "0 * * * *", rule)
    let process = try await JobProcess(house)
    try await process.look()
    house.clock.set("2026-03-04T19:30:00Z")
    try await process.look()
    let run = try #require(try await house.history(.financialAnalysis).first)
    #expect(run.scheduledAt.toTheSecond == "2026-03-04T19:00:00Z")
    #expect(run.cause == .missed)
    #expect(run.state == (rule == .runOnce ? .succeeded : .skipped))
    #expect(try await house.history(.financialAnalysis).count == 1)
    #expect(
      try await house.job(.financialAnalysis)?.job.nextAt?.toTheSecond == "2026-03-04T20:00:00Z")
  }

  @Test func `a job that fails waits longer each time, is shown, and recovers`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let process = try await JobProcess(house)
    try await process.look()
    try await house.breakTheBooks()
    house.clock.set("2026-03-04T16:00:00Z")
    try await process.look()
    for (wait, failures) in [(60, 2), (120, 3), (240, 4)] {
      house.clock.advance(by: .seconds(wait - 1))
      try await process.look()
      #expect(try await house.job(.financialAnalysis)?.job.failures == failures - 1)
      house.clock.advance(by: .seconds(1))
      try await process.look()
      #expect(try await house.job(.financialAnalysis)?.job.failures == failures)
    }
    let last = try #require(try await house.job(.financialAnalysis)?.last)
    #expect(last.state == .failed)
    #expect(last.cause == .retry)
    #expect(last.errorCode?.hasPrefix("store.") == true)
    try await house.mendTheBooks()
    house.clock.advance(by: .seconds(480))
    try await process.look()
    let entry = try #require(try await house.job(.financialAnalysis))
    #expect(entry.last?.state == .succeeded)
    #expect(entry.job.failures == 0)
    #expect(entry.job.nextAt?.toTheSecond == "2026-03-04T17:00:00Z")
  }

  @Test func `the run of a dead process is cut off and tried again after a wait`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let first = try await JobProcess(house)
    try await first.look()
    let (org, clock) = (house.org, house.clock)
    clock.set("2026-03-04T16:00:00Z")
    let boot = try #require(first.life.boot)
    // The process died in the middle of the run that it had claimed.
    try await house.store.write { store in
      guard var job = try store.job(org, .financialAnalysis) else { return }
      let run = JobRun(
        org: org, name: .financialAnalysis, scheduledAt: store.now, cause: .schedule, boot: boot,
        startedAt: store.now)
      #expect(try store.begin(run))
      job.nextAt = store.now.advanced(by: .seconds(3600))
      try store.save(job)
    }
    try await first.die(house)
    let second = try await JobProcess(house)
    try await second.look()
    #expect(try await house.job(.financialAnalysis)?.running != nil)
    clock.advance(by: .seconds(15))
    try await second.life.heartbeat()
    try await Recovery(house.context).recover()
    try await second.look()
    let run = try #require(try await house.history(.financialAnalysis).first)
    #expect(run.state == .abandoned)
    #expect(run.errorCode == "process_died")
    clock.advance(by: .seconds(60))
    try await second.look()
    #expect(try await house.history(.financialAnalysis).map(\.state) == [.succeeded, .abandoned])
  }

  @Test func `a job that is off is not run and misses nothing`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let process = try await JobProcess(house)
    try await process.look()
    #expect(
      try await house.jobs.pause(house.org, .financialAnalysis, by: .tester, via: "test"))
    house.clock.set("2026-03-04T18:30:00Z")
    try await process.look()
    #expect(try await house.history(.financialAnalysis).isEmpty)
    #expect(
      try await house.jobs.resume(house.org, .financialAnalysis, by: .tester, via: "test"))
    try await process.look()
    #expect(try await house.history(.financialAnalysis).isEmpty)
    #expect(
      try await house.job(.financialAnalysis)?.job.nextAt?.toTheSecond == "2026-03-04T19:00:00Z")
  }

  @Test func `a changed zone or schedule plans anew`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let process = try await JobProcess(house)
    try await house.plan(.financialAnalysis, "0 7 * * *")
    try await process.look()
    // Seven in New York.
    #expect(
      try await house.job(.financialAnalysis)?.job.nextAt?.toTheSecond == "2026-03-05T12:00:00Z")
    try await house.change { $0.profile.zone = .gmt }
    try await process.look()
    #expect(
      try await house.job(.financialAnalysis)?.job.nextAt?.toTheSecond == "2026-03-05T07:00:00Z")
    #expect(
      try await house.jobs.set(
        house.org, .financialAnalysis, schedule: .standard, missed: .standard, by: .tester,
        via: "test"))
    #expect(
      try await house.job(.financialAnalysis)?.job.nextAt?.toTheSecond == "2026-03-04T16:00:00Z")
  }

  @Test func `a stored schedule that cannot be read stops its job alone and is shown`()
    async throws
  {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    try await house.plan(.financialAnalysis, "0 7 * * *")
    _ = try await house.database.write { sql in
      try sql.execute("UPDATE jobs SET schedule = 'nonsense'", [])
    }
    let process = try await JobProcess(house)
    try await process.look()
    house.clock.set("2026-03-05T15:00:10Z")
    try await process.look()
    let entry = try #require(try await house.job(.financialAnalysis))
    #expect(entry.setting == nil)
    #expect(entry.job.nextAt == nil)
    #expect(try await house.history(.financialAnalysis).isEmpty)
    #expect(try await house.history(.expire).count == 1)
  }
}
