import Foundation
import Sandbox
import Testing

@Suite struct `Activity search` {
  /// A sandbox at noon UTC with three messages, ten minutes apart.
  private func withThree(
    _ body: (SandboxHarness, TestClock) async throws -> Void
  ) async throws {
    let clock = try TestClock("2026-03-02T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { (sandbox) async throws in
      for (operation, to) in [("op-a", "ann@example.org"), ("op-b", "bob@example.net")] {
        let body = Sample.email(operation: operation, to: to)
        _ = try await sandbox.post("/v3/email/send", body)
        clock.advance(by: 600)
      }
      let third = Sample.email(#""subject":"Other","sender":"Else <else@other.example>""#)
      _ = try await sandbox.post("/v3/email/send", third)
      try await body(sandbox, clock)
    }
  }

  @Test func `answers with documented fields, newest first`() async throws {
    try await withThree { (sandbox, _) async throws in
      let answer = try await sandbox.post("/v3/activity/search", "{}")
      #expect(answer.keys("data") == ["events", "total_events", "continue_token"])
      #expect(answer.int("data.total_events") == 6)
      #expect(answer.count("data.events") == 6)
      #expect(answer.value("data.continue_token") is NSNull)
      #expect(answer.string("data.events.0.event") == "delivered")
      #expect(answer.string("data.events.1.event") == "processed")
      #expect(answer.string("data.events.0.date") == "2026-03-02T12:20:00Z")
      #expect(answer.string("data.events.0.sender") == "else@other.example")
      #expect(answer.string("data.events.0.sender_full") == "Else <else@other.example>")
      #expect(answer.string("data.events.5.event") == "processed")
      #expect(answer.string("data.events.5.recipient") == "ann@example.org")
      #expect(answer.string("data.events.5.username") == "api-SANDBOX00000")
      let id = await sandbox.mailbox.messages().first?.id
      #expect(answer.string("data.events.5.email_id") == id)
    }
  }

  @Test(arguments: [
    (#""search_recipient":"BOB@""#, 2),
    (#""search_sender":"acme.example""#, 4),
    (#""search_subject":"invoice""#, 4),
    (#""search_subject":"nothing""#, 0),
    (#""search":"bob@example.net""#, 2),
    (#""search":"bob@ | other""#, 4),
    (#""search_usernames":["api-SANDBOX00000"]"#, 6),
    (#""search_usernames":["api-000000000000"]"#, 0),
    (#""subaccounts":["Elsewhere"]"#, 0),
    (#""event_types":["processed"]"#, 3),
    (#""event_types":["hard-bounced","rejected"]"#, 0),
    (#""only_latest":true"#, 3),
    (#""only_latest_by_sent":true"#, 3),
    (#""event_types":["processed"],"search_recipient":"bob""#, 1),
    (#""start_date":"2026-03-02T12:10:00Z""#, 4),
    (#""start_date":"2026-03-02T12:10:01Z""#, 2),
    (#""start_date":"2026-03-02 12:10:00","end_date":"2026-03-02T12:20:00Z""#, 2),
    (#""start_date":"2026-03-02T13:10:00+01:00""#, 4),
    (#""start_date":"2026-03-01","end_date":"2026-03-02""#, 0),
    (#""end_date":"Mon, 02 Mar 2026 12:10:00 GMT""#, 2),
    (#""region":"eu""#, 6),
    (#""search":null,"search_sender":"","event_types":[]"#, 6),
  ])
  func `filters`(members: String, expected: Int) async throws {
    try await withThree { (sandbox, _) async throws in
      let answer = try await sandbox.post("/v3/activity/search", "{\(members)}")
      #expect(answer.status == 200)
      #expect(answer.int("data.total_events") == expected)
    }
  }

  @Test func `finds one e-mail by its id`() async throws {
    try await withThree { (sandbox, _) async throws in
      let id = try #require(await sandbox.mailbox.messages().last?.id)
      let answer = try await sandbox.post(
        "/v3/activity/search", #"{"search_email_id":"\#(id)","only_latest":true}"#)
      #expect(answer.int("data.total_events") == 1)
      #expect(answer.string("data.events.0.email_id") == id)
      #expect(answer.string("data.events.0.event") == "delivered")
    }
  }

  @Test func `reads custom headers out and never filters by them`() async throws {
    try await withThree { (sandbox, _) async throws in
      let answer = try await sandbox.post(
        "/v3/activity/search",
        #"{"custom_headers":["x-aiom-operation","X-None"],"event_types":["processed"]}"#)
      #expect(answer.int("data.total_events") == 3)
      #expect(answer.keys("data.events.2.custom_headers") == ["x-aiom-operation"])
      #expect(answer.string("data.events.2.custom_headers.x-aiom-operation") == "op-a")
      #expect(answer.value("data.events.2.headers") == nil)
      let full = try await sandbox.post("/v3/activity/search", #"{"include_headers":true}"#)
      #expect(full.string("data.events.5.headers")?.contains("X-AIOM-Operation: op-a") == true)
      #expect(full.value("data.events.5.custom_headers") == nil)
    }
  }

  @Test func `pages without loss or repetition while mail keeps coming`() async throws {
    try await withThree { (sandbox, clock) async throws in
      var seen: [String] = []
      var token: String?
      repeat {
        let member = token.map { #","continue_token":"\#($0)""# } ?? ""
        let answer = try await sandbox.post("/v3/activity/search", #"{"limit":4\#(member)}"#)
        for index in 0..<(answer.count("data.events") ?? 0) {
          let id = try #require(answer.string("data.events.\(index).email_id"))
          seen.append(id + (answer.string("data.events.\(index).event") ?? ""))
        }
        token = answer.string("data.continue_token")
        clock.advance(by: 60)
        _ = try await sandbox.post("/v3/email/send", Sample.email)
      } while token != nil
      #expect(seen.count == 6)
      #expect(Set(seen).count == 6)
    }
  }

  @Test func `takes a token only with the search that it belongs to`() async throws {
    try await withThree { (sandbox, _) async throws in
      let first = try await sandbox.post("/v3/activity/search", #"{"limit":1}"#)
      let token = try #require(first.string("data.continue_token"))
      for body in [
        #"{"limit":2,"continue_token":"\#(token)"}"#, #"{"limit":1,"continue_token":"nonsense"}"#,
      ] {
        let answer = try await sandbox.post("/v3/activity/search", body)
        #expect(answer.status == 400)
        #expect(answer.string("data.error_code") == "E_ApiResponseCodes.API_EXCEPTION")
      }
    }
  }

  @Test func `starts at midnight UTC unless told otherwise`() async throws {
    try await withThree { (sandbox, clock) async throws in
      clock.advance(by: 86_400)
      let today = try await sandbox.post("/v3/activity/search", "{}")
      #expect(today.int("data.total_events") == 0)
      let since = try await sandbox.post(
        "/v3/activity/search", #"{"start_date":"2026-03-02T00:00:00Z"}"#)
      #expect(since.int("data.total_events") == 6)
    }
  }

  @Test(arguments: [
    ("limit", #""limit":1001"#), ("limit", #""limit":0"#), ("limit", #""limit":"ten""#),
    ("start_date", #""start_date":"yesterday""#), ("end_date", #""end_date":"2026-02-30""#),
    ("event_types", #""event_types":["example"]"#), ("event_types", #""event_types":["open"]"#),
    ("only_latest", #""only_latest":1"#), ("region", #""region":"mars""#),
    ("custom_headers", #""custom_headers":"X-A""#),
  ])
  func `refuses a field that does not fit and names it`(
    field: String, members: String
  ) async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/activity/search", "{\(members)}")
      #expect(answer.status == 400)
      #expect(answer.string("data.field_validation_errors.fieldname") == field)
    }
  }

  @Test func `words an unknown event type as the documents do`() async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post(
        "/v3/activity/search", #"{"event_types":["example"]}"#)
      #expect(
        answer.string("data.field_validation_errors.message")
          == "The field 'event_types' was expecting a value from the allowed list ['processed', "
          + "'soft-bounced', 'hard-bounced', 'rejected', 'spam', 'delivered', 'unsubscribed', "
          + "'resubscribed', 'opened', 'clicked'] but instead found '['example']', Please correct "
          + "your JSON payload and try again.")
    }
  }

  @Test func `answers sixty times a minute and then 429`() async throws {
    let clock = try TestClock("2026-03-02T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { (sandbox) async throws in
      for _ in 0..<60 {
        #expect(try await sandbox.post("/v3/activity/search", "{}").status == 200)
      }
      let limited = try await sandbox.post("/v3/activity/search", "{}")
      #expect(limited.status == 429)
      #expect(limited.string("data.error_code") == "E_ApiResponseCodes.REQ_LIMIT_EXCEEDED")
      #expect(
        limited.string("data.error")
          == "This endpoint is rate limited to 60 request(s) every 60 seconds")
      #expect(try await sandbox.post("/v3/api_keys/permissions", "{}").status == 200)
      clock.advance(by: 60)
      #expect(try await sandbox.post("/v3/activity/search", "{}").status == 200)
    }
  }

  @Test func `answers without end when the limit is off`() async throws {
    var configuration = SandboxConfiguration()
    configuration.limitsRates = false
    try await withSandbox(configuration) { (sandbox) async throws in
      for _ in 0..<70 {
        #expect(try await sandbox.post("/v3/activity/search", "{}").status == 200)
      }
    }
  }

  @Test func `shows events only after the delay`() async throws {
    let clock = try TestClock("2026-03-02T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    configuration.activityDelay = .seconds(120)
    try await withSandbox(configuration) { (sandbox) async throws in
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      func total() async throws -> Int? {
        try await sandbox.post("/v3/activity/search", "{}").int("data.total_events")
      }
      clock.advance(by: 119)
      #expect(try await total() == 0)
      clock.advance(by: 1)
      #expect(try await total() == 2)
      sandbox.server.activityDelay = .seconds(3600)
      #expect(try await total() == 0)
      sandbox.server.activityDelay = .zero
      #expect(try await total() == 2)
    }
  }

  @Test func `shows a scheduled mail when it leaves`() async throws {
    let clock = try TestClock("2026-03-02T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { (sandbox) async throws in
      _ = try await sandbox.post(
        "/v3/email/send", Sample.email(#""schedule":"2026-03-02T12:30:00Z""#))
      clock.advance(by: 1799)
      var answer = try await sandbox.post("/v3/activity/search", "{}")
      #expect(answer.int("data.total_events") == 0)
      clock.advance(by: 1)
      answer = try await sandbox.post("/v3/activity/search", "{}")
      #expect(answer.int("data.total_events") == 2)
    }
  }
}
