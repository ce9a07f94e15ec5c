import Foundation
import NIOHTTP1
import Sandbox
import Testing

@Suite struct `An API key` {
  static let unknown = "api-" + String(repeating: "x", count: 32)

  @Test func `has the documented shape by default`() {
    #expect(SandboxConfiguration.defaultKey.wholeMatch(of: /api-[A-Za-z0-9]{32}/) != nil)
  }

  @Test(arguments: [
    ["X-Smtp2go-Api-Key": SandboxConfiguration.defaultKey],
    ["x-smtp2go-api-key": SandboxConfiguration.defaultKey],
    ["Authorization": "Bearer \(SandboxConfiguration.defaultKey)"],
  ])
  func `may come in a header`(headers: [String: String]) async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/email/send", Sample.email, headers: headers)
      #expect(answer.status == 200)
    }
  }

  @Test func `may come in the body, and is not kept`() async throws {
    try await withSandbox { (sandbox) async throws in
      let body = Sample.email(#""api_key":"\#(SandboxConfiguration.defaultKey)""#)
      #expect(try await sandbox.post("/v3/email/send", body, headers: [:]).status == 200)
      let shown = try await sandbox.get("/_sandbox/messages")
      #expect(!shown.text.contains(SandboxConfiguration.defaultKey))
    }
  }

  @Test(arguments: ["", "api-short", "key-" + String(repeating: "x", count: 32)])
  func `is refused with 403 when missing or malformed`(key: String) async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post(
        "/v3/email/send", Sample.email, headers: ["X-Smtp2go-Api-Key": key])
      #expect(answer.status == 403)
      #expect(answer.string("data.error_code") == "E_ApiResponseCodes.INVALID_IN_PAYLOAD")
      let bare = try await sandbox.post("/v3/email/send", Sample.email, headers: [:])
      #expect(bare.status == 403)
      #expect(await sandbox.mailbox.count == 0)
    }
  }

  @Test(arguments: [400, 401, 500])
  func `is refused by text, whatever the status, when nobody owns it`(status: Int) async throws {
    var configuration = SandboxConfiguration()
    configuration.unknownKeyStatus = status
    try await withSandbox(configuration) { (sandbox) async throws in
      let answer = try await sandbox.post(
        "/v3/email/send", Sample.email, headers: ["X-Smtp2go-Api-Key": Self.unknown])
      #expect(answer.status == status)
      #expect(answer.string("data.error_code") == "E_ApiResponseCodes.API_EXCEPTION")
      #expect(
        answer.string("data.error")
          == "An API User matching the passed 'api_key' was not found")
      #expect(await sandbox.mailbox.count == 0)
    }
  }

  @Test(arguments: [400, 403])
  func `may call only its endpoints, and always ask for them`(status: Int) async throws {
    var configuration = SandboxConfiguration()
    configuration.keyPermissions[SandboxConfiguration.defaultKey] = ["/email/send", "/sms/send"]
    configuration.permissionDeniedStatus = status
    try await withSandbox(configuration) { (sandbox) async throws in
      let permissions = try await sandbox.post("/v3/api_keys/permissions", "{}")
      #expect(permissions.status == 200)
      #expect(permissions.strings("data") == ["/email/send", "/sms/send"])
      #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 200)
      let denied = try await sandbox.post("/v3/activity/search", "{}")
      #expect(denied.status == status)
      #expect(
        denied.string("data.error_code") == "E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED")
      #expect(
        denied.string("data.error") == "You do not have permission to access this API endpoint")
    }
  }

  @Test func `lists every endpoint when it is not limited`() async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/api_keys/permissions", "{}")
      let endpoints = Set(answer.strings("data") ?? [])
      #expect(
        endpoints.isSuperset(of: [
          "/email/send", "/email/mime", "/email/batch", "/email/scheduled/search",
          "/email/scheduled/remove", "/sms/send", "/sms/view-sent", "/sms/view-received",
          "/sms/summary", "/activity/search", "/suppression/add", "/suppression/view",
          "/suppression/remove", "/stats/email_summary", "/webhook/add", "/webhook/view",
          "/webhook/edit", "/webhook/remove", "/template/search", "/archive/search",
          "/api_keys/permissions", "/single_sender_emails/view", "/domain/view",
          "/domain/verify",
        ]))
      for endpoint in endpoints {
        #expect(try await sandbox.post("/v3" + endpoint, "[]").status == 400)
      }
    }
  }

  @Test func `in sandbox mode accepts mail that then shows as rejected`() async throws {
    var configuration = SandboxConfiguration()
    configuration.sandboxedKeys = [SandboxConfiguration.defaultKey]
    try await withSandbox(configuration) { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/email/send", Sample.email)
      #expect(answer.int("data.succeeded") == 1)
      let activity = try await sandbox.post("/v3/activity/search", "{}")
      #expect(activity.int("data.total_events") == 1)
      #expect(activity.string("data.events.0.event") == "rejected")
    }
  }
}

