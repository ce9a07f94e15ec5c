import Sandbox
import Testing

/// What official clients really send (reference, section 15); the vendor takes all of it.
@Suite struct `Official clients` {
  @Test(arguments: ["/v3/email/send", "/v3//email/send", "//v3//email//send", "/v3/email/send/"])
  func `may double their slashes`(path: String) async throws {
    try await withSandbox { (sandbox) async throws in
      #expect(try await sandbox.post(path, Sample.email).status == 200)
    }
  }

  @Test(arguments: [nil, "application/json", "text/plain", "application/x-www-form-urlencoded"])
  func `may leave the content type out or get it wrong`(type: String?) async throws {
    try await withSandbox { (sandbox) async throws in
      var headers = ["X-Smtp2go-Api-Key": SandboxConfiguration.defaultKey]
      headers["Content-Type"] = type
      let answer = try await sandbox.post("/v3/email/send", Sample.email, headers: headers)
      #expect(answer.status == 200)
    }
  }

  @Test func `in Python send null for what is unset, and leak their own headers`() async throws {
    try await withSandbox { (sandbox) async throws in
      let body = #"""
        {"api_key":"\#(SandboxConfiguration.defaultKey)","sender":"a@acme.example",
         "to":["b@example.org"],"subject":"s","text_body":"t","html_body":null,
         "template_id":null,"template_data":null,
         "custom_headers":[{"header":"X-Smtp2go-Api","value":"smtp2go-python"}]}
        """#
      #expect(try await sandbox.post("/v3/email/send", body, headers: [:]).status == 200)
      let message = try #require(await sandbox.mailbox.messages().first)
      #expect(message.htmlBody == nil)
      #expect(message.templateID == nil)
      #expect(message.ignoredFields.isEmpty)
    }
  }

  @Test func `in Go send empty texts and lists for what is unset`() async throws {
    try await withSandbox { (sandbox) async throws in
      let body = Sample.email(
        #""cc":[],"bcc":null,"attachments":null,"inlines":[],"template_id":"","schedule":"","#
          + #""custom_headers":[]"#)
      #expect(try await sandbox.post("/v3/email/send", body).status == 200)
    }
  }

  @Test(arguments: ["1", "2"])
  func `in PHP and NET send a version`(version: String) async throws {
    try await withSandbox { (sandbox) async throws in
      let body = Sample.email(#""version":\#(version)"#)
      #expect(try await sandbox.post("/v3/email/send", body).status == 200)
      #expect(await sandbox.mailbox.messages().first?.ignoredFields.isEmpty == true)
    }
  }

  @Test func `in PHP send the vendor's host name`() async throws {
    try await withSandbox { (sandbox) async throws in
      let headers = [
        "X-Smtp2go-Api-Key": SandboxConfiguration.defaultKey, "Host": "api.smtp2go.com",
      ]
      let answer = try await sandbox.post("/v3/email/send", Sample.email, headers: headers)
      #expect(answer.status == 200)
    }
  }

  @Test func `must post, to an endpoint that exists`() async throws {
    try await withSandbox { (sandbox) async throws in
      #expect(try await sandbox.get("/v3/email/send").status == 405)
      #expect(try await sandbox.post("/v3/email/sent", "{}").status == 404)
      #expect(try await sandbox.post("/email/send", Sample.email).status == 405)
      #expect(await sandbox.mailbox.count == 0)
    }
  }
}
