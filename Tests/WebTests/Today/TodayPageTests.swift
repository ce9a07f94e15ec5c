import ActionProtocol
import Connectors
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

@Suite("Today") struct TodayPageTests {
  /// A day with one completed and one rejected, and one completed the day before.
  private static func day() async throws -> AccessPlace {
    let place = try await AccessPlace()
    let house = place.house
    try await place.addOwner()
    let before = try await place.propose(1)
    try await house.approve(before.id)
    try await house.run()
    house.clock.set("2026-03-05T15:00:00Z")
    let first = try await place.propose(2)
    let second = try await place.propose(3)
    house.clock.advance(by: .seconds(60))
    try await house.approve(first.id)
    house.clock.advance(by: .seconds(240))
    _ = try await Approvals(place.engine).reject(
      house.org, second.id, reason: "no", quiet: .untilFactsChange, by: .tester, via: "test")
    try await house.run()
    return place
  }

  /// The same numbers, counted by reading everything one by one.
  private static func counted(
    _ place: AccessPlace, from start: Instant, to end: Instant
  ) async throws -> [String: Int64] {
    let org = place.house.org
    return try await place.house.store.read { store in
      let states = try store.actions(org, ActionFilter(limit: 1000))
      let day = { (instant: Instant?) in instant.map { $0 >= start && $0 < end } ?? false }
      let completed = states.filter { $0.status == .completed && day($0.executedAt) }
      let persons = completed.filter { $0.approval?.by.kind == .person }
      let rejected = states.filter { $0.status == .rejected && day($0.rejection?.at) }
      var approved: Set<ActionID> = []
      var waits: [Int64] = []
      for state in states {
        guard let request = try store.request(org, state.id, revision: state.revision) else {
          continue
        }
        for entry in try store.entries(org, of: request.id)
        where entry.word == .approve && day(entry.at) { approved.insert(state.id) }
        if let end = try store.resolution(org, of: request.id), day(end.at),
          [.approved, .rejected].contains(end.outcome)
        {
          waits.append(end.at.milliseconds - request.at.milliseconds)
        }
      }
      waits.sort()
      let middle =
        waits.isEmpty
        ? 0 : (waits[(waits.count - 1) / 2] + waits[waits.count / 2]) / 2
      return [
        "completed": Int64(completed.count), "completed_by_persons": Int64(persons.count),
        "completed_by_policy": Int64(completed.count - persons.count),
        "approved_by_persons": Int64(approved.count),
        "rejected_by_persons": Int64(rejected.count), "median_wait": middle,
        "longest_wait": waits.last ?? 0,
        "emails": Int64(
          try states.flatMap { try store.attempts(org, $0.id) }
            .count { day($0.intent.at) && $0.outcome == "accepted" }),
      ]
    }
  }

  @Test(arguments: [nil, "2026-03-04", "2026-03-03"])
  func `every number equals what is found by reading everything`(_ iso: String?) async throws {
    let place = try await Self.day()
    let report = try await DayReader(place.engine).report(
      place.house.org, on: iso.flatMap(LocalDate.init(iso:)))
    let own = try await Self.counted(place, from: report.start, to: report.end)
    let figures = report.figures
    let shown: [String: Int64] = [
      "completed": Int64(figures.completed),
      "completed_by_persons": Int64(figures.completedByPersons),
      "completed_by_policy": Int64(figures.completedByPolicy),
      "approved_by_persons": Int64(figures.approvedByPersons),
      "rejected_by_persons": Int64(figures.rejectedByPersons),
      "median_wait": figures.medianWaitMilliseconds ?? 0,
      "longest_wait": figures.longestWaitMilliseconds ?? 0, "emails": Int64(figures.emails),
    ]
    #expect(shown == own)
    if iso == nil {
      #expect(figures.completed == 1 && figures.approvedByPersons == 1)
      #expect(figures.medianWaitMilliseconds == 180_000)
      #expect(figures.longestWaitMilliseconds == 300_000 && figures.settledRequests == 2)
    }
  }

  @Test func `what the policy let go counts as done by itself`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting(), policy: .initial)
    try await house.books([.partner(PartnerRow(externalID: "a", name: "Acme"))])
    let proposal = Proposal(
      orgID: house.org,
      operation: .createTask(
        .createFollowUpTask, CreateTask(name: "Call Acme", description: "About the hours.")),
      idempotencyKey: IdempotencyKey(rawValue: "task"),
      expectedEffect: "Somebody calls the customer.", reasoning: "The customer asked for a call.",
      affectedRecords: AffectedRecords(partnerID: PartnerID(rawValue: 1)))
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    let state = try #require(outcome.state)
    #expect(state.status == .approved)
    // The policy leaves time to undo it.
    house.clock.advance(by: .seconds(3600))
    try await house.run()
    #expect(try await house.state(state.id).status == .completed)
    let figures = try await DayReader(house.context).report(house.org, on: nil).figures
    #expect(figures.completed == 1 && figures.completedByPolicy == 1)
    #expect(figures.letGoByPolicy == 1 && figures.approvedByPersons == 0)
    #expect(figures.medianWaitMilliseconds == nil && figures.emails == 0)
  }

  @Test func `the page shows each number with its definition, and days before`() async throws {
    let place = try await Self.day()
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask("GET /today", Browsing.fields(session))
      #expect(page.status == 200 && page.body.contains("<h1>Today</h1>"))
      #expect(page.body.matches(of: /What is counted/).count == 13)
      for part in ["3 min", "5 min", "executed_at in the day", "day=2026-03-04"] {
        #expect(page.body.contains(part), "\(part)")
      }
      let past = try await running.ask("GET /today?day=2026-03-04", Browsing.fields(session))
      #expect(past.body.contains("<h1>2026-03-04</h1>") && past.body.contains("The day after"))
      let bad = try await running.ask("GET /today?day=yesterday", Browsing.fields(session))
      #expect(bad.status == 422)
      let token = try await place.token(.person, of: "ann", [.read])
      let api = try await running.ask("GET /api/v1/today", ["Authorization: Bearer \(token)"])
      #expect(api.body.contains(#""name":"median_wait""#) && api.body.contains("180000"))
    }
  }

  /// The clocks went forward on 2026-03-08 in New York: a day of 23 hours.
  @Test func `a day begins and ends at the organisation's midnight`() async throws {
    let place = try await AccessPlace()
    let report = try await DayReader(place.engine).report(
      place.house.org, on: LocalDate(iso: "2026-03-08"))
    #expect(report.start.rfc3339 == "2026-03-08T05:00:00.000Z")
    #expect(report.end.rfc3339 == "2026-03-09T04:00:00.000Z")
  }

  @Test func `the page asks the same number of things however much was done`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let few = try await place.statements("/today", session)
    for number in 1...3 {
      let state = try await place.propose(Int64(number))
      try await place.house.approve(state.id)
    }
    try await place.house.run()
    #expect(try await place.statements("/today", session) == few)
    #expect(few <= 27, "\(few)")
  }
}
