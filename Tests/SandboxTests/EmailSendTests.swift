import Foundation
import Sandbox
import Testing

@Suite struct `Email send` {
  @Test func `answers with the documented envelope and keeps the message`() async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/email/send", Sample.email)
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "application/json")
      #expect(answer.keys("") == ["request_id", "data"])
      #expect(answer.keys("data") == ["succeeded", "failed", "failures", "email_id"])
      #expect(answer.int("data.succeeded") == 1)
      #expect(answer.int("data.failed") == 0)
      #expect(answer.count("data.failures") == 0)
      let id = try #require(answer.string("data.email_id"))
      #expect(id.wholeMatch(of: /[0-9A-Za-z]{6}-[0-9A-Za-z]{11}-[0-9A-Za-z]{4}/) != nil)
      #expect(UUID(uuidString: try #require(answer.string("request_id"))) != nil)

      let message = try #require(await sandbox.mailbox.message(id: id))
      #expect(await sandbox.mailbox.count == 1)
      #expect(message.requestID == answer.string("request_id"))
      #expect(message.sender == "Acme <billing@acme.example>")
      #expect(message.to == ["Ann <ann@example.org>"])
      #expect(message.subject == "Invoice 7")
      #expect(message.textBody == "Please pay")
      #expect(message.htmlBody == "<p>Please pay</p>")
      #expect(message.header("reply-to") == "ops@acme.example")
      #expect(message.header("X-AIOM-Operation") == "op-1")
      #expect(message.header("Subject") == "Invoice 7")
      #expect(message.header("From") == "Acme <billing@acme.example>")
      #expect(message.keyUsername == "api-SANDBOX00000")
      #expect(message.ignoredFields.isEmpty)
    }
  }

  @Test func `finds messages by header`() async throws {
    try await withSandbox { (sandbox) async throws in
      for operation in ["a", "b", "a"] {
        _ = try await sandbox.post("/v3/email/send", Sample.email(operation: operation))
      }
      #expect(await sandbox.mailbox.messages(withHeader: "x-aiom-operation", value: "a").count == 2)
      #expect(await sandbox.mailbox.messages(withHeader: "X-AIOM-Operation", value: "c").isEmpty)
    }
  }

  @Test func `counts one e-mail and makes two events per recipient`() async throws {
    try await withSandbox { (sandbox) async throws in
      let body = Sample.email(
        #""to":["a@example.org","b@example.org"],"cc":["c@example.org"],"bcc":["A@example.org"]"#)
      let answer = try await sandbox.post("/v3/email/send", body)
      #expect(answer.int("data.succeeded") == 1)
      let message = try #require(await sandbox.mailbox.messages().first)
      #expect(message.recipients == ["a@example.org", "b@example.org", "c@example.org"])
      #expect(
        message.statusEvents.map(\.name) == [
          .processed, .processed, .processed, .delivered, .delivered, .delivered,
        ])
    }
  }

  @Test(arguments: [
    ("sender", #""sender":"robs_invalid.com""#),
    ("sender", #""sender":null"#),
    ("sender", #""sender":["a@example.org"]"#),
    ("sender", #""sender":"A <a@example.org>\r\nBcc: b@example.org""#),
    ("to", #""to":[]"#),
    ("to", #""to":"ann@example.org""#),
    ("to", #""to":["ann@example.org","nobody"]"#),
    ("to", #""to":["Smith, Ann <ann@example.org>"]"#),
    ("cc", #""cc":["@example.org"]"#),
    ("bcc", #""bcc":[7]"#),
    ("subject", #""subject":"""#),
    ("subject", #""subject":"a\nb""#),
    ("text_body", #""text_body":null,"html_body":"""#),
    ("custom_headers", #""custom_headers":[{"name":"X-A","value":"1"}]"#),
    ("custom_headers", #""custom_headers":[{"header":"content-type","value":"text/plain"}]"#),
    (
      "custom_headers", #""custom_headers":[{"header":"Content-Transfer-Encoding","value":"7bit"}]"#
    ),
    ("custom_headers", #""custom_headers":[{"header":"MIME-Version","value":"1.0"}]"#),
    ("custom_headers", #""custom_headers":[{"header":"X-A","value":"1\r\nBcc: b@example.org"}]"#),
    ("custom_headers", #""custom_headers":[{"header":"X A","value":"1"}]"#),
    ("attachments", #""attachments":[{"fileblob":"QUJD"}]"#),
    ("attachments", #""attachments":[{"filename":"a.pdf"}]"#),
    (
      "attachments",
      #""attachments":[{"filename":"a","fileblob":"QUJD","url":"https://a.example/a"}]"#
    ),
    ("attachments", #""attachments":[{"filename":"a.pdf","fileblob":"Q*JD"}]"#),
    ("attachments", #""attachments":[{"filename":"a.pdf","url":"file:///etc/hosts"}]"#),
    ("inlines", #""inlines":[{"filename":"a.png","fileblob":"QUI"}]"#),
    ("template_data", #""template_id":"welcome","template_data":"text""#),
    ("schedule", #""schedule":"soon""#),
    ("schedule", #""schedule":1"#),
    ("fastaccept", #""fastaccept":"yes""#),
  ])
  func `refuses a field that does not fit, names it, and keeps nothing`(
    field: String, members: String
  ) async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/email/send", Sample.email(members))
      #expect(answer.status == 400)
      #expect(
        answer.string("data.error_code") == "E_ApiResponseCodes.NON_VALIDATING_IN_PAYLOAD")
      #expect(answer.keys("data.field_validation_errors") == ["fieldname", "message"])
      #expect(answer.string("data.field_validation_errors.fieldname") == field)
      #expect(answer.string("request_id") != nil)
      #expect(await sandbox.mailbox.count == 0)
    }
  }

  @Test func `words a bad address as the documents do`() async throws {
    try await withSandbox { (sandbox) async throws in
      let body = Sample.email(#""sender":"robs_invalid.com""#)
      let answer = try await sandbox.post("/v3/email/send", body)
      #expect(
        answer.string("data.field_validation_errors.message")
          == "The field 'sender' was expecting a valid RFC-822 formatted email field but found "
          + "'robs_invalid.com', Please correct your JSON payload and try again.")
    }
  }

  @Test(arguments: [(100, 200), (101, 400)])
  func `takes up to a hundred recipients in a field`(count: Int, status: Int) async throws {
    try await withSandbox { (sandbox) async throws in
      let list = (1...count).map { #""r\#($0)@example.org""# }.joined(separator: ",")
      for field in ["to", "cc", "bcc"] {
        let body = Sample.email(#""\#(field)":[\#(list)]"#)
        #expect(try await sandbox.post("/v3/email/send", body).status == status)
      }
    }
  }

  @Test(arguments: ["", "{", "[]", "\"text\"", "{\"sender\":}", "{} {}", "sender=a"])
  func `refuses what is not a JSON object`(body: String) async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/email/send", body)
      #expect(answer.status == 400)
      #expect(
        answer.string("data.error_code") == "E_ApiResponseCodes.NON_VALIDATING_IN_PAYLOAD")
    }
  }

  @Test func `keeps attachments and gives them back`() async throws {
    try await withSandbox { (sandbox) async throws in
      let members = #"""
        "attachments":[{"filename":"i.pdf","fileblob":"JVBERi0=","mimetype":"application/pdf"},
                       {"filename":"t.txt","url":"https://files.example/t.txt"}],
        "inlines":[{"filename":"logo.png","fileblob":"QUJD"}]
        """#
      let answer = try await sandbox.post("/v3/email/send", Sample.email(members))
      #expect(answer.status == 200)
      let message = try #require(await sandbox.mailbox.messages().first)
      #expect(message.attachments.map(\.filename) == ["i.pdf", "t.txt"])
      #expect(message.attachments.map(\.size) == [5, nil])
      #expect(message.attachments.map(\.mimetype) == ["application/pdf", nil])
      #expect(message.inlines.map(\.size) == [3])
      let path = "/messages/\(message.id)"
      let file = try await sandbox.get("\(path)/attachments/0")
      #expect(file.text == "%PDF-")
      #expect(file.headers["content-type"] == "application/octet-stream")
      #expect(file.headers["content-disposition"] == "attachment; filename*=UTF-8''i.pdf")
      #expect(file.headers["x-content-type-options"] == "nosniff")
      #expect(try await sandbox.get("\(path)/inlines/0").text == "ABC")
      #expect(try await sandbox.get("\(path)/attachments/1").status == 404)
      #expect(try await sandbox.get("\(path)/attachments/9").status == 404)
    }
  }

  @Test func `leaves the counters out when asked to accept fast`() async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/email/send", Sample.email(#""fastaccept":true"#))
      #expect(answer.status == 200)
      #expect(answer.keys("data") == ["email_id"])
    }
  }

  @Test(arguments: [#""2026-03-02 13:15:00 +1200""#, #""2026-03-02T01:15:00Z""#, "1772414100"])
  func `schedules by text or by number`(schedule: String) async throws {
    let clock = try TestClock("2026-03-01T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { (sandbox) async throws in
      let body = Sample.email(#""schedule":\#(schedule)"#)
      let answer = try await sandbox.post("/v3/email/send", body)
      let id = try #require(answer.string("data.schedule_id"))
      #expect(answer.keys("data") == ["succeeded", "failed", "failures", "schedule_id"])
      let message = try #require(await sandbox.mailbox.messages().first)
      #expect(message.sentAt == (try Date("2026-03-02T01:15:00Z", strategy: .iso8601)))
      #expect(message.header("X-Smtp2go-Schedule-Id") == id)
      #expect(message.status(at: clock.now) == "scheduled")
      clock.advance(by: 86_400)
      #expect(message.status(at: clock.now) == "delivered")
    }
  }

  @Test(arguments: [(0, 400), (1, 200), (3 * 86_400, 200), (3 * 86_400 + 1, 400)])
  func `schedules from the next second to three days ahead`(
    seconds: Int, status: Int
  ) async throws {
    let clock = try TestClock("2026-03-01T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { (sandbox) async throws in
      let time = Int(clock.now.timeIntervalSince1970) + seconds
      let answer = try await sandbox.post(
        "/v3/email/send", Sample.email(#""schedule":\#(time)"#))
      #expect(answer.status == status)
    }
  }

  @Test(arguments: [
    #"{"filename":"a","fileblob":"QU\u004aD"}"#, #"{"filename":"a","fileblob":"QU\nJD"}"#,
    #"{"filename":"a", "fileblob" : "QUJD"}"#, #"{"fileblob":"QUJD","filename":"a"}"#,
    #"{"filename":"a","file\u0062lob":"QUJD"}"#, #"{"filename":"a\"b","fileblob":"QUJD"}"#,
  ])
  func `reads a file however its JSON is written`(file: String) async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post(
        "/v3/email/send", Sample.email(#""attachments":[\#(file)]"#))
      let id = try #require(answer.string("data.email_id"))
      #expect(try await sandbox.get("/messages/\(id)/attachments/0").text == "ABC")
    }
  }

  @Test(arguments: [0, 1, 2, 3, 57, 70_000, 3_000_001])
  func `gives a file of any size back unchanged`(size: Int) async throws {
    var generator = SeededGenerator(state: UInt64(size) + 7)
    let content = Data((0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) })
    try await withSandbox { (sandbox) async throws in
      let file =
        size == 0
        ? #"{"filename":"a","fileblob":"","url":"http://a.example/"}"#
        : #"{"filename":"a","fileblob":"\#(content.base64EncodedString())"}"#
      let answer = try await sandbox.post(
        "/v3/email/send", Sample.email(#""attachments":[\#(file)]"#))
      #expect(answer.status == 200)
      let message = try #require(await sandbox.mailbox.messages().first)
      guard size > 0 else {
        #expect(message.attachments.first?.size == nil)
        return
      }
      #expect(message.attachments.first?.size == size)
      let url = URL(string: "\(sandbox.base)/messages/\(message.id)/attachments/0")
      #expect(try await sandbox.bytes(try #require(url)) == content)
    }
  }

  @Test func `notes fields that the documents do not know`() async throws {
    try await withSandbox { (sandbox) async throws in
      let body = Sample.email(#""reply_to":"x@acme.example","metadata":{}"#)
      #expect(try await sandbox.post("/v3/email/send", body).status == 200)
      #expect(
        await sandbox.mailbox.messages().first?.ignoredFields == ["reply_to", "metadata"])
    }
  }

  @Test func `refuses a body above the cap with 413`() async throws {
    try await withSandbox { (sandbox) async throws in
      let big = String(repeating: "a", count: 1024 * 1024)
      let sms = #"{"destination":["+12025550959"],"content":"\#(big)"}"#
      let answer = try await sandbox.post("/v3/sms/send", sms)
      #expect(answer.status == 413)
      #expect(await sandbox.mailbox.sms().isEmpty)
      let email = Sample.email(#""text_body":"\#(big)""#)
      #expect(try await sandbox.post("/v3/email/send", email).status == 200)
    }
  }
}

@Suite struct `A sender that is not verified` {
  @Test(arguments: [
    ("billing@acme.example", true), ("Any <any@acme.example>", true),
    ("BILLING@ACME.EXAMPLE", true), ("single@other.example", true),
    ("else@other.example", false), ("a@sub.acme.example", false),
  ])
  func `is told by its address or domain`(sender: String, isAccepted: Bool) async throws {
    var configuration = SandboxConfiguration()
    configuration.verifiedDomains = ["acme.example"]
    configuration.verifiedSenders = ["single@other.example"]
    try await withSandbox(configuration) { (sandbox) async throws in
      let answer = try await sandbox.post(
        "/v3/email/send", Sample.email(#""sender":"\#(sender)""#))
      #expect(answer.status == (isAccepted ? 200 : 400))
      #expect(await sandbox.mailbox.count == (isAccepted ? 1 : 0))
      guard !isAccepted else { return }
      #expect(answer.string("data.error_code") == "E_ApiResponseCodes.API_EXCEPTION")
    }
  }

  @Test func `is refused inside a 200 when so configured`() async throws {
    var configuration = SandboxConfiguration()
    configuration.verifiedDomains = []
    configuration.unverifiedSenderAnswer = .failures
    try await withSandbox(configuration) { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/email/send", Sample.email)
      #expect(answer.status == 200)
      #expect(answer.int("data.succeeded") == 0)
      #expect(answer.int("data.failed") == 1)
      #expect(answer.strings("data.failures")?.first?.contains("not verified") == true)
      #expect(await sandbox.mailbox.count == 0)
    }
  }
}
