import Addressing
import Foundation
import Logging
import Testing

@testable import SMTP2GO

/// No key, address, subject or body reaches a log, an error's description or a metric, whatever the
/// provider answers and wherever it puts what it was sent.
@Suite struct SecretsTests {
  private static let markers = [
    "api-markerkey", "markerkey", "marker.sender", "marker.to", "marker.cc", "marker.bcc",
    "marker-subject", "marker-body", "marker-html", "marker-header", "marker-file",
    "marker-content", "marker-sms", "marker.reply", "2025550959", "marker-template", "marker-hook",
    "marker-token",
  ]
  private static let key = "api-markerkey0123456789abcdefghijklmn"

  private static let echo = markers.joined(separator: " ")

  /// Every fault, with the markers in every place in which an answer can hold a text.
  static let steps: [LoopbackServer.Step] = [
    .answer(200, Fixture.accepted),
    .answer(
      200,
      #"{"request_id":"\#(echo)","data":{"email_id":"\#(echo)","succeeded":1,"failed":1,"#
        + #""failures":["\#(echo)"]}}"#),
    .answer(
      200, #"{"data":{"succeeded":0,"failed":1,"failures":["\#(echo)"],"request_id":"\#(echo)"}}"#),
    .answer(
      400,
      #"{"request_id":"\#(echo)","data":{"error":"\#(echo)","error_code":"\#(echo)","#
        + #""field_validation_errors":{"fieldname":"\#(echo)","message":"\#(echo)"}}}"#),
    .answer(
      400, #"{"data":{"error":"\#(echo)","error_code":"E_ApiResponseCodes.marker-body"}}"#),
    .answer(
      403, #"{"data":{"error":"\#(echo) api key invalid","error_code":"\#(echo)"}}"#),
    .answer(429, #"{"data":{"error":"\#(echo)"}}"#), .answer(500, echo),
    .answer(502, "<html>\(echo)</html>"), .answer(200, echo), .answer(404, echo),
    .answer(200, #"{"\#(echo)":"\#(echo)"}"#),
    .answer(
      200,
      #"{"data":{"messages":[{"destination":"\#(echo)","message_id":"\#(echo)","#
        + #""status":"\#(echo)"}],"statuses":{"\#(echo)":1}}}"#),
    .raw("HTTP/1.1 307 X\r\nLocation: http://127.0.0.1/marker-body\r\nContent-Length: 0\r\n\r\n"),
    .rawThenClose("marker-body\r\n\r\n"), .cut, .hang,
  ]

  private static func email() throws -> OutgoingEmail {
    OutgoingEmail(
      sender: try Mailbox("marker.sender <marker.sender@example.org>"),
      to: [try EmailAddress("marker.to@example.org")],
      cc: [try EmailAddress("marker.cc@example.org")], subject: "marker-subject",
      textBody: "marker-body", htmlBody: "marker-html",
      customHeaders: [
        try .init("X-Marker", "marker-header"), try .init("Reply-To", "marker.reply@example.org"),
      ],
      attachments: [
        .init(
          filename: "marker-file", mimetype: "text/plain", content: Array("marker-content".utf8))
      ])
  }

  /// Everything a program could print of what the calls returned.
  private func everything(_ client: SMTP2GOClient) async throws -> String {
    var shown = ""
    func show(_ value: Any) {
      print(value, String(reflecting: value), [value], to: &shown)
      dump(value, to: &shown)
    }
    let email = try Self.email()
    show(client)
    show(email)
    show(await client.send(email))
    show(await client.send(batch: [email, email]))
    show(
      await client.send(
        ThreadedEmail(email, messageID: try MessageID("marker.to@marker.reply"), date: .now)))
    show(
      await client.send(
        OutgoingSMS(
          destination: [try PhoneNumber(e164: "+12025550959")], content: "marker-sms")))
    var impossible = email
    impossible.subject = "marker-subject\n"
    show(await client.send(impossible))
    impossible = email
    impossible.attachments = [.init(filename: "a", source: .file(path: "marker-file"))]
    show(await client.send(impossible))
    show(await client.searchActivity(.init(startDate: .now, recipient: "marker.to@example.org")))
    show(await client.activity(.init(startDate: .now, subject: "marker-subject")))
    show(await client.suppressions(.init(emailAddress: "marker.to@example.org")))
    show(await client.addSuppression("marker.to@example.org", description: "marker-body"))
    show(await client.sentSMS(.init(start: .now)))
    show(
      await client.addWebhook(
        .init(url: "https://a.example/marker-hook", authorization: .bearer(token: "marker-token"))))
    show(await client.webhooks())
    show(await client.template("marker-template"))
    show(await client.domains(named: "marker.sender"))
    show(await client.searchScheduled(.init(subject: "marker-subject")))
    do {
      for try await page in client.archivePages(.init(start: .now, subject: "marker-subject")) {
        show(page)
      }
    } catch {
      show(error)
    }
    return shown
  }

  @Test(arguments: steps.indices)
  func `nothing that was sent or echoed is logged, printed or counted`(step: Int) async throws {
    let (log, metrics) = (CapturedLog(), CapturedMetrics())
    let step = Self.steps[step]
    let server = try await LoopbackServer { _ in step }
    let client = try SMTP2GOClient(
      configuration: .init(
        baseURL: server.baseURL, apiKey: APIKey(Self.key), deadline: .milliseconds(150),
        logger: log.logger, metrics: metrics))
    let shown = try await everything(client)
    try await client.shutdown()
    try await server.stop()
    for marker in Self.markers {
      #expect(!log.text.contains(marker))
      #expect(!metrics.text.contains(marker))
      let line = shown.split(separator: "\n").first { $0.contains(marker) }
      #expect(line == nil)
    }
    #expect(!log.metadata.isEmpty)
  }

  @Test func `each call is one line, one count and one time`() async throws {
    let (log, metrics) = (CapturedLog(), CapturedMetrics())
    let id = "aa253464-0bd0-467a-b24b-6159dcd7be60"
    let server = try await LoopbackServer { request in
      request.line.contains("/email/send")
        ? .answer(200, #"{"request_id":"\#(id)","data":{"email_id":"m"}}"#)
        : .answer(
          400, #"{"request_id":"\#(id)","data":{"error":"no","error_code":"E_X.API_EXCEPTION"}}"#)
    }
    let client = try SMTP2GOClient(
      configuration: .init(
        baseURL: server.baseURL, apiKey: Fixture.key, logger: log.logger, metrics: metrics))
    _ = await client.send(try Fixture.email())
    _ = await client.send(try Fixture.email())
    _ = await client.permissions()
    _ = await client.send(OutgoingSMS(destination: [], content: "x"))
    try await client.shutdown()
    try await server.stop()
    #expect(
      metrics.counts == [
        "smtp2go_calls endpoint=/email/send outcome=accepted": 2,
        "smtp2go_calls endpoint=/api_keys/permissions outcome=refused": 1,
        "smtp2go_calls endpoint=/sms/send outcome=refused": 1,
      ])
    #expect(metrics.times.values.reduce(0, +) == 4)
    let lines = log.metadata.map { entry in
      ["endpoint", "outcome", "status", "code", "request_id"]
        .map { entry[$0].map { "\($0)" } ?? "-" }.joined(separator: " ")
    }
    #expect(
      lines == [
        "/email/send accepted 200 - \(id)", "/email/send accepted 200 - \(id)",
        "/api_keys/permissions refused 400 API_EXCEPTION \(id)",
        "/sms/send refused - client.no_recipient -",
      ])
    #expect(log.metadata.allSatisfy { $0["ms"] != nil })
  }
}
