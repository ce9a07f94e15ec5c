import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

@Suite("Needs attention") struct AttentionPageTests {
  @Test func `where nothing is wrong the page says so, and when it was looked at`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask("GET /attention", Browsing.fields(session))
      #expect(page.status == 200 && page.body.contains("<h1>All is well</h1>"), "\(page.body)")
      #expect(page.body.contains("Looked at on Wed 2026-03-04 10:00:00 -05:00"))
    }
  }

  @Test func `each matter says what, since when, and leads to what helps`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let house = place.house
    house.channel.answer(
      with: .refused(code: "no_such_mailbox", message: "<b>No</b> such mailbox"),
      .unknown(code: "deadline"))
    let failed = try await place.propose(1)
    try await house.approve(failed.id)
    try await house.run()
    let unknown = try await place.propose(2)
    try await house.approve(unknown.id)
    try await house.run()
    let since = house.clock.now
    try await house.store.write { [org = house.org] store in
      try store.pause(
        org, .sms, Hold(reason: .throttled, until: store.now.advanced(by: .seconds(600))))
      try store.save(JobRecord(org: org, name: .sync, failures: 2))
      let run = JobRun(
        org: org, name: .sync, scheduledAt: store.now, cause: .schedule, boot: BootID("b"),
        startedAt: store.now)
      _ = try store.begin(run)
      var ended = run
      ended.state = .failed
      ended.endedAt = store.now
      ended.errorCode = "odoo.unreachable"
      _ = try store.finish(ended)
    }
    try await house.change { $0.sender = nil }
    house.clock.advance(by: .seconds(60))
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask("GET /attention", Browsing.fields(session))
      #expect(page.status == 200 && page.body.contains("<h1>Needs attention</h1>"))
      for part in [
        "href=\"/actions/\(failed.id.rawValue)\"", "href=\"/actions/\(unknown.id.rawValue)\"",
        "nobody knows whether it arrived", "&lt;b&gt;No&lt;/b&gt; such mailbox", "SMS waits",
        "The job sync failed 2 times, last with odoo.unreachable", "aiom job history sync",
        "No sender is set", "aiom org set --sender", "1 min ago",
      ] { #expect(page.body.contains(part), "\(part)") }
      let token = try await place.token(.person, of: "ann", [.read])
      let api = try await running.ask(
        "GET /api/v1/attention", ["Authorization: Bearer \(token)"])
      for part in [
        #""code":"failed""#, #""code":"outcome_unknown""#, #""code":"channel_paused""#,
        #""code":"job_failing""#, #""code":"no_sender""#, #""since":"\#(since.rfc3339)""#,
      ] { #expect(api.body.contains(part), "\(part): \(api.body)") }
    }
  }

  @Test func `what is older than thirty days, or of another organisation, is not listed`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    place.house.channel.answer(with: .refused(code: "x", message: "no"))
    let failed = try await place.propose(1)
    try await place.house.approve(failed.id)
    try await place.house.run()
    let other = try #require(OrgID(rawValue: "elsewhere"))
    let none = try? await Attention(place.engine).report(other)  // there is no such org
    #expect(none == nil)
    #expect(try await Attention(place.engine).report(place.house.org).lines.count == 1)
    place.house.clock.advance(by: .seconds(31 * 86_400))
    let later = try await Attention(place.engine).report(place.house.org)
    #expect(!later.lines.contains { if case .failed = $0.matter { true } else { false } })
  }

  @Test func `the page asks the same number of things however much there is`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let empty = try await place.statements("/attention", session)
    place.house.channel.answerAlways(with: .refused(code: "x", message: "no"))
    for number in 1...3 {
      let state = try await place.propose(Int64(number))
      try await place.house.approve(state.id)
    }
    try await place.house.run()
    #expect(try await place.statements("/attention", session) == empty)
    #expect(empty <= 28, "\(empty)")
  }
}
