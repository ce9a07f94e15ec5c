import AsyncHTTPClient
import Foundation
import NIOHTTP1
import Sandbox
import Testing

@Suite struct `A fault` {
  @Test(arguments: [
    (SandboxFault.http400, 400, 0), (.http401, 401, 0), (.http402, 402, 0), (.http404, 404, 0),
    (.http429, 429, 0), (.http500, 500, 0), (.http500Key, 500, 0),
    (.http500AfterAccepting, 500, 1), (.html502, 502, 0), (.http503, 503, 0),
    (.http504AfterAccepting, 504, 1), (.notJSON200, 200, 1), (.failures200, 200, 0),
    (.fastAccept, 200, 1), (.redirect307, 307, 0),
  ])
  func `answers with its status and keeps the message or not`(
    fault: SandboxFault, status: Int, kept: Int
  ) async throws {
    try await withSandbox { sandbox in
      sandbox.server.setFault(fault, count: 1)
      let answer = try await sandbox.post("/v3/email/send", Sample.email)
      #expect(answer.status == status)
      #expect(await sandbox.mailbox.count == kept)
      #expect(sandbox.server.timesStruck(fault) == 1)
      #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 200)
      #expect(await sandbox.mailbox.count == kept + 1)
    }
  }

  @Test func `has the body that the documents give it`() async throws {
    try await withSandbox { sandbox in
      func strike(_ fault: SandboxFault) async throws -> Answer {
        sandbox.server.setFault(fault, count: 1)
        return try await sandbox.post("/v3/email/send", Sample.email)
      }
      let throttled = try await strike(.http429)
      #expect(throttled.string("data.error_code") == "E_ApiResponseCodes.REQ_LIMIT_EXCEEDED")
      let key = try await strike(.http500Key)
      #expect(key.string("data.error") == "An API User matching the passed 'api_key' was not found")
      let refused = try await strike(.failures200)
      #expect(refused.int("data.succeeded") == 0)
      #expect(refused.count("data.failures") == 1)
      #expect(try await strike(.fastAccept).keys("data") == ["email_id"])
      #expect(try await strike(.notJSON200).value("") == nil)
      let page = try await strike(.html502)
      #expect(page.headers["content-type"] == "text/html")
      #expect(page.text.contains("502 Bad Gateway"))
      let moved = try await strike(.redirect307)
      #expect(moved.headers["location"] == "http://localhost:\(sandbox.port)/v3/email/send")
    }
  }