@Suite struct `A key with rules of its own` {
  static let key = "api-" + String(repeating: "k", count: 32)

  private func withKey(
    _ key: SandboxKey, _ body: (SandboxHarness, TestClock) async throws -> Void
  ) async throws {
    let clock = try TestClock("2026-03-02T12:00:00Z")
    var configuration = SandboxConfiguration(keys: [])
    configuration.furtherKeys = [key]
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { try await body($0, clock) }
  }

  private func send(_ sandbox: SandboxHarness, prefix: String = "") async throws -> Answer {
    try await sandbox.post(
      prefix + "/v3/email/send", Sample.email, headers: ["X-Smtp2go-Api-Key": Self.key])
  }

  @Test func `is limited, with the headers of the vendor`() async throws {
    let limit = SandboxKey.Limit(requests: 2, seconds: 60)
    try await withKey(SandboxKey(key: Self.key, limit: limit)) { (sandbox, clock) async throws in
      let first = try await send(sandbox)
      #expect(first.headers["x-ratelimit-limit"] == "2")
      #expect(first.headers["x-ratelimit-remaining"] == "1")
      clock.advance(by: 10)
      #expect(try await send(sandbox).status == 200)
      let third = try await send(sandbox)
      #expect(third.status == 429)
      #expect(third.string("data.error_code") == "E_ApiResponseCodes.REQ_LIMIT_EXCEEDED")
      #expect(third.string("data.error") == "API key ratelimit exceeded")
      #expect(third.headers["x-ratelimit-remaining"] == "0")
      #expect(third.headers["x-ratelimit-reset"] == "50")
      #expect(await sandbox.mailbox.count == 2)
      let other = try await sandbox.post(
        "/v3/suppression/view", "{}", headers: ["X-Smtp2go-Api-Key": Self.key])
      #expect(other.status == 200)
      clock.advance(by: 50)
      #expect(try await send(sandbox).status == 200)
    }
  }

