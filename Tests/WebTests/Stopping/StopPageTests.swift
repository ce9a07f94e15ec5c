import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

/// Stopping everything from any page, and letting it go on.
@Suite("Stopping in a browser") struct StopPageTests {
  @Test func `one click and a reason stop everything, and every page says who, when and why`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    try await place.run { running in
      for path in ["/inbox", "/actions", "/actions/\(state.id.rawValue)", "/stop"] {
        let page = try await running.ask("GET \(path)", fields)
        #expect(page.status == 200 && page.body.contains("■ Stop"), "\(path)")
        #expect(page.body.contains("Stop everything now") && !page.body.contains("banner stop"))
      }
      let done = try await running.ask(
        "POST /stop", fields,
        body: Browsing.form(session, [("reach", "everything"), ("reason", "wrong <b>amounts</b>")]))
      #expect(done.status == 303 && done.fields["location"] == "/stop?done=stopped")
      for path in ["/inbox", "/actions", "/actions/\(state.id.rawValue)", "/stop?done=stopped"] {
        let page = try await running.ask("GET \(path)", fields)
        for part in [
          "banner stop", "■ Everything is stopped.", "Stopped by person:ann",
          "2026-03-04 10:00:00 -05:00", "wrong &lt;b&gt;amounts&lt;/b&gt;",
        ] { #expect(page.body.contains(part), "\(path): \(part)") }
        #expect(!page.body.contains("Stop everything now"), "\(path)")
      }
      let resumed = try await running.ask(
        "POST /stop/resume", fields, body: Browsing.form(session, [("reach", "everything")]))
      #expect(resumed.status == 303 && resumed.fields["location"] == "/stop?done=resumed")
      let page = try await running.ask("GET /stop", fields)
      #expect(page.body.contains("Nothing is stopped") && !page.body.contains("banner stop"))
      let again = try await running.ask(
        "POST /stop/resume", fields, body: Browsing.form(session, [("reach", "everything")]))
      #expect(again.status == 409 && again.body.contains("AIOM is not stopped"))
    }
    let kinds = try await place.house.store.read { [org = place.house.org] in
      try $0.audit(org, action: nil, after: 0, limit: 1000).map {
        String(decoding: $0.leaf, as: UTF8.self)
      }
    }
    #expect(kinds.count { $0.contains(#""kind":"engine.stopped""#) } == 1)
    #expect(
      kinds.contains { $0.contains(#""kind":"engine.resumed""#) && $0.contains("person:ann") })
  }

  @Test func `whoever may not stop is offered nothing, and whoever may not resume neither`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("vic", .viewer)
    let owner = try await place.session("ann")
    let viewer = try await place.session("vic")
    try await place.run { running in
      let page = try await running.ask("GET /inbox", Browsing.fields(viewer))
      #expect(page.status == 200 && !page.body.contains("■ Stop"))
      let form = [("reach", "everything"), ("reason", "no")]
      for path in ["/stop", "/stop/resume"] {
        let answer = try await running.ask(
          "POST \(path)", Browsing.fields(viewer), body: Browsing.form(viewer, form))
        #expect(answer.status == 403, "\(path)")
      }
      _ = try await running.ask(
        "POST /stop", Browsing.fields(owner), body: Browsing.form(owner, form))
      let red = try await running.ask("GET /stop", Browsing.fields(viewer))
      #expect(red.body.contains("banner stop") && red.body.contains("Only an owner"))
      #expect(!red.body.contains("/stop/resume"))
    }
  }

  @Test func `a reason is needed, and a form of another session or page stops nothing`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    let good = [("reach", "everything"), ("reason", "x")]
    try await place.run { running in
      for (fields, body, status) in [
        (fields, Browsing.form(session, [("reach", "everything"), ("reason", " ")]), 422),
        (fields, Browsing.form(session, [("reach", "moon"), ("reason", "x")]), 422),
        (fields, "reach=everything&reason=x", 403),
        (fields, Browsing.form("other", good), 403),
        (
          ["Cookie: aiom_local=\(session)", "Sec-Fetch-Site: cross-site"],
          Browsing.form(session, good), 403
        ),
      ] {
        let answer = try await running.ask("POST /stop", fields, body: body)
        #expect(answer.status == status, "\(answer.status) \(answer.body.prefix(300))")
      }
    }
    #expect(try await EmergencyStop(place.engine).current().isEmpty)
  }

