import NIOCore
import Testing

@testable import SMTP2GO

/// Each row of the reference's error table, with the provider's texts as they were reported, and
/// the conditions that it names beside the table.
@Suite struct ReferenceErrorTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let status: Int
    let code: String
    let text: String
    let outcome: String
    var concern: Refusal.Concern?

    var testDescription: String { "\(status) \(code) \(text.prefix(40))" }
  }

  private static let validation =
    "The field 'sender' was expecting a valid RFC-822 formatted email field but found 'x', Please "
    + "correct your JSON payload and try again."
  private static let permission = "You do not have permission to access this API endpoint"
  private static let plan =
    "Free plans can add a maximum of 5 verified senders, please upgrade your plan"
  private static let exists =
    "A sender domain matching the passed value of b.org already exists"
  private static let noUser = "An API User matching the passed 'api_key' was not found"
  private static let badKey =
    "The API Key passed was not in the correct format, Please check the key and try again"
  private static let rate = "This endpoint is rate limited to 60 request(s) every 60 seconds"
  private static let keyRate = "API key ratelimit exceeded"
  private static let sender =
    "550 From header sender domain not verified (b.org). Please verify your sender domain"
  private static let monthly = "You have reached the monthly limit of your plan"

  private static let rows: [Row] = [
    Row(status: 400, code: "NON_VALIDATING_IN_PAYLOAD", text: validation, outcome: "refused"),
    Row(
      status: 400, code: "ENDPOINT_PERMISSION_DENIED", text: permission, outcome: "configuration",
      concern: .permission),
    Row(
      status: 403, code: "ENDPOINT_PERMISSION_DENIED", text: permission, outcome: "configuration",
      concern: .permission),
    Row(
      status: 400, code: "API_EXCEPTION", text: plan, outcome: "configuration", concern: .account),
    Row(status: 400, code: "API_EXCEPTION", text: exists, outcome: "refused"),
    Row(status: 400, code: "API_EXCEPTION", text: noUser, outcome: "configuration", concern: .key),
    Row(status: 500, code: "API_EXCEPTION", text: noUser, outcome: "configuration", concern: .key),
    Row(status: 401, code: "API_EXCEPTION", text: noUser, outcome: "configuration", concern: .key),
    Row(
      status: 403, code: "INVALID_IN_PAYLOAD", text: badKey, outcome: "configuration",
      concern: .key),
    Row(
      status: 400, code: "INVALID_IN_PAYLOAD", text: badKey, outcome: "configuration",
      concern: .key),
    Row(status: 429, code: "REQ_LIMIT_EXCEEDED", text: rate, outcome: "throttled"),
    Row(status: 400, code: "REQ_LIMIT_EXCEEDED", text: rate, outcome: "throttled"),
    Row(status: 429, code: "API_EXCEPTION", text: keyRate, outcome: "throttled"),
    Row(status: 429, code: "", text: "", outcome: "throttled"),
    Row(status: 401, code: "API_EXCEPTION", text: "no", outcome: "configuration", concern: .key),
    Row(status: 402, code: "API_EXCEPTION", text: "no", outcome: "refused"),
    Row(
      status: 403, code: "API_EXCEPTION", text: "no", outcome: "configuration",
      concern: .permission),
    Row(status: 404, code: "API_EXCEPTION", text: "no", outcome: "refused"),
    Row(status: 401, code: "", text: "", outcome: "unknown"),
    Row(status: 403, code: "", text: "", outcome: "unknown"),
    Row(status: 404, code: "", text: "", outcome: "unknown"),
    Row(status: 413, code: "", text: "", outcome: "unknown"),
    Row(status: 413, code: "API_EXCEPTION", text: "too large", outcome: "refused"),
    Row(status: 500, code: "", text: "", outcome: "unknown"),
    Row(status: 500, code: "API_EXCEPTION", text: "internal", outcome: "unknown"),
    Row(status: 502, code: "", text: "", outcome: "unknown"),
    Row(status: 503, code: "", text: "", outcome: "unknown"),
    Row(status: 504, code: "", text: "", outcome: "unknown"),
    Row(
      status: 400, code: "API_EXCEPTION", text: sender, outcome: "configuration", concern: .sender),
    Row(
      status: 400, code: "API_EXCEPTION", text: monthly, outcome: "configuration",
      concern: .account),
  ]

  private func classified<Value>(_ row: Row, _ reader: AnswerReader<Value>) -> Outcome<Value> {
    let body =
      row.code.isEmpty
      ? "<html>"
      : #"{"request_id":"r","data":{"error_code":"E_ApiResponseCodes.\#(row.code)","#
        + #""error":"\#(row.text)"}}"#
    let answer = Answer(status: row.status, retryAfter: nil, body: ByteBuffer(string: body))
    return OutcomeClassifier.classify(.answered(answer), reader: reader).outcome
  }

  private func check<Value>(_ row: Row, _ reader: AnswerReader<Value>) {
    let outcome = classified(row, reader)
    #expect(outcome.label == row.outcome)
    if case .configuration(let refusal) = outcome { #expect(refusal.concern == row.concern) }
  }

  @Test(arguments: rows)
  func `a row means the same on every endpoint`(row: Row) {
    check(row, AnswerReader<EmailReceipt>.email)
    check(row, AnswerReader<SMSReceipt>.sms)
    check(row, AnswerReader<BatchReceipt>.batch(count: 2))
    check(row, AnswerReader<ActivityPage>.activity)
    check(row, AnswerReader<SuppressionPage>.suppressions)
    check(row, AnswerReader<[Webhook]>.webhooks)
    check(row, AnswerReader<Acknowledgement>.acknowledgement)
    check(row, AnswerReader<EmailSummary>.summary)
  }

  @Test(arguments: rows.filter { !$0.code.isEmpty })
  func `an error without the frame means the same`(row: Row) {
    let body = #"{"error_code":"E_ApiResponseCodes.\#(row.code)","error":"\#(row.text)"}"#
    let answer = Answer(status: row.status, retryAfter: nil, body: ByteBuffer(string: body))
    #expect(
      OutcomeClassifier.classify(.answered(answer), reader: .email).outcome.label == row.outcome)
  }

  @Test func `half the recipients refused is acceptance in part`() {
    let body =
      #"{"data":{"succeeded":1,"failed":1,"failures":["550 no such user"],"email_id":"m"}}"#
    let answer = Answer(status: 200, retryAfter: nil, body: ByteBuffer(string: body))
    let outcome = OutcomeClassifier.classify(.answered(answer), reader: .email).outcome
    #expect(
      outcome
        == .acceptedInPart(
          .init(emailID: "m", succeeded: 1, failed: 1), refused: ["550 no such user"]))
  }
}