  @Test func `is known in its own region only`() async throws {
    try await withKey(SandboxKey(key: Self.key, region: "eu")) { (sandbox, _) async throws in
      #expect(try await send(sandbox).status == 200)
      #expect(try await send(sandbox, prefix: "/eu").status == 200)
      let wrong = try await send(sandbox, prefix: "/us")
      #expect(wrong.status == 400)
      #expect(
        wrong.string("data.error")
          == "An API User matching the passed 'api_key' was not found")
      let named = try await sandbox.post(
        "/v3/email/send", Sample.email,
        headers: ["X-Smtp2go-Api-Key": Self.key, "Host": "au-api.smtp2go.com"])
      #expect(named.status == 400)
      #expect(await sandbox.mailbox.count == 2)
    }
  }

  @Test func `is unknown on the plain address of a sandbox of another region`() async throws {
    var configuration = SandboxConfiguration(keys: [])
    configuration.furtherKeys = [SandboxKey(key: Self.key, region: "eu")]
    configuration.region = "us"
    try await withSandbox(configuration) { (sandbox) async throws in
      #expect(try await send(sandbox).status == 400)
      #expect(try await send(sandbox, prefix: "/eu").status == 200)
    }
  }

  @Test func `is unknown while blocked, and in sandbox mode delivers nothing`() async throws {
    try await withKey(SandboxKey(key: Self.key, status: .blocked)) { (sandbox, _) async throws in
      #expect(try await send(sandbox).status == 400)
      let body = #"{"key":"\#(Self.key)","status":"sandbox","endpoints":["email/send"]}"#
      let listed = try await sandbox.post("/_sandbox/keys", body, headers: [:])
      #expect(listed.string("keys.0.status") == "sandbox")
      #expect(!listed.text.contains(Self.key))
      #expect(try await send(sandbox).status == 200)
      #expect(await sandbox.mailbox.messages().first?.status(at: .now) == "rejected")
      let removed = try await sandbox.send(
        .DELETE, "/_sandbox/keys", body: #"{"key":"\#(Self.key)"}"#)
      #expect(removed.value("removed") as? Bool == true)
      #expect(try await send(sandbox).status == 400)
    }
  }

  @Test func `comes from a file`() throws {
    let text = #"""
      [{"key":"\#(Self.key)","endpoints":["/email/send","/sms/send"],
        "status":"sandbox","limit":{"requests":5,"seconds":60},"region":"au"}]
      """#
    #expect(
      try SandboxKey.list(json: Array(text.utf8)) == [
        SandboxKey(
          key: Self.key, endpoints: ["/email/send", "/sms/send"], status: .sandbox,
          limit: .init(requests: 5, seconds: 60), region: "au")
      ])
    for wrong in [
      "", "{}", #"[{"key":"short"}]"#, #"[{"key":"\#(Self.key)","region":"moon"}]"#,
      #"[{"key":"\#(Self.key)","status":"open"}]"#,
      #"[{"key":"\#(Self.key)","limit":{"requests":1}}]"#,
    ] {
      #expect(throws: SandboxError.self) { try SandboxKey.list(json: Array(wrong.utf8)) }
    }
  }
}

@Suite struct `Account views` {
  @Test func `show the configured senders and domains`() async throws {
    var configuration = SandboxConfiguration()
    configuration.verifiedSenders = ["single@other.example"]
    configuration.verifiedDomains = ["acme.example"]
    try await withSandbox(configuration) { (sandbox) async throws in
      let senders = try await sandbox.post("/v3/single_sender_emails/view", "{}")
      #expect(senders.string("data.senders.0.email_address") == "single@other.example")
      #expect(senders.value("data.senders.0.verified") as? Bool == true)
      #expect(senders.string("data.request_id") == senders.string("request_id"))
      let domains = try await sandbox.post("/v3/domain/view", "{}")
      #expect(domains.string("data.domains.0.domain.fulldomain") == "acme.example")
      #expect(domains.value("data.domains.0.domain.dkim_verified") as? Bool == true)
      #expect(domains.value("data.domains.0.domain.rpath_verified") as? Bool == true)
      #expect(domains.value("data.domains.0.trackers.0.cname_verified") as? Bool == true)
      let verified = try await sandbox.post("/v3/domain/verify", #"{"domain":"ACME.example"}"#)
      #expect(verified.string("data.domains.0.domain.fulldomain") == "acme.example")
      #expect(try await sandbox.post("/v3/domain/verify", #"{"domain":"a.example"}"#).status == 400)
      let changed = #"{"senders":null,"domains":["new.example"]}"#
      _ = try await sandbox.post("/_sandbox/senders", changed, headers: [:])
      #expect(try await sandbox.post("/v3/email/send", Sample.email).status == 400)
    }
  }
}
