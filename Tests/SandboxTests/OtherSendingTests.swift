import Foundation
import Sandbox
import Testing

@Suite struct `Email MIME` {
  private static let mail = [
    "From: =?utf-8?Q?M=C3=BCller?= <billing@acme.example>", "To: Ann <ann@example.org>,",
    " \"Smith, Bob\" <bob@example.org>", "Cc: carl@example.org",
    "Subject: =?utf-8?B?w5xiZXI=?= =?utf-8?B?c2ljaHQ=?=", "Message-ID: <own-1@acme.example>",
    "In-Reply-To: <theirs@example.org>", "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=\"m\"", "", "preamble", "--m",
    "Content-Type: multipart/alternative; boundary=a", "", "--a",
    "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
    "Gr=C3=BC=", "=C3=9Fe", "--a", "Content-Type: text/html", "", "<p>Hi</p>", "--a--", "--m",
    "Content-Type: application/pdf; name=\"i.pdf\"", "Content-Transfer-Encoding: base64",
    "Content-Disposition: attachment; filename=\"i.pdf\"", "", "JVBERi0=", "--m--", "",
  ].joined(separator: "\r\n")

  private func body(_ mail: String, _ members: String = "") -> String {
    #"{"mime_email":"\#(Data(mail.utf8).base64EncodedString())"\#(members)}"#
  }

