import Sandbox
import Testing

@Suite struct `A template` {
  private static let template = #"""
    {"template_name":"Welcome","id":"welcome","subject":"Hello {{ name }}",
     "html_body":"<p>{{name}} owes {{ invoice.total }}{{ nothing }}</p>",
     "text_body":"{{ greeting }} {{ name }}","template_variables":{"greeting":"Dear"},
     "tags":["first"]}
    """#

  private func send(_ sandbox: SandboxHarness, id: String = "welcome") async throws -> Answer {
    try await sandbox.post(
      "/v3/email/send",
      #"""
      {"sender":"a@acme.example","to":["b@example.org"],"template_id":"\#(id)",
       "subject":"ignored","html_body":"ignored",
       "template_data":{"name":"Ann","invoice":{"total":7}}}
      """#)
  }

  @Test func `is rendered in place of subject and texts`() async throws {
    try await withSandbox { (sandbox) async throws in
      let added = try await sandbox.post("/v3/template/add", Self.template)
      #expect(added.status == 200)
      #expect(added.string("data.template_name") == "Welcome")
      #expect(try await send(sandbox).status == 200)
      let message = try #require(await sandbox.mailbox.messages().first)
      #expect(message.subject == "Hello Ann")
      #expect(message.header("Subject") == "Hello Ann")
      #expect(message.htmlBody == "<p>Ann owes 7</p>")
      #expect(message.textBody == "Dear Ann")
      #expect(message.templateID == "welcome")
      #expect(message.templateData == #"{"name":"Ann","invoice":{"total":7}}"#)
    }
  }

  @Test func `that is not there refuses the mail`() async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await send(sandbox, id: "nothing")
      #expect(answer.status == 400)
      #expect(answer.string("data.error_code") == "E_ApiResponseCodes.API_EXCEPTION")
      #expect(await sandbox.mailbox.count == 0)
    }
  }

  @Test func `is viewed, found, edited and deleted`() async throws {
    try await withSandbox { (sandbox) async throws in
      _ = try await sandbox.post("/v3/template/add", Self.template)
      #expect(try await sandbox.post("/v3/template/add", Self.template).status == 400)
      let edited = try await sandbox.post(
        "/v3/template/edit", #"{"id":"welcome","new_id":"greeting","subject":"Hi"}"#)
      #expect(edited.string("data.id") == "greeting")
      #expect(try await sandbox.post("/v3/template/view", #"{"id":"welcome"}"#).status == 400)
      let viewed = try await sandbox.post("/v3/template/view", #"{"id":"greeting"}"#)
      #expect(viewed.string("data.name") == "Welcome")
      #expect(viewed.string("data.subject") == "Hi")
      for (members, count) in [
        ("", 1), (#""tags":["first"]"#, 1), (#""tags":["second"]"#, 0),
        (#""search_terms":["wel"],"fuzzy_search":true"#, 1), (#""search_terms":["wel"]"#, 0),
      ] {
        let found = try await sandbox.post("/v3/template/search", "{\(members)}")
        #expect(found.int("data.total_count") == count)
      }
      let deleted = try await sandbox.post("/v3/template/delete", #"{"id":"greeting"}"#)
      #expect(deleted.string("data") == "Successfully deleted template 'greeting'")
      #expect(try await sandbox.post("/v3/template/search", "{}").int("data.total_count") == 0)
    }
  }

  @Test(arguments: ["abcd", "abcdefghijklmnopqrstuvwxy"])
  func `has an id of 5 to 24 characters`(id: String) async throws {
    try await withSandbox { (sandbox) async throws in
      let body = Self.template.replacing(#""id":"welcome""#, with: #""id":"\#(id)""#)
      let answer = try await sandbox.post("/v3/template/add", body)
      #expect(answer.string("data.field_validation_errors.fieldname") == "id")
    }
  }
}
