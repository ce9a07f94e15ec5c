import Foundation
import Testing

@Suite struct JobCommandTests {
  static func house() async throws -> Binary {
    let binary = try Binary()
    let made = try await binary.run(
      "init", "--org", "harbor", "--name", "Harbor", "--country", "US", "--zone",
      "America/New_York", "--sender", "Harbor <billing@harbor.example>")
    #expect(made.status == 0, "\(made.errors)")
    return binary
  }

  private static func jobs(_ output: Binary.Output) throws -> [[String: Any]] {
    try #require(try output.json()["jobs"] as? [[String: Any]])
  }

  @Test func `the list shows every job before anything ran`() async throws {
    let binary = try await Self.house()
    defer { binary.remove() }
    let listed = try await binary.run("job", "list", "--json")
    let jobs = try Self.jobs(listed)
    #expect(
      jobs.map { $0["job"] as? String }
        == [
          "expire", "reconcile", "sync", "financial_analysis", "sales_analysis", "task_analysis",
          "briefing", "evening_summary", "notices", "retention",
        ])
    #expect(jobs.allSatisfy { $0["last"] is NSNull && $0["next_at"] is String })
    #expect(try listed.json()["leader"] is NSNull)
    let text = try await binary.run("job", "list").text
    #expect(text.contains("Nobody runs jobs now"))
    #expect(text.contains("America/New_York"))
    #expect(try await binary.run("job", "history").text.contains("No run yet."))
  }

  @Test func `a run is done at once and kept`() async throws {
    let binary = try await Self.house()
    defer { binary.remove() }
    let run = try await binary.run("job", "run", "financial-analysis")
    #expect(run.status == 0)
    #expect(run.text.hasPrefix("financial_analysis: succeeded, customers 0, proposed 0"))
    let history = try await binary.run("job", "history", "--job", "financial_analysis", "--json")
    let runs = try #require(try history.json()["runs"] as? [[String: Any]])
    #expect(runs.map { $0["cause"] as? String } == ["person"])
    let audit = try await binary.run("audit", "list")
    #expect(audit.text.contains("job.run_requested"))
  }

  @Test func `a job is switched off and on, and says so when it was`() async throws {
    let binary = try await Self.house()
    defer { binary.remove() }
    #expect(try await binary.run("job", "pause", "retention").text.contains("is off"))
    #expect(try await binary.run("job", "pause", "retention").text.contains("off already"))
    let listed = try Self.jobs(try await binary.run("job", "list", "--json"))
    let paused = try #require(listed.first { $0["job"] as? String == "retention" })
    #expect(paused["paused_at"] is String)
    #expect(paused["next_at"] is NSNull)
    #expect(try await binary.run("job", "resume", "retention").text.contains("is on"))
    #expect(try await binary.run("job", "resume", "retention").text.contains("on already"))
  }

  @Test func `an own schedule is kept, and the standard one comes back`() async throws {
    let binary = try await Self.house()
    defer { binary.remove() }
    let set = try await binary.run(
      "job", "set", "retention", "--schedule", "0 4 * * SUN", "--missed", "skip", "--json")
    let job = try #require(try set.json()["job"] as? [String: Any])
    #expect(job["schedule"] as? String == "0 4 * * SUN")
    #expect(job["missed"] as? String == "skip")
    let back = try await binary.run("job", "set", "retention", "--standard", "--json")
    let standard = try #require(try back.json()["job"] as? [String: Any])
    #expect(standard["schedule"] as? String == "30 3 * * *")
  }

  @Test(arguments: [
    (["job", "run", "nonsense"], "job.unknown"),
    (["job", "set", "expire", "--schedule", "61 * * * *"], "schedule.number"),
    (["job", "set", "expire", "--missed", "twice"], "job.missed"),
    (["job", "set", "expire"], "job.nothing"),
    (["job", "history", "--limit", "0"], "job.limit"),
  ])
  func `wrong usage is told with a code and exit status 2`(
    _ arguments: [String], _ code: String
  ) async throws {
    let binary = try await Self.house()
    defer { binary.remove() }
    let output = try await binary.run(arguments + ["--json"])
    #expect(output.status == 2)
    #expect(try output.errorCode() == code)
  }
}