  @Test func `is taken apart and kept as it came`() async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/email/mime", body(Self.mail))
      #expect(answer.keys("data") == ["succeeded", "failed", "failures", "email_id"])
      let message = try #require(await sandbox.mailbox.messages().first)
      #expect(message.sender == "Müller <billing@acme.example>")
      #expect(message.to == ["Ann <ann@example.org>", "\"Smith, Bob\" <bob@example.org>"])
      #expect(message.cc == ["carl@example.org"])
      #expect(message.subject == "Übersicht")
      #expect(message.textBody == "Grüße")
      #expect(message.htmlBody == "<p>Hi</p>")
      #expect(message.header("Message-ID") == "<own-1@acme.example>")
      #expect(message.attachments.map(\.filename) == ["i.pdf"])
      let path = "/messages/\(message.id)"
      #expect(try await sandbox.get("\(path)/attachments/0").text == "%PDF-")
      #expect(try await sandbox.get("\(path)/source").text == Self.mail)
    }
  }

  @Test(arguments: [
    "", "not a mail", "Subject: x\r\n\r\nhi", "From: a@acme.example\r\n\r\nhi",
    "From: nobody\r\nTo: ann@example.org\r\n\r\nhi",
    "From: a@acme.example\r\nTo: nobody\r\n\r\nhi",
  ])
  func `is refused without sender or recipient`(mail: String) async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/email/mime", body(mail))
      #expect(answer.status == 400)
      #expect(answer.string("data.field_validation_errors.fieldname") == "mime_email")
      #expect(await sandbox.mailbox.count == 0)
    }
  }

  @Test func `is refused when it is no base64, and may be scheduled`() async throws {
    try await withSandbox { (sandbox) async throws in
      #expect(
        try await sandbox.post("/v3/email/mime", #"{"mime_email":"a*b"}"#).status == 400)
      let time = Int(Date.now.timeIntervalSince1970) + 3600
      let answer = try await sandbox.post(
        "/v3/email/mime", body(Self.mail, #","schedule":\#(time)"#))
      #expect(answer.string("data.schedule_id") != nil)
    }
  }
}

@Suite struct `Email batch` {
  @Test func `answers with an array in the order of the mails`() async throws {
    try await withSandbox { (sandbox) async throws in
      let time = Int(Date.now.timeIntervalSince1970) + 3600
      let body =
        "{\"emails\":[" + Sample.email(operation: "a") + "," + Sample.email(operation: "b") + ","
        + Sample.email(#""schedule":\#(time)"#) + "]}"
      let answer = try await sandbox.post("/v3/email/batch", body)
      #expect(answer.count("data") == 3)
      let messages = await sandbox.mailbox.messages()
      #expect(messages.count == 3)
      for index in 0...1 {
        #expect(answer.keys("data.\(index)") == ["email_id"])
        #expect(answer.string("data.\(index).email_id") == messages[index].id)
      }
      #expect(answer.keys("data.2") == ["schedule_id"])
    }
  }

  @Test(arguments: [
    "{}", #"{"emails":[]}"#, #"{"emails":[7]}"#, #"{"emails":{}}"#, "one bad", "too many",
  ])
  func `takes all or nothing`(text: String) async throws {
    try await withSandbox { (sandbox) async throws in
      var body = text
      if text == "one bad" {
        body = "{\"emails\":[\(Sample.email),\(Sample.email(#""to":[]"#))]}"
      } else if text == "too many" {
        let mails = Array(repeating: Sample.email, count: 1001).joined(separator: ",")
        body = "{\"emails\":[\(mails)]}"
      }
      #expect(try await sandbox.post("/v3/email/batch", body).status == 400)
      #expect(await sandbox.mailbox.count == 0)
    }
  }
}

@Suite struct `A scheduled mail` {
  private func withScheduled(
    to: String = "ann@example.org",
    _ body: (SandboxHarness, TestClock, String) async throws -> Void
  ) async throws {
    let clock = try TestClock("2026-03-02T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { (sandbox) async throws in
      let time = Int(clock.now.timeIntervalSince1970) + 3600
      let mail = Sample.email(#""schedule":\#(time),"to":["\#(to)"]"#)
      let answer = try await sandbox.post("/v3/email/send", mail)
      try await body(sandbox, clock, try #require(answer.string("data.schedule_id")))
    }
  }

  @Test func `is found until it leaves`() async throws {
    try await withScheduled { (sandbox, clock, id) async throws in
      for (members, count) in [
        ("", 1), (#""schedule_id":"\#(id)""#, 1), (#""schedule_id":"x""#, 0),
        (#""search_subject":"invoice""#, 1), (#""search_recipient":"bob""#, 0),
        (#""search_sender":"acme""#, 1), (#""page":2"#, 0),
      ] {
        let found = try await sandbox.post("/v3/email/scheduled/search", "{\(members)}")
        #expect(found.count("data") == count)
      }
      let found = try await sandbox.post("/v3/email/scheduled/search", "{}")
      #expect(found.string("data.0.schedule") == "2026-03-02T13:00:00Z")
      #expect(found.string("data.0.recipients") == "ann@example.org")
      #expect(
        try await sandbox.post("/v3/activity/search", "{}").int("data.total_events") == 0)
      clock.advance(by: 3600)
      #expect(try await sandbox.post("/v3/email/scheduled/search", "{}").count("data") == 0)
      #expect(
        try await sandbox.post("/v3/activity/search", "{}").int("data.total_events") == 2)
    }
  }

  @Test func `is removed and never leaves`() async throws {
    try await withScheduled { (sandbox, clock, id) async throws in
      let body = #"{"schedule_id":"\#(id)"}"#
      #expect(try await sandbox.post("/v3/email/scheduled/remove", body).status == 200)
      #expect(try await sandbox.post("/v3/email/scheduled/remove", body).status == 400)
      clock.advance(by: 7200)
      #expect(
        try await sandbox.post("/v3/activity/search", "{}").int("data.total_events") == 0)
      #expect(await sandbox.mailbox.messages().first?.status(at: clock.now) == "cancelled")
    }
  }

  @Test func `bounces, and meets suppressions, when it leaves`() async throws {
    try await withScheduled(to: "bounce+ann@example.org") { (sandbox, clock, _) async throws in
      func suppressed() async throws -> Int? {
        try await sandbox.post("/v3/suppression/view", "{}").int("data.total_results")
      }
      #expect(try await suppressed() == 0)
      clock.advance(by: 3600)
      #expect(try await suppressed() == 1)
    }
    try await withScheduled { (sandbox, clock, _) async throws in
      _ = try await sandbox.post("/v3/suppression/add", #"{"email_address":"ann@example.org"}"#)
      clock.advance(by: 3600)
      let activity = try await sandbox.post("/v3/activity/search", "{}")
      #expect(activity.string("data.events.0.event") == "rejected")
    }
  }
}

@Suite struct `Reports` {
  @Test func `of statistics count recipients and write percentages as texts`() async throws {
    let clock = try TestClock("2026-03-02T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { (sandbox) async throws in
      for to in ["a@example.org", "bounce+b@example.org", "complain+c@example.org"] {
        _ = try await sandbox.post("/v3/email/send", Sample.email(operation: "x", to: to))
      }
      let summary = try await sandbox.post("/v3/stats/email_summary", "{}")
      #expect(summary.int("data.email_count") == 3)
      #expect(summary.int("data.hardbounces") == 1)
      #expect(summary.string("data.bounce_percent") == "33.33")
      #expect(summary.string("data.spam_percent") == "33.33")
      #expect(summary.string("data.cycle_start") == "2026-03-01 00:00:00+00:00")
      #expect(summary.string("data.cycle_end") == "2026-04-01 00:00:00+00:00")
      #expect(summary.int("data.cycle_used") == 3)
      let cycle = try await sandbox.post("/v3/stats/email_cycle", "{}")
      #expect(
        cycle.keys("data") == [
          "cycle_start", "cycle_end", "cycle_used", "cycle_remaining", "cycle_max",
        ])
      let bounces = try await sandbox.post("/v3/stats/email_bounces", "{}")
      #expect(
        bounces.keys("data") == [
          "emails", "rejects", "softbounces", "hardbounces", "bounce_percent",
        ])
      let spam = try await sandbox.post("/v3/stats/email_spam", "{}")
      #expect(spam.int("data.spams") == 1)
      let leavers = try await sandbox.post("/v3/stats/email_unsubs", "{}")
      #expect(leavers.string("data.unsubscribe_percent") == "0.00")
      let none = try await sandbox.post(
        "/v3/stats/email_bounces", #"{"username":"api-000000000000"}"#)
      #expect(none.int("data.emails") == 0)
      let history = try await sandbox.post("/v3/stats/email_history", #"{"group_by":"domain"}"#)
      #expect(history.int("data.count") == 1)
      #expect(history.string("data.history.0.domain") == "acme.example")
      #expect(history.int("data.history.0.used") == 3)
    }
  }

  @Test func `of the archive find mails by a header`() async throws {
    try await withSandbox { (sandbox) async throws in
      for operation in ["a-1", "b-2"] {
        _ = try await sandbox.post("/v3/email/send", Sample.email(operation: operation))
      }
      let found = try await sandbox.post("/v3/archive/search", #"{"headers":"b-2"}"#)
      #expect(found.int("data.email_count") == 1)
      let id = try #require(found.string("data.emails.0.email_id"))
      let one = try await sandbox.post("/v3/archive/email", #"{"email_id":"\#(id)"}"#)
      #expect(one.string("data.headers")?.contains("X-AIOM-Operation: b-2") == true)
      let page = try await sandbox.post("/v3/archive/search", #"{"limit":1}"#)
      let token = try #require(page.string("data.continue_token"))
      let rest = try await sandbox.post(
        "/v3/archive/search", #"{"limit":1,"continue_token":"\#(token)"}"#)
      #expect(rest.string("data.emails.0.email_id") != page.string("data.emails.0.email_id"))
      #expect(rest.value("data.continue_token") is NSNull)
    }
  }

  @Test func `of texts show what was sent and what was answered`() async throws {
    try await withSandbox { (sandbox) async throws in
      let long = String(repeating: "a", count: 161)
      let body = #"{"destination":["12025550959","+447700559004"],"content":"\#(long)"}"#
      let sent = try await sandbox.post("/v3/sms/send", body)
      let view = try await sandbox.post("/v3/sms/view-sent", "{}")
      #expect(view.string("data.request_id") == view.string("request_id"))
      #expect(
        view.string("data.messages.0.id") == sent.string("data.messages.0.message_id"))
      #expect(view.string("data.messages.0.destination_address") == "+12025550959")
      #expect(view.string("data.messages.0.destination_address_country") == "US")
      #expect(view.string("data.messages.0.sender") == "shared")
      #expect(view.string("data.messages.0.status") == "Message sent")
      #expect(view.int("data.messages.0.units") == 2)
      let summary = try await sandbox.post("/v3/sms/summary", "{}")
      #expect(summary.int("data.total_messages") == 2)
      #expect(summary.int("data.total_units") == 4)
      let replies = try await sandbox.post("/v3/sms/view-received", "{}")
      #expect(replies.count("data.messages") == 1)
      #expect(replies.int("data.messages.0.source_address") == 447_700_559_004)
      #expect(replies.string("data.messages.0.content") == "STOP")
    }
  }

  @Test func `of texts show a number that said STOP as discarded`() async throws {
    try await withSandbox { (sandbox) async throws in
      let reply = #"{"from":"+12025550959","content":" Stop "}"#
      #expect(try await sandbox.post("/_sandbox/replies", reply, headers: [:]).status == 200)
      let sent = try await sandbox.post("/v3/sms/send", Sample.sms)
      #expect(sent.string("data.messages.0.status") == "queued")
      let view = try await sandbox.post("/v3/sms/view-sent", "{}")
      #expect(view.string("data.messages.0.status") == "Message discarded")
      #expect(try await sandbox.get("/sms").text.contains("Latest answers"))
    }
  }
}
