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
    try await withSandbox { sandbox in
      let answer = try await sandbox.post("/v3/email/send", Sample.email, headers: headers)
      #expect(answer.status == 200)
    }
  }

  @Test func `may come in the body, and is not kept`() async throws {
    try await withSandbox { sandbox in
      let body = Sample.email(#""api_key":"\#(SandboxConfiguration.defaultKey)""#)
      #expect(try await sandbox.post("/v3/email/send", body, headers: [:]).status == 200)
      let shown = try await sandbox.get("/_sandbox/messages")
      #expect(!shown.text.contains(SandboxConfiguration.defaultKey))
    }
  }

  @Test(arguments: ["", "api-short", "key-" + String(repeating: "x", count: 32)])
  func `is refused with 403 when missing or malformed`(key: String) async throws {
    try await withSandbox { sandbox in
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
    try await withSandbox(configuration) { sandbox in
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
    try await withSandbox(configuration) { sandbox in
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
    try await withSandbox { sandbox in
      let answer = try await sandbox.post("/v3/api_keys/permissions", "{}")
      #expect(
        answer.strings("data") == [
          "/email/send", "/sms/send", "/activity/search", "/api_keys/permissions",
          "/single_sender_emails/view", "/domain/view",
        ])
    }
  }

  @Test func `in sandbox mode accepts mail that then shows as rejected`() async throws {
    var configuration = SandboxConfiguration()
    configuration.sandboxedKeys = [SandboxConfiguration.defaultKey]
    try await withSandbox(configuration) { sandbox in
      let answer = try await sandbox.post("/v3/email/send", Sample.email)
      #expect(answer.int("data.succeeded") == 1)
      let activity = try await sandbox.post("/v3/activity/search", "{}")
      #expect(activity.int("data.total_events") == 1)
      #expect(activity.string("data.events.0.event") == "rejected")
    }
  }
}

@Suite struct `Account views` {
  @Test func `show the configured senders and domains`() async throws {
    var configuration = SandboxConfiguration()
    configuration.verifiedSenders = ["single@other.example"]
    configuration.verifiedDomains = ["acme.example"]
    try await withSandbox(configuration) { sandbox in
      let senders = try await sandbox.post("/v3/single_sender_emails/view", "{}")
      #expect(senders.string("data.senders.0.email_address") == "single@other.example")
      #expect(senders.value("data.senders.0.verified") as? Bool == true)
      #expect(senders.string("data.request_id") == senders.string("request_id"))
      let domains = try await sandbox.post("/v3/domain/view", "{}")
      #expect(domains.string("data.domains.0.domain.fulldomain") == "acme.example")
      #expect(domains.value("data.domains.0.domain.dkim_verified") as? Bool == true)
      #expect(domains.value("data.domains.0.domain.rpath_verified") as? Bool == true)
      #expect(domains.value("data.domains.0.trackers.0.cname_verified") as? Bool == true)
    }
  }
}