  @Test(arguments: [
    (SandboxFault.cutBeforeAccepting, 0), (.cutAfterAccepting, 1),
  ])
  func `cuts the connection without a byte`(fault: SandboxFault, kept: Int) async throws {
    try await withSandbox { sandbox in
      sandbox.server.setFault(fault, count: 1)
      let request = RawConnection.request("/v3/email/send", Sample.email)
      let received = try await RawConnection.exchange(port: sandbox.port, request)
      #expect(received.isEmpty)
      #expect(await sandbox.mailbox.count == kept)
      sandbox.server.setFault(fault, count: 1)
      await #expect(throws: HTTPClientError.remoteConnectionClosed) {
        try await sandbox.post("/v3/email/send", Sample.email)
      }
    }
  }

  @Test func `cuts the connection in the middle of the answer`() async throws {
    try await withSandbox { sandbox in
      sandbox.server.setFault(.cutMidAnswer, count: 1)
      let request = RawConnection.request("/v3/email/send", Sample.email)
      let received = try await RawConnection.exchange(port: sandbox.port, request)
      #expect(received.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(received.hasSuffix(#"{"request_id":""#))
      #expect(await sandbox.mailbox.count == 1)
    }
  }

  @Test func `closes an idle connection after an answer that did not say so`() async throws {
    try await withSandbox { sandbox in
      sandbox.server.setFault(.idleClose, count: 1)
      let request = RawConnection.request("/v3/email/send", Sample.email)
      let received = try await RawConnection.exchange(port: sandbox.port, request)
      #expect(received.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(received.contains("email_id"))
      #expect(!received.lowercased().contains("connection: close"))
      #expect(await sandbox.mailbox.count == 1)
    }
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      (SandboxFault.hangBeforeAccepting, 0), (.hangAfterAccepting, 1),
    ])
  func `hangs until the client goes away`(fault: SandboxFault, kept: Int) async throws {
    try await withSandbox { (sandbox) async throws in
      sandbox.server.setFault(fault, count: 1)
      let call = Task { try await sandbox.post("/v3/email/send", Sample.email) }
      await eventually { sandbox.server.hangingRequests == 1 }
      #expect(await sandbox.mailbox.count == kept)
      // Others are served meanwhile.
      #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 200)
      call.cancel()
      await #expect(throws: (any Error).self) { try await call.value }
      await eventually { sandbox.server.hangingRequests == 0 }
      #expect(await sandbox.mailbox.count == kept + 1)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `never answers a hanging request, not even when the sandbox stops`() async throws {
    try await withSandbox { sandbox in
      sandbox.server.setFault(.hangAfterAccepting)
      let request = RawConnection.request("/v3/email/send", Sample.email)
      async let received = RawConnection.exchange(port: sandbox.port, request)
      await eventually { sandbox.server.hangingRequests == 1 }
      try await sandbox.server.stop()
      #expect(try await received.isEmpty)
      #expect(sandbox.server.hangingRequests == 0)
    }
  }

  @Test func `strikes the sending endpoints unless a path is given`() async throws {
    try await withSandbox { (sandbox) async throws in
      sandbox.server.setFault(.http500)
      #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 500)
      #expect(try await sandbox.post("/v3/sms/send", Sample.sms).status == 500)
      #expect(try await sandbox.post("/v3/activity/search", "{}").status == 200)
      sandbox.server.clearFaults()
      #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 200)
      sandbox.server.setFault(.http503, path: "/v3/activity/search")
      #expect(try await sandbox.post("/v3/activity/search", "{}").status == 503)
      #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 200)
    }
  }

  @Test func `after accepting waits for a request that is accepted`() async throws {
    try await withSandbox { (sandbox) async throws in
      sandbox.server.setFault(.http500AfterAccepting, count: 1)
      #expect(try await sandbox.post("/v3/email/send", "{}").status == 400)
      #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 500)
      #expect(await sandbox.mailbox.count == 1)
    }
  }

  @Test func `is switched over HTTP, alone or as a sequence`() async throws {
    try await withSandbox { sandbox in
      let set = try await sandbox.post(
        "/_sandbox/faults", #"{"fault":"http_503","count":2,"path":"/email/send"}"#, headers: [:])
      #expect(set.status == 200)
      #expect(set.string("faults.0.fault") == "http_503")
      #expect(set.int("faults.0.count") == 2)
      #expect(try await sandbox.post("/v3/sms/send", Sample.sms).status == 200)
      for status in [503, 503, 200] {
        #expect(try await sandbox.post("/v3/email/send", Sample.email).status == status)
      }
      let listed = try await sandbox.get("/_sandbox/faults")
      #expect(listed.count("faults") == 0)
      #expect(listed.int("struck.http_503") == 2)
      #expect(listed.strings("known")?.contains("hang_after_accepting") == true)

      let sequence = #"[{"fault":"http_429","count":1},{"fault":"html_502"}]"#
      _ = try await sandbox.post("/_sandbox/faults", sequence, headers: [:])
      for status in [429, 502, 502] {
        #expect(try await sandbox.post("/v3/email/send", Sample.email).status == status)
      }
      #expect(try await sandbox.send(.DELETE, "/_sandbox/faults").status == 200)
      #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 200)
    }
  }

  @Test(arguments: [
    "", "{}", #"{"fault":"nonsense"}"#, #"{"fault":"http_500","count":-1}"#,
    #"{"fault":"http_500","count":"all"}"#, #"[{"fault":"http_500"},{}]"#,
  ])
  func `is not switched by a body that does not fit`(body: String) async throws {
    try await withSandbox { (sandbox) async throws in
      #expect(try await sandbox.post("/_sandbox/faults", body, headers: [:]).status == 400)
      #expect(try await sandbox.get("/_sandbox/faults").count("faults") == 0)
    }
  }

  @Test func `of delay is switched over HTTP`() async throws {
    try await withSandbox { sandbox in
      let body = #"{"activity_delay_seconds":1.5,"limits_rates":false}"#
      let answer = try await sandbox.post("/_sandbox/settings", body, headers: [:])
      #expect(answer.status == 200)
      #expect(sandbox.server.activityDelay == .milliseconds(1500))
      let listed = try await sandbox.get("/_sandbox/settings")
      #expect(listed.value("limits_rates") as? Bool == false)
      #expect(
        try await sandbox.post("/_sandbox/settings", #"{"limits_rates":1}"#, headers: [:]).status
          == 400)
    }
  }
}