  @Test func `programs stop, look and resume; refusals are problems`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    let token = try await place.token(.person, of: "ann", [.read, .stop, .resume])
    let reader = try await place.token(.person, of: "ann", [.read])
    let fields = ["Authorization: Bearer \(token)"]
    try await place.run { running in
      let refused = try await running.ask("POST /api/v1/stop", fields, body: "{}")
      #expect(refused.status == 422)
      #expect(refused.fields["content-type"] == "application/problem+json")
      let other = try await running.ask(
        "POST /api/v1/stop", ["Authorization: Bearer \(reader)"], body: #"{"reason":"x"}"#)
      #expect(other.status == 403 && other.body.contains("access.forbidden"))
      let stopped = try await running.ask(
        "POST /api/v1/stop", fields, body: #"{"reason":"drill","reach":"organisation"}"#)
      #expect(stopped.status == 200 && stopped.body.contains(#""stopped":true"#), "\(stopped)")
      let look = try await running.ask("GET /api/v1/stop", ["Authorization: Bearer \(reader)"])
      #expect(look.status == 200 && look.body.contains(#""reason":"drill""#))
      #expect(look.body.contains(#""scope":"\#(place.house.org.rawValue)""#))
      let wrong = try await running.ask("POST /api/v1/stop/resume", fields, body: "{}")
      #expect(wrong.status == 409 && wrong.body.contains("stop.not_stopped"))
      let resumed = try await running.ask(
        "POST /api/v1/stop/resume", fields, body: #"{"reach":"organisation"}"#)
      #expect(resumed.status == 200 && resumed.body.contains(#""resumed":{"#))
      let end = try await running.ask("GET /api/v1/stop", fields)
      #expect(end.body == #"{"stops":[]}"#)
    }
  }

  @Test func `a process that has not acknowledged is named, and so is what was on its way`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose()
    let session = try await place.session("ann")
    let boot = BootRecord(
      id: BootID("boot-1"), host: "node-7", processID: 4711,
      life: BootLife(
        kernelBoot: place.engine.liveness.kernelBoot,
        leaseEndsAt: place.house.clock.now.milliseconds + 60_000),
      startedAt: place.house.clock.now)
    try await place.house.store.write { try $0.insert(boot) }
    let order = try await EmergencyStop(place.engine).stop(
      .everything, reason: "drill", by: .tester, via: "test")
    try await place.run { running in
      let page = try await running.ask("GET /inbox", Browsing.fields(session))
      #expect(page.body.contains("Not reached so far: process 4711 on node-7."))
      let detail = try await running.ask("GET /stop", Browsing.fields(session))
      #expect(detail.body.contains("Not safely stopped"))
      let call = OperationID(action: state.id, revision: 1, call: 1)
      let foreign = OperationID(
        action: try #require(ActionID(rawValue: "0193f2aa-0000-7000-8000-00000000abcd")),
        revision: 1, call: 1)
      try await place.house.store.write { store in
        try store.acknowledge(
          StopAcknowledgement(
            boot: boot.id, number: order.stop.number, inFlight: [call, foreign], at: store.now))
      }
      let later = try await running.ask("GET /inbox", Browsing.fields(session))
      #expect(later.body.contains("2 calls were on the way out"))
      #expect(!later.body.contains("Not reached"))
      let after = try await running.ask("GET /stop", Browsing.fields(session))
      #expect(after.body.contains("ended since") && after.body.contains(call.rawValue))
      // What another organisation had on its way is not named.
      #expect(!after.body.contains(foreign.rawValue))
    }
  }
}
