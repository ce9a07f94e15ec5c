import Foundation
import NIOHTTP1
import Sandbox
import Testing

@Suite struct `The outbox page` {
  private static let injected = #"<script>alert(\"x\")</script>"#

  @Test func `exbodys what to do while it is empty`() async throws {
    try await withSandbox { sandbox in
      let page = try await sandbox.get("/")
      #expect(page.status == 200)
      #expect(page.headers["content-type"] == "text/html; charset=utf-8")
      #expect(page.text.contains("No mail yet"))
      #expect(page.text.contains("curl -X POST"))
      #expect(try await sandbox.get("/sms").text.contains("No text messages yet"))
    }
  }

  @Test func `escapes whatever came in a message`() async throws {
    try await withSandbox { sandbox in
      let script = Self.injected
      let body = Sample.email(
        #""subject":"\#(script)","text_body":"\#(script)","html_body":"\#(script)","#
          + #""\#(script)":1,"attachments":[{"filename":"\#(script)","fileblob":"QUJD"}],"#
          + #""custom_headers":[{"header":"X-AIOM-Operation","value":"\#(script)"}]"#)
      let answer = try await sandbox.post("/v3/email/send", body)
      let id = try #require(answer.string("data.email_id"))
      for path in ["/", "/messages/\(id)"] {
        let page = try await sandbox.get(path)
        #expect(page.status == 200)
        #expect(!page.text.contains("<script"))
        #expect(page.text.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"))
      }
      _ = try await sandbox.post(
        "/v3/sms/send", #"{"destination":["+12025550959"],"content":"\#(script)"}"#)
      #expect(!(try await sandbox.get("/sms").text.contains("<script")))
    }
  }

  @Test func `shows HTML only in a frame without rights`() async throws {
    try await withSandbox { sandbox in
      let answer = try await sandbox.post("/v3/email/send", Sample.email)
      let id = try #require(answer.string("data.email_id"))
      let page = try await sandbox.get("/messages/\(id)").text
      #expect(page.contains(#"sandbox="" referrerpolicy="no-referrer""#))
      #expect(page.contains(#"srcdoc="&lt;p&gt;Please pay&lt;/p&gt;""#))
      #expect(page.contains("X-AIOM-Operation"))
      #expect(page.contains("billing@acme.example"))
    }
  }

  @Test func `asks nobody else for anything`() async throws {
    try await withSandbox { sandbox in
      let answer = try await sandbox.post("/v3/email/send", Sample.email)
      let id = try #require(answer.string("data.email_id"))
      for path in ["/", "/sms", "/messages/\(id)", "/messages/none"] {
        let page = try await sandbox.get(path)
        let policy = try #require(page.headers["content-security-policy"])
        #expect(policy.hasPrefix("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"))
        #expect(!policy.contains("script-src"))
        #expect(!policy.contains("http"))
        #expect(page.headers["x-content-type-options"] == "nosniff")
        #expect(!page.text.contains(#"src="http"#))
        #expect(!page.text.contains(#"<link rel="stylesheet" href="http"#))
      }
      let sheet = try await sandbox.get("/_sandbox/style.css")
      #expect(sheet.headers["content-type"] == "text/css; charset=utf-8")
      #expect(!sheet.text.contains("url("))
    }
  }

  @Test func `lists the newest first, fifty to a page`() async throws {
    try await withSandbox { sandbox in
      for number in 1...51 {
        _ = try await sandbox.post("/v3/email/send", Sample.email(#""subject":"No. \#(number).""#))
      }
      let first = try await sandbox.get("/").text
      let newest = try #require(first.range(of: "No. 51."))
      let older = try #require(first.range(of: "No. 50."))
      #expect(newest.lowerBound < older.lowerBound)
      #expect(first.contains("No. 2.") && !first.contains("No. 1."))
      #expect(first.contains(#"href="/?page=2""#))
      let second = try await sandbox.get("/?page=2").text
      #expect(second.contains("No. 1.") && !second.contains("No. 2."))
      #expect(try await sandbox.get("/?page=99").status == 200)
    }
  }

  @Test func `is not for other sites`() async throws {
    try await withSandbox { sandbox in
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      for path in ["/", "/_sandbox/messages"] {
        let rebound = try await sandbox.get(path, headers: ["Host": "evil.example"])
        #expect(rebound.status == 421)
      }
      let forged = try await sandbox.send(
        .POST, "/_sandbox/clear", headers: ["Origin": "http://evil.example"])
      #expect(forged.status == 421)
      #expect(await sandbox.mailbox.count == 1)
      let own = try await sandbox.send(
        .POST, "/_sandbox/clear", headers: ["Origin": sandbox.base])
      #expect(own.status == 303)
      #expect(await sandbox.mailbox.count == 0)
    }
  }
}

@Suite struct `The outbox as JSON` {
  @Test func `filters by header and time, and pages`() async throws {
    let clock = try TestClock("2026-03-02T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { sandbox in
      for operation in ["a", "b", "c"] {
        _ = try await sandbox.post("/v3/email/send", Sample.email(operation: operation))
        clock.advance(by: 60)
      }
      let all = try await sandbox.get("/_sandbox/messages")
      #expect(all.int("total") == 3)
      #expect(all.string("messages.0.received_at") == "2026-03-02T12:00:00.000Z")
      #expect(all.string("messages.0.status") == "delivered")
      #expect(all.count("messages.0.events") == 2)
      let one = try await sandbox.get("/_sandbox/messages?header=x-aiom-operation&value=b")
      #expect(one.int("total") == 1)
      let any = try await sandbox.get("/_sandbox/messages?header=X-AIOM-Operation")
      #expect(any.int("total") == 3)
      let since = try await sandbox.get("/_sandbox/messages?since=2026-03-02T12:01:00Z")
      #expect(since.int("total") == 2)
      let page = try await sandbox.get("/_sandbox/messages?limit=2")
      #expect(page.count("messages") == 2)
      #expect(page.int("next_offset") == 2)
      let rest = try await sandbox.get("/_sandbox/messages?limit=2&offset=2")
      #expect(rest.count("messages") == 1)
      #expect(rest.value("next_offset") is NSNull)

      let id = try #require(all.string("messages.1.email_id"))
      #expect(try await sandbox.get("/_sandbox/messages/\(id)").string("email_id") == id)
      #expect(try await sandbox.get("/_sandbox/messages/none").status == 404)
    }
  }

  @Test func `sums up, with operations that came twice`() async throws {
    try await withSandbox { sandbox in
      for operation in ["a", "b", "a"] {
        _ = try await sandbox.post("/v3/email/send", Sample.email(operation: operation))
      }
      _ = try await sandbox.post("/v3/email/send", "{}")
      _ = try await sandbox.post("/v3/sms/send", Sample.sms)
      let summary = try await sandbox.get("/_sandbox/summary")
      #expect(summary.int("messages") == 3)
      #expect(summary.int("sms") == 1)
      #expect(summary.int("operations.distinct") == 2)
      #expect(summary.int("operations.repeated") == 1)
      #expect(summary.int("requests./email/send.accepted") == 3)
      #expect(summary.int("requests./email/send.refused") == 1)
      let texts = try await sandbox.get("/_sandbox/sms")
      #expect(texts.int("messages.0.segments") == 1)
      #expect(texts.string("messages.0.encoding") == "GSM-7")
      let cleared = try await sandbox.send(.DELETE, "/_sandbox/messages")
      #expect(cleared.int("cleared") == 3)
      #expect(try await sandbox.get("/_sandbox/summary").int("messages") == 0)
    }
  }
}
