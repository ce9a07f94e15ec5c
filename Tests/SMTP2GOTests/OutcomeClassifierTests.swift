import NIOCore
import Testing

@testable import SMTP2GO

@Suite struct OutcomeClassifierTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let status: Int
    let body: String
    let outcome: Outcome<EmailReceipt>
    var retryAfter: Duration?

    var testDescription: String { "\(status) \(body.prefix(90))" }

    init(
      _ status: Int, _ body: String, _ outcome: Outcome<EmailReceipt>, retryAfter: Duration? = nil
    ) {
      self.status = status
      self.body = body
      self.outcome = outcome
      self.retryAfter = retryAfter
    }
  }

  private func outcome(_ row: Row) -> Outcome<EmailReceipt> {
    let answer = Answer(
      status: row.status, retryAfter: row.retryAfter, body: ByteBuffer(string: row.body))
    return OutcomeClassifier.classify(.answered(answer), reader: .email).outcome
  }

  private static func problem(_ text: String, _ code: String = "API_EXCEPTION") -> String {
    #"{"request_id":"r","data":{"error":"\#(text)","error_code":"E_ApiResponseCodes.\#(code)"}}"#
  }

  fileprivate static let noUser = "An API User matching the passed 'api_key' was not found"
  private static let noSender = "550 From header sender domain not verified (acme.example)"
  private static let denied = "You do not have permission to access this API endpoint"

  @Test(arguments: [
    Row(200, Fixture.accepted, .accepted(.init(emailID: "m-1", succeeded: 1, failed: 0))),
    Row(200, #"{"request_id":"r","data":{"email_id":"m"}}"#, .accepted(.init(emailID: "m"))),
    Row(
      200, #"{"data":{"schedule_id":"s","failures":null}}"#,
      .accepted(.init(emailID: nil, scheduleID: "s"))),
    Row(200, #"{"email_id":"m"}"#, .accepted(.init(emailID: "m"))),
    Row(
      200, #"{"data":{"email_id":"m","succeeded":"1","failed":"0"}}"#,
      .accepted(.init(emailID: "m", succeeded: 1, failed: 0))),
    Row(
      200, #"{"data":{"email_id":"m","error":null,"error_code":"","failed":0}}"#,
      .accepted(.init(emailID: "m", failed: 0))),
  ])
  func `acceptance needs an id and nothing failed`(row: Row) {
    #expect(outcome(row) == row.outcome)
  }

  @Test(arguments: [
    Row(
      200, #"{"data":{"succeeded":1,"failed":1,"failures":["b: no"],"email_id":"m"}}"#,
      .acceptedInPart(.init(emailID: "m", succeeded: 1, failed: 1), refused: ["b: no"])),
    Row(
      200, #"{"data":{"succeeded":1,"failed":1,"failures":["b: no"]}}"#,
      .acceptedInPart(.init(emailID: nil, succeeded: 1, failed: 1), refused: ["b: no"])),
    Row(
      200, #"{"data":{"email_id":"m","failures":[{"email":"b@c.org","error":"no"}]}}"#,
      .acceptedInPart(.init(emailID: "m"), refused: ["b@c.org: no"])),
    Row(
      200, #"{"data":{"email_id":"m","failed":1}}"#,
      .acceptedInPart(.init(emailID: "m", failed: 1), refused: [])),
  ])
  func `an id beside failures is acceptance in part`(row: Row) {
    #expect(outcome(row) == row.outcome)
  }

  @Test(arguments: [
    Row(
      200, #"{"data":{"succeeded":0,"failed":1,"failures":["550 no such mailbox"]}}"#,
      .refused(.init(code: "FAILURES", message: "550 no such mailbox"))),
    Row(
      200, #"{"data":{"succeeded":0,"failed":1,"failures":["recipient account is disabled"]}}"#,
      .refused(.init(code: "FAILURES", message: "recipient account is disabled"))),
    Row(
      400, problem("The field 'sender' was expecting a value", "NON_VALIDATING_IN_PAYLOAD"),
      .refused(
        .init(
          code: "NON_VALIDATING_IN_PAYLOAD", message: "The field 'sender' was expecting a value"))),
    Row(
      400,
      #"{"data":{"error_code":"X","field_validation_errors":{"fieldname":"to","message":"bad"}}}"#,
      .refused(.init(code: "X", message: "bad", field: "to"))),
    Row(400, #"{"error":"no"}"#, .refused(.init(code: "HTTP_400", message: "no"))),
    Row(
      404, problem("no such thing"),
      .refused(.init(code: "API_EXCEPTION", message: "no such thing"))),
    Row(402, problem("failed"), .refused(.init(code: "API_EXCEPTION", message: "failed"))),
    Row(200, problem("failed"), .refused(.init(code: "API_EXCEPTION", message: "failed"))),
  ])
  func `an error that can be read with nothing taken is a refusal`(row: Row) {
    #expect(outcome(row) == row.outcome)
  }

  @Test(arguments: [200, 400, 401, 403, 404, 429, 500, 502])
  func `an unknown or wrong-region key is a configuration error under every status`(status: Int) {
    let row = Row(
      status, Self.problem(Self.noUser),
      .configuration(.init(code: "API_EXCEPTION", message: Self.noUser, concern: .key)))
    #expect(outcome(row) == row.outcome)
  }

  @Test(arguments: [
    (400, "ENDPOINT_PERMISSION_DENIED", denied, Refusal.Concern.permission),
    (403, "ENDPOINT_PERMISSION_DENIED", denied, .permission),
    (400, "API_EXCEPTION", denied, .permission), (403, "INVALID_IN_PAYLOAD", "no", .key),
    (400, "INVALID_IN_PAYLOAD", "The API Key passed was not in the correct format", .key),
    (401, "API_EXCEPTION", "no", .key), (403, "API_EXCEPTION", "no", .permission),
    (400, "API_EXCEPTION", noSender, .sender), (500, "API_EXCEPTION", noSender, .sender),
    (400, "API_EXCEPTION", "Your account has been suspended", .account),
    (400, "API_EXCEPTION", "Free plans cannot send SMS, upgrade your plan", .account),
    (400, "API_EXCEPTION", "IP address 192.0.2.1 is not allowed", .permission),
  ])
  func `set-up errors name what is not in order`(
    status: Int, code: String, text: String, concern: Refusal.Concern
  ) {
    let row = Row(
      status, Self.problem(text, code),
      .configuration(.init(code: code, message: text, concern: concern)))
    #expect(outcome(row) == row.outcome)
  }

  @Test func `an unverified sender among the failures is a configuration error`() {
    let row = Row(
      200, #"{"data":{"succeeded":0,"failed":1,"failures":["\#(Self.noSender)"]}}"#,
      .configuration(.init(code: "FAILURES", message: Self.noSender, concern: .sender)))
    #expect(outcome(row) == row.outcome)
  }

  @Test(arguments: [
    Row(429, "", .throttled(retryAfter: nil)),
    Row(429, "<html>", .throttled(retryAfter: .seconds(7)), retryAfter: .seconds(7)),
    Row(429, problem("slow down"), .throttled(retryAfter: nil)),
    Row(
      400, problem("This endpoint is rate limited to 5 request(s)", "REQ_LIMIT_EXCEEDED"),
      .throttled(retryAfter: .seconds(9)), retryAfter: .seconds(9)),
    Row(400, problem("API key ratelimit exceeded"), .throttled(retryAfter: nil)),
    Row(200, problem("x", "REQ_LIMIT_EXCEEDED"), .throttled(retryAfter: nil)),
    Row(429, #"{"data":{}}"#, .throttled(retryAfter: nil)),
  ])
  func `limits throttle`(row: Row) {
    #expect(outcome(row) == row.outcome)
  }

  @Test(arguments: [
    Row(200, "", .unknown(.answerUnreadable)), Row(200, "<html>", .unknown(.answerUnreadable)),
    Row(200, "[]", .unknown(.answerUnreadable)), Row(200, "null", .unknown(.answerUnreadable)),
    Row(200, #"{"data":{"email_id":"m""#, .unknown(.answerUnreadable)),
    Row(200, "{}", .unknown(.answerIncomplete)),
    Row(200, #"{"data":{}}"#, .unknown(.answerIncomplete)),
    Row(200, #"{"data":{"succeeded":1,"failed":0}}"#, .unknown(.answerIncomplete)),
    Row(200, #"{"data":{"email_id":""}}"#, .unknown(.answerIncomplete)),
    Row(202, Fixture.accepted, .unknown(.answerContradictory)),
    Row(204, "", .unknown(.answerUnreadable)),
    Row(301, "", .unknown(.redirect)), Row(307, problem("moved"), .unknown(.redirect)),
    Row(400, "", .unknown(.clientErrorUnreadable)),
    Row(404, "<html>", .unknown(.clientErrorUnreadable)),
    Row(413, "<html>", .unknown(.clientErrorUnreadable)),
    Row(403, #"{"message":"x"}"#, .unknown(.clientErrorUnreadable)),
    Row(500, problem("boom"), .unknown(.serverError)), Row(500, "", .unknown(.serverError)),
    Row(502, "<html>Bad gateway</html>", .unknown(.serverError)),
    Row(503, "", .unknown(.serverError)), Row(504, "", .unknown(.serverError)),
    Row(200, #"{"data":{"error":"x","email_id":"m"}}"#, .unknown(.answerContradictory)),
    Row(500, #"{"data":{"email_id":"m"}}"#, .unknown(.answerContradictory)),
    Row(400, #"{"data":{"error":"x","succeeded":1}}"#, .unknown(.answerContradictory)),
  ])
  func `everything else is unknown`(row: Row) {
    #expect(outcome(row) == row.outcome)
  }

  @Test(arguments: [
    #"{"request_id":"r-9","data":{"email_id":"m"}}"#,
    #"{"data":{"request_id":"r-9","email_id":"m"}}"#,
    #"{"request_id":null,"data":{"request_id":"r-9","error":"x"}}"#,
  ])
  func `the request id is found in both places`(body: String) {
    let answer = Answer(status: 200, retryAfter: nil, body: ByteBuffer(string: body))
    #expect(
      OutcomeClassifier.classify(.answered(answer), reader: .email).requestID == "r-9")
  }

  @Test func `what was never handed over is not sent and what was lost is unknown`() {
    for reason in NotSentReason.allCases {
      let verdict = OutcomeClassifier.classify(.notHandedOver(reason), reader: .email)
      #expect(verdict.outcome == .notSent(reason))
    }
    for reason in UnknownReason.allCases {
      let verdict = OutcomeClassifier.classify(.lost(reason), reader: .email)
      #expect(verdict.outcome == .unknown(reason))
    }
  }

  @Test(arguments: [
    (
      #"{"data":{"total_sent":1,"statuses":{"queued":1},"messages":[{"destination":"+1","#
        + #""message_id":"d","status":"queued"}]}}"#, "accepted"
    ),
    (#"{"data":{"total_sent":1,"statuses":{"queued":1}}}"#, "accepted"),
    (#"{"data":{"total_sent":1}}"#, "accepted"),
    (#"{"data":{"statuses":{"Submitted":2}}}"#, "accepted"),
    (#"{"data":{"messages":[{"message_id":"d","status":"something_new"}]}}"#, "accepted"),
    (#"{"data":{"total_sent":1,"statuses":{"queued":1,"rejected":1}}}"#, "accepted_in_part"),
    (
      #"{"data":{"messages":[{"status":"queued"},{"destination":"+2","status":"failed"}]}}"#,
      "accepted_in_part"
    ),
    (#"{"data":{"total_sent":0,"statuses":{"queued":0}}}"#, "refused"),
    (#"{"data":{"total_sent":0,"statuses":{"rejected":1}}}"#, "refused"),
    (#"{"data":{"messages":[{"destination":"+2","status":"rejected"}]}}"#, "refused"),
    (#"{"data":{}}"#, "unknown"), (#"{"data":{"error":"x","total_sent":1}}"#, "unknown"),
    (#"{"data":{"error":"x","error_code":"Y"}}"#, "refused"),
  ])
  func `an SMS answer is judged by what it lists`(body: String, label: String) {
    let answer = Answer(status: 200, retryAfter: nil, body: ByteBuffer(string: body))
    #expect(
      OutcomeClassifier.classify(.answered(answer), reader: .sms).outcome.label == label)
  }
}
