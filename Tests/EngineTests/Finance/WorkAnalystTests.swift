import ActionProtocol
import Connectors
import Engine
import Foundation
import Insights
import TestSupport
import Testing

/// Tasks and projects as the ledger has them, and the findings that the job keeps.
@Suite struct WorkAnalystTests {
  private func task(
    _ id: String, due: String?, project: String? = "Web site", priority: String = "1",
    isDone: Bool = false
  ) -> LedgerRow {
    .task(
      TaskRow(
        externalID: id, name: "Task \(id)", project: project,
        deadline: due.flatMap { LocalDate(iso: $0) }, priority: priority, isDone: isDone))
  }

  @Test func `what is open is read, with who owes and is being sold to`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      task("1", due: "2026-03-01", priority: "3"), task("2", due: "2026-03-04"),
      task("3", due: nil, project: nil), task("4", due: "2026-01-01", isDone: true),
      task("5", due: "2026-01-01", project: "Old", isDone: true),
      .deal(
        DealRow(
          externalID: "D", name: "Gates", partner: "acme", stage: "Offer",
          value: Money(minorUnits: 900_000, currency: Books.usd))),
      .deal(DealRow(externalID: "E", name: "Won", partner: "acme", stage: "Won", state: .won)),
    ])
    let report = try await WorkAnalyst(house.context).analyze(house.org)
    #expect(report.open == 3)
    #expect(report.overdue.map(\.task.name) == ["Task 1"])
    #expect(report.byPriority == [1, 0, 0, 0])
    // A project whose tasks are all done is not empty.
    #expect(report.emptyProjects.isEmpty)
    #expect(report.dealsAndDebts.map(\.partnerName) == ["Acme Corp"])
    #expect(report.dealsAndDebts.first?.deals.map(\.name) == ["Gates"])
  }

  @Test func `the job keeps findings, and they end by themselves`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    try await house.books((1...6).map { task("\($0)", due: "2026-03-01") })
    func run() async throws -> [String] {
      house.clock.advance(by: .seconds(60))
      let process = ProcessLife(house.context)
      let run = try await process.whileAlive {
        try await house.jobs.run(
          house.org, .taskAnalysis, process: process, by: .tester, via: "test")
      }
      #expect(run.state == .succeeded)
      return try await house.store.read { store in
        try store.findings(house.org, .tasks).map(\.draft.fingerprint).sorted()
      }
    }
    #expect(try await run() == ["tasks.late_project:1", "tasks.overdue:nobody"])
    #expect(try await run().count == 2)
    try await house.books([task("1", due: "2026-03-01", isDone: true)])
    #expect(try await run() == ["tasks.overdue:nobody"])
    try await house.books((2...6).map { task("\($0)", due: "2026-03-01", isDone: true) })
    #expect(try await run().isEmpty)
  }
}
