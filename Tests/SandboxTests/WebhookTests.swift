import Foundation
import NIOHTTP1
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(2))) struct `A webhook` {
  /// A sandbox with one webhook on a receiver, which posts again at once.
  private func withWebhook(
    _ members: String = #""output_format":"json""#, answering statuses: [Int] = [],
    _ body: (SandboxHarness, WebhookReceiver) async throws -> Void
  ) async throws {
    let receiver = try await WebhookReceiver.start(answering: statuses)
    var configuration = SandboxConfiguration()
    configuration.webhookRetryScale = 0
    try await withSandbox(configuration) { (sandbox) async throws in
      let added = try await sandbox.post(
        "/v3/webhook/add", #"{"url":"\#(receiver.url)",\#(members)}"#)
      #expect(added.status == 200)
      try await body(sandbox, receiver)
    }
    try await receiver.stop()
  }

  private func settled(_ sandbox: SandboxHarness) async {
    await eventually { sandbox.server.pendingWebhookPosts == 0 }
  }

  @Test func `is told of each event in a request of its own, flat and with documented names`()
    async throws
  {
    try await withWebhook(#""output_format":"json","headers":["x-aiom-operation"]"#) {
      (sandbox, receiver) async throws in
      let answer = try await sandbox.post("/v3/email/send", Sample.email)
      await settled(sandbox)
      let posts = receiver.posts
      #expect(posts.count == 2)
      let processed = try #require(posts.first).json
      let delivered = try #require(posts.last).json
      #expect(processed["event"] as? String == "processed")
      #expect(processed["recipients"] as? [String] == ["ann@example.org"])
      #expect(processed["rcpt"] == nil)
      #expect(delivered["event"] as? String == "delivered")
      #expect(delivered["rcpt"] as? String == "ann@example.org")
      #expect(delivered["recipients"] == nil)
      #expect((delivered["message"] as? String)?.hasPrefix("250") == true)
      for event in [processed, delivered] {
        #expect(event["email_id"] as? String == answer.string("data.email_id"))
        #expect(event["x-aiom-operation"] as? String == "op-1")
        #expect(event["auth"] as? String == "api-SANDBOX00000")
        #expect(event["sender"] as? String == "billing@acme.example")
        #expect(event["from_name"] as? String == "Acme")
        #expect((event["id"] as? String)?.wholeMatch(of: /[0-9a-f]{32}/) != nil)
        #expect((event["time"] as? String)?.wholeMatch(of: /.{10}T.{8}Z/) != nil)
        for name in ["timestamp", "email", "hostname", "recipients_list"] {
          #expect(event[name] == nil)
        }
      }
      #expect(processed["id"] as? String != delivered["id"] as? String)
      #expect(posts.allSatisfy { $0.headers["Content-Type"] == ["application/json"] })
    }
  }

  @Test func `gets forms unless it asks for JSON`() async throws {
    try await withWebhook(#""events":["processed","bounce"],"headers":["X-AIOM-Operation"]"#) {
      (sandbox, receiver) async throws in
      let body = Sample.email(
        operation: "a&b=c +ü", to: "bounce+ann@example.org")
      #expect(try await sandbox.post("/v3/email/send", body).status == 200)
      await settled(sandbox)
      #expect(
        receiver.posts.map { $0.headers["Content-Type"] } == [
          ["application/x-www-form-urlencoded"], ["application/x-www-form-urlencoded"],
        ])
      let bounce = try #require(receiver.posts.last).form
      #expect(bounce["event"] == "bounce")
      #expect(bounce["bounce"] == "hard")
      #expect(bounce["rcpt"] == "bounce+ann@example.org")
      #expect(bounce["X-AIOM-Operation"] == "a&b=c +ü")
      #expect(receiver.posts.first?.form["recipients"] == "bounce+ann@example.org")
    }
  }

  @Test(arguments: [
    (#""auth_header_type":"bearer","auth_header_value":"token-1""#, "Bearer token-1"),
    (#""auth_header_type":"basic","auth_header_value":"dTpw""#, "Basic dTpw"),
  ])
  func `is authorized as it asks`(members: String, expected: String) async throws {
    try await withWebhook(members) { (sandbox, receiver) async throws in
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      await settled(sandbox)
      #expect(receiver.posts.count == 2)
      #expect(receiver.posts.allSatisfy { $0.headers["Authorization"] == [expected] })
      let shown = try await sandbox.get("/_sandbox/webhooks")
      #expect(!shown.text.contains("token-1") && !shown.text.contains("dTpw"))
    }
  }

  @Test func `takes user and password from its address`() async throws {
    try await withSandbox { (sandbox) async throws in
      let receiver = try await WebhookReceiver.start()
      let url = "http://u:p@localhost:\(receiver.port)/hook?x=1"
      _ = try await sandbox.post("/v3/webhook/add", #"{"url":"\#(url)"}"#)
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      await settled(sandbox)
      #expect(receiver.posts.first?.headers["Authorization"] == ["Basic dTpw"])
      #expect(receiver.posts.first?.path == "/hook?x=1")
      try await receiver.stop()
    }
  }

  @Test func `is posted to again, with the same id, until it takes the event`() async throws {
    try await withWebhook(
      #""output_format":"json","events":["delivered"]"#, answering: [500, 404, 200]
    ) { (sandbox, receiver) async throws in
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      await settled(sandbox)
      #expect(receiver.posts.count == 3)
      #expect(Set(receiver.posts.compactMap { $0.json["id"] as? String }).count == 1)
      let report = try await sandbox.get("/_sandbox/webhooks")
      #expect(report.int("counts.failed") == 2)
      #expect(report.int("counts.delivered") == 1)
      #expect(report.int("latest.0.attempt") == 3)
    }
  }

  @Test func `is given up after the first post and 35 more`() async throws {
    try await withWebhook(
      #""events":["delivered"]"#, answering: Array(repeating: 503, count: 100)
    ) { (sandbox, receiver) async throws in
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      await settled(sandbox)
      #expect(receiver.posts.count == 36)
      #expect(try await sandbox.get("/_sandbox/webhooks").int("counts.given_up") == 1)
    }
  }

  @Test func `waits for its retries until they are hurried`() async throws {
    try await withWebhook(#""events":["delivered"]"#, answering: [500]) {
      (sandbox, receiver) async throws in
      _ = try await sandbox.post(
        "/_sandbox/settings", #"{"webhook_retry_scale":1}"#, headers: [:])
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      await eventually { receiver.posts.count == 1 }
      while try await sandbox.get("/_sandbox/webhooks").int("waiting") != 1 {}
      _ = try await sandbox.post("/_sandbox/webhooks/retry", "", headers: [:])
      await settled(sandbox)
      #expect(receiver.posts.count == 2)
    }
  }

  @Test func `hears twice, in reverse or not at all of a message with such a fault`() async throws {
    try await withWebhook { (sandbox, receiver) async throws in
      func names(_ fault: String) async throws -> [String] {
        let before = receiver.posts.count
        var headers = ["X-Smtp2go-Api-Key": SandboxConfiguration.defaultKey]
        headers["X-Sandbox-Fault"] = fault
        let answer = try await sandbox.post("/v3/email/send", Sample.email, headers: headers)
        #expect(answer.int("data.succeeded") == 1)
        await settled(sandbox)
        return receiver.posts.dropFirst(before).compactMap { $0.json["event"] as? String }
      }
      #expect(
        try await names("webhook_duplicate")
          == ["processed", "processed", "delivered", "delivered"])
      #expect(try await names("webhook_reorder") == ["delivered", "processed"])
      #expect(try await names("webhook_never") == [])
      #expect(try await names("none") == ["processed", "delivered"])
    }
  }

  @Test func `can be made to speak as some live captures do`() async throws {
    try await withWebhook { (sandbox, receiver) async throws in
      let settings = #"{"webhook_spelling":"observed","webhook_copies":2,"webhook_reorders":true}"#
      _ = try await sandbox.post("/_sandbox/settings", settings, headers: [:])
      _ = try await sandbox.post(
        "/v3/email/send", Sample.email(operation: "x", to: "click+ann@example.org"))
      await settled(sandbox)
      #expect(
        receiver.posts.compactMap { $0.json["event"] as? String } == [
          "clicked", "clicked", "opened", "opened", "delivered", "delivered", "processed",
          "processed",
        ])
      #expect(receiver.posts.allSatisfy { $0.json["Message-Id"] != nil })
    }
  }

  @Test func `hears only of the events and keys that it chose`() async throws {
    try await withWebhook(
      #""output_format":"json","events":["open","nonsense"],"sms_events":["delivered"],"#
        + #""usernames":["api-SANDBOX00000"]"#
    ) { (sandbox, receiver) async throws in
      let viewed = try await sandbox.post("/v3/webhook/view", "{}")
      #expect(viewed.strings("data.0.events") == ["open"])
      _ = try await sandbox.post(
        "/v3/email/send", Sample.email(operation: "x", to: "open+ann@example.org"))
      _ = try await sandbox.post("/v3/sms/send", Sample.sms)
      await settled(sandbox)
      let names = receiver.posts.compactMap { $0.json["event"] as? String }
      #expect(Set(names) == ["open", "sms_delivered"])
      #expect(names.count == 2)
      let edited = try await sandbox.post(
        "/v3/webhook/edit", #"{"id":1,"usernames":["api-000000000000"]}"#)
      #expect(edited.strings("data.events") == ["open"])
      _ = try await sandbox.post("/v3/sms/send", Sample.sms)
      #expect(sandbox.server.pendingWebhookPosts == 0)
    }
  }

  @Test func `is told of texts with their own fields`() async throws {
    try await withWebhook(#""output_format":"json","sms_events":["sending","failed"]"#) {
      (sandbox, receiver) async throws in
      let answer = try await sandbox.post(
        "/v3/sms/send", #"{"destination":["+12025559002"],"content":"Hi"}"#)
      await settled(sandbox)
      let failed = try #require(receiver.posts.last).json
      #expect(failed["event"] as? String == "sms_failed")
      #expect(failed["message_id"] as? String == answer.string("data.messages.0.message_id"))
      #expect(failed["destination_number"] as? String == "+12025559002")
      #expect(failed["message_content"] as? String == "Hi")
      #expect(failed["time"] == nil)
      #expect(receiver.posts.count == 2)
    }
  }

  @Test(arguments: [
    "https://hooks.example.com/x", "http://192.0.2.1/x", "http://127.0.0.1.example.com/x",
    "http://localhost.example/x", "http://[::2]/x", "http://128.0.0.1/x", "http://127.1/x",
  ])
  func `beyond this machine is registered and never posted to`(url: String) async throws {
    try await withSandbox { (sandbox) async throws in
      let added = try await sandbox.post("/v3/webhook/add", #"{"url":"\#(url)"}"#)
      #expect(added.status == 200)
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      await settled(sandbox)
      let report = try await sandbox.get("/_sandbox/webhooks")
      #expect(report.int("counts.not_loopback") == 2)
      #expect(report.int("counts.delivered") == 0)
    }
  }

  @Test func `is added, viewed as an array, edited and removed`() async throws {
    try await withSandbox { (sandbox) async throws in
      let url = "https://hooks.example.com/abc"
      let added = try await sandbox.post("/v3/webhook/add", #"{"url":"\#(url)"}"#)
      #expect(added.int("data.id") == 1)
      #expect(added.string("data.output_format") == "form")
      let edited = try await sandbox.post(
        "/v3/webhook/edit", #"{"id":1,"output_format":"json","events":["spam"]}"#)
      #expect(edited.string("data.url") == url)
      let viewed = try await sandbox.post("/v3/webhook/view", "{}")
      #expect(viewed.count("data") == 1)
      #expect(viewed.string("data.0.output_format") == "json")
      #expect(try await sandbox.post("/v3/webhook/remove", #"{"id":1}"#).status == 200)
      #expect(try await sandbox.post("/v3/webhook/view", "{}").count("data") == 0)
      #expect(try await sandbox.post("/v3/webhook/remove", #"{"id":1}"#).status == 400)
      #expect(
        try await sandbox.post("/v3/webhook/add", #"{"url":"ftp://a.example"}"#).status == 400)
      for _ in 1...10 {
        #expect(
          try await sandbox.post("/v3/webhook/add", #"{"url":"\#(url)"}"#).status == 200)
      }
      #expect(try await sandbox.post("/v3/webhook/add", #"{"url":"\#(url)"}"#).status == 400)
    }
  }

  @Test func `survives a restart, and so does what its events led to`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "state.jsonl").path()
    let receiver = try await WebhookReceiver.start()
    try await withSandbox(SandboxConfiguration(stateFile: path)) { (sandbox) async throws in
      _ = try await sandbox.post("/v3/webhook/add", #"{"url":"\#(receiver.url)"}"#)
    }
    try await withSandbox(SandboxConfiguration(stateFile: path)) { (sandbox) async throws in
      _ = try await sandbox.post(
        "/v3/email/send", Sample.email(operation: "x", to: "bounce+ann@example.org"))
      await settled(sandbox)
      #expect(receiver.posts.count == 2)
    }
    try await withSandbox(SandboxConfiguration(stateFile: path)) { (sandbox) async throws in
      #expect(
        try await sandbox.post("/v3/suppression/view", "{}").int("data.total_results") == 1)
      let status = try await sandbox.get("/_sandbox/messages").string("messages.0.status")
      #expect(status == "bounced")
    }
    try await receiver.stop()
  }
}
