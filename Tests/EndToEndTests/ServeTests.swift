import ActionProtocol
import Decisions
import Engine
import Foundation
import Glibc
import Sandbox
import Spawning
import Testing

@Suite struct ServeTests {
  @Test(arguments: [SIGTERM, SIGINT])
  func `it answers on both listeners and stops in order when asked to`(
    _ signal: Int32
  ) async throws {
    let house = try await Installation()
    let serve = try await ServingProcess(house)
    #expect(await serve.status("GET", serve.privateURL + "/healthz") == 200)
    try await Self.until { await serve.status("GET", serve.privateURL + "/readyz") == 200 }
    #expect(await serve.status("GET", serve.publicURL + "/healthz") == 404)
    #expect(await serve.status("POST", serve.publicURL + "/hooks/smtp2go/x", body: "{}") == 401)
    #expect(await serve.status("GET", serve.publicURL + "/u/x") == 404)
    serve.signal(signal)
    #expect(try await serve.run.end().status == 0)
    #expect(await serve.status("GET", serve.privateURL + "/healthz") == nil)
    try await house.close()
  }

  @Test func `asked to stop while the provider hangs, it loses nothing`() async throws {
    let house = try await Installation()
    house.sandbox.setFault(.hangAfterAccepting, count: 1)
    _ = try await house.approvedMessages(1)
    let serve = try await ServingProcess(house)
    try await Self.until { house.sandbox.hangingRequests == 1 }
    serve.signal(SIGTERM)
    // The public door is shut first; the call is still under way, and whoever watches is told.
    try await Self.until { await serve.status("GET", serve.publicURL + "/healthz") == nil }
    #expect(await serve.status("GET", serve.privateURL + "/healthz") == 200)
    let readiness = await serve.answer("GET", serve.privateURL + "/readyz")
    #expect(readiness.hasPrefix("HTTP/1.1 503"))
    #expect(readiness.contains(#""not_stopping":"not_ready""#))
    #expect(readiness.contains(#""database":"ok""#))
    #expect(serve.run.process.isRunning)
    #expect(house.sandbox.hangingRequests == 1)
    try await house.sandbox.stop()
    #expect(try await serve.run.end().status == 0)
    let state = try #require(try await house.states().first)
    #expect(state.hold?.reason == .outcomeUnknown)
    #expect(state.status == .executing)
    let org = house.org
    let attempts = try await house.store.read { try $0.attempts(org, state.id) }
    #expect(attempts.count == 1)
    _ = try await house.sandbox.start()
    try await house.close()
  }

  @Test func `what is approved while it runs goes out`() async throws {
    let house = try await Installation()
    let serve = try await ServingProcess(house)
    let id = try #require(try await house.approvedMessages(1).first)
    try await Self.until { try await house.states().first?.status == .completed }
    let arrived = try await house.arrived()
    #expect(arrived.count == 1)
    #expect(arrived.first?.hasPrefix("\(id.rawValue).1.1") == true)
    serve.signal(SIGTERM)
    #expect(try await serve.run.end().status == 0)
    try await house.close()
  }

  @Test func `a taken port ends the start before anything is carried out`() async throws {
    let house = try await Installation()
    _ = try await house.approvedMessages(1)
    let other = try await Installation()
    let first = try await ServingProcess(other)
    let taken = first.publicURL.replacing("http://", with: "")
    let second = try await Binary.run(
      ["serve", "--json", "--listen", "off", "--public-listen", taken], house.environment)
    #expect(second.status == 5)
    #expect(second.output.contains("listen.port_in_use"))
    #expect(second.output.contains(taken))
    #expect(await house.sandbox.mailbox.count == 0)
    #expect(try await house.states().first?.status == .approved)
    first.signal(SIGTERM)
    #expect(try await first.run.end().status == 0)
    try await other.close()
    try await house.close()
  }

  @Test(arguments: [
    (["--public-listen", "0.0.0.0:0"], "listen.unprotected"),
    (["--listen", "0.0.0.0:0"], "listen.unprotected"),
    (["--listen", "example.com:80"], "settings.invalid"),
    (["--behind-proxy", "anybody"], "settings.invalid"),
    (["--tls-certificate", "missing.pem"], "settings.tls_incomplete"),
    (
      ["--tls-certificate", "missing.pem", "--tls-key", "missing.key"],
      "tls.certificate_unreadable"
    ),
  ])
  func `what would be unsafe or cannot be is refused with a reason`(
    _ arguments: [String], _ code: String
  ) async throws {
    let house = try await Installation()
    let result = try await Binary.run(["serve", "--json"] + arguments, house.environment)
    #expect(result.status == 3)
    #expect(result.output.contains("\"\(code)\""))
    try await house.close()
  }

  @Test func `both listeners can be left out`() async throws {
    let house = try await Installation()
    let run = try Binary.start(
      ["serve", "--json", "--listen", "off", "--public-listen", "off"], house.environment)
    _ = try await house.approvedMessages(1)
    try await Self.until { try await house.states().first?.status == .completed }
    kill(run.process.processIdentifier, SIGTERM)
    let result = try await run.end()
    #expect(result.status == 0)
    #expect(result.output.contains("\"private\": null"))
    try await house.close()
  }

  /// Asks again until it holds; gives up loudly after a minute.
  private static func until(_ holds: () async throws -> Bool) async throws {
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while try await !holds() {
      try #require(ContinuousClock.now < end, "it did not come to it within a minute")
      await Task.yield()
    }
  }
}
