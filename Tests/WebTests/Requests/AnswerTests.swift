import Testing

@testable import Web

@Suite("Answers") struct AnswerTests {
  private static let everyPath = [
    "/healthz", "/readyz", "/metrics", "/nowhere", "/u/unknown", "/u/\(RecordingPorts.linkToken)",
    "/hooks/smtp2go/unknown",
  ]

  @Test(arguments: ListenerRole.allCases)
  func `every answer carries the security fields and names no server`(
    _ role: ListenerRole
  ) async throws {
    try await RunningListener.run(role) { place in
      for path in Self.everyPath {
        let fields = try await place.ask("GET \(path)").fields
        #expect(fields["x-content-type-options"] == "nosniff")
        #expect(fields["x-frame-options"] == "DENY")
        #expect(fields["referrer-policy"] == "no-referrer")
        #expect(fields["cache-control"] == "no-store")
        #expect(fields["x-robots-tag"] == "noindex, nofollow")
        #expect(fields["content-security-policy"]?.contains("default-src 'none'") == true)
        #expect(fields["server"] == nil)
        #expect(fields["x-request-id"]?.utf8.count == 16)
        #expect(fields["strict-transport-security"] == nil)
      }
    }
  }

  @Test func `a problem says what, how to help, and which request`() async throws {
    try await RunningListener.run { place in
      let answer = try await place.ask("GET /nowhere")
      #expect(answer.status == 404)
      #expect(answer.fields["content-type"] == "application/problem+json")
      let id = try #require(answer.fields["x-request-id"])
      for part in [
        #""code":"not_found""#, #""detail":"Check"#, #""request_id":"\#(id)""#, #""status":404"#,
        #""title":"#, #""type":"urn:aiom:problem:not_found""#,
      ] {
        #expect(answer.body.contains(part))
      }
    }
  }

  @Test func `the private listener says what there is, the public one does not`() async throws {
    try await RunningListener.run(.private) { place in
      let body = try await place.ask("GET /nowhere").body
      #expect(
        body.contains(#""available":["GET /healthz","GET /readyz","GET /metrics","GET /login""#))
    }
    try await RunningListener.run(.public) { place in
      let body = try await place.ask("GET /").body
      #expect(!body.contains("available"))
    }
  }

  @Test func `metrics are the ports' text, on the private listener alone`() async throws {
    try await RunningListener.run(.private) { place in
      let answer = try await place.ask("GET /metrics")
      #expect(answer.status == 200)
      #expect(answer.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(answer.body == RecordingPorts.figures)
      #expect(try await place.ask("POST /metrics", body: "x").status == 405)
    }
    try await RunningListener.run(.public) { place in
      let status = try await place.ask("GET /metrics").status
      #expect(status == 404)
    }
  }

  @Test func `health and readiness are two questions`() async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.private, ports) { place in
      #expect(try await place.ask("GET /readyz").status == 200)
      ports.set { $0.isReady = false }
      let readiness = try await place.ask("GET /readyz")
      #expect(readiness.status == 503)
      #expect(readiness.body.contains(#""database":"not_ready""#))
      #expect(try await place.ask("GET /healthz").status == 200)
      #expect(ports.writes == [])
    }
  }

  @Test(arguments: ListenerRole.allCases)
  func `neither listener serves the other one's routes`(_ role: ListenerRole) async throws {
    try await RunningListener.run(role) { place in
      for route in RouteTable.all where route.listener != role {
        let path = route.template.text.replacing("{token}", with: RecordingPorts.linkToken)
        let answer = try await place.ask("\(route.method) \(path)", body: "")
        #expect(answer.status == 404)
      }
    }
  }

  @Test func `through a trusted proxy with https the client is told to insist on it`()
    async throws
  {
    let proxies = try #require(TrustedProxies("127.0.0.1"))
    try await RunningListener.run(proxies: proxies) { place in
      let secure = try await place.ask(
        "GET /nowhere", ["X-Forwarded-For: 198.51.100.1", "X-Forwarded-Proto: https"])
      #expect(secure.fields["strict-transport-security"]?.hasPrefix("max-age=") == true)
      let plain = try await place.ask(
        "GET /u/\(RecordingPorts.linkToken)",
        ["X-Forwarded-For: 198.51.100.1", "X-Forwarded-Proto: http"])
      #expect(plain.status == 403)
      #expect(plain.body.contains("https_required"))
    }
  }

  /// Secrets stand in the path, the query and the fields; customers' data in the body.
  @Test func `no log line holds anything that a client sent`() async throws {
    let spy = LogSpy()
    let ports = RecordingPorts()
    let marker = "PLANTED"
    try await RunningListener.run(.public, ports, logger: spy.logger) { place in
      for line in [
        "GET /u/\(marker)?\(marker)=1", "GET /\(marker)", "POST /hooks/smtp2go/\(marker)",
        "POST /hooks/smtp2go/\(RecordingPorts.webhookToken)",
        "POST /u/\(RecordingPorts.linkToken)", "GET /u/\(RecordingPorts.linkToken)",
      ] {
        _ = try await place.ask(
          line,
          [
            "Authorization: Bearer \(marker)", "Cookie: \(marker)", "X-Forwarded-For: 198.51.100.7",
            "User-Agent: \(marker)", "Referer: \(marker)",
          ], body: "rcpt=\(marker)@customer.example")
      }
      ports.set { $0.isBroken = true }
      _ = try await place.ask("POST /u/\(marker)", body: marker)
      let broken = try place.connect()
      broken.send("\(marker) \r\n\r\n")
      _ = await broken.readToEnd()
    }
    #expect(spy.lines.contains { $0.contains("route=/u/{token}") })
    #expect(spy.lines.contains { $0.contains("could not be served") })
    for secret in [
      marker, RecordingPorts.linkToken, RecordingPorts.webhookToken, "198.51.100.7", "127.0.0.1",
    ] {
      #expect(spy.lines.filter { $0.contains(secret) } == [])
    }
  }
}
