import ActionProtocol
import Decisions
import Engine
import Store
import Testing
import TestSupport

@Suite struct MetricsTests {
  @Test func `the text is what a strict reader takes`() throws {
    let counter = MetricFamily(
      .counter, "a_total", "Back\\slash and\nline.", labels: ["one", "two"])
    counter.add(2, "x", "y")
    counter.add(0.5, "quote\" back\\ line\n", "")
    let gauge = MetricFamily(.gauge, "b", "A gauge.")
    gauge.set(-3.25)
    let times = MetricFamily(.histogram, "c_seconds", "Times.", labels: ["k"], bounds: [0.1, 1])
    for value in [0.05, 0.1, 0.5, 1.0, 7] { times.observe(value, "v") }
    let read = try PrometheusText(MetricText.render([counter, gauge, times]))
    #expect(read.families.map(\.name) == ["a_total", "b", "c_seconds"])
    #expect(read.family("a_total")?.help == "Back\\slash and\nline.")
    #expect(read.value("a_total", ["one": "x", "two": "y"]) == 2)
    #expect(read.value("a_total", ["one": "quote\" back\\ line\n", "two": ""]) == 0.5)
    #expect(read.value("b") == -3.25)
    let buckets = ["0.1", "1", "+Inf"].map {
      read.value("c_seconds_bucket", ["k": "v", "le": $0])
    }
    #expect(buckets == [2, 4, 5])
    #expect(read.value("c_seconds_count", ["k": "v"]) == 5)
    #expect(read.value("c_seconds_sum", ["k": "v"]) == 8.65)
  }

  @Test(arguments: [
    (1e15, "1000000000000000"), (0, "0"), (0.25, "0.25"), (.infinity, "+Inf"),
    (-.infinity, "-Inf"), (.nan, "NaN"),
  ])
  func `numbers are written as the format has them`(_ value: Double, _ text: String) {
    let gauge = MetricFamily(.gauge, "g", "A gauge.")
    gauge.set(value)
    #expect(MetricText.render([gauge]).hasSuffix("g \(text)\n"))
  }

  @Test func `a family without values still says what it is`() throws {
    let read = try PrometheusText(
      MetricText.render([MetricFamily(.counter, "a_total", "Help.", labels: ["x"])]))
    #expect(read.families.map(\.kind) == ["counter"])
    #expect(read.families.first?.samples.isEmpty == true)
  }

  @Test func `beyond the most series everything further is one`() {
    let counter = MetricFamily(.counter, "a_total", "Help.", labels: ["x"])
    for number in 0..<(MetricFamily.mostSeries + 50) { counter.add(1, "\(number)") }
    #expect(counter.snapshot.count == MetricFamily.mostSeries + 1)
    #expect(counter.snapshot.first { $0.labels == ["other"] }?.value == 50)
    counter.add(1, "3")
    #expect(counter.snapshot.first { $0.labels == ["3"] }?.value == 2)
  }

  @Test func `many at once lose no count`() async {
    let counter = MetricFamily(.counter, "a_total", "Help.")
    let times = MetricFamily(.histogram, "b_seconds", "Help.", bounds: [1])
    await withTaskGroup(of: Void.self) { tasks in
      for _ in 0..<8 {
        tasks.addTask {
          for _ in 0..<1000 {
            counter.add()
            times.observe(.milliseconds(500))
          }
        }
      }
    }
    #expect(counter.snapshot.first?.value == 8000)
    #expect(times.snapshot.first?.count == 8000)
    #expect(times.snapshot.first?.value == 4000)
  }

  // MARK: - The engine's own

  private func scrape(_ house: EngineHouse) async throws -> PrometheusText {
    try PrometheusText(await MetricsReport(house.context, further: { [] }).text())
  }

  @Test func `the queue is shown by status and hold, and what is finished is not`() async throws {
    let house = try await EngineHouse.withAcme(undoSeconds: 60)
    let id = try await house.propose()
    func depth(_ status: String, _ hold: String) async throws -> Double? {
      try await scrape(house).value(
        "aiom_actions", ["org": house.org.rawValue, "status": status, "hold": hold])
    }
    #expect(try await depth("pending_approval", "none") == 1)
    try await house.approve(id)
    #expect(try await depth("pending_approval", "none") == nil)
    #expect(try await depth("approved", "undo_window") == 1)
    house.clock.advance(by: .seconds(60))
    try await house.run()
    #expect(try await scrape(house).family("aiom_actions")?.samples.isEmpty == true)
  }

  @Test func `a call is counted with its channel and outcome, and timed`() async throws {
    let house = try await EngineHouse.withAcme()
    house.channel.answer(with: .unknown(code: "timeout"))
    let id = try await house.propose()
    try await house.approve(id)
    try await house.run()
    let read = try await scrape(house)
    #expect(
      read.value("aiom_outcomes_total", ["channel": "email", "outcome": "unknown"]) == 1)
    #expect(read.value("aiom_call_seconds_count", ["channel": "email"]) == 1)
    #expect((read.value("aiom_claim_seconds_count") ?? 0) >= 1)
  }

  @Test func `looks, takeovers, jobs and the lead are counted`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-04T15:00:10Z")
    let process = try await JobProcess(house)
    #expect(try await scrape(house).value("aiom_leads_jobs") == 0)
    try await process.look()
    #expect(try await scrape(house).value("aiom_leads_jobs") == 1)
    house.channel.answer(with: .unknown(code: "timeout"))
    try await house.approve(try await house.propose())
    try await house.run()
    try await Reconciler(house.context).reconcile(house.org)
    try await house.breakTheBooks()
    house.clock.set("2026-03-04T16:00:00Z")
    try await process.look()
    let read = try await scrape(house)
    let looks = ["settled", "open"].compactMap {
      read.value("aiom_reconciliations_total", ["result": $0])
    }
    #expect(looks.reduce(0, +) == 1)
    #expect(
      read.value("aiom_job_runs_total", ["job": "financial_analysis", "state": "failed"]) == 1)
    // It, the analysis of tasks, and `expire`, which withdraws what the books say is settled.
    #expect(read.value("aiom_jobs_failing", ["org": house.org.rawValue]) == 3)
    #expect(read.value("aiom_boots_taken_over_total") == 0)
  }

  @Test func `a database that does not answer takes only its own figures away`() async throws {
    let house = try await EngineHouse.withAcme()
    _ = try await house.database.write { try $0.execute("ALTER TABLE orgs RENAME TO gone", []) }
    let read = try await scrape(house)
    #expect(read.value("aiom_database_readable") == 0)
    #expect(read.family("aiom_actions") == nil)
    #expect(read.family("aiom_outcomes_total") != nil)
  }

  @Test func `no label holds an address, a subject or a key`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.approve(try await house.propose())
    try await house.run()
    let text = await MetricsReport(house.context, further: { [] }).text()
    for secret in ["acmecorp", "@", "INV-2024", "Payment", "api-"] {
      #expect(!text.contains(secret))
    }
  }
}
