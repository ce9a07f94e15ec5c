import ActionProtocol
import Decisions
import Engine
import Foundation
import Glibc
import Spawning
import TestSupport
import Testing

/// `aiom worker` and the jobs, as processes.
@Suite struct WorkerTests {
  @Test func `a worker carries out what is approved and listens nowhere`() async throws {
    let house = try await Installation()
    let worker = try Binary.start(["worker", "--json"], house.environment)
    let id = try #require(try await house.approvedMessages(1).first)
    try await Self.until { try await house.states().first?.status == .completed }
    #expect(try await house.arrived().first?.hasPrefix("\(id.rawValue).1.1") == true)
    kill(worker.process.processIdentifier, SIGTERM)
    let result = try await worker.end()
    #expect(result.status == 0)
    #expect(result.output.contains("\"private\": null"))
    #expect(result.output.contains("\"public\": null"))
    try await house.close()
  }

  @Test func `of several processes one starts the jobs, and after its death another`()
    async throws
  {
    let house = try await Installation()
    let jobs = Jobs(house.context)
    let runs = try (0..<3).map { _ in try Binary.start(["worker", "--json"], house.environment) }
    let first = try await Self.leader(of: house, jobs) { _ in true }
    let leading = try #require(
      runs.first { Int($0.process.processIdentifier) == first.processID })
    leading.kill()
    _ = try await leading.end()
    let next = try await Self.leader(of: house, jobs) { $0.processID != first.processID }
    #expect(next.lease.token == first.lease.token + 1)
    #expect(runs.contains { Int($0.process.processIdentifier) == next.processID })
    for run in runs where run.process.isRunning { kill(run.process.processIdentifier, SIGTERM) }
    for run in runs where run.process.processIdentifier != leading.process.processIdentifier {
      #expect(try await run.end().status == 0)
    }
    // Whoever ends in order leaves the lead free.
    #expect(try await jobs.list(house.org).leader == nil)
    try await house.close()
  }

  @Test func `the figures of a serving process are what a strict reader takes`() async throws {
    let house = try await Installation()
    let serve = try await ServingProcess(house)
    _ = try await house.approvedMessages(2)
    try await Self.until { try await house.states().allSatisfy { $0.status == .completed } }
    let answer = await serve.answer("GET", serve.privateURL + "/metrics")
    let parts = answer.components(separatedBy: "\r\n\r\n")
    #expect(parts.first?.hasPrefix("HTTP/1.1 200") == true)
    #expect(parts.first?.contains("text/plain; version=0.0.4; charset=utf-8") == true)
    let read = try PrometheusText(try #require(parts.last))
    #expect(
      read.value("aiom_outcomes_total", ["channel": "email", "outcome": "accepted"]) == 2)
    #expect(read.value("aiom_stage_seconds_count", ["stage": "execution"]) == 2)
    #expect(read.value("aiom_database_readable") == 1)
    #expect((read.value("aiom_commit_group_size_count") ?? 0) > 0)
    #expect((read.value("process_resident_memory_bytes") ?? 0) > 1_000_000)
    let calls = read.family("smtp2go_calls_total")?.samples ?? []
    #expect(calls.contains { $0.labels["outcome"] == "accepted" && $0.value == 2 })
    for secret in ["@", "planted", "PLANTED", "api-", "Hours"] {
      #expect(parts.last?.contains(secret) == false)
    }
    serve.signal(SIGTERM)
    #expect(try await serve.run.end().status == 0)
    try await house.close()
  }

  private static func leader(
    of house: Installation, _ jobs: Jobs, _ fits: (Jobs.Leader) -> Bool
  ) async throws -> Jobs.Leader {
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while ContinuousClock.now < end {
      if let leader = try await jobs.list(house.org).leader, fits(leader) { return leader }
      await Task.yield()
    }
    throw NobodyLeads()
  }

  private struct NobodyLeads: Error {}

  /// Asks again until it holds; gives up loudly after a minute.
  private static func until(_ holds: () async throws -> Bool) async throws {
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while try await !holds() {
      try #require(ContinuousClock.now < end, "it did not come to it within a minute")
      await Task.yield()
    }
  }
}
