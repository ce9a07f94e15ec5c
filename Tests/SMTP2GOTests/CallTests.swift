import Addressing
import Foundation
import Synchronization
import Testing

@testable import SMTP2GO

@Suite struct CallTests {
  @Test func `a request carries key, path and exactly the fields of the provider`() async throws {
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    var email = try Fixture.email()
    email.sender = try Mailbox("Zoë & Co <billing@acme.example>")
    email.cc = [try EmailAddress("c@example.org")]
    email.bcc = [try EmailAddress("d@example.org")]
    email.htmlBody = "<p>\"é\" \\ \u{1F600}\u{7}</p>\n"
    email.customHeaders = [try .init("Reply-To", "ops@acme.example"), try .init("X-Op", "01J")]
    email.attachments = [.init(filename: "i.pdf", mimetype: "application/pdf", content: [1, 2])]
    let sent = email
    let result = try await Fixture.run(server) { await $0.send(sent) }
    #expect(result.outcome == .accepted(.init(emailID: "m-1", succeeded: 1, failed: 0)))
    #expect(result.requestID == "r-1")
    #expect(result.httpStatus == 200)
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /v3/email/send HTTP/1.1")
    #expect(request.headers["x-smtp2go-api-key"] == Fixture.key.unredacted())
    #expect(request.headers["content-type"] == "application/json")
    #expect(request.headers["x-handover-token"] == nil)
    #expect(request.headers["transfer-encoding"] == nil)
    let expected: NSDictionary = [
      "sender": "=?UTF-8?Q?Zo=C3=AB_=26_Co?= <billing@acme.example>",
      "to": ["secret.person@example.org"], "cc": ["c@example.org"], "bcc": ["d@example.org"],
      "subject": "Invoice 7", "text_body": "secret text",
      "html_body": "<p>\"é\" \\ \u{1F600}\u{7}</p>\n",
      "custom_headers": [
        ["header": "Reply-To", "value": "ops@acme.example"], ["header": "X-Op", "value": "01J"],
      ],
      "attachments": [
        ["filename": "i.pdf", "fileblob": "AQI=", "mimetype": "application/pdf"]
      ],
    ]
    #expect(try Fixture.parsed(request.body) == expected)
  }

  @Test func `what an email leaves out is not in the request`() async throws {
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    _ = try await Fixture.run(server) { await $0.send(try Fixture.email()) }
    let fields = try Fixture.parsed(try #require(server.requests.first).body)
    #expect(
      Set(fields?.allKeys as? [String] ?? []) == ["sender", "to", "subject", "text_body"])
  }

  @Test func `an SMS has destination, content and sender as the provider names them`() async throws
  {
    let server = try await LoopbackServer { _ in
      .answer(
        200,
        #"{"request_id":"r","data":{"total_sent":1,"statuses":{"queued":1},"messages":"#
          + #"[{"destination":"+12025550959","message_id":"d6","status":"queued"}]}}"#)
    }
    var sms = try Fixture.sms()
    sms.sender = try PhoneNumber(e164: "+12025550100")
    let sent = sms
    let result = try await Fixture.run(server) { await $0.send(sent) }
    #expect(result.outcome.value?.messages.first?.messageID == "d6")
    #expect(result.outcome.value?.totalSent == 1)
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /v3/sms/send HTTP/1.1")
    let expected: NSDictionary = [
      "destination": ["+12025550959"], "content": "secret text", "sender": "+12025550100",
    ]
    #expect(try Fixture.parsed(request.body) == expected)
  }

  @Test func `one connection serves calls one after the other`() async throws {
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    try await Fixture.run(server) { client in
      for _ in 0..<5 {
        let email = try Fixture.email()
        #expect(await client.send(email).outcome.label == "accepted")
      }
    }
    #expect(server.requests.count == 5)
    #expect(server.connections == 1)
  }

  @Test(arguments: [
    (LoopbackServer.Step.cut, UnknownReason.connectionLost),
    (
      .rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"data\":{\"em"), .connectionLost
    ),
    (.rawThenClose("HTTP/1.1 200 OK\r\nConten"), .connectionLost),
    (.rawThenClose("garbage\r\n\r\n"), .connectionLost), (.hang, .deadline),
    (.raw("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"), .deadline),
    (.raw("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n{"), .answerTooLarge),
    (.answer(502, "<html>"), .serverError), (.answer(200, "ok"), .answerUnreadable),
  ])
  func `whatever goes wrong after the handover is unknown and not repeated`(
    step: LoopbackServer.Step, reason: UnknownReason
  ) async throws {
    let server = try await LoopbackServer { _ in step }
    let deadline = reason == .deadline ? Duration.milliseconds(700) : .seconds(20)
    let result = try await Fixture.run(server, deadline: deadline) {
      await $0.send(try Fixture.email())
    }
    #expect(result.outcome == .unknown(reason))
    #expect(server.requests.count == 1)
  }

  @Test func `a connection that is cut after the first bytes is unknown`() async throws {
    let server = try await LoopbackServer(.closeOnFirstBytes) { _ in .cut }
    let result = try await Fixture.run(server) { await $0.send(try Fixture.email()) }
    #expect(result.outcome == .unknown(.connectionLost))
    #expect(server.bytes > 0)
  }

