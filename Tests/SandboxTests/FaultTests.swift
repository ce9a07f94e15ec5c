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
    (.fastAccept, 200, 1), (.redirect307, 307, 0), (.http400Payload, 400, 0),
    (.http400Permission, 400, 0), (.http400Key, 400, 0), (.http400Sender, 400, 0),
    (.http400Plan, 400, 0), (.http401Key, 401, 0), (.http403, 403, 0), (.http403Key, 403, 0),
    (.http403Permission, 403, 0), (.http413, 413, 0), (.http429Key, 429, 0),
    (.http429Address, 429, 0), (.http429RetryAfter, 429, 0), (.http504, 504, 0),
    (.error200, 200, 0), (.html502AfterAccepting, 502, 1), (.empty200, 200, 1),
    (.noID200, 200, 1), (.partialFailures200, 200, 1), (.activityLate, 200, 1),
    (.activityNever, 200, 1), (.webhookDuplicate, 200, 1), (.webhookReorder, 200, 1),
    (.webhookLate, 200, 1), (.webhookNever, 200, 1),
  ])
  func `answers with its status and keeps the message or not`(
    fault: SandboxFault, status: Int, kept: Int
  ) async throws {
    try await withSandbox { (sandbox) async throws in
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
    try await withSandbox { (sandbox) async throws in
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
      #expect(try await strike(.noID200).keys("data") == ["succeeded", "failed", "failures"])
      let partial = try await strike(.partialFailures200)
      #expect(partial.int("data.failed") == 1)
      #expect(partial.string("data.email_id") != nil)
      #expect(try await strike(.empty200).text.isEmpty)
      #expect(try await strike(.error200).string("data.error_code") != nil)
      #expect(try await strike(.http429Key).headers["x-ratelimit-remaining"] == "0")
      #expect(try await strike(.http429RetryAfter).headers["retry-after"] == "60")
      #expect(
        try await strike(.http403Key).string("data.error_code")
          == "E_ApiResponseCodes.INVALID_IN_PAYLOAD")
      #expect(
        try await strike(.http400Payload).string("data.field_validation_errors.fieldname") != nil)
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
    try await withSandbox { (sandbox) async throws in
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
    try await withSandbox { (sandbox) async throws in
      sandbox.server.setFault(.cutMidAnswer, count: 1)
      let request = RawConnection.request("/v3/email/send", Sample.email)
      let received = try await RawConnection.exchange(port: sandbox.port, request)
      #expect(received.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(received.hasSuffix(#"{"request_id":""#))
      #expect(await sandbox.mailbox.count == 1)
    }
  }

  @Test func `closes an idle connection after an answer that did not say so`() async throws {
    try await withSandbox { (sandbox) async throws in
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
    try await withSandbox { (sandbox) async throws in
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
    try await withSandbox { (sandbox) async throws in
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

  @Test func `of a slow answer lets every byte through`() async throws {
    try await withSandbox { (sandbox) async throws in
      let settings = #"{"slow_byte_milliseconds":0}"#
      #expect(try await sandbox.post("/_sandbox/settings", settings, headers: [:]).status == 200)
      sandbox.server.setFault(.slowAnswer, count: 1)
      let answer = try await sandbox.post("/v3/email/send", Sample.email)
      #expect(answer.int("data.succeeded") == 1)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `hangs in the middle of its answer until the client goes away`() async throws {
    try await withSandbox { (sandbox) async throws in
      sandbox.server.setFault(.hangMidAnswer, count: 1)
      let call = Task { try await sandbox.post("/v3/email/send", Sample.email) }
      await eventually { sandbox.server.hangingRequests == 1 }
      call.cancel()
      await #expect(throws: (any Error).self) { try await call.value }
      await eventually { sandbox.server.hangingRequests == 0 }
      #expect(await sandbox.mailbox.count == 1)
    }
  }

  @Test func `is asked for by a header of the request or of the mail`() async throws {
    try await withSandbox { (sandbox) async throws in
      var headers = ["X-Smtp2go-Api-Key": SandboxConfiguration.defaultKey]
      headers["X-Sandbox-Fault"] = "http_503"
      #expect(
        try await sandbox.post("/v3/email/send", Sample.email, headers: headers).status == 503)
      #expect(try await sandbox.post("/v3/stats/email_cycle", "{}", headers: headers).status == 503)
      headers["X-Sandbox-Fault"] = "http-500-after-accepting:1"
      for status in [500, 200] {
        #expect(
          try await sandbox.post("/v3/email/send", Sample.email, headers: headers).status == status)
      }
      let mail = Sample.email(
        #""custom_headers":[{"header":"x-sandbox-fault","value":"http_429"}]"#)
      #expect(try await sandbox.post("/v3/email/send", mail).status == 429)
      #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 200)
      #expect(await sandbox.mailbox.count == 3)
    }
  }

  @Test func `is asked for by a recipient, always or for the first requests`() async throws {
    try await withSandbox { (sandbox) async throws in
      func status(_ to: String) async throws -> Int {
        try await sandbox.post("/v3/email/send", Sample.email(operation: "x", to: to)).status
      }
      #expect(try await status("Ann <fault.http_503+ann@example.org>") == 503)
      #expect(try await status("fault.http_503+ann@example.org") == 503)
      for expected in [429, 429, 200, 200] {
        #expect(try await status("ann+fault.http_429.2@example.org") == expected)
      }
      #expect(try await status("fault.unheard+ann@example.org") == 200)
      for (number, expected) in [("+12025559014", 500), ("+447700559013", 429)] {
        let body = #"{"destination":["\#(number)"],"content":"Hi"}"#
        #expect(try await sandbox.post("/v3/sms/send", body).status == expected)
      }
      #expect(await sandbox.mailbox.sms().isEmpty)
    }
  }

  @Test func `follows a schedule, in a cycle when told so`() async throws {
    try await withSandbox { (sandbox) async throws in
      let text = #"""
        {"faults":[{"fault":"none","count":2},{"fault":"http_503","count":1},
                   {"fault":"http_500_after_accepting","count":1}],"cycle":true}
        """#
      sandbox.server.setFaults(try FaultSchedule(json: Array(text.utf8)))
      for _ in 1...3 {
        for status in [200, 200, 503] {
          #expect(try await sandbox.post("/v3/email/send", Sample.email).status == status)
        }
        #expect(try await sandbox.post("/v3/email/send", "{}").status == 400)
        #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 500)
      }
      #expect(await sandbox.mailbox.count == 9)
      #expect(sandbox.server.timesStruck(.http500AfterAccepting) == 3)
    }
  }

  @Test func `strikes each so many requests`() async throws {
    try await withSandbox { (sandbox) async throws in
      let body = #"{"fault":"http_503","count":2,"every":3}"#
      _ = try await sandbox.post("/_sandbox/faults", body, headers: [:])
      for status in [200, 200, 503, 200, 200, 503, 200, 200, 200] {
        #expect(try await sandbox.post("/v3/email/send", Sample.email).status == status)
      }
    }
  }

  @Test(arguments: [
    "", "{}", #"{"faults":[{}]}"#, #"{"faults":[{"fault":"http_500"}],"cycle":true}"#,
    #"[{"fault":"http_500","every":0}]"#,
  ])
  func `is not scheduled by a file that does not fit`(text: String) {
    #expect(throws: SandboxError.self) { try FaultSchedule(json: Array(text.utf8)) }
  }

  @Test func `of activity hides a message for a while or for good`() async throws {
    let clock = try TestClock("2026-03-02T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { (sandbox) async throws in
      for fault in [SandboxFault.activityLate, .activityNever] {
        sandbox.server.setFault(fault, count: 1)
        #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 200)
      }
      for (seconds, expected) in [(0.0, 0), (119, 0), (1, 2), (3600, 2)] {
        clock.advance(by: seconds)
        let found = try await sandbox.post("/v3/activity/search", "{}")
        #expect(found.int("data.total_events") == expected)
      }
    }
  }

  @Test func `of delay is switched over HTTP`() async throws {
    try await withSandbox { (sandbox) async throws in
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
