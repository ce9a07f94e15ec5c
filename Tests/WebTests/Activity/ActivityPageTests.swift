import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

@Suite("Activity") struct ActivityPageTests {
  @Test func `what comes is listed with its exact instant, and what ended with when`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let house = place.house
    try await house.change { $0.undoSeconds = 90 }
    let first = try await place.propose(1)
    try await house.approve(first.id)
    let second = try await place.propose(2)
    _ = try await Approvals(place.engine).reject(
      house.org, second.id, reason: "no", quiet: .untilFactsChange, by: .tester, via: "test")
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    try await place.run { running in
      let page = try await running.ask("GET /activity", fields)
      #expect(page.status == 200 && page.body.contains("Nothing is being carried out"))
      let parts = page.body.split(separator: "Recently ended")
      #expect(parts[0].contains("/actions/\(first.id.rawValue)"))
      #expect(page.body.contains("Wed 2026-03-04 10:01:30 -05:00, in 1 min 30 s: undo window"))
      #expect(page.body.contains("/actions/\(second.id.rawValue)"))
      house.clock.advance(by: .seconds(91))
      let due = try await running.ask("GET /activity", fields)
      #expect(due.body.contains("due now"))
      try await house.run()
      house.clock.advance(by: .seconds(120))
      let done = try await running.ask("GET /activity", fields)
      #expect(done.body.contains("Nothing approved is due before"))
      #expect(done.body.contains("completed") && done.body.contains("rejected"))
      #expect(done.body.contains("2 min ago"))
      let token = try await place.token(.person, of: "ann", [.read])
      let api = try await running.ask(
        "GET /api/v1/activity", ["Authorization: Bearer \(token)"])
      #expect(api.body.contains(#""coming":[]"#) && api.body.contains(first.id.rawValue))
    }
  }

  @Test func `what begins later than in two hours is not listed`() async throws {
    let place = try await AccessPlace()
    let house = place.house
    try await house.change { $0.undoSeconds = 86_400 }
    let state = try await place.propose(1)
    try await house.approve(state.id)
    #expect(try await Activity(place.engine).report(house.org).coming.isEmpty)
    house.clock.advance(by: .seconds(86_400 - 7200))
    #expect(try await Activity(place.engine).report(house.org).coming.map(\.id) == [state.id])
  }

  @Test func `the page asks the same number of things however much is going on`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let one = try await place.propose(1)
    try await place.house.approve(one.id)
    let few = try await place.statements("/activity", session)
    for number in 2...3 {
      let state = try await place.propose(Int64(number))
      try await place.house.approve(state.id)
    }
    #expect(try await place.statements("/activity", session) == few)
    #expect(few <= 22, "\(few)")
  }
}
