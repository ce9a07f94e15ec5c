import ActionProtocol
import Connectors
import Engine
import Foundation
import Insights
import Testing
import TestSupport

/// What a company is told in the morning and in the evening.
@Suite struct BriefingTests {
  private func sections(_ briefing: Briefing?) -> [String] { briefing?.sections.map(\.name) ?? [] }

  @Test func `where there is nothing to say nothing is kept`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    let briefer = Briefer(house.context)
    #expect(try await briefer.keep(house.org, .morning, by: .finder, via: "test") == nil)
    #expect(try await briefer.last(house.org, .morning) == nil)
    #expect(try await !house.kinds().contains("briefing.made"))
  }

  @Test func `it tells what was done, what waits, the money and what is planned`() async throws {
    let house = try await EngineHouse.withAcme()
    let briefer = Briefer(house.context)
    let id = try await house.propose()
    let waiting = try #require(try await briefer.compose(house.org, .morning))
    #expect(sections(waiting) == ["waits", "money"])
    #expect(waiting.sections[0].lines[0] == "1 proposal for your approval.")
    try await house.approve(id)
    #expect(sections(try await briefer.compose(house.org, .morning)) == ["money", "plan"])
    _ = try await house.run()
    try await house.books([
      try Books.payment("P1", of: "INV-2024-001", cents: 100_000, on: "2026-03-04")
    ])
    house.clock.advance(by: .seconds(60))
    let evening = try #require(
      try await briefer.keep(house.org, .evening, by: .finder, via: "test"))
    let done = try #require(evening.sections.first { $0.name == "done" })
    #expect(done.lines.contains("1 × send invoice reminder: approved by a person"))
    #expect(done.lines.contains { $0.contains("1,000") && $0.hasSuffix("came in.") })
    #expect(try await house.kinds().contains("briefing.made"))
  }

  @Test func `a second one of the day takes the place of the first`() async throws {
    let house = try await EngineHouse.withAcme()
    _ = try await house.propose()
    let briefer = Briefer(house.context)
    for _ in 1...2 {
      _ = try await briefer.keep(house.org, .morning, by: .finder, via: "test")
      house.clock.advance(by: .seconds(60))
    }
    #expect(try await briefer.archive(house.org, limit: 10).count == 1)
    let kept = try #require(try await briefer.last(house.org, .morning))
    #expect(try await briefer.last(house.org, .morning, on: kept.briefing.day) == kept)
    let next = kept.briefing.day.adding(days: 1)
    #expect(try await briefer.last(house.org, .morning, on: next) == nil)
    #expect(try await briefer.last(house.org, .evening) == nil)
  }

  @Test func `the archive gives back what was composed`() throws {
    let day = try #require(LocalDate(iso: "2026-03-04"))
    let briefing = Briefing(
      kind: .morning, day: day, since: try #require(Instant(rfc3339: "2026-03-04T00:00:00Z")),
      sections: [BriefingSection(name: "plan", title: "Today", lines: ["One.", "Two."])])
    #expect(Briefing(json: briefing.json) == briefing)
    #expect(Briefing(json: ["kind": "noon"]) == nil)
  }

  @Test func `an evening names new findings alone`() throws {
    var facts = BriefingFacts()
    facts.findings = [
      BriefedFinding(
        number: 1, severity: .high, title: "Old", explanation: "Known.", isNew: false)
    ]
    let day = try #require(LocalDate(iso: "2026-03-04"))
    let since = try #require(Instant(rfc3339: "2026-03-04T00:00:00Z"))
    let formats = MessageFormats(localeIdentifier: "en_US")
    #expect(Briefing.compose(.evening, day: day, since: since, facts, formats) == nil)
    let morning = Briefing.compose(.morning, day: day, since: since, facts, formats)
    #expect(morning?.sections.map(\.name) == ["risks"])
    #expect(morning?.sections.first?.lines == ["high: Old. Known. (finding 1)"])
  }
}
