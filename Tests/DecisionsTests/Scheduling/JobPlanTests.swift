import ActionProtocol
import Decisions
import Foundation
import Testing

@Suite struct JobPlanTests {
  private func due(
    _ expression: String, planned: String, now: String, _ rule: MissedRunRule
  ) throws -> DueRun {
    JobPlan.due(
      planned: try #require(Instant(rfc3339: planned)),
      now: try #require(Instant(rfc3339: now)), schedule: try CronSchedule(expression),
      zone: .gmt, rule: rule)
  }

  @Test(arguments: MissedRunRule.allCases)
  func `before its instant nothing is due`(_ rule: MissedRunRule) throws {
    let due = try due(
      "0 * * * *", planned: "2026-03-04T15:00:00Z", now: "2026-03-04T14:59:59.999Z", rule)
    #expect(due.run == nil)
    #expect(due.missed == nil)
    #expect(due.next?.toTheSecond == "2026-03-04T15:00:00Z")
  }

  @Test(
    arguments: MissedRunRule.allCases, ["2026-03-04T15:00:00Z", "2026-03-04T15:01:00Z"])
  func `within a minute it is on time, whatever the rule`(
    _ rule: MissedRunRule, _ now: String
  ) throws {
    let due = try due("0 * * * *", planned: "2026-03-04T15:00:00Z", now: now, rule)
    #expect(due.run?.toTheSecond == "2026-03-04T15:00:00Z")
    #expect(due.missed == nil)
    #expect(due.next?.toTheSecond == "2026-03-04T16:00:00Z")
  }

  @Test(arguments: [
    (MissedRunRule.runOnce, true), (.skip, false),
  ])
  func `later it was missed, and the rule decides`(
    _ rule: MissedRunRule, _ isMadeUpFor: Bool
  ) throws {
    let due = try due(
      "0 * * * *", planned: "2026-03-04T15:00:00Z", now: "2026-03-04T15:01:00.001Z", rule)
    #expect(due.run?.toTheSecond == (isMadeUpFor ? "2026-03-04T15:00:00Z" : nil))
    #expect(due.missed?.toTheSecond == "2026-03-04T15:00:00Z")
    #expect(due.next?.toTheSecond == "2026-03-04T16:00:00Z")
  }

  @Test func `many missed instants make one run, for the last of them`() throws {
    let due = try due(
      "* * * * *", planned: "2026-03-04T15:00:00Z", now: "2026-06-04T15:00:30Z", .runOnce)
    #expect(due.run?.toTheSecond == "2026-06-04T15:00:00Z")
    #expect(due.missed?.toTheSecond == "2026-03-04T15:00:00Z")
    #expect(due.next?.toTheSecond == "2026-06-04T15:01:00Z")
  }

  @Test func `an instant that is on time is run for also where earlier ones are left out`()
    throws
  {
    let due = try due(
      "* * * * *", planned: "2026-03-04T15:00:00Z", now: "2026-03-04T15:05:10Z", .skip)
    #expect(due.run?.toTheSecond == "2026-03-04T15:05:00Z")
    #expect(due.missed?.toTheSecond == "2026-03-04T15:00:00Z")
  }

  @Test(arguments: [
    (1, 60), (2, 120), (3, 240), (6, 1920), (7, 3600), (8, 3600), (1000, 3600), (0, 60),
  ])
  func `the wait after failures doubles up to an hour`(_ failures: Int, _ seconds: Int) {
    #expect(JobPlan.wait(afterFailures: failures) == .seconds(seconds))
  }
}

@Suite struct LeadershipTests {
  private let end = Instant(milliseconds: 10_000)

  @Test(arguments: [
    (9_999 as Int64, true, false), (10_000, true, true), (9_999, false, true),
    (10_000, false, true),
  ])
  func `the lead changes hands when its time is over or its holder is dead`(
    _ now: Int64, _ lives: Bool, _ mayBeTaken: Bool
  ) {
    #expect(
      Leadership.mayBeTaken(
        expiresAt: end, now: Instant(milliseconds: now), holderLives: lives) == mayBeTaken)
  }

  @Test func `it is renewed more than twice before it ends`() {
    #expect(Leadership.renewal * 2 < Leadership.length)
  }
}