  @Test func `a connection that is cut at once is never taken for an answer`() async throws {
    let server = try await LoopbackServer(.closeOnAccept) { _ in .cut }
    let result = try await Fixture.run(server) { await $0.send(try Fixture.email()) }
    #expect(["not_sent", "unknown"].contains(result.outcome.label))
    #expect(server.bytes == 0)
  }

  @Test func `a redirect to another host is not followed`() async throws {
    let other = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let target = other.baseURL
    let server = try await LoopbackServer { _ in
      .raw("HTTP/1.1 307 X\r\nLocation: \(target)/email/send\r\nContent-Length: 0\r\n\r\n")
    }
    let result = try await Fixture.run(server) { await $0.send(try Fixture.email()) }
    #expect(result.outcome == .unknown(.redirect))
    #expect(other.connections == 0)
    try await other.stop()
  }

  @Test func `a connection closed while idle costs no message and doubles none`() async throws {
    let server = try await LoopbackServer { _ in .answerThenClose(200, Fixture.accepted) }
    let labels = try await Fixture.run(server) { client in
      var labels: [String] = []
      for index in 0..<20 {
        labels.append(await client.send(try Fixture.email(subject: "s\(index)")).outcome.label)
      }
      return labels
    }
    let subjects = try server.requests.map { try Fixture.parsed($0.body)?["subject"] as? String }
    #expect(Set(subjects).count == subjects.count)
    for (index, label) in labels.enumerated() {
      let arrived = subjects.contains("s\(index)")
      #expect(label == "accepted" ? arrived : ["unknown", "not_sent"].contains(label))
      if label == "not_sent" { #expect(!arrived) }
    }
  }

  @Test func `a refused connection is not sent`() async throws {
    let client = try Fixture.client("http://127.0.0.1:\(try await LoopbackServer.freePort())/v3")
    let result = await client.send(try Fixture.email())
    #expect(result.outcome == .notSent(.connectFailed))
    #expect(result.httpStatus == nil)
    try await client.shutdown()
  }

  @Test func `a host that speaks no TLS is not sent to`() async throws {
    let server = try await LoopbackServer { _ in .rawThenClose("HTTP/1.1 400 X\r\n\r\n") }
    let client = try Fixture.client(
      "https://127.0.0.1:\(server.port)/v3", deadline: .seconds(2))
    let result = await client.send(try Fixture.email())
    #expect(result.outcome.label == "not_sent")
    try await client.shutdown()
    try await server.stop()
  }

  @Test func `a name that cannot be resolved is not sent to`() async throws {
    let client = try Fixture.client("https://host..invalid/v3", deadline: .seconds(5))
    let result = await client.send(try Fixture.email())
    #expect(result.outcome == .notSent(.nameNotFound))
    try await client.shutdown()
  }

  @Test func `a client that was shut down sends nothing`() async throws {
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let client = try Fixture.client(server.baseURL)
    try await client.shutdown()
    let email = try Fixture.email()
    #expect(await client.send(email).outcome == .notSent(.shutDown))
    #expect(server.connections == 0)
    try await server.stop()
  }

  @Test func `cancelling the task does not abandon the request`() async throws {
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let label = try await Fixture.run(server) { client in
      let email = try Fixture.email()
      let task = Task { await client.send(email).outcome.label }
      task.cancel()
      return await task.value
    }
    #expect(label == "accepted")
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, 21, 34])
  func `what is called not sent never arrives, however short the deadline`(
    milliseconds: Int
  ) async throws {
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let client = try Fixture.client(
      server.baseURL, deadline: .milliseconds(milliseconds), maxConnections: 2)
    let unsent = try await withThrowingTaskGroup(of: String?.self) { group in
      for index in 0..<60 {
        let email = try Fixture.email(subject: "s\(index)")
        group.addTask {
          await client.send(email).outcome.label == "not_sent" ? "s\(index)" : nil
        }
      }
      return try await group.reduce(into: Set<String>()) { if let name = $1 { $0.insert(name) } }
    }
    try await client.shutdown()
    try await server.stop()
    let arrived = try server.requests.map { try Fixture.parsed($0.body)?["subject"] as? String }
    #expect(Set(arrived).count == arrived.count)
    #expect(unsent.isDisjoint(with: arrived.compactMap { $0 }))
  }

  @Test(
    arguments: [
      ("Retry-After: 90\r\n", Duration.seconds(90)), ("", nil), ("Retry-After: soon\r\n", nil),
      ("X-RateLimit-Reset: 12\r\n", .seconds(12)), ("Retry-After: -5\r\n", nil),
      (
        "Date: Sun, 22 Nov 2026 16:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 16:02:00 GMT\r\n",
        .seconds(120)
      ),
    ] as [(String, Duration?)])
  func `a throttled call says how long to wait`(header: String, delay: Duration?) async throws {
    let server = try await LoopbackServer { _ in
      .raw("HTTP/1.1 429 X\r\n\(header)Content-Length: 0\r\n\r\n")
    }
    let result = try await Fixture.run(server) { await $0.send(try Fixture.email()) }
    #expect(result.outcome == .throttled(retryAfter: delay))
  }
}
