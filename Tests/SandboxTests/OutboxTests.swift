import Foundation
import NIOHTTP1
import Sandbox
import Testing

@Suite struct `The outbox page` {
  private static let injected = #"<script>alert(\"x\")</script>"#

  @Test func `explains what to do while it is empty`() async throws {
    try await withSandbox { (sandbox) async throws in
      let page = try await sandbox.get("/")
      #expect(page.status == 200)
      #expect(page.headers["content-type"] == "text/html; charset=utf-8")
      #expect(page.text.contains("No mail yet"))
      #expect(page.text.contains("curl -X POST"))
      #expect(try await sandbox.get("/sms").text.contains("No text messages yet"))
    }
  }

  @Test func `escapes whatever came in a message`() async throws {
    try await withSandbox { (sandbox) async throws in
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
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/email/send", Sample.email)
      let id = try #require(answer.string("data.email_id"))
      let page = try await sandbox.get("/messages/\(id)").text
      #expect(page.contains(#"sandbox="" referrerpolicy="no-referrer""#))
      #expect(page.contains(#"src="/messages/\#(id)/html""#))
      #expect(!page.contains("<p>Please pay</p>"))
      let frame = try await sandbox.get("/messages/\(id)/html")
      #expect(frame.text == "<p>Please pay</p>")
      let policy = try #require(frame.headers["content-security-policy"])
      #expect(policy.hasSuffix("; sandbox"))
      #expect(policy.contains("default-src 'none'"))
      #expect(policy.contains("frame-ancestors 'self'"))
      #expect(page.contains("X-AIOM-Operation"))
      #expect(page.contains("billing@acme.example"))
    }
  }

  @Test func `asks nobody else for anything`() async throws {
    try await withSandbox { (sandbox) async throws in
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

  @Test func `shows inline pictures from the mail itself`() async throws {
    try await withSandbox { (sandbox) async throws in
      let body = Sample.email(
        #""html_body":"<img src=\"cid:logo.png\">","inlines":[{"filename":"logo.png","#
          + #""fileblob":"QUJD","mimetype":"image/png"}]"#)
      let id = try #require(
        try await sandbox.post("/v3/email/send", body).string("data.email_id"))
      let frame = try await sandbox.get("/messages/\(id)/html")
      #expect(frame.text == #"<img src="data:image/png;base64,QUJD">"#)
      let picture = try await sandbox.get("/messages/\(id)/inlines/0")
      #expect(picture.headers["content-type"] == "application/octet-stream")
    }
  }

  @Test func `gives the source as text`() async throws {
    try await withSandbox { (sandbox) async throws in
      let body = Sample.email(#""attachments":[{"filename":"a.txt","fileblob":"QUJD"}]"#)
      let id = try #require(
        try await sandbox.post("/v3/email/send", body).string("data.email_id"))
      let source = try await sandbox.get("/messages/\(id)/source")
      #expect(source.headers["content-type"] == "text/plain; charset=utf-8")
      #expect(source.text.hasPrefix("From: Acme <billing@acme.example>\r\n"))
      #expect(source.text.contains("X-AIOM-Operation: op-1\r\n"))
      #expect(source.text.contains("Content-Type: multipart/mixed; boundary="))
      #expect(source.text.contains("\r\n\r\nQUJD\r\n"))
      #expect(source.text.contains(Data("Please pay".utf8).base64EncodedString()))
    }
  }

  @Test func `finds what is searched for`() async throws {
    try await withSandbox { (sandbox) async throws in
      for subject in ["Apples", "Pears"] {
        _ = try await sandbox.post("/v3/email/send", Sample.email(#""subject":"\#(subject)""#))
      }
      _ = try await sandbox.post("/v3/sms/send", Sample.sms)
      let page = try await sandbox.get("/?q=apple").text
      #expect(page.contains("Apples") && !page.contains("Pears"))
      #expect(page.contains("1 message, newest first"))
      #expect(try await sandbox.get("/?q=nowhere").text.contains("Nothing found"))
      #expect(try await sandbox.get("/sms?q=123456").text.contains("+12025550959"))
      #expect(!(try await sandbox.get("/sms?q=nowhere").text.contains("+12025550959")))
      #expect(try await sandbox.get("/_sandbox/messages?q=PEARS").int("total") == 1)
      let escaped = try await sandbox.get("/?q=%22%3E%3Cscript%3E").text
      #expect(!escaped.contains("<script"))
    }
  }

  @Test func `shows webhooks without their secrets`() async throws {
    try await withSandbox { (sandbox) async throws in
      #expect(try await sandbox.get("/webhooks").text.contains("No webhooks"))
      let body =
        #"{"url":"https://u:pass@hooks.example.com/hooks/0123456789abcdef","#
        + #""auth_header_type":"bearer","auth_header_value":"secret-token"}"#
      _ = try await sandbox.post("/v3/webhook/add", body)
      let page = try await sandbox.get("/webhooks").text
      #expect(page.contains("https://hooks.example.com/hooks/0123…"))
      #expect(page.contains("Not an address of this machine"))
      for secret in ["0123456789abcdef", "secret-token", "pass@"] {
        #expect(!page.contains(secret))
      }
    }
  }

  @Test func `lists the newest first, fifty to a page`() async throws {
    try await withSandbox { (sandbox) async throws in
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
    try await withSandbox { (sandbox) async throws in
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
    try await withSandbox(configuration) { (sandbox) async throws in
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
    try await withSandbox { (sandbox) async throws in
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
      let operations = try await sandbox.get("/_sandbox/operations")
      #expect(operations.string("operations.0.operation") == "a")
      #expect(operations.int("operations.0.messages") == 2)
      let repeated = try await sandbox.get("/_sandbox/operations?repeated=true")
      #expect(repeated.int("total") == 1)
      let texts = try await sandbox.get("/_sandbox/sms")
      #expect(texts.int("messages.0.segments") == 1)
      #expect(texts.string("messages.0.encoding") == "GSM-7")
      let cleared = try await sandbox.send(.DELETE, "/_sandbox/messages")
      #expect(cleared.int("cleared") == 3)
      #expect(try await sandbox.get("/_sandbox/summary").int("messages") == 0)
    }
  }
}
