import Addressing
import Testing

@testable import SMTP2GO

@Suite struct RedactionTests {
  private let secrets = ["secret", "0123456789abcdef", "2025550959", "invoice 7"]

  private func shown(_ value: Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return "\(value) \(String(reflecting: value)) \([value]) \(dumped)".lowercased()
  }

  private func expectNoSecret(_ value: Any) {
    let text = shown(value)
    for secret in secrets { #expect(!text.contains(secret), "\(type(of: value))") }
  }

  @Test func `no description holds key, address, subject or body`() async throws {
    let client = try Fixture.client("http://127.0.0.1:1/v3")
    expectNoSecret(client)
    expectNoSecret(client.transport)
    expectNoSecret(Fixture.key)
    expectNoSecret(
      SMTP2GOClient.Configuration(baseURL: "http://127.0.0.1:1", apiKey: Fixture.key))
    expectNoSecret(try Fixture.email())
    expectNoSecret(try Fixture.sms())
    expectNoSecret(Refusal(code: "X", message: "secret.person@example.org"))
    expectNoSecret(
      Outcome<EmailReceipt>.acceptedInPart(.init(emailID: "m"), refused: ["secret@x.org"]))
    expectNoSecret(CallResult<EmailReceipt>(outcome: .refused(.init(code: "X", message: "secret"))))
    expectNoSecret(
      SMSReceipt(
        totalSent: 1,
        messages: [.init(destination: "+12025550959", messageID: "m", status: .queued)]))
    expectNoSecret(SingleSender(emailAddress: "secret@example.org", isVerified: true))
    try await client.shutdown()
  }

  @Test func `a result prints class, code, status and request id`() {
    let result = CallResult<EmailReceipt>(
      outcome: .configuration(.init(code: "X", message: "secret", concern: .key)),
      requestID: "aa253464-0bd0-467a-b24b-6159dcd7be60", httpStatus: 400)
    #expect(
      "\(result)"
        == "CallResult(configuration: X (key), status: 400, "
        + "request: aa253464-0bd0-467a-b24b-6159dcd7be60)")
  }

  @Test(arguments: [
    "secret.person@example.org", "api-0123456789abcdefghijklmnopqrstuv", "12025550959",
  ])
  func `what stands in the place of a request id is not repeated`(text: String) {
    let result = CallResult<EmailReceipt>(outcome: .throttled(retryAfter: nil), requestID: text)
    #expect("\(result)".contains("request: unreadable"))
  }
}
