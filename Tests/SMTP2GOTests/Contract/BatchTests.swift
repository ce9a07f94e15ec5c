import Foundation
import NIOCore
import Testing

@testable import SMTP2GO

@Suite struct BatchTests {
  private func outcome(_ body: String, count: Int) -> Outcome<BatchReceipt> {
    let answer = Answer(status: 200, retryAfter: nil, body: ByteBuffer(string: body))
    return OutcomeClassifier.classify(.answered(answer), reader: .batch(count: count)).outcome
  }

  @Test(arguments: [
    (#"[{"email_id":"a"},{"schedule_id":"b"}]"#, "accepted", ["accepted", "accepted"]),
    (
      #"[{"email_id":"a"},{"error":"no","error_code":"X"}]"#, "accepted_in_part",
      ["accepted", "refused"]
    ),
    (
      #"[{"email_id":"a"},{"succeeded":0,"failed":1,"failures":["no"]}]"#, "accepted_in_part",
      ["accepted", "refused"]
    ),
    (#"[{"email_id":"a"},{}]"#, "accepted_in_part", ["accepted", "unknown"]),
    (#"[{"email_id":"a"},null]"#, "accepted_in_part", ["accepted", "unknown"]),
    (#"[{"error":"no"},{"error":"no"}]"#, "refused", []),
    (#"[{"error":"no"},{}]"#, "unknown", []), (#"[{"email_id":"a"}]"#, "unknown", []),
    (#"[]"#, "unknown", []), (#"{"email_id":"a"}"#, "unknown", []),
    (#"{"succeeded":0,"failed":2,"failures":["no"]}"#, "refused", []),
    (#"{"error":"x","error_code":"Y"}"#, "refused", []),
    (
      #"[{"error":"An API User matching the passed 'api_key' was not found"},{"error":"x"}]"#,
      "configuration", []
    ),
  ])
  func `a batch is judged message by message`(data: String, label: String, each: [String]) {
    let outcome = outcome(#"{"request_id":"r","data":\#(data)}"#, count: 2)
    #expect(outcome.label == label)
    #expect(outcome.value?.messages.map(\.label) ?? [] == each)
  }

  @Test func `a batch's request lists whole messages in their order`() async throws {
    let server = try await LoopbackServer { _ in
      .answer(200, #"{"data":[{"email_id":"a"},{"email_id":"b"}]}"#)
    }
    let emails = [try Fixture.email(subject: "1"), try Fixture.email(subject: "2")]
    let result = try await Fixture.run(server) { await $0.send(batch: emails) }
    #expect(result.outcome.label == "accepted")
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /v3/email/batch HTTP/1.1")
    let message = { (subject: String) -> NSDictionary in
      [
        "sender": "Acme <billing@acme.example>", "to": ["secret.person@example.org"],
        "subject": subject, "text_body": "secret text",
      ]
    }
    let expected: NSDictionary = ["emails": [message("1"), message("2")]]
    #expect(try Fixture.parsed(request.body) == expected)
  }

  @Test func `an impossible batch is refused whole`() throws {
    let now = Date()
    let email = try Fixture.email()
    var fast = email
    fast.fastAccept = true
    var nobody = email
    nobody.to = []
    let many = Array(repeating: email, count: 1001)
    #expect(BatchRequest.refusal([], now: now)?.code == "client.no_email")
    #expect(BatchRequest.refusal(many, now: now)?.code == "client.too_many_emails")
    #expect(BatchRequest.refusal([email, fast], now: now)?.code == "client.fast_accept")
    #expect(BatchRequest.refusal([email, nobody], now: now)?.code == "client.no_recipient")
    #expect(BatchRequest.refusal([email], now: now) == nil)
  }
}
